import { DateTime } from 'luxon';
import { remember } from '../remember';

const oneYear10000 = Date.UTC(10_000, 0);
/** Numbers from here on are milliseconds: as seconds they would lie beyond the year 5138. */
const smallestMilliseconds = 1e11;
const oneMinute = 60 * 1000;
const oneDay = 24 * 60 * oneMinute;

/** What nearly every sender writes; `Date.parse` reads it ten times faster than luxon. */
const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
/** A time of day alone would get today's date: from a clock that nobody passed in. */
const startsWithDate = /^\d{4}(?:-?\d{2}(?:-?\d{2})?|-?\d{3}|-?W\d{2}(?:-?\d)?)?(?:[T ]|$)/i;
const digits = /^\d+(?:\.\d+)?$/;
/** ISO 8601's basic form, in which most dates would also be seconds of 1970. */
const basicDate = /^\d{8}$/;

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

/** `Date.parse` takes February 30 for March 2. */
function isInCalendar(isoDate: string): boolean {
	const day = Number(isoDate.slice(8, 10));
	if (day <= 28) return true;
	const nextMonth = Date.UTC(Number(isoDate.slice(0, 4)), Number(isoDate.slice(5, 7)));
	return day <= new Date(nextMonth - oneDay).getUTCDate();
}

/** What `toISOString` prints, in a tenth of its time where other events happened in the same minute. */
export function printTime(milliseconds: number): string {
	const minute = Math.floor(milliseconds / oneMinute);
	const ofMinute = milliseconds - minute * oneMinute;
	const seconds = String(Math.floor(ofMinute / 1000)).padStart(2, '0');
	const rest = `${seconds}.${String(ofMinute % 1000).padStart(3, '0')}Z`;
	return `${startOfMinute(minute)}${rest}`;
}

/** The time up to its seconds, of a minute counted from 1970. */
const startOfMinute = remember(2_000, (minute: number) =>
	new Date(minute * oneMinute).toISOString().slice(0, -'00.000Z'.length),
);
