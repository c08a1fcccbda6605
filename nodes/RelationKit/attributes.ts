import { DateTime } from 'luxon';
import { parseTime } from '../shared';

const isoDate = /^\d{4}-\d{2}-\d{2}/;

/**
 * Converts dates to UNIX timestamps in attributes whose names end in `_at`, which RelationKit shows as dates.
 * All other attributes stay as they are.
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
