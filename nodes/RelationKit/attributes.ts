import { asShown, datesToSend, isGiven, parseDate, type MappingContext } from '../shared';

/**
 * Converts dates to UNIX timestamps in attributes whose names end in `_at`, which RelationKit shows as dates.
 * All other attributes stay as they are.
 * @param container path of the attributes in the record
 */
export function toAttributes(
	container: string,
	values: Record<string, unknown>,
	context: Pick<MappingContext, 'timeZone' | 'warn'>,
): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			name.endsWith('_at') && isGiven(value) ? toUnixSeconds([container, name], value, context) : value,
		]),
	);
}

/** A number that isn't a date becomes text, because RelationKit would show it as a day in 1970. */
function toUnixSeconds(
	[container, name]: [container: string, name: string],
	value: unknown,
	{ timeZone, warn }: Pick<MappingContext, 'timeZone' | 'warn'>,
): unknown {
	const milliseconds = parseDate(value, timeZone);
	if (milliseconds !== undefined) return Math.floor(milliseconds / 1000);
	const message = `'${name}' was sent as text, because ${asShown(value)} can't be read as a date. ${datesToSend}`;
	warn({ path: `${container}.${name}`, code: 'unreadable_time', message });
	return typeof value === 'number' ? String(value) : value;
}
