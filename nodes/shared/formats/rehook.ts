import { accepted } from '../checked';
import { firstGiven, isGiven, isObject, text, type JsonObject } from '../event';
import { eventsIn, type Format } from './format';
import { mapByPaths } from './generic';
import { valueAt, type Fields } from './paths';

/**
 * Rehook's webhook. Its documentation has the names of the events but not their bodies, so this looks for the name and
 * the customer in likely fields and keeps everything else.
 * Source: https://rehook.readme.io/reference/webhook
 */
export const rehook: Format = {
	name: 'rehook',
	displayName: 'Rehook',
	description: "Rehook's webhook: rewards, coupons, referrals, orders",

	matches({ body }) {
		if (!isObject(body)) return undefined;
		const name = knownName(body);
		if (name === undefined) return undefined;
		// Other senders can have events named "signup", too.
		const isRehooks = name.includes('.') || isGiven(sourceId(body));
		return isRehooks ? `the body has Rehook's event name "${name}"` : undefined;
	},

	read: ({ body }, fields) => ({
		format: 'rehook',
		events: eventsIn(body),
		map: (event) => accepted(mapWebhook(event, fields)),
		requestId: fields.requestId(),
		noUserHint: fields.userHint(),
	}),
};

const eventNames = new Set<string | undefined>([
	'customer.rewarded',
	'order_success',
	'signup',
	'coupon.rewarded',
	'coupon.created',
	'coupon.redeemed',
	'customer.meta.updated',
	'customer.referred',
	'customer.referral.successful.advocate',
	'customer.referral.successful.friend',
	'customer.leaderboard.awarded',
]);

const nameFields = ['event', 'event_name', 'event_type', 'type'];
const sourceIdPaths = ['source_id', 'customer.source_id', 'data.source_id', 'data.customer.source_id'];

function knownName(body: JsonObject): string | undefined {
	return nameFields.map((field) => text(body[field])).find((name) => eventNames.has(name));
}

function sourceId(body: JsonObject): unknown {
	return firstGiven(...sourceIdPaths.map((path) => valueAt(body, path)));
}

function mapWebhook(event: JsonObject, fields: Fields): JsonObject {
	const mapped = mapByPaths(event, fields);
	return {
		...mapped,
		event: knownName(event) ?? mapped.event,
		userId: firstGiven(mapped.userId, sourceId(event)),
	};
}
