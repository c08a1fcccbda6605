import type { INodeProperties } from 'n8n-workflow';
import { formats, senderPresets, type Paths } from '../shared/formats';

/** The formats without fixed fields, and those without a field for the user. */
const withPaths = [
	...['auto', 'cloudevents', 'generic', 'rehook', 'simon', 'standard-webhooks'],
	...senderPresets.map(({ name }) => name),
];

const choices = [...formats, ...senderPresets].sort((a, b) => a.displayName.localeCompare(b.displayName));

const path: Pick<INodeProperties, 'type' | 'default' | 'requiresDataPath'> = {
	type: 'string',
	default: '',
	requiresDataPath: 'multiple',
};

/** The fields for the format, and for the paths in the user's own JSON. */
export const formatFields: INodeProperties[] = [
	{
		displayName: 'Format',
		name: 'format',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Detect Automatically',
				value: 'auto',
				description: 'Recognize the format of each request. The _meta of every event says which one.',
			},
			...choices.map(({ name, displayName, description }) => ({
				name: displayName,
				value: name,
				description,
			})),
		],
		default: 'auto',
		description: 'The format of the incoming events',
	},
	{
		displayName: 'Paths',
		name: 'paths',
		type: 'collection',
		placeholder: 'Add path',
		default: {},
		description:
			'Where to find the parts of an event, such as data.customer.key. Separate alternatives with commas: the first one that finds a value is used. header:x-topic reads a header. Your paths override those of a known sender.',
		displayOptions: { show: { format: withPaths } },
		options: [
			{
				displayName: 'Anonymous ID',
				name: 'anonymousId',
				...path,
				placeholder: 'e.g. session.key',
			},
			{
				displayName: 'Event Name',
				name: 'event',
				...path,
				placeholder: 'e.g. action.name',
			},
			{
				displayName: 'List of Events',
				name: 'events',
				...path,
				placeholder: 'e.g. data.records',
				description:
					'The list in the body that contains the events. All other paths start at its entries, and then look in the body.',
			},
			{
				displayName: 'Message ID',
				name: 'messageId',
				...path,
				placeholder: 'e.g. key',
				description: 'The unique ID of the event, to recognize repetitions',
			},
			{
				displayName: 'Properties',
				name: 'properties',
				...path,
				placeholder: 'e.g. data',
				description: 'What to keep as the properties of the event. Leave empty to keep everything.',
			},
			{
				displayName: 'Time',
				name: 'timestamp',
				...path,
				placeholder: 'e.g. created_at',
			},
			{
				displayName: 'User ID',
				name: 'userId',
				...path,
				placeholder: 'e.g. data.customer.number',
			},
		],
	},
];

/** Reads the values of `formatFields`. */
export function readFormat(format: unknown, paths: unknown): { format?: string; paths: Paths } {
	const chosen = choices.find(({ name }) => name === format);
	return { ...(chosen === undefined ? {} : { format: chosen.name }), paths: (paths ?? {}) as Paths };
}
