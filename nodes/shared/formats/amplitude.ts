import { omit, pick, pickBy } from 'lodash';
import { accepted } from '../checked';
import { isGiven, isObject, text, type JsonObject } from '../event';
import type { Format } from './format';

/**
 * Amplitude's SDKs, with their `serverUrl`, and the bodies of its HTTP and batch APIs.
 * Source: https://amplitude.com/docs/apis/analytics/http-v2
 */
export const amplitude: Format = {
	name: 'amplitude',
	displayName: 'Amplitude',
	description: "Amplitude SDKs, and request bodies for Amplitude's HTTP API",

	matches({ body }) {
		if (!isObject(body) || !isGiven(body.api_key) || !Array.isArray(body.events)) return undefined;
		const isNamed = (event: unknown) => isObject(event) && text(event.event_type) !== undefined;
		return eventsIn(body).some(isNamed)
			? 'the body has "api_key" and "events" with an "event_type"'
			: undefined;
	},

	read: ({ body }) => ({
		format: 'amplitude',
		events: eventsIn(body),
		map: (event) => accepted(mapEvent(event)),
		noUserHint: 'In an Amplitude event, "user_id" or "device_id" identifies the person.',
	}),
};

function eventsIn(body: unknown): readonly unknown[] {
	return (Array.isArray(body) ? body : [body]).flatMap((each: unknown) =>
		isObject(each) && Array.isArray(each.events) ? (each.events as unknown[]) : [each],
	);
}

function mapEvent(event: JsonObject): JsonObject {
	const { event_type, user_id, device_id, insert_id, time, event_properties, ...others } = event;
	const { user_properties, group_properties, groups, ...context } = others;
	const shared = {
		userId: user_id,
		anonymousId: device_id,
		messageId: insert_id,
		timestamp: time,
		properties: event_properties,
	};
	switch (event_type) {
		case '$identify':
			return { ...shared, type: 'identify', traits: setBy(user_properties), context: { amplitude: context } };
		case '$groupidentify':
			return {
				...shared,
				type: 'group',
				groupId: groupIn(groups),
				traits: setBy(group_properties),
				context: { amplitude: { ...context, groups } },
			};
		default: {
			const revenue = pickBy(pick(context, revenueFields), isGiven);
			return {
				...shared,
				type: 'track',
				event: event_type,
				properties: isObject(event_properties ?? {})
					? { ...revenue, ...(event_properties as JsonObject | undefined) }
					: event_properties,
				context: {
					...(isObject(user_properties) ? { traits: setBy(user_properties) } : {}),
					amplitude: { ...omit(context, revenueFields), ...(groups === undefined ? {} : { groups }) },
				},
			};
		}
	}
}

/** What an event has beside its properties, although it is about what happened. */
const revenueFields = ['revenue', 'price', 'quantity', 'productId', 'revenueType'];

/** Reads properties, which can be in operations such as `$set`. Leaves out those that need the value from before. */
function setBy(properties: unknown): JsonObject {
	if (!isObject(properties)) return {};
	const plain = Object.entries(properties).filter(([name]) => !name.startsWith('$'));
	const operations = [properties.$setOnce, properties.$set].filter(isObject);
	return Object.assign({}, ...operations, Object.fromEntries(plain)) as JsonObject;
}

/** Reads the ID in `{ "company": "acme" }`. */
function groupIn(groups: unknown): unknown {
	const id: unknown = isObject(groups) ? Object.values(groups)[0] : undefined;
	return Array.isArray(id) ? id[0] : id;
}
