import { remember } from '../remember';
import type { Problems } from './problems';
import { parseTime, printTime } from './time';
import { isGiven, type JsonObject } from './values';

interface TimesOptions {
	/** Epoch milliseconds. */
	now: number;
	shared?: { sentAt?: unknown };
	clampFuture?: boolean;
}

const fiveMinutes = 5 * 60 * 1000;

/** The same for every event of a batch. */
const parseBatchTime = remember(1, parseTime);

/** The four times of an event, on our clock. */
export function readTimes(source: JsonObject, options: TimesOptions, problems: Problems) {
	const read = (field: string, value = source[field], parse = parseTime) => {
		if (!isGiven(value)) return undefined;
		const time = parse(value);
		if (time === undefined) problems.warn(field, 'unreadable_time', unreadable(field, value));
		return time;
	};
	const given = {
		originalTimestamp: read('originalTimestamp'),
		timestamp: read('timestamp'),
		sentAt: read('sentAt') ?? read('sentAt', options.shared?.sentAt ?? null, parseBatchTime),
		receivedAt: read('receivedAt'),
	};
	const { timestamp, receivedAt, warning } = correctClock(given, options.now, options.clampFuture ?? true);
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

interface Times {
	originalTimestamp?: number;
	timestamp?: number;
	sentAt?: number;
	receivedAt?: number;
}

type ClockWarning = 'clock_skew' | 'future_time';

/**
 * When the event happened, on our clock. A sender's clock may be wrong, but the gap between two of its
 * readings is right: `receivedAt − (sentAt − original)`, as the Segment Spec has it.
 * @param now epoch milliseconds at which the request reached us
 */
function correctClock(
	times: Times,
	now: number,
	clampFuture: boolean,
): { timestamp: number; receivedAt: number; warning?: ClockWarning } {
	const fromFuture = clampFuture && times.receivedAt !== undefined && times.receivedAt > now + fiveMinutes;
	const known = fromFuture ? { ...times, receivedAt: undefined } : times;
	const receivedAt = known.receivedAt ?? now;
	const { timestamp, warning } = happenedAt(known, receivedAt);
	if (clampFuture && timestamp > receivedAt + fiveMinutes) {
		return { timestamp: receivedAt, receivedAt, warning: 'future_time' };
	}
	return { timestamp, receivedAt, warning };
}

function happenedAt(times: Times, receivedAt: number): { timestamp: number; warning?: ClockWarning } {
	const { originalTimestamp, timestamp, sentAt } = times;
	const upstreamCorrectedIt = times.receivedAt !== undefined;
	const callerSetIt = originalTimestamp !== undefined;
	if (timestamp !== undefined && (upstreamCorrectedIt || callerSetIt)) return { timestamp };

	const original = originalTimestamp ?? timestamp;
	if (original === undefined) return { timestamp: receivedAt };
	if (sentAt === undefined) return { timestamp: original };
	const corrected = receivedAt - (sentAt - original);
	if (sentAt < original || corrected < 0) return { timestamp: receivedAt, warning: 'clock_skew' };
	return { timestamp: corrected };
}
