import { DateTime } from 'luxon';

const oneYear10000 = Date.UTC(10_000, 0);
/** Numbers from here on are milliseconds: as seconds they would lie beyond the year 5138. */
const smallestMilliseconds = 1e11;
const fiveMinutes = 5 * 60 * 1000;

/** What nearly every sender writes; `Date.parse` reads it ten times faster than luxon. */
const isoInstant = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
/** A time of day alone would get today's date: from a clock that nobody passed in. */
const startsWithDate = /^\d{4}(?:-?\d{2}(?:-?\d{2})?|-?\d{3}|-?W\d{2}(?:-?\d)?)?(?:[T ]|$)/i;
const digits = /^\d+(?:\.\d+)?$/;

/**
 * Reads the times that senders really post: ISO 8601 (UTC where it names no zone), epoch seconds or
 * epoch milliseconds, as a number or as digits.
 * @returns epoch milliseconds, or undefined when it is no time of the years 1970 to 9999.
 */
export function parseTime(value: unknown): number | undefined {
	const time = toMilliseconds(value);
	const rounded = time === undefined ? NaN : Math.round(time);
	return rounded >= 0 && rounded < oneYear10000 ? rounded : undefined;
}

function toMilliseconds(value: unknown): number | undefined {
	if (value instanceof Date) return value.getTime();
	if (typeof value === 'number') return value >= smallestMilliseconds ? value : value * 1000;
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	const [, year, month, day] = isoInstant.exec(text) ?? [];
	if (day !== undefined && Number(day) <= daysOf(Number(year), Number(month))) {
		const time = Date.parse(text);
		if (!Number.isNaN(time)) return time;
	}
	if (digits.test(text) && text.length > 4) return toMilliseconds(Number(text));
	if (!startsWithDate.test(text)) return undefined;
	const parsed = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' });
	return parsed.isValid ? parsed.toMillis() : undefined;
}

/** `Date.parse` takes February 30 for March 2. */
function daysOf(year: number, month: number): number {
	if (month === 2) return new Date(Date.UTC(year, 2, 0)).getUTCDate();
	return [4, 6, 9, 11].includes(month) ? 30 : 31;
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
