import { DateTime } from 'luxon';
import { remember } from '../remember';

const oneYear10000 = Date.UTC(10_000, 0);
/** Numbers from here on are milliseconds. As seconds, they would be after the year 5138. */
const smallestMilliseconds = 1e11;
const oneMinute = 60 * 1000;
const oneDay = 24 * 60 * oneMinute;

/** The form that most senders use. `Date.parse` reads it ten times faster than luxon. */
const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
/** Excludes times without a date: luxon would add today's date, and this function must not depend on the clock. */
const startsWithDate = /^\d{4}(?:-?\d{2}(?:-?\d{2})?|-?\d{3}|-?W\d{2}(?:-?\d)?)?(?:[T ]|$)/i;
const digits = /^\d+(?:\.\d+)?$/;
/** The basic form of ISO 8601, e.g. 20250102. Most of these numbers could also be seconds in 1970. */
const basicDate = /^\d{8}$/;

/**
 * Reads a time in ISO 8601 (UTC unless it has a zone), epoch seconds or epoch milliseconds, as a number, digits or Date.
 * @returns epoch milliseconds, or undefined if it isn't a time from 1970 to 9999
 */
export function parseTime(value: unknown): number | undefined {
	const time = toMilliseconds(value);
	const rounded = Math.round(time ?? NaN);
	return rounded >= 0 && rounded < oneYear10000 ? rounded : undefined;
}

function toMilliseconds(value: unknown): number | undefined {
	if (value instanceof Date) return value.getTime();
	if (typeof value === 'number') return value >= smallestMilliseconds ? value : value * 1000;
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (isoInstant.test(text) && isInCalendar(text)) {
		const time = Date.parse(text);
		if (!Number.isNaN(time)) return time;
	}
	if (digits.test(text) && text.length > 4) {
		const date = basicDate.test(text) ? fromIso(text) : undefined;
		return date !== undefined && date >= 0 ? date : toMilliseconds(Number(text));
	}
	return startsWithDate.test(text) ? fromIso(text.replace(' ', 'T')) : undefined;
}

function fromIso(text: string): number | undefined {
	const parsed = DateTime.fromISO(text, { zone: 'utc' });
	return parsed.isValid ? parsed.toMillis() : undefined;
}

/** Checks the day of the month, since `Date.parse` reads February 30 as March 2. */
function isInCalendar(isoDate: string): boolean {
	const day = Number(isoDate.slice(8, 10));
	if (day <= 28) return true;
	const nextMonth = Date.UTC(Number(isoDate.slice(0, 4)), Number(isoDate.slice(5, 7)));
	return day <= new Date(nextMonth - oneDay).getUTCDate();
}

/** Prints epoch milliseconds as `toISOString` does, ten times faster for events in the same minute. */
export function printTime(milliseconds: number): string {
	const minute = Math.floor(milliseconds / oneMinute);
	const ofMinute = milliseconds - minute * oneMinute;
	const seconds = String(Math.floor(ofMinute / 1000)).padStart(2, '0');
	const rest = `${seconds}.${String(ofMinute % 1000).padStart(3, '0')}Z`;
	return `${startOfMinute(minute)}${rest}`;
}

/** Prints a time up to its minutes, e.g. `2025-01-02T03:04:`. Counts minutes from 1970. */
const startOfMinute = remember(2_000, (minute: number) =>
	new Date(minute * oneMinute).toISOString().slice(0, -'00.000Z'.length),
);
