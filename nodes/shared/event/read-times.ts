import { remember } from '../remember';
import type { Problems } from './problems';
import { correctClock, parseTime, printTime } from './time';
import { isGiven, type JsonObject } from './values';

interface TimesOrigin {
	/** Epoch milliseconds. */
	now: number;
	shared?: { sentAt?: unknown };
	clampFuture?: boolean;
}

/** The same for every event of a batch. */
const parseBatchTime = remember(1, parseTime);

/** The four times of an event, on our clock. */
export function readTimes(source: JsonObject, origin: TimesOrigin, problems: Problems) {
	const read = (field: string, value = source[field], parse = parseTime) => {
		if (!isGiven(value)) return undefined;
		const time = parse(value);
		if (time === undefined) problems.warn(field, 'unreadable_time', unreadable(field, value));
		return time;
	};
	const given = {
		originalTimestamp: read('originalTimestamp'),
		timestamp: read('timestamp'),
		sentAt: read('sentAt') ?? read('sentAt', origin.shared?.sentAt ?? null, parseBatchTime),
		receivedAt: read('receivedAt'),
	};
	const { timestamp, receivedAt, warning } = correctClock(given, origin.now, origin.clampFuture ?? true);
	if (warning !== undefined) problems.warn('timestamp', warning, clockWarnings[warning]);

	// A time that came with a time of receipt was corrected already; what it was before is not known.
	const original = given.originalTimestamp ?? (given.receivedAt === undefined ? given.timestamp : undefined);
	return {
		...(original === undefined ? {} : { originalTimestamp: printTime(original) }),
		...(given.sentAt === undefined ? {} : { sentAt: printTime(given.sentAt) }),
		receivedAt: printTime(receivedAt),
		timestamp: printTime(timestamp),
	};
}

function unreadable(field: string, value: unknown): string {
	const isShort = typeof value === 'number' || (typeof value === 'string' && value.length <= 40);
	const shown = isShort ? `: ${JSON.stringify(value)}` : '';
	return `"${field}" is no time from 1970 to 9999 in ISO 8601, epoch seconds or epoch milliseconds${shown}.`;
}

const clockWarnings = {
	clock_skew: 'The event says it was sent before it happened. Its time is the time of receipt.',
	future_time: 'The event lies more than five minutes in the future. Its time is the time of receipt.',
};
