import type { CanonicalEvent } from '../../nodes/shared/event';
import { convert, readRequest } from '../../nodes/shared/formats';

const people = 1_000;
const sentAt = Date.UTC(2026, 0, 15, 12);

/** Returns a batch as Segment's SDKs post it: orders of a thousand people in random order. */
export function segmentBatch(count: number, name = 'order') {
	const random = seededRandom();
	const batch = Array.from({ length: count }, (_, index) => {
		const user = Math.floor(random() * people);
		return {
			type: 'track',
			messageId: `${name}-${index}`,
			userId: `user-${user}`,
			anonymousId: `browser-${user}`,
			event: 'Order Completed',
			timestamp: new Date(sentAt - index).toISOString(),
			properties: {
				orderId: `${name}-${index}`,
				total: Math.round(random() * 20_000) / 100,
				currency: 'EUR',
				coupon: index % 5 === 0 ? 'SPRING' : null,
				products: [
					{ sku: 'A-1', name: 'Espresso cup', price: 12.5, quantity: 2 },
					{ sku: `B-${index % 50}`, name: 'Coffee beans, 1 kg', price: 21, quantity: 1 },
				],
			},
			context: {
				ip: '203.0.113.7',
				locale: 'de-DE',
				library: { name: '@segment/analytics-node', version: '3.1.0' },
				page: { path: '/checkout', url: 'https://shop.example/checkout', title: 'Checkout' },
				userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)',
			},
			integrations: {},
		};
	});
	return { batch, sentAt: new Date(sentAt).toISOString() };
}

/** Returns the same orders as the trigger emits them. */
export function canonicalEvents(count: number): CanonicalEvent[] {
	const request = { body: segmentBatch(count), headers: {}, subPath: '' };
	const { events, rejected } = convert(readRequest(request), {
		now: sentAt,
		transport: 'webhook',
		verified: 'write-key',
		newId: () => {
			throw new Error('Every order has an id');
		},
	});
	if (rejected.length > 0) throw new Error(`The made-up events are no good: ${rejected[0]?.message}`);
	return events;
}

/** Returns numbers that differ from event to event and are the same in every run (Numerical Recipes' generator). */
function seededRandom(): () => number {
	let state = 42;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
