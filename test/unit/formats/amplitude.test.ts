import { convertAll, event, read } from './helpers';

const sdk = {
	device_id: 'd1',
	user_id: 'u1',
	time: 1735787045678,
	insert_id: 'i1',
	platform: 'Web',
	session_id: -1,
};
const body = (...events: object[]) => ({ api_key: 'key-0123456789abcdef', options: {}, events });

test('a request of its SDKs is recognized', () => {
	const batch = read({ body: body({ ...sdk, event_type: 'Signed Up' }) });
	expect(batch).toMatchObject({
		format: 'amplitude',
		detectedBy: 'the body has "api_key" and "events" with an "event_type"',
	});
	expect(JSON.stringify(batch)).not.toContain('key-0123456789abcdef');
});

test.each([
	['without a key', { events: [{ event_type: 'x' }] }],
	['without a type', body({ name: 'x' })],
	['without events', { api_key: 'k', event_type: 'x' }],
])('a body %s is not', (_, body) => {
	expect(read({ body }).format).not.toBe('amplitude');
});

test('an event becomes a track', () => {
	const received = {
		...sdk,
		event_type: 'Signed Up',
		event_properties: { plan: 'pro' },
		user_properties: { age: 5 },
	};
	expect(event({ body: body(received) })).toMatchObject({
		...{ type: 'track', event: 'Signed Up', userId: 'u1', anonymousId: 'd1', messageId: 'i1' },
		timestamp: '2025-01-02T03:04:05.678Z',
		properties: { plan: 'pro' },
		context: { traits: { age: 5 }, amplitude: { platform: 'Web', session_id: -1 } },
		_meta: { warnings: [] },
	});
});

test('$identify and $groupidentify become an identify and a group', () => {
	const { events } = convertAll({
		body: body(
			{
				...sdk,
				event_type: '$identify',
				user_properties: { $setOnce: { a: 1, b: 1 }, $set: { a: 2 }, $add: { n: 1 } },
			},
			{
				...{ ...sdk, insert_id: 'i2', event_type: '$groupidentify' },
				groups: { company: 'acme' },
				group_properties: { $set: { plan: 'pro' } },
			},
		),
	});
	expect(events).toMatchObject([
		{ type: 'identify', userId: 'u1', traits: { a: 2, b: 1 } },
		{ type: 'group', groupId: 'acme', traits: { plan: 'pro' } },
	]);
	expect(events[0]?.traits).not.toHaveProperty('n');
});

test('what an event says of revenue beside its properties is one of them', () => {
	const purchase = { ...sdk, event_type: 'Bought', revenue: 9.98, price: 4.99, quantity: 2, productId: 'p1' };
	const bought = event({
		body: body({ ...purchase, revenueType: 'sale', event_properties: { price: 5, size: 'M' } }),
	});
	expect(bought.properties).toEqual({
		...{ revenue: 9.98, price: 5, quantity: 2, productId: 'p1', revenueType: 'sale', size: 'M' },
	});
	expect(bought.context.amplitude).toEqual({ platform: 'Web', session_id: -1 });
	expect(event({ body: body({ ...purchase, revenue: null }) }).properties).toEqual({
		...{ price: 4.99, quantity: 2, productId: 'p1' },
	});
});
