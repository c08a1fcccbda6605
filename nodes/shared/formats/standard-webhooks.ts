import { accepted } from '../checked';
import { isGiven, isObject, text, without, type JsonObject } from '../event';
import { eventsIn, type Format } from './format';
import { asProperties, type Fields } from './paths';
import { signOfSegment } from './segment';

/**
 * Standard Webhooks, as Svix and others send them: `{ type, timestamp, data }`, with the ID in a header.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standardWebhooks: Format = {
	name: 'standard-webhooks',
	displayName: 'Standard Webhooks',
	description: 'Standard Webhooks and Svix: an object with type, timestamp and data',

	matches({ headers, body }) {
		const header = ['webhook-id', 'svix-id'].find((name) => headers[name] !== undefined);
		if (header === undefined || !isObject(body) || isRelayedSegment(body)) return undefined;
		return text(body.type) && `the request has the header "${header}" and the body a "type"`;
	},

	read: ({ body }, fields) => ({
		format: 'standard-webhooks',
		events: eventsIn(body),
		map: (event) => accepted(mapWebhook(event, fields)),
		noUserHint: fields.userHint(),
	}),
};

/** Recognizes events like Segment's, which relays such as Svix forward with their own header. */
function isRelayedSegment(body: JsonObject): boolean {
	const hasUser = isGiven(body.userId) || isGiven(body.anonymousId);
	return signOfSegment(body) !== undefined && (hasUser || body.data === undefined);
}

/** Reads the data from `data` or, as the specification allows, from the top level. */
function mapWebhook(event: JsonObject, fields: Fields): JsonObject {
	const { type, data } = event;
	const others = without(event, 'type', 'timestamp', 'data');
	const hasOthers = Object.keys(others).length > 0;
	return {
		type: 'track',
		event: type,
		timestamp: fields.at(event, 'timestamp'),
		userId: fields.at(event, 'userId'),
		anonymousId: fields.at(event, 'anonymousId'),
		properties: data === undefined ? others : asProperties(data),
		context: data !== undefined && hasOthers ? { webhook: others } : {},
	};
}
