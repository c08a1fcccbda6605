import { chunk } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isObject, operation, text, type Steps } from '../../../shared';
import { addToDraft, deleteDraft, finishSync, mostSubscribers, startSync } from '../../endpoints';
import { distinctIds, list } from '../../fields';

/**
 * Fills a draft of the list, which then replaces the list at once. When that fails, the draft is deleted, so that the
 * list stays as it was.
 */
function* replace({ list_id, distinct_ids }: { list_id: string; distinct_ids: string[] }): Steps {
	const { body: draft } = yield {
		request: { params: { list_id }, body: '{}' },
		lacks: (body) => (versionOf(body) === undefined ? 'version_id' : undefined),
	};
	const version_id = versionOf(draft) as string;
	const params = { list_id, version_id };
	const deletion = {
		request: { ...deleteDraft, params, body: '{}' },
		done: 'The list still has its previous users. The draft with the new users was deleted.',
		notDone: `The list still has its previous users, but the draft with the new users (version ${version_id}) could not be deleted. Delete the draft in SuprSend.`,
	};
	for (const part of chunk(distinct_ids, mostSubscribers)) {
		yield {
			request: { ...addToDraft, params, body: JSON.stringify({ distinct_ids: part }) },
			undo: () => deletion,
		};
	}
	const { body } = yield {
		request: { ...finishSync, params, body: '{}' },
		done: 'If SuprSend received the last request, the list has the new users. Otherwise, the list still has its previous users.',
		undo: ({ mayHaveBeenReceived }) => (mayHaveBeenReceived === true ? undefined : deletion),
	};
	return body;
}

/** The ID of the draft. */
const versionOf = (body: unknown) => (isObject(body) ? text(body.version_id) : undefined);

const oneItem: INodeProperties = {
	displayName:
		'Each input item replaces the whole list. If you have one item per user, add an Aggregate node before this node and enter the list of IDs from the Aggregate node here.',
	name: 'replaceNotice',
	type: 'notice',
	default: '',
};

export const replaceUsers = operation.write({
	resource: 'list',
	operation: 'replaceUsers',
	action: 'Replace users of list',
	description: 'Replace all users on a list. Each input item replaces either the whole list or nothing.',
	endpoint: startSync,
	fields: { list_id: list, distinct_ids: distinctIds },
	form: { moreProperties: [oneItem] },
	request: ({ list_id }) => ({ params: { list_id }, body: '{}' }),
	steps: replace,
	orderKey: ({ list_id }) => list_id.toLowerCase(),
	result: {
		schema: z.looseObject({
			list_id: z.string(),
			list_name: z.string(),
			subscribers_count: z.number().int(),
			status: z.string(),
			updated_at: z.string(),
		}),
	},
});
