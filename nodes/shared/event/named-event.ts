import type { CanonicalEvent } from './canonical-event';
import { isObject } from './values';

/** An event as services know it that have only named events: a name, and what else is known. */
export interface NamedEvent {
	name: string;
	properties: Record<string, unknown>;
}

/**
 * Gives every type of event a name. Pages and screens share one name each (a name per page would
 * bury a service's event list); which page it was is in the properties.
 */
export function asNamedEvent(event: CanonicalEvent): NamedEvent {
	switch (event.type) {
		case 'track':
			return { name: event.event ?? '', properties: event.properties };
		case 'page':
			return { name: 'Page Viewed', properties: viewed(event) };
		case 'screen':
			return { name: 'Screen Viewed', properties: viewed(event) };
		case 'identify':
			return { name: 'User Identified', properties: event.traits };
		case 'group':
			return { name: 'Group Joined', properties: { groupId: event.groupId, ...event.traits } };
		case 'alias':
			return { name: 'User Aliased', properties: { previousId: event.previousId } };
	}
}

function viewed({ name, category, properties }: CanonicalEvent): Record<string, unknown> {
	return {
		...(name === undefined ? {} : { name }),
		...(category === undefined ? {} : { category }),
		...properties,
	};
}

/**
 * Returns what an event says about its person: their traits, which events other than identify carry in the
 * context. The traits of a group event describe the group, so they don't count.
 */
export function personTraits({ type, traits, context }: CanonicalEvent): Record<string, unknown> {
	const ofContext = isObject(context.traits) ? context.traits : {};
	return type === 'group' ? ofContext : { ...ofContext, ...traits };
}
