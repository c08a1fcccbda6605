import type { INodeProperties } from 'n8n-workflow';
import { formats, senderPresets, type Paths } from '../shared/formats';
import { pathsField } from '../shared/webhook/paths-field';

/** The formats without fixed fields, and those without a field for the user. */
const withPaths = [
	...['auto', 'cloudevents', 'generic', 'rehook', 'simon', 'standard-webhooks'],
	...senderPresets.map(({ name }) => name),
];

const choices = [...formats, ...senderPresets].sort((a, b) => a.displayName.localeCompare(b.displayName));

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
				description:
					'Detect the format automatically. The _meta field of each event contains the detected format.',
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
	{ ...pathsField, displayOptions: { show: { format: withPaths } } },
];

/** Reads the values of `formatFields`. */
export function readFormat(format: unknown, paths: unknown): { format?: string; paths: Paths } {
	const chosen = choices.find(({ name }) => name === format);
	return { ...(chosen === undefined ? {} : { format: chosen.name }), paths: (paths ?? {}) as Paths };
}
