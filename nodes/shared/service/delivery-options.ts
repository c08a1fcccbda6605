import type { INodeProperties } from 'n8n-workflow';
import { nameFormats, type NameFormat } from '../event';
import { readNumber } from '../parameters';

/** The options that every operation has. */
export const requestOptions: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 32 },
		default: 10,
		description:
			'Max number of requests to send at the same time. The node sends fewer while the service is overloaded.',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 20 },
		default: 8,
		description: 'How many times to resend a request if the service is overloaded or unreachable',
	},
	{
		displayName: 'Max Wait (Seconds)',
		name: 'maxWait',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description:
			'Max time to wait before resending a request. If the service requires a longer wait, the node stops and the remaining items fail.',
	},
	{
		displayName: 'Preview Only',
		name: 'previewOnly',
		type: 'boolean',
		default: true,
		description: 'Whether to output the requests, with secrets masked, instead of sending them',
	},
	{
		displayName: 'Requests per Second',
		name: 'requestsPerSecond',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 1 },
		default: 0,
		description: 'Max number of requests to send per second. Set to 0 for no limit.',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description: 'How long to wait for a response from the service',
	},
];

/** For operations with an order key. */
export const keepOrder: INodeProperties = {
	displayName: 'Keep Order per User',
	name: 'keepOrder',
	type: 'boolean',
	default: true,
	description: "Whether to send each user's events one at a time, in the order of the input items",
};

export const respectIntegrations: INodeProperties = {
	displayName: 'Respect Integrations',
	name: 'respectIntegrations',
	type: 'boolean',
	default: true,
	description: "Whether to skip events whose 'integrations' field excludes this service",
	displayOptions: { hide: { '/mappingMode': ['defineBelow'] } },
};

/** For operations that resend only if asked. */
export const retryUncertain: INodeProperties = {
	displayName: 'Retry When Unsure',
	name: 'retryUncertain',
	type: 'boolean',
	default: false,
	description:
		'Whether to resend data that the service might already have received, for example after a timeout. The service might then process the data twice. Data that is safe to send twice is always resent.',
};

/** For operations with bulk requests. */
export function batchSize(most: number): INodeProperties {
	return {
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: most },
		default: most,
		description: 'Max number of records to send in one request',
	};
}

/** For operations that send events. The provider's own format is the default. */
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
	description: 'How to format event names',
};

/** The values of the options above, with defaults for what isn't set. */
export interface DeliveryOptions {
	/** Infinity unless set: as many as the service accepts. */
	batchSize: number;
	concurrency: number;
	/** Undefined unless set: the provider's own. */
	eventNameFormat?: NameFormat;
	keepOrder: boolean;
	maxRetries: number;
	/** Seconds. */
	maxWait: number;
	previewOnly: boolean;
	/** Undefined unless set: no limit. */
	requestsPerSecond?: number;
	respectIntegrations: boolean;
	retryUncertain: boolean;
	/** Seconds. */
	timeout: number;
}

/** Reads the options. An expression can return anything, so a value of the wrong type means the default. */
export function readDeliveryOptions(given: Record<string, unknown>): DeliveryOptions {
	const { eventNameFormat } = given;
	return {
		batchSize: Math.floor(within(given.batchSize, 1, Infinity) ?? Infinity),
		concurrency: Math.floor(within(given.concurrency, 1, 32) ?? 10),
		eventNameFormat: isNameFormat(eventNameFormat) ? eventNameFormat : undefined,
		keepOrder: !isOff(given.keepOrder),
		maxRetries: within(given.maxRetries, 0, 20) ?? 8,
		maxWait: within(given.maxWait, 1, Infinity) ?? 60,
		previewOnly: isOn(given.previewOnly),
		requestsPerSecond: within(given.requestsPerSecond, 0, Infinity) || undefined,
		respectIntegrations: !isOff(given.respectIntegrations),
		retryUncertain: isOn(given.retryUncertain),
		// For the HTTP client, 0 means no timeout.
		timeout: within(given.timeout, 0.1, 3600) ?? 30,
	};
}

function within(value: unknown, least: number, most: number): number | undefined {
	const number = readNumber(value);
	return typeof number === 'number' && Number.isFinite(number)
		? Math.min(most, Math.max(least, number))
		: undefined;
}

function isNameFormat(value: unknown): value is NameFormat {
	return typeof value === 'string' && Object.hasOwn(nameFormats, value);
}

/** Whether a boolean option is on, also when an expression returns the text "true". */
export function isOn(value: unknown): boolean {
	return value === true || value === 'true';
}

function isOff(value: unknown): boolean {
	return value === false || value === 'false';
}
