import { accepted } from '../checked';
import { isGiven, isObject, text, without, type JsonObject } from '../event';
import type { Format } from './format';

/** PostHog's SDKs and its capture and batch endpoints. Source: https://posthog.com/docs/api/capture */
export const postHog: Format = {
	name: 'posthog',
	displayName: 'PostHog',
	description: "PostHog SDKs, and request bodies for PostHog's capture and batch endpoints",

	matches({ body, subPath }) {
		if (isObject(body) && isFromDestination(body))
			return 'the body has "event.event" and "event.distinct_id"';
		const events = eventsIn(body);
		if (events.some(hasSegmentIds)) return undefined;
		if (postHogPaths.includes(subPath.toLowerCase())) return `the request was sent to "${subPath}"`;
		if (!isObject(body)) return undefined;
		const hasKey = isGiven(body.api_key);
		if (Array.isArray(body.batch)) return hasKey ? 'the body has "api_key" and a list "batch"' : undefined;
		if (text(body.event) === undefined) return undefined;
		if (isGiven(distinctId(body))) return 'the body has "event" and "distinct_id"';
		return hasKey ? 'the body has "api_key" and "event"' : undefined;
	},

	read: ({ body }) => ({
		format: 'posthog',
		events: eventsIn(body),
		shared: isObject(body) ? { sentAt: body.sent_at } : undefined,
		map: (event, now) => accepted(mapAny(event, now)),
		noUserHint: 'In a PostHog event, "distinct_id" identifies the person.',
	}),
};

function eventsIn(body: unknown): readonly unknown[] {
	const list = isObject(body) && Array.isArray(body.batch) ? (body.batch as unknown[]) : body;
	return Array.isArray(list) ? (list as unknown[]) : [body];
}

/** The paths that PostHog's SDKs append, without `batch`, which SDKs like Segment's append, too. */
export const postHogPaths = ['capture', 'e', 'i/v0/e'];

/** Recognizes events like Segment's. Their body can have an `api_key`, too, so it isn't enough to detect PostHog. */
function hasSegmentIds(event: unknown): boolean {
	return isObject(event) && (isGiven(event.userId) || isGiven(event.anonymousId));
}

/** Reads the ID from the event or, as in the batches of the documentation, from its properties. */
function distinctId({ distinct_id, properties }: JsonObject): unknown {
	if (isGiven(distinct_id)) return distinct_id;
	return isObject(properties) ? properties.distinct_id : undefined;
}

/**
 * Recognizes what PostHog's webhook destination sends: an event beside the person it is about.
 * Source: https://posthog.com/docs/cdp/destinations/webhook
 */
function isFromDestination({ event }: JsonObject): boolean {
	return isObject(event) && text(event.event) !== undefined && isGiven(event.distinct_id);
}

function mapAny(event: JsonObject, now: number): JsonObject {
	if (!isFromDestination(event)) return mapEvent(event, now);
	const { event: inner, person, ...others } = event;
	const { properties: traits, ...ofPerson } = isObject(person) ? person : {};
	return {
		...mapEvent(inner as JsonObject, now),
		context: { ...(isObject(traits) ? { traits } : {}), posthog: { person: ofPerson, ...others } },
	};
}

function mapEvent(event: JsonObject, now: number): JsonObject {
	const properties = event.properties ?? {};
	const own = isObject(properties) ? properties : {};
	const id = distinctId(event);
	return {
		messageId: event.uuid,
		timestamp: event.timestamp ?? timeBefore(now, event.offset),
		// Documented for events of a user without a person profile.
		...(own.$process_person_profile === false ? { anonymousId: id } : { userId: id }),
		traits: [own.$set_once, event.$set_once, own.$set, event.$set].reduce<JsonObject>(merge, {}),
		properties: isObject(properties) ? without(own, 'distinct_id', 'token', '$set', '$set_once') : properties,
		...ofKind(event.event, id, own),
	};
}

/** Browsers send how many milliseconds ago the event happened, since their clock may be wrong. */
function timeBefore(now: number, offset: unknown): number | undefined {
	return typeof offset === 'number' && offset >= 0 ? now - offset : undefined;
}

function merge(below: JsonObject, above: unknown): JsonObject {
	return isObject(above) ? { ...below, ...above } : below;
}

function ofKind(name: unknown, id: unknown, properties: JsonObject): JsonObject {
	switch (name) {
		case '$identify':
			return { type: 'identify', anonymousId: properties.$anon_distinct_id };
		case '$set':
			return { type: 'identify' };
		case '$pageview':
			return { type: 'page' };
		case '$screen':
			return { type: 'screen', name: properties.$screen_name };
		case '$create_alias':
			// PostHog merges the user in distinct_id into the user in alias.
			return { type: 'alias', userId: properties.alias, previousId: id };
		case '$groupidentify':
			return {
				type: 'group',
				groupId: properties.$group_key,
				traits: properties.$group_set,
				...(isOfGroup(id, properties) ? { userId: null, anonymousId: id } : {}),
			};
		default:
			return { type: 'track', event: name };
	}
}

/** Recognizes the ID that SDKs build from the group for group events without a user. */
function isOfGroup(id: unknown, properties: JsonObject): boolean {
	const type = text(properties.$group_type);
	const key = text(properties.$group_key);
	return type !== undefined && id === `$${type}_${key}`;
}
