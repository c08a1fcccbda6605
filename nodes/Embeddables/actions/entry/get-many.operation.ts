import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	field,
	isGiven,
	listOf,
	parseTime,
	readLimit,
	record,
	type Field,
	type Operation,
	type RecordOf,
} from '../../../shared';
import { listEntries } from '../../endpoints';
import { entrySchema, withParsedData } from '../../entry';

const wrongLimit = "'Limit' can be up to 1000";

const notice: INodeProperties = {
	displayName:
		'Embeddables doesn’t document how to read entries. This request follows public programs that use its API, so parts of it may not work as described here.',
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

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Updated After',
			name: 'updatedAfter',
			type: 'dateTime',
			default: '',
			description: 'In the time zone of the workflow unless it names its own',
		},
		{
			displayName: 'Updated Before',
			name: 'updatedBefore',
			type: 'dateTime',
			default: '',
			description: 'In the time zone of the workflow unless it names its own',
		},
	],
};

const sort: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'collection',
	placeholder: 'Add sorting',
	default: {},
	options: [
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Newest First', value: 'DESC' },
				{ name: 'Oldest First', value: 'ASC' },
			],
			default: 'DESC',
		},
		{
			displayName: 'Sort By',
			name: 'sortBy',
			type: 'options',
			options: [{ name: 'Created At', value: 'created_at' }],
			default: 'created_at',
		},
	],
};

/** A key that the user adds to a collection. */
function within<Value>(
	collection: INodeProperties,
	name: string,
	schema: z.ZodType<Value>,
	read: (value: unknown, timeZone: string) => unknown = (value) => value,
): Field<Value> {
	return {
		name,
		properties: [],
		schema,
		read: (fields, { timeZone }) =>
			read((fields(collection.name) as Record<string, unknown>)[name], timeZone),
	};
}

const query = record(
	{
		/** Part of the URL. */
		project_id: field.computed(z.string(), ({ account }) => account.projectId),
		limit,
		sort: within(sort, 'sortBy', z.literal('created_at', "'Sort By' must be created_at").optional()),
		direction: within(
			sort,
			'direction',
			z.enum(['ASC', 'DESC'], "'Direction' must be ASC or DESC").optional(),
		),
		updated_after: within(
			filters,
			'updatedAfter',
			z.string("'Updated After' must be a date and time").optional(),
			toInstant,
		),
		updated_before: within(
			filters,
			'updatedBefore',
			z.string("'Updated Before' must be a date and time").optional(),
			toInstant,
		),
	},
	{ moreProperties: [filters, sort] },
);

const entity = { isList: true, mostInOneRequest: mostEntries } as const;

const asTheyCome: Operation<RecordOf<typeof query>> = {
	resource: 'entry',
	operation: 'getMany',
	action: 'Get many entries',
	description: 'Read what people have entered in the embeddables of the project',
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
				description: 'Whether to turn entry_data, which Embeddables gives as JSON text, into fields',
			},
			whenOff: asTheyCome,
		},
	],
	result: { schema: entrySchema, entity, items: (body) => listOf(body).map(withParsedData) },
};

/** Returns undefined when empty, and null when the value is no date. */
function toInstant(value: unknown, timeZone: string): string | null | undefined {
	if (!isGiven(value)) return undefined;
	const time = parseTime(value, timeZone);
	return time === undefined ? null : new Date(time).toISOString();
}
