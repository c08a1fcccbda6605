import { DateTime } from 'luxon';

const oneYear10000 = Date.UTC(10_000, 0);
/** Numbers from here on are milliseconds: as seconds they would lie beyond the year 5138. */
const smallestMilliseconds = 1e11;
const fiveMinutes = 5 * 60 * 1000;

const canonicalInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const digits = /^\d+(?:\.\d+)?$/;

/**
 * Reads the times that senders really post: ISO 8601 (UTC where it names no zone), epoch seconds or
 * epoch milliseconds, as a number or as digits.
 * @returns epoch milliseconds, or undefined when it is no time of the years 1970 to 9999.
 */
export function parseTime(value: unknown): number | undefined {
	const time = toMilliseconds(value);
	return time !== undefined && time >= 0 && time < oneYear10000 ? Math.round(time) : undefined;
}

function toMilliseconds(value: unknown): number | undefined {
	if (value instanceof Date) return value.getTime();
	if (typeof value === 'number') return value >= smallestMilliseconds ? value : value * 1000;
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (canonicalInstant.test(text)) return Date.parse(text);
	if (digits.test(text) && text.length > 4) return toMilliseconds(Number(text));
	const parsed = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' });
	return parsed.isValid ? parsed.toMillis() : undefined;
}

export interface Times {
	originalTimestamp?: number;
	timestamp?: number;
	sentAt?: number;
	receivedAt?: number;
}

export type ClockWarning = 'clock_skew' | 'future_time';

/**
 * When the event happened, on our clock. A sender's clock may be wrong, but the gap between two of its
 * readings is right: `receivedAt − (sentAt − original)`, as the Segment Spec has it.
 * @param now epoch milliseconds at which the request reached us
 */
export function correctClock(
	times: Times,
	now: number,
	clampFuture: boolean,
): { timestamp: number; receivedAt: number; warning?: ClockWarning } {
	const receivedAt = times.receivedAt ?? now;
	const { timestamp, warning } = happenedAt(times, receivedAt);
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
	if (sentAt < original) return { timestamp: receivedAt, warning: 'clock_skew' };
	return { timestamp: receivedAt - (sentAt - original) };
}
