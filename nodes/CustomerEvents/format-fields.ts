import type { INodeProperties } from 'n8n-workflow';
import { formats, type FormatName, type Paths } from '../shared/formats';

/** The formats without fixed fields, and those without a field for the user. */
const withPaths = ['auto', 'cloudevents', 'generic', 'rehook', 'simon', 'standard-webhooks'];

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
			...formats.map(({ name, displayName, description }) => ({
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
			'Where to find things in JSON of your own, in dots and brackets. Without a path, the field of that very name counts.',
		displayOptions: { show: { format: withPaths } },
		options: [
			{
				displayName: 'Anonymous ID',
				name: 'anonymousId',
				type: 'string',
				default: '',
				placeholder: 'e.g. session.key',
			},
			{
				displayName: 'Event Name',
				name: 'event',
				type: 'string',
				default: '',
				placeholder: 'e.g. action.name',
			},
			{
				displayName: 'List of Events',
				name: 'events',
				type: 'string',
				default: '',
				placeholder: 'e.g. data.records',
				description:
					'The list within the body that holds the events. All other paths start at one of its entries.',
			},
			{
				displayName: 'Message ID',
				name: 'messageId',
				type: 'string',
				default: '',
				placeholder: 'e.g. key',
				description: 'What tells events apart, so that repetitions are recognized',
			},
			{
				displayName: 'Properties',
				name: 'properties',
				type: 'string',
				default: '',
				placeholder: 'e.g. data',
				description: 'What to keep as the properties of the event. Leave empty to keep all there is.',
			},
			{
				displayName: 'Time',
				name: 'timestamp',
				type: 'string',
				default: '',
				placeholder: 'e.g. created_at',
			},
			{
				displayName: 'User ID',
				name: 'userId',
				type: 'string',
				default: '',
				placeholder: 'e.g. data.customer.number',
			},
		],
	},
];

/** Reads the values of `formatFields`. */
export function readFormat(format: unknown, paths: unknown): { format?: FormatName; paths: Paths } {
	const chosen = formats.find(({ name }) => name === format);
	return { ...(chosen === undefined ? {} : { format: chosen.name }), paths: (paths ?? {}) as Paths };
}
