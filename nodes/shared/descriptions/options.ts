import type { INodeProperties } from 'n8n-workflow';

/** For whatever is asked of a service. */
export const requestOptions: INodeProperties[] = [
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
		default: true,
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
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description: 'How long to wait for an answer',
	},
];

/** For operations that order one person's records. */
export const keepOrder: INodeProperties = {
	displayName: 'Keep Order per User',
	name: 'keepOrder',
	type: 'boolean',
	default: true,
	description: 'Whether the events of one user go out one after the other, in the order of the items',
};

export const respectIntegrations: INodeProperties = {
	displayName: 'Respect Integrations',
	name: 'respectIntegrations',
	type: 'boolean',
	default: true,
	description: "Whether to skip events whose 'integrations' leave this service out",
	displayOptions: { hide: { '/mappingMode': ['defineBelow'] } },
};

/** For operations that are not safe to repeat by themselves. */
export const retryUncertain: INodeProperties = {
	displayName: 'Retry When Unsure',
	name: 'retryUncertain',
	type: 'boolean',
	default: false,
	description:
		'Whether to send again what may have been received already, for example after a timeout. The service may then hold it twice. Data that is safe to repeat is always sent again.',
};

/** For services that take many records in one request. */
export function batchSize(most: number): INodeProperties {
	return {
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: most },
		default: most,
		description: 'The most records to put in one request',
	};
}

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
