import type { EventType } from './canonical-event';
import { shorten } from './values';

/** What to do with data that an event of a type has no place for. */
export const placeToKeep: Record<EventType, string> = {
	track: 'To keep a field, put it under "properties".',
	page: 'To keep a field, put it under "properties".',
	screen: 'To keep a field, put it under "properties".',
	identify: 'To keep a field, put it under "traits".',
	group: 'To keep a field, put it under "traits".',
	alias:
		'An alias event has only IDs. To keep a field, send an identify event with the field under "traits".',
};

const mostNames = 20;
const longestName = 60;

/** Lists names in quotes, as many as fit in a message. */
export function quoted(names: readonly string[]): string {
	const shown = names.slice(0, mostNames).map((name) => `"${shorten(name, longestName)}"`);
	const others = names.length - shown.length;
	return shown.join(', ') + (others > 0 ? ` and ${others} more` : '');
}
