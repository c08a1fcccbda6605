import type { INodeProperties } from 'n8n-workflow';
import { defaultBatchLimits, defaultEventLimits, isGiven, type EventLimits } from '../event';
import { plainNumber, positiveNumber, splitList } from '../settings';
import { IpAllowList } from './ip-allow-list';
import type { TriggerOptions } from './options';

/** Entries of "Options" that all webhook triggers have, and how they are read. */

export const duplicatesOption: INodeProperties = {
	displayName: 'Duplicates',
	name: 'duplicates',
	type: 'options',
	options: [
		{
			name: 'Keep',
			value: 'keep',
			description:
				'Accept an event every time it arrives. Within one request, only the first event with each message ID is accepted.',
		},
		{
			name: 'Skip',
			value: 'inMemory',
			description:
				'Skip events whose message ID is among the last 50,000. Each n8n process remembers its own message IDs until it restarts.',
		},
		{
			name: 'Skip, Even After a Restart',
			value: 'stored',
			description:
				'Skip events whose message ID is in memory or among the last 2,000 saved with the workflow. Slower than Skip, but remembers IDs after a restart.',
		},
	],
	default: 'inMemory',
	description: 'What to do with events whose message ID the trigger has already received',
};

export const ipAllowListOption: INodeProperties = {
	displayName: 'IP Allow List',
	name: 'ipAllowList',
	type: 'string',
	default: '',
	placeholder: 'e.g. 203.0.113.7, 10.0.0.0/8',
	description:
		'IP addresses and ranges to accept events from, separated by commas. Leave empty to accept all. If n8n runs behind a proxy, set N8N_PROXY_HOPS.',
};

/** In the order of their names. */
export const limitOptions: INodeProperties[] = [
	{
		displayName: 'Max Batch Size (KiB)',
		name: 'maxBatchSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 500,
		description: 'Max size of a request. Larger requests are rejected with status 413.',
	},
	{
		displayName: 'Max Depth',
		name: 'maxDepth',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 64 },
		default: 64,
		description: 'Max nesting depth of an event. More deeply nested events come out of the Rejected output.',
	},
	{
		displayName: 'Max Event Size (KiB)',
		name: 'maxEventSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 256,
		description:
			"Max size of an event. Larger events come out of the Rejected output. If you don't set this option, the limit is 32 KiB for Segment-style SDKs and 256 KiB for other senders.",
	},
	{
		displayName: 'Max Events per Batch',
		name: 'maxEventsPerBatch',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 2500,
		description: 'Max number of events in a request. Requests with more events are rejected with status 413.',
	},
	{
		displayName: 'Max Properties',
		name: 'maxProperties',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10000,
		description:
			'Max number of properties in an event. Events with more properties come out of the Rejected output.',
	},
];

export const outputOption: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'One Item per Event', value: 'event' },
		{
			name: 'One Item per Request',
			value: 'request',
			description:
				'Each item contains the list of events from one request. In Send Many operations, set Events Field to events.',
		},
	],
	default: 'event',
};

/**
 * Uses the default of a limit that isn't a number.
 * @param mostBytes of a request, unless the user sets it
 * @throws if the IP Allow List can't be used, with what to correct
 */
export function readSharedOptions(
	given: Record<string, unknown>,
	mostBytes = defaultBatchLimits.batchBytes,
): Pick<TriggerOptions, 'allowedAddresses' | 'batchLimits' | 'duplicates' | 'eventLimits' | 'output'> {
	return {
		allowedAddresses: new IpAllowList(splitList(given.ipAllowList)),
		batchLimits: {
			batchBytes: bytes(given.maxBatchSize) ?? mostBytes,
			batchEvents: positiveNumber(given.maxEventsPerBatch) ?? defaultBatchLimits.batchEvents,
		},
		eventLimits: {
			depth: Math.min(positiveNumber(given.maxDepth) ?? defaultEventLimits.depth, defaultEventLimits.depth),
			properties: positiveNumber(given.maxProperties) ?? defaultEventLimits.properties,
			...eventBytes(given.maxEventSize),
		},
		duplicates: given.duplicates === 'keep' || given.duplicates === 'stored' ? given.duplicates : 'inMemory',
		output: given.output === 'request' ? 'request' : 'event',
	};
}

function bytes(kibibytes: unknown): number | undefined {
	const size = positiveNumber(kibibytes);
	return size === undefined ? undefined : size * 1024;
}

/** Without a size, the limit depends on the format. */
function eventBytes(kibibytes: unknown): Pick<Partial<EventLimits>, 'eventBytes'> {
	const size = bytes(kibibytes);
	return size === undefined ? {} : { eventBytes: size };
}

/** @throws if a number can't be used, with what to correct */
export function checkNumbers(given: Record<string, unknown>, collection: INodeProperties): void {
	for (const { displayName, name, type, typeOptions } of collection.options as INodeProperties[]) {
		const value = given[name];
		if (type !== 'number' || !isGiven(value)) continue;
		const number = plainNumber(value) ?? NaN;
		const { minValue = 0, maxValue = Infinity } = typeOptions ?? {};
		if (number >= minValue && number <= maxValue) continue;
		const range = maxValue === Infinity ? `of at least ${minValue}` : `from ${minValue} to ${maxValue}`;
		throw new Error(`'${displayName}' must be a number ${range}, but it is ${JSON.stringify(value)}.`);
	}
}
