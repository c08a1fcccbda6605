import { toLower } from 'lodash';
import {
	isObject,
	placeToKeep,
	quoted,
	saysNothing,
	text,
	type CanonicalEvent,
	type Warning,
} from '../../event';

/** The fields of an event that hold the sender's data. */
const dataFields = ['event', 'name', 'category', 'groupId', 'previousId', 'traits', 'properties'] as const;

type DataField = (typeof dataFields)[number];

/** The fields that belong to each type of event. Services send them in full, or warn. */
const fieldsOf: Record<CanonicalEvent['type'], readonly DataField[]> = {
	track: ['event', 'properties'],
	page: ['name', 'category', 'properties'],
	screen: ['name', 'category', 'properties'],
	identify: ['traits'],
	group: ['groupId', 'traits'],
	alias: ['previousId'],
};

/** The paths of values that nothing has read yet, such as `traits.plan`. */
type Unread = Set<string>;

/**
 * Copies an event so that the copy knows which of its other data, such as the traits of a track event, a service's
 * mapping doesn't read.
 */
export function observeReads(event: CanonicalEvent): { observed: CanonicalEvent; unread: Unread } {
	const unread: Unread = new Set();
	const others = dataFields.filter(
		(field) =>
			!fieldsOf[event.type].includes(field) &&
			!saysNothing(event[field]) &&
			!(field === 'event' && repeatsTheName(event)),
	);
	if (others.length === 0) return { observed: event, unread };
	const observed = { ...event };
	for (const field of others) {
		const value = event[field];
		if (isObject(value))
			observed[field as 'traits' | 'properties'] = observeValues(value, field, event, unread);
		else notice(observed, field, field, unread);
	}
	return { observed, unread };
}

/** SDKs for mobile apps also send the name or the type of a screen as its `event`. */
function repeatsTheName({ event, type, name, properties }: CanonicalEvent): boolean {
	return [type, name, properties.name].some((known) => toLower(text(known)) === toLower(text(event)));
}

function observeValues(
	values: Record<string, unknown>,
	field: DataField,
	{ _meta }: CanonicalEvent,
	unread: Unread,
): Record<string, unknown> {
	// PostHog's SDKs describe the device in the properties of every event, as others do in the context.
	if (field === 'properties' && _meta.format === 'posthog') return values;
	const copy = { ...values };
	for (const name of Object.keys(copy)) {
		// Names like PostHog's `$lib` are those of an SDK.
		if (!name.startsWith('$') && !saysNothing(copy[name])) notice(copy, name, `${field}.${name}`, unread);
	}
	return copy;
}

/** Counts a value as unread until something reads it. */
function notice(object: Record<string, unknown>, name: string, path: string, unread: Unread): void {
	const value = object[name];
	unread.add(path);
	Object.defineProperty(object, name, {
		enumerable: true,
		get() {
			unread.delete(path);
			return value;
		},
	});
}

/** Says which values of an event weren't sent, and what to do to send them. */
export function warnOfUnread(unread: Unread, { type }: CanonicalEvent, service: string): Warning[] {
	const paths = [...unread];
	const [first] = paths;
	if (first === undefined) return [];
	const message = `${service} doesn't receive these fields of the ${type} event: ${quoted(paths)}. ${placeToKeep[type]}`;
	return [{ path: paths.length === 1 ? first : '', code: 'field_ignored', message }];
}
