import type { CanonicalEvent } from './canonical-event';
import { isObject } from './values';

/** What an event says of the person: their traits, which for other types than identify stand in the context. A group's are the group's own. */
export function personTraits({ type, traits, context }: CanonicalEvent): Record<string, unknown> {
	const ofContext = isObject(context.traits) ? context.traits : {};
	return type === 'group' ? ofContext : { ...ofContext, ...traits };
}
