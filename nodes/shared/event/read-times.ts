import { remember } from '../remember';
import type { Problems } from './problems';
import { datesToSend, parseTime, printTime } from './time';
import { asShown, isGiven, type JsonObject } from './values';

interface TimesOptions {
	/** When the event was received, in epoch milliseconds. */
	now: number;
	shared?: { sentAt?: unknown };
	clampFuture?: boolean;
}

const fiveMinutes = 5 * 60 * 1000;

/** Parses the batch's `sentAt` once for all of its events. */
const parseBatchTime = remember(1, (sentAt: unknown) => parseTime(sentAt));

/** Reads the four times of an event and corrects them for the sender's clock. */
export function readTimes(source: JsonObject, options: TimesOptions, problems: Problems) {
	const read = (field: string, value = source[field], parse = (time: unknown) => parseTime(time)) => {
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

	// A time next to a time of receipt is already corrected, and the original is unknown.
	const original = given.originalTimestamp ?? (given.receivedAt === undefined ? given.timestamp : undefined);
	return {
		...(original === undefined ? {} : { originalTimestamp: printTime(original) }),
		...(given.sentAt === undefined ? {} : { sentAt: printTime(given.sentAt) }),
		receivedAt: printTime(receivedAt),
		timestamp: printTime(timestamp),
	};
}

function unreadable(field: string, value: unknown): string {
	return `"${field}" was ignored, because ${asShown(value)} can't be read as a date. ${datesToSend}`;
}

const clockWarnings = {
	clock_skew:
		'According to its timestamps, the event was sent before it happened, so its time was set to the time of receipt.',
	future_time:
		'The time of the event was more than five minutes in the future, so it was set to the time of receipt.',
};

interface Times {
	originalTimestamp?: number;
	timestamp?: number;
	sentAt?: number;
	receivedAt?: number;
}

type ClockWarning = 'clock_skew' | 'future_time';

/**
 * Calculates when the event happened by the receiver's clock: `receivedAt − (sentAt − original)`, as in the Segment
 * Spec. A sender's clock may be wrong, but the time between two of its readings is right.
 * Source: https://segment.com/docs/connections/spec/common/#timestamps
 * @param now epoch milliseconds at which the request was received
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
