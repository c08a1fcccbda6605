import { chunk, sum } from 'lodash';
import { z } from 'zod/v4';
import {
	isObject,
	readText,
	record,
	type Field,
	type Operation,
	type RecordOf,
	type Steps,
} from '../../../shared';
import { addSubscribers, removeSubscribers } from '../../endpoints';
import { listLocator, listPathSchema, readIds } from '../../ids';

const list: Field<string> = {
	name: 'listId',
	identifies: true,
	properties: [listLocator],
	schema: listPathSchema,
	read: (fields) => readText(fields, 'listId'),
};

const distinctIds: Field<string[]> = {
	name: 'distinctIds',
	identifies: true,
	properties: [
		{
			displayName: 'Distinct IDs',
			name: 'distinctIds',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. user-42, user-43',
			description:
				'One or more IDs, separated by commas. You can also use an expression that returns a list, or a JSON list, for IDs that contain commas.',
		},
	],
	schema: z
		.array(
			z.string('A distinct ID is text').min(1, 'A distinct ID is empty'),
			'Distinct IDs must be a list, e.g. ["user-42"], or text separated by commas',
		)
		.min(1, 'Enter at least one distinct ID'),
	read: (fields) => readIds(fields('distinctIds')),
};

const change = record({ list_id: list, distinct_ids: distinctIds });

/** SuprSend's MCP server, `lists_add_users`: "up to 10,000 per call". */
const mostIds = 10_000;

type Change = RecordOf<typeof change>;

const partOf = ({ list_id }: Change, distinct_ids: string[]) => ({
	params: { list_id },
	body: JSON.stringify({ distinct_ids }),
});

/** Yields a request for each part of the list. Returns the last response with the total `affected_count`. */
function* inParts(record: Change): Steps {
	const { distinct_ids: ids } = record;
	const counts: number[] = [];
	let last: unknown;
	for (const [index, part] of chunk(ids, mostIds).entries()) {
		const done = index === 0 ? undefined : `The first ${index * mostIds} of ${ids.length} IDs are done.`;
		const { body } = yield { request: partOf(record, part), done };
		if (isObject(body) && typeof body.affected_count === 'number') counts.push(body.affected_count);
		last = body;
	}
	return isObject(last) && counts.length > 0 ? { ...last, affected_count: sum(counts) } : last;
}

/** Adding and removing make the same request to different endpoints. Repeating either has no further effect. */
const changeUsers = (
	what: Pick<Operation, 'operation' | 'action' | 'description' | 'endpoint'>,
): Operation<Change> => ({
	...what,
	resource: 'list',
	record: change,
	request: (record) => partOf(record, record.distinct_ids.slice(0, mostIds)),
	steps: inParts,
	resend: 'safe',
	result: { schema: z.object({ success: z.boolean(), affected_count: z.number().int().optional() }) },
});

export const addUsers = changeUsers({
	operation: 'addUsers',
	action: 'Add users to list',
	description: 'Add users to a list, so that they receive its broadcasts',
	endpoint: addSubscribers,
});
export const removeUsers = changeUsers({
	operation: 'removeUsers',
	action: 'Remove users from list',
	description: 'Remove users from a list',
	endpoint: removeSubscribers,
});
