import { NodeOperationError, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';
import { parseUrl } from '../../shared/base-url';
import {
	defaultBatchLimits,
	defaultEventLimits,
	isEventType,
	type BatchLimits,
	type EventLimits,
} from '../../shared/event';
import { splitList } from '../split-list';
import { eventFilter, type EventFilter } from './event-filter';
import { IpAllowList } from './ip-allow-list';

/** The trigger's "Options", fit to be used. */
export interface TriggerOptions {
	clampFuture: boolean;
	/** Empty lets every origin in. */
	allowedOrigins: string[];
	allowedAddresses: IpAllowList;
	batchLimits: BatchLimits;
	eventLimits: EventLimits;
	/** 0 for any number. */
	eventsPerSecond: number;
	/** Which of the sender's repetitions are left out. */
	duplicates: 'keep' | 'inMemory' | 'stored';
	filter: EventFilter;
	output: 'event' | 'request';
	/** In place of what the trigger says of each event: text, or parsed JSON. */
	responseBody?: unknown;
}

/** Throws, with what to correct, where a setting cannot be used. */
export function readTriggerOptions(context: IWebhookFunctions | IHookFunctions): TriggerOptions {
	const given = context.getNodeParameter('options', {}) as Record<string, unknown>;
	const kibibytes = (value: unknown, otherwise: number) => (positive(value) ?? otherwise / 1024) * 1024;
	const types = Array.isArray(given.eventTypes) ? given.eventTypes.map(String).filter(isEventType) : [];
	return {
		clampFuture: given.acceptFutureTimes !== true,
		allowedOrigins: readOrigins(given.allowedOrigins),
		allowedAddresses: new IpAllowList(splitList(given.ipAllowList)),
		batchLimits: {
			batchBytes: kibibytes(given.maxBatchSize, defaultBatchLimits.batchBytes),
			batchEvents: positive(given.maxEventsPerBatch) ?? defaultBatchLimits.batchEvents,
		},
		eventLimits: {
			depth: positive(given.maxDepth) ?? defaultEventLimits.depth,
			properties: positive(given.maxProperties) ?? defaultEventLimits.properties,
			eventBytes: kibibytes(given.maxEventSize, defaultEventLimits.eventBytes),
		},
		eventsPerSecond: positive(given.eventsPerSecond) ?? 0,
		duplicates: given.duplicates === 'keep' || given.duplicates === 'stored' ? given.duplicates : 'inMemory',
		filter: eventFilter(types, splitList(given.eventNames)),
		output: given.output === 'request' ? 'request' : 'event',
		responseBody: readBody(given.responseBody),
	};
}

export function checkSettings(context: IHookFunctions): void {
	try {
		readTriggerOptions(context);
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error, {
			description: "Correct the trigger's options, then publish the workflow again.",
		});
	}
}

function positive(value: unknown): number | undefined {
	const number = Number(value);
	return Number.isFinite(number) && number > 0 ? number : undefined;
}

/** As browsers write them, so that `https://Shop.example/` is found too. Throws on an entry that no origin is equal to. */
export function readOrigins(list: unknown): string[] {
	const entries = splitList(list);
	if (entries.includes('*')) return [];
	return entries.map((entry) => {
		const origin = /^https?:\/\/[^/?#@*]+\/?$/i.test(entry) ? parseUrl(entry)?.origin : undefined;
		if (origin !== undefined) return origin;
		throw new Error(`'${entry}' is no origin. Use, for example, https://www.example.com.`);
	});
}

function readBody(body: unknown): unknown {
	if (typeof body !== 'string' || body.trim() === '') return undefined;
	try {
		// To n8n a null would be no reply at all.
		return JSON.parse(body) ?? body;
	} catch {
		return body;
	}
}
