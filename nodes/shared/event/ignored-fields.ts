import type { EventType } from './canonical-event';
import { shorten } from './values';

/** What to do with data that an event of a type has no place for. */
export const placeToKeep: Record<EventType, string> = {
	track: 'Put it under "properties" to keep it.',
	page: 'Put it under "properties" to keep it.',
	screen: 'Put it under "properties" to keep it.',
	identify: 'Put it under "traits" to keep it.',
	group: 'Put it under "traits" to keep it.',
	alias: 'An alias event has only IDs: send an identify event with it under "traits" to keep it.',
};

const mostNames = 20;
const longestName = 60;

/** Lists names in quotes, as many as fit in a message. */
export function quoted(names: readonly string[]): string {
	const shown = names.slice(0, mostNames).map((name) => `"${shorten(name, longestName)}"`);
	const others = names.length - shown.length;
	return shown.join(', ') + (others > 0 ? ` and ${others} more` : '');
}
