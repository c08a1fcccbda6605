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
				description: 'Look at each request; every event says in its _meta what was found',
			},
			...choices.map(({ name, displayName, description }) => ({
				name: displayName,
				value: name,
				description,
			})),
		],
		default: 'auto',
		description: 'The form in which the events come',
	},
	{
		displayName: 'Paths',
		name: 'paths',
		type: 'collection',
		placeholder: 'Add path',
		default: {},
		description:
			'Where to find the parts of an event, such as data.customer.key. Separate alternatives with commas: the first one that finds something counts. header:x-topic reads a header. Senders in the list of formats have paths of their own; yours win.',
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
					'The list within the body that holds the events. All other paths start at its entries, and look in the body for what an entry does not have.',
			},
			{
				displayName: 'Message ID',
				name: 'messageId',
				...path,
				placeholder: 'e.g. key',
				description: 'What tells events apart, so that repetitions are recognized',
			},
			{
				displayName: 'Properties',
				name: 'properties',
				...path,
				placeholder: 'e.g. data',
				description: 'What to keep as the properties of the event. Leave empty to keep all there is.',
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
