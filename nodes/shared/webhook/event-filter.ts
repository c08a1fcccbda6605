import type { CanonicalEvent, EventType } from '../event';

export type EventFilter = (event: CanonicalEvent) => boolean;

/**
 * Builds a filter that accepts an event if its type and its name are on the lists.
 * @param types empty for all
 * @param names names of track events, with `*` for any characters; empty for all. Other types have no name.
 */
export function eventFilter(types: readonly EventType[], names: readonly string[]): EventFilter {
	const matchers = names.map(toMatcher);
	return ({ type, event = '' }) => {
		if (types.length > 0 && !types.includes(type)) return false;
		if (type !== 'track' || matchers.length === 0) return true;
		const name = withoutCase(event);
		return matchers.some((matches) => matches(name));
	};
}

/**
 * Looks for the parts between the `*` one after the other. A regular expression would try all ways to divide the name
 * among them, and their number grows with each `*`.
 */
function toMatcher(pattern: string): (name: string) => boolean {
	const [start = '', ...others] = withoutCase(pattern).split('*');
	const end = others.pop();
	return (name) => {
		if (end === undefined) return name === start;
		if (!name.startsWith(start)) return false;
		let at = start.length;
		for (const part of others) {
			const found = name.indexOf(part, at);
			if (found === -1) return false;
			at = found + part.length;
		}
		return name.endsWith(end) && name.length - end.length >= at;
	};
}

/** In upper case, since a lower-case letter may depend on its neighbors, as the Greek sigma does. */
function withoutCase(text: string): string {
	return text.toUpperCase();
}
