import type { CanonicalEvent, EventType } from '../../shared/event';

export type EventFilter = (event: CanonicalEvent) => boolean;

/**
 * Builds a filter that accepts an event if its type and its name are on the lists.
 * @param types empty for all
 * @param names names of track events, with `*` for any characters; empty for all. Other types have no name.
 */
export function eventFilter(types: readonly EventType[], names: readonly string[]): EventFilter {
	const patterns = names.map(toPattern);
	return ({ type, event = '' }) => {
		if (types.length > 0 && !types.includes(type)) return false;
		return type !== 'track' || patterns.length === 0 || patterns.some((pattern) => pattern.test(event));
	};
}

function toPattern(name: string): RegExp {
	const parts = name.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 'isu');
}
