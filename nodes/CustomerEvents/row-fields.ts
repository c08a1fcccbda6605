import type { INodeProperties } from 'n8n-workflow';
import { isEventType, text } from '../shared/event';
import type { RowMapping } from '../shared/formats';
import { formatFields } from './format-fields';
import { splitList, trimmedText } from '../shared/settings';

/** The formats in which items can be rows. */
const rowFormats = ['auto', 'generic'];

const fromPath = 'fromPath';

const forTypes = (...types: string[]) => ({ show: { format: rowFormats, eventType: [...types, fromPath] } });

/** The fields for items in no known format, such as rows: what to make of them. */
const rowFields: INodeProperties[] = [
	{
		displayName: 'Event Type',
		name: 'eventType',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Alias', value: 'alias', description: 'A new ID for a person' },
			{
				name: 'From a Path',
				value: fromPath,
				description: 'The event type that a field in each row contains',
			},
			{ name: 'Group', value: 'group', description: "A person's company or team" },
			{
				name: 'Identify',
				value: 'identify',
				description: 'Details about a person, for example from a table of users or customers',
			},
			{ name: 'Page', value: 'page', description: 'A page that a person viewed' },
			{ name: 'Screen', value: 'screen', description: 'An app screen that a person viewed' },
			{
				name: 'Track',
				value: 'track',
				description: 'Something a person did, for example from a table of orders or sign-ups',
			},
		],
		default: 'track',
		description: "The event type for rows and other items that aren't in a known format",
		displayOptions: { show: { format: rowFormats } },
	},
	{
		displayName: 'Event Type Path',
		name: 'eventTypePath',
		type: 'string',
		requiresDataPath: 'single',
		required: true,
		default: '',
		placeholder: 'e.g. type',
		description: 'The field that contains the event type: track, identify, page, screen, group or alias',
		displayOptions: { show: { format: rowFormats, eventType: [fromPath] } },
	},
	{
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'e.g. user_id',
		description: "The field that contains the person's ID. Leave empty if the field is named userId.",
		displayOptions: { show: { format: rowFormats } },
	},
	{
		displayName: 'Event Name',
		name: 'eventName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Order Completed',
		description:
			"The event name for rows that don't contain one. Rows can contain the name in a field named event or at the path that you set in Paths.",
		displayOptions: forTypes('track'),
	},
	{
		displayName: 'Group ID',
		name: 'groupId',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'e.g. company_id',
		description:
			'The field that contains the ID of the company or team. Leave empty if the field is named groupId.',
		displayOptions: forTypes('group'),
	},
	{
		displayName: 'Previous ID',
		name: 'previousId',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'e.g. old_id',
		description: "The field that contains the person's old ID. Leave empty if the field is named previousId.",
		displayOptions: forTypes('alias'),
	},
	{
		displayName: 'Traits',
		name: 'traits',
		type: 'string',
		requiresDataPath: 'multiple',
		default: '',
		placeholder: 'e.g. email, name, plan',
		description:
			'The fields to keep as traits, separated by commas. Leave empty to keep all fields except those already used, such as the user ID.',
		displayOptions: forTypes('identify', 'group'),
	},
	{
		displayName: 'Properties',
		name: 'properties',
		type: 'string',
		requiresDataPath: 'multiple',
		default: '',
		placeholder: 'e.g. total, currency',
		description:
			"The fields to keep as properties, separated by commas. If you enter a single field that contains an object, the object's contents become the properties. Leave empty to keep all fields except those already used, such as the user ID.",
		displayOptions: forTypes('track', 'page', 'screen'),
	},
];

/** The paths that rows have above. */
const shownAbove = ['userId', 'properties'];

/** The fields of Convert: the format, what to make of rows, and the other paths. */
export const fieldsOfConvert: INodeProperties[] = formatFields.flatMap((field) => {
	if (field.name !== 'paths') return [field, ...rowFields];
	const options = field.options as INodeProperties[];
	const elsewhere = { hide: { '/format': rowFormats } };
	return {
		...field,
		options: options.map((path) =>
			shownAbove.includes(path.name) ? { ...path, displayOptions: elsewhere } : path,
		),
	};
});

/**
 * Reads the values of `rowFields`.
 * @param read reads a parameter; a hidden one is empty
 */
export function readRows(read: (name: string) => unknown): RowMapping & { userId?: string } {
	const path = (name: string) => trimmedText(read(name)) || undefined;
	const type = text(read('eventType'));
	return {
		...(isEventType(type) ? { type } : { typePath: path('eventTypePath') }),
		userId: path('userId'),
		eventName: read('eventName'),
		groupId: path('groupId'),
		previousId: path('previousId'),
		traits: splitList(read('traits')),
		properties: splitList(read('properties')),
	};
}
