import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { field, listOf, readLimit, record, type Field, type Operation, type RecordOf } from '../../../shared';
import { listEntries } from '../../endpoints';
import { entrySchema, withParsedData } from '../../entry';
import { direction, filters } from '../../filters';

const wrongLimit = "'Limit' can be up to 1000";

const notice: INodeProperties = {
	displayName:
		'Embeddables doesn’t document how to read entries. This operation is based on other developers’ public code for the Embeddables API, so parts of the operation might not work as described.',
	name: 'entriesNotice',
	type: 'notice',
	default: '',
};

/** The most entries that Embeddables gives. No page or program shows how to get the ones after them. */
const mostEntries = 1000;

/** Part of the request, although the form's field is that of all lists. */
const limit: Field<number> = {
	properties: [notice],
	schema: z.number().max(mostEntries, wrongLimit),
	read(fields) {
		const most = readLimit(fields);
		return most === Infinity ? mostEntries : most;
	},
};

const sort = field.collection(
	{ displayName: 'Sort', name: 'sort', placeholder: 'Add sorting' },
	{
		sort: field.choice({
			displayName: 'Sort By',
			name: 'sortBy',
			options: [{ name: 'Created At', value: 'created_at' }],
			default: 'created_at',
		}),
		direction,
	},
);

const query = record({
	/** Part of the URL. */
	project_id: field.computed(z.string(), ({ account }) => account.projectId),
	limit,
	...sort,
	...filters,
});

const entity = { isList: true, mostInOneRequest: mostEntries } as const;

const asTheyCome: Operation<RecordOf<typeof query>> = {
	resource: 'entry',
	operation: 'getMany',
	action: 'Get many entries',
	description: "Get what people entered in the project's embeddables",
	endpoint: listEntries,
	record: query,
	request: ({ project_id: projectId, limit: most, ...others }) => ({
		params: { projectId },
		query: { limit: String(most), ...others },
	}),
	resend: 'safe',
	result: { schema: entrySchema, entity, items: listOf },
};

export const getMany: Operation<RecordOf<typeof query>> = {
	...asTheyCome,
	options: [
		{
			property: {
				displayName: 'Parse Entry Data',
				name: 'parseEntryData',
				type: 'boolean',
				default: true,
				description: 'Whether to convert entry_data, which Embeddables returns as JSON text, to fields',
			},
			whenOff: asTheyCome,
		},
	],
	result: { schema: entrySchema, entity, items: (body) => listOf(body).map(withParsedData) },
};
