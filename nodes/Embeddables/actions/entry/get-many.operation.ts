import { z } from 'zod/v4';
import { isOn, listOf, readTime, type Operation } from '../../../shared/delivery';
import { isGiven } from '../../../shared/event';
import { listEntries } from '../../endpoints';
import { entrySchema, withParsedData } from '../../entry';

const wrongLimit = "'Limit' must be a whole number from 1 to 1000";

const querySchema = z.object({
	/** Goes into the address. */
	project_id: z.string(),
	limit: z.coerce.number(wrongLimit).int(wrongLimit).min(1, wrongLimit).max(1000, wrongLimit),
	sort: z.literal('created_at', "'Sort By' must be created_at").optional(),
	direction: z.enum(['ASC', 'DESC'], "'Direction' must be ASC or DESC").optional(),
	updated_after: z.string("'Updated After' must be a date and time").optional(),
	updated_before: z.string("'Updated Before' must be a date and time").optional(),
});

type EntryQuery = z.infer<typeof querySchema>;

export const getMany: Operation<EntryQuery> = {
	resource: 'entry',
	operation: 'getMany',
	endpoint: listEntries,
	reports: 'each',
	fields: [
		{
			displayName:
				'Embeddables publishes no page about reading entries. This request is what public programs make of its API, so parts of it may not work as described here.',
			name: 'entriesNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000 },
			default: 50,
			description: 'Max number of results to return',
		},
		{
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
		},
		{
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
		},
	],
	options: [
		{
			displayName: 'Parse Entry Data',
			name: 'parseEntryData',
			type: 'boolean',
			default: true,
			description: 'Whether to turn entry_data, which Embeddables gives as JSON text, into fields',
		},
	],
	schema: querySchema,
	responseSchema: entrySchema,
	repeating: 'harmless',
	fromFields(fields, { facts, timeZone }) {
		const { updatedAfter, updatedBefore } = fields('filters') as Record<string, unknown>;
		const { sortBy, direction } = fields('sort') as Record<string, unknown>;
		return {
			record: {
				project_id: facts.projectId,
				limit: fields('limit'),
				sort: sortBy,
				direction,
				updated_after: toInstant(updatedAfter, timeZone),
				updated_before: toInstant(updatedBefore, timeZone),
			},
		};
	},
	request([outgoing]) {
		const { project_id: projectId = '', limit, ...query } = outgoing?.record ?? {};
		return { params: { projectId }, query: { limit: String(limit), ...query } };
	},
	readResults: (body) => listOf(body).map(withParsedData),
	variant: ({ parseEntryData = true }) =>
		isOn(parseEntryData) ? undefined : { ...getMany, readResults: listOf },
};

/** Undefined where nothing was given, null where it is no time. */
function toInstant(value: unknown, timeZone: string): string | null | undefined {
	if (!isGiven(value)) return undefined;
	const time = readTime(() => value, 'time', timeZone);
	return time === undefined ? null : new Date(time).toISOString();
}
