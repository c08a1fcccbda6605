import { credentials, type Sandbox, startSandbox } from '../../sandbox';
import { send } from './http';

const DAY = 24 * 60 * 60 * 1000;

let sandbox: Sandbox;
let clock: number;
beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock });
});
afterAll(() => sandbox.close());
beforeEach(() => {
	clock = 1718000000000;
	sandbox.reset();
});

const item = { productId: 'p1', variant: 'v1', quantity: 2 };
const core = { clientId: 'c1', sentAt: 1718000000000, context: {} };
const email = { traits: { email: 'jane@example.test' } };
const track = (event: string, properties: unknown, more: object = {}) => ({
	...credentials.simondata,
	...core,
	type: 'track',
	event,
	properties,
	...email,
	...more,
});
const identify = (more: object = {}) => ({
	...credentials.simondata,
	...core,
	type: 'identify',
	userId: 'user-456',
	...email,
	...more,
});
const post = (body: unknown) => send(`${sandbox.baseUrl('simondata')}/http/v1/collect`, { body });
const inDebug = { context: { debug: true } };

test.each([
	['page_view', {}],
	['page_view', { title: 'Home', language: 'en', referrer: 'https://example.test' }],
	['product_view', { productId: 'p1', price: 9.5, category: 'a/b/c/d/e', properties: { a: 1 } }],
	['add_to_cart', { ...item, cartItems: [item] }],
	['cart', { cartItems: [item] }],
	['update_cart', {}],
	['update_cart', { ...item, previousQuantity: 1, cartItems: [] }],
	['remove_from_cart', item],
	[
		'complete_transaction',
		{ transactionId: 't1', revenue: 49.9, cartItems: [item], tax: 2.29, promotion: 'P' },
	],
	['registration', { email: 'jane@example.test', optIn: true }],
	['favorite', { productId: 'p1' }],
	['waitlist', { productId: 'p1', variant: 'v1' }],
	['authentication', { userId: 'u1', isLoggedIn: true, ARN: 'arn:aws:sns' }],
	['custom', { eventName: 'x'.repeat(38), properties: { anything: [1] } }],
])('%s with %j is taken, and answered 200 without a body', async (event, properties) => {
	const body = track(event, properties, inDebug);
	expect(await post(body)).toMatchObject({ status: 200, body: '' });
	const name = event === 'custom' ? 'x'.repeat(38) : event;
	expect(sandbox.records('simondata')).toMatchObject([
		{ kind: 'event', name, user: 'jane@example.test', body },
	]);
	expect(sandbox.dropped()).toEqual([]);
});

test('accepts an identify', async () => {
	expect(await post(identify())).toMatchObject({ status: 200, body: '' });
	expect(sandbox.records('simondata', 'contact')).toMatchObject([
		{ name: 'jane@example.test', user: 'user-456' },
	]);
});

const flawed: Array<[string, object]> = [
	['an unknown type', identify({ type: 'page' })],
	['an unknown event', track('purchase', {})],
	['search, which is not in the enum', track('search', { term: 'x' })],
	['a client id of 46 characters', track('page_view', {}, { clientId: 'c'.repeat(46) })],
	['no client id', track('page_view', {}, { clientId: undefined })],
	['seconds with a fraction', track('page_view', {}, { sentAt: 1718000000.5 })],
	['a time in words', track('page_view', {}, { sentAt: '2024-06-10T00:00:00Z' })],
	['no properties', track('page_view', undefined)],
	['traits without an email', track('page_view', {}, { traits: { userId: 'u1' } })],
	['a product without an id', track('product_view', { variant: 'v1' })],
	['a price in words', track('product_view', { productId: 'p1', price: '9.50' })],
	['six levels of category', track('product_view', { productId: 'p1', category: 'a/b/c/d/e/f' })],
	['no quantity', track('add_to_cart', { productId: 'p1', variant: 'v1' })],
	['a cart without items', track('cart', {})],
	['an item without a quantity', track('cart', { cartItems: [{ productId: 'p1', variant: 'v1' }] })],
	['no variant', track('remove_from_cart', { productId: 'p1', quantity: 1 })],
	['no revenue', track('complete_transaction', { transactionId: 't1', cartItems: [] })],
	[
		'a number for a transaction',
		track('complete_transaction', { transactionId: 1, revenue: 1, cartItems: [] }),
	],
	['nobody registered', track('registration', {})],
	['a favorite nothing', track('favorite', {})],
	['a waitlist without a variant', track('waitlist', { productId: 'p1' })],
	['an authentication without ARN', track('authentication', { userId: 'u1', isLoggedIn: true })],
	['a custom name of 39 characters', track('custom', { eventName: 'x'.repeat(39) })],
	['a custom event without a name', track('custom', {})],
	['an identify without a user', identify({ userId: undefined })],
	['an identify without traits', identify({ traits: undefined })],
	['more than 100 KB', track('custom', { eventName: 'big', properties: { pad: 'x'.repeat(102_400) } })],
];

test.each(flawed)('%s: answers 412 with a reason in debug mode', async (_title, body) => {
	const reply = await post({ ...body, ...inDebug });
	expect(reply.status).toBe(412);
	expect(JSON.parse(reply.body)).toEqual({ error: expect.stringMatching(/./) });
	expect([sandbox.records(), sandbox.dropped()]).toEqual([[], []]);
});

test.each(flawed)('%s: answers 200 and drops the event without debug mode', async (_title, body) => {
	expect(await post(body)).toMatchObject({ status: 200, body: '' });
	expect(sandbox.records()).toEqual([]);
	expect(sandbox.dropped('simondata')).toMatchObject([
		{ body: JSON.parse(JSON.stringify(body)), reason: expect.stringMatching(/./), request: 0 },
	]);
	expect(sandbox.counts('simondata')).toMatchObject({ records: 0, dropped: 1, failed: 0 });
});

test('names an unknown type in Simon’s own words', async () => {
	expect((await post(track('purchase', {}, inDebug))).body).toBe(
		'{"error":"Unknown event type: collect.track"}',
	);
});

test('needs a context for debug mode', async () => {
	expect((await post(track('page_view', {}, { context: undefined }))).status).toBe(200);
	expect(sandbox.dropped()).toHaveLength(1);
});

describe('identity', () => {
	const anonymous = { traits: undefined };

	test('drops an event without a known visitor, even in debug mode', async () => {
		expect((await post(track('page_view', {}, anonymous))).status).toBe(200);
		expect((await post(track('page_view', {}, { ...anonymous, ...inDebug }))).status).toBe(200);
		expect(sandbox.records()).toEqual([]);
		expect(sandbox.dropped()).toHaveLength(2);
	});

	test('knows a visitor for seven days after an identify', async () => {
		await post(identify());
		clock += 7 * DAY - 1;
		await post(track('page_view', {}, anonymous));
		await post(track('page_view', {}, { ...anonymous, clientId: 'c2' }));
		clock += 1;
		await post(track('page_view', {}, anonymous));
		expect(sandbox.records('simondata', 'event')).toHaveLength(1);
		expect(sandbox.dropped()).toHaveLength(2);
	});

	test('doesn’t know the visitor of a dropped identify, and none after a reset', async () => {
		await post(identify({ userId: undefined }));
		await post(track('page_view', {}, anonymous));
		expect(sandbox.dropped()).toHaveLength(2);
		await post(identify());
		sandbox.reset();
		expect(sandbox.dropped()).toEqual([]);
		await post(track('page_view', {}, anonymous));
		expect(sandbox.dropped()).toHaveLength(1);
	});

	test('accepts a custom event without a known visitor, but no others', async () => {
		await post(track('custom', { eventName: 'a', requiresIdentity: false }, anonymous));
		await post(track('custom', { eventName: 'b', requiresIdentity: true }, anonymous));
		await post(track('page_view', { requiresIdentity: false }, anonymous));
		expect(sandbox.records().map(({ name }) => name)).toEqual(['a']);
	});
});

test.each([
	['what is not JSON', '{"partnerId":', 400, 'Invalid JSON body'],
	['an array', [track('page_view', {})], 400, 'Invalid JSON body'],
	['no body', '', 400, 'Invalid JSON body'],
	['another secret', track('page_view', {}, { partnerSecret: 'another' }), 401, 'Unauthorized'],
	['no secret', track('page_view', {}, { partnerSecret: undefined }), 401, 'Unauthorized'],
	['another partner', track('page_view', {}, { partnerId: 'another' }), 403, 'Forbidden'],
])('%s is refused whatever the mode', async (_title, body, status, error) => {
	expect(await post(body)).toMatchObject({ status, body: JSON.stringify({ error }) });
	expect([sandbox.records(), sandbox.dropped()]).toEqual([[], []]);
});
