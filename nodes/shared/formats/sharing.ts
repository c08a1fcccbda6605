import { sum } from 'lodash';
import { notAccepted } from '../checked';
import { isObject, jsonBytes } from '../event';
import type { Mapped, RawEvents } from './format';

/** How much the events of any batch together may get from what it shares. */
const alwaysAllowed = 500 * 1024;
/** How much more they may get in a large batch: this many times its own bytes. */
const timesOwnBytes = 4;

/** How many events of a batch may get what it shares, and how many bytes that is for each. */
export interface Sharing {
	events: number;
	bytes: number;
}

/**
 * Limits what the events of a batch share. A batch of 90 KB could otherwise become 50 MB of events, which n8n and the
 * services' nodes would handle one by one.
 */
export function limitSharing({ events, shared }: RawEvents): Sharing {
	const bytes = sum([shared?.context, shared?.integrations].filter(isObject).map(jsonBytes));
	if (bytes === Infinity) return { events: 0, bytes };
	if (bytes * events.length <= alwaysAllowed) return { events: events.length, bytes };
	// An event that is too deep for JSON is rejected, so it counts for nothing.
	const ownBytes = bytes + sum(events.map(jsonBytes).filter(Number.isFinite));
	return { events: Math.floor(Math.max(alwaysAllowed, timesOwnBytes * ownBytes) / bytes), bytes };
}

/** The reject of an event that is beyond the limit. */
export function sharesTooMuch(received: unknown, { events, bytes }: Sharing): Mapped {
	return notAccepted({
		code: 'shares_too_much',
		path: '',
		detail: `The shared data has ${bytes} bytes, so up to ${events} events are accepted.`,
		messageId: isObject(received) ? received.messageId : undefined,
	});
}
