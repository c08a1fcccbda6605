import { accepted } from '../checked';
import { firstGiven, isGiven, isObject, text, type JsonObject } from '../event';
import type { Format } from './format';
import { mapByPaths } from './generic';
import { fieldAt, userPathHint, valueAt, type Paths } from './paths';

/**
 * Rehook's webhook. It documents the names of its events, not their bodies, so the name and the customer
 * are looked for where they are likely, and everything else is kept.
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
		// "signup" alone could be anybody's.
		const isRehooks = name.includes('.') || isGiven(sourceId(body));
		return isRehooks ? `the body has Rehook's event name "${name}"` : undefined;
	},

	read: ({ body }, paths) => ({
		format: 'rehook',
		events: [body],
		map: (event) => accepted(mapWebhook(event, paths)),
		noUserHint: userPathHint(paths),
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

function mapWebhook(event: JsonObject, paths: Paths): JsonObject {
	const mapped = mapByPaths(event, paths);
	return {
		...mapped,
		event: knownName(event) ?? mapped.event,
		userId: firstGiven(fieldAt(event, paths, 'userId'), sourceId(event)),
	};
}
