import { DateTime } from 'luxon';
import { text } from '../shared';

/**
 * Minutes from local time to UTC, as Simon Data has them (JavaScript's `getTimezoneOffset`: UTC+2 is -120).
 * @param zone such minutes, or a time zone as in the Segment Spec, e.g. `Europe/Amsterdam`
 * @param at epoch milliseconds: what a zone's name means changes with summer time
 */
export function timezoneOffset(zone: unknown, at: unknown): number | undefined {
	const given = text(zone);
	if (given === undefined) return undefined;
	if (/^[+-]?\d+$/.test(given)) return Number(given);
	const local = typeof at === 'number' ? DateTime.fromMillis(at, { zone: given }) : undefined;
	return local?.isValid === true ? 0 - local.offset : undefined;
}
