import { DateTime } from 'luxon';
import { text } from '../shared';

/**
 * Converts a time zone to minutes from local time to UTC, as in JavaScript's `getTimezoneOffset`: UTC+2 is -120.
 * @param zone minutes, or an IANA name as in the Segment Spec, such as `Europe/Amsterdam`
 * @param at epoch milliseconds, because the offset changes with daylight saving time
 */
export function timezoneOffset(zone: unknown, at: unknown): number | undefined {
	const given = text(zone);
	if (given === undefined) return undefined;
	if (/^[+-]?\d+$/.test(given)) return Number(given);
	const local = typeof at === 'number' ? DateTime.fromMillis(at, { zone: given }) : undefined;
	return local?.isValid === true ? 0 - local.offset : undefined;
}
