import { jsonParse, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { remember } from '../shared/remember';
import {
	checkPath,
	compilePlan,
	importPlan,
	propertyTypes,
	type EventRules,
	type PlannedProperty,
} from '../shared/rules';
import { splitList } from '../shared/settings';

const planSources = ['fields', 'json'];

/** The fields for the tracking plan. */
export const rulesFields: INodeProperties[] = [
	{
		displayName: 'Tracking Plan',
		name: 'planSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'None', value: 'none', description: 'Allow any event with any properties' },
			{ name: 'Using Fields Below', value: 'fields' },
			{
				name: 'Using JSON',
				value: 'json',
				description: 'Enter the plan as a list, as JSON Schema or as a tracking plan from Segment Protocols',
			},
		],
		default: 'none',
		description: 'The events that you expect and the properties that they should have',
	},
	{
		displayName: 'Planned Events',
		name: 'planRows',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add row',
		default: {},
		description: 'One row for each property of each event',
		displayOptions: { show: { planSource: ['fields'] } },
		options: [
			{
				displayName: 'Row',
				name: 'rows',
				values: [
					{
						displayName: 'Event',
						name: 'event',
						type: 'string',
						default: '',
						placeholder: 'e.g. Order Completed',
						description:
							'The name of a track event, or one of the other event types: identify, page, screen, group or alias',
					},
					{
						displayName: 'Property',
						name: 'property',
						type: 'string',
						default: '',
						placeholder: 'e.g. total',
						description:
							'A property of the event, or a trait for identify and group events. Leave empty to plan an event without properties.',
					},
					{
						displayName: 'Required',
						name: 'required',
						type: 'boolean',
						default: false,
						description: 'Whether every event with this name must have the property',
					},
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						options: [
							{
								name: 'Any',
								value: 'any',
							},
							{
								name: 'Date',
								value: 'date',
							},
							{
								name: 'List',
								value: 'list',
							},
							{
								name: 'Number',
								value: 'number',
							},
							{
								name: 'Object',
								value: 'object',
							},
							{
								name: 'Text',
								value: 'text',
							},
							{
								name: 'True or False',
								value: 'boolean',
							},
						],
						default: 'any',
					},
					{
						displayName: 'Values Allowed',
						name: 'allowedValues',
						type: 'string',
						default: '',
						placeholder: 'e.g. EUR, USD',
						description: 'The allowed values, separated by commas. Leave empty to allow any value.',
					},
				],
			},
		],
	},
	{
		displayName: 'Planned Events (JSON)',
		name: 'planJson',
		type: 'json',
		default: '[]',
		placeholder:
			'e.g. [{"event": "Order Completed", "property": "total", "type": "number", "required": true}]',
		description:
			'A list with one entry for each property of each event. Also accepts JSON Schema with the event name as the title, tracking plans from Segment Protocols, and the output of Customer Events: Suggest Plan.',
		displayOptions: { show: { planSource: ['json'] } },
	},
	{
		displayName: 'Unplanned Events',
		name: 'unplanned',
		type: 'options',
		options: [
			{
				name: 'Pass',
				value: 'pass',
				description: 'Send these events to the Events output without a warning',
			},
			{ name: 'Reject', value: 'reject', description: 'Send these events to the Rejected output' },
			{
				name: 'Warn',
				value: 'warn',
				description: 'Send these events to the Events output, with a warning in the _meta field',
			},
		],
		default: 'warn',
		description: "What to do with events that the plan doesn't list",
		displayOptions: { show: { planSource: planSources } },
	},
	{
		displayName: 'Events That Break the Plan',
		name: 'violations',
		type: 'options',
		options: [
			{ name: 'Reject', value: 'reject', description: 'Send these events to the Rejected output' },
			{
				name: 'Warn',
				value: 'warn',
				description: 'Send these events to the Events output, with a warning in the _meta field',
			},
		],
		default: 'reject',
		displayOptions: { show: { planSource: planSources } },
	},
];

// Entries of "Options", which n8n wants in alphabetical order.

export const dropOption: INodeProperties = {
	displayName: 'Drop Fields',
	name: 'drop',
	type: 'string',
	default: '',
	placeholder: 'e.g. context.ip, properties.card',
	description: 'Fields to remove from the events, separated by commas',
};

export const hashOption: INodeProperties = {
	displayName: 'Hash Fields',
	name: 'hash',
	type: 'string',
	default: '',
	placeholder: 'e.g. traits.email, traits.phone',
	description:
		'Fields to hash, separated by commas. The SHA-256 hash of each value replaces the value. Text is trimmed and converted to lowercase before hashing. Existing SHA-256 hashes are kept.',
};

export const consentOption: INodeProperties = {
	displayName: 'Required Consent',
	name: 'consent',
	type: 'string',
	default: '',
	placeholder: 'e.g. Advertising, Analytics',
	description:
		'Consent categories that context.consent.categoryPreferences must allow, separated by commas. Events without consent to every category come out of the Rejected output.',
};

const rowSchema = z.object({
	event: z.string('has no event name'),
	property: z.string('must have text in "property"').optional(),
	type: z.enum(propertyTypes, `must have one of these types: ${propertyTypes.join(', ')}`).optional(),
	required: z.boolean('must have true or false in "required"').optional(),
	allowedValues: z
		.preprocess(
			(values) => (typeof values === 'string' ? splitList(values) : values),
			z.array(z.coerce.string(), 'must have a list in "allowedValues"'),
		)
		.optional(),
});

/**
 * Reads the plan, the consent and the private fields.
 * @param read reads a parameter of the node
 * @throws if a plan or a field can't be used, with what to correct
 */
export function readRules(read: (name: string) => unknown): EventRules {
	const options = read('options') as Record<string, unknown>;
	const source = read('planSource');
	const planned = source === 'fields' || source === 'json';
	return {
		consent: splitList(options.consent),
		privacy: { hash: paths(options.hash, 'hash'), drop: paths(options.drop, 'drop') },
		...(planned ? { plan: compiled(JSON.stringify(readPlan(source, read)) ?? 'null') } : {}),
		unplanned: planned ? (read('unplanned') as EventRules['unplanned']) : 'pass',
		violations: planned ? (read('violations') as EventRules['violations']) : 'reject',
	};
}

function readPlan(source: 'fields' | 'json', read: (name: string) => unknown): unknown {
	return source === 'fields' ? (read('planRows') as { rows?: unknown[] }).rows : parsed(read('planJson'));
}

/** The trigger needs its plan for every request. */
const compiled = remember(20, (json: string) => compilePlan(rowsIn(JSON.parse(json))));

function rowsIn(rows: unknown): PlannedProperty[] {
	const imported = importPlan(rows) ?? [];
	if (imported.length > 0) return imported;
	if (!Array.isArray(rows ?? [])) throw new Error('The tracking plan must be a list of rows');
	// A failed expression gives no rows, and an empty plan would accept everything.
	if (!Array.isArray(rows) || rows.length === 0) throw new Error('The tracking plan is empty');
	return rows.map((row, index) => {
		const checked = rowSchema.safeParse(row);
		if (checked.success) return checked.data;
		throw new Error(`Row ${index + 1} of the tracking plan ${checked.error.issues[0]?.message}`);
	});
}

function parsed(json: unknown): unknown {
	return typeof json === 'string'
		? jsonParse(json, { errorMessage: 'The tracking plan is not valid JSON' })
		: json;
}

function paths(list: unknown, use: 'hash' | 'drop'): string[] {
	const given = splitList(list);
	for (const path of given) {
		const problem = checkPath(path, use);
		if (problem !== undefined) throw new Error(problem);
	}
	return given;
}
