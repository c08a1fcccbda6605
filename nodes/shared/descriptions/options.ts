import type { INodeProperties } from 'n8n-workflow';

/** The "Options" that all senders share. */
export const senderOptions: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 32 },
		default: 10,
		description:
			'The most requests to have under way at once. The node uses fewer while the service is overloaded.',
	},
	{
		displayName: 'Keep Order per User',
		name: 'keepOrder',
		type: 'boolean',
		default: true,
		description: 'Whether the events of one user go out one after the other, in the order of the items',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 20 },
		default: 8,
		description: 'How often to send a request again while the service is overloaded or out of reach',
	},
	{
		displayName: 'Max Wait (Seconds)',
		name: 'maxWait',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description:
			'How long to wait at most before sending again. When the service asks for longer, the run ends.',
	},
	{
		displayName: 'Preview Only',
		name: 'previewOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to show the requests, with secrets masked, and send nothing',
	},
	{
		displayName: 'Requests per Second',
		name: 'requestsPerSecond',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 1 },
		default: 0,
		description: 'The most requests to start each second. 0 means no limit of your own.',
	},
	{
		displayName: 'Respect Integrations',
		name: 'respectIntegrations',
		type: 'boolean',
		default: true,
		description: "Whether to skip events whose 'integrations' leave this service out",
	},
	{
		displayName: 'Retry When Unsure',
		name: 'retryUncertain',
		type: 'boolean',
		default: false,
		description:
			'Whether to send again what may have been received already, for example after a timeout. The service may then hold it twice. Data that is safe to repeat is always sent again.',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description: 'How long to wait for an answer',
	},
];

/** How to write event names. Nodes whose service recommends a format make that the default. */
export const eventNameFormat: INodeProperties = {
	displayName: 'Event Name Format',
	name: 'eventNameFormat',
	type: 'options',
	options: [
		{ name: 'As It Is', value: 'asIs', description: 'Order Completed stays Order Completed' },
		{ name: 'Kebab Case', value: 'kebabCase', description: 'Order Completed becomes order-completed' },
		{ name: 'Snake Case', value: 'snakeCase', description: 'Order Completed becomes order_completed' },
	],
	default: 'asIs',
	description: 'How to write the names of events',
};

/** Collections list their options by name. */
export function byName(options: INodeProperties[]): INodeProperties[] {
	return [...options].sort((a, b) => a.displayName.localeCompare(b.displayName));
}
