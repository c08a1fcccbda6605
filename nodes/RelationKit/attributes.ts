import { DateTime } from 'luxon';
import { parseTime } from '../shared/event';

const isoDate = /^\d{4}-\d{2}-\d{2}/;

/**
 * RelationKit reads an attribute whose name ends in `_at` as a date, given as a UNIX timestamp: dates in
 * another form are converted. `_url` and `_list` attributes go out as they are.
 */
export function toAttributes(values: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			name.endsWith('_at') ? toUnixSeconds(value) : value,
		]),
	);
}

function toUnixSeconds(value: unknown): unknown {
	const isText = typeof value === 'string' && (isoDate.test(value) || /^\d{10,13}$/.test(value));
	if (!isText && typeof value !== 'number' && !(value instanceof Date)) return value;
	let milliseconds = parseTime(value);
	if (milliseconds === undefined && typeof value === 'string') {
		const early = DateTime.fromISO(value, { zone: 'utc' });
		milliseconds = early.isValid ? early.toMillis() : undefined;
	}
	return milliseconds === undefined ? value : Math.floor(milliseconds / 1000);
}
