import type { CanonicalEvent } from './canonical-event';
import { isObject, withGiven } from './values';

/** An event for services that have only named events. */
export interface NamedEvent {
	name: string;
	properties: Record<string, unknown>;
}

/**
 * Gives each type of event a name. All pages share one name, and all screens, so that they don't flood a service's
 * list of events; the properties say which page it was.
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
	return type === 'group' ? ofContext : withGiven(ofContext, traits);
}
