import { credentials, type Sandbox, startSandbox } from '../../sandbox';
import { basicAuth, rehookAuth, send } from './http';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const ask = async (method: string, path: string, body?: unknown, headers = rehookAuth) => {
	const reply = await send(sandbox.baseUrl('rehook') + path, { method, body, headers });
	return { status: reply.status, body: reply.body === '' ? undefined : (JSON.parse(reply.body) as unknown) };
};
const get = (path: string) => ask('GET', path);
const post = (path: string, body: unknown) => ask('POST', path, body);

const processed = {
	status: 200,
	body: { message: 'Request processed sucessfully', requestId: expect.any(String) },
};
const missing = (key: string) => {
	const message = `${key} field is required`;
	return { status: 400, body: { code: 401, key, message, details: message, request_id: expect.any(String) } };
};
const invalid = (key: string) => ({ status: 400, body: { code: 400, key, message: 'bad request' } });
const notFound = (status: number) => ({
	status,
	body: {
		code: status,
		message: 'Resource Id not found',
		details: 'Given resource Id is wrong',
		request_id: expect.any(String),
	},
});

test('checks credentials', async () => {
	expect(await get('/events/segment/check-auth')).toEqual({ status: 200, body: { status: 'ok' } });
});

test.each([
	['none', { authorization: '' }],
	['another secret', basicAuth(credentials.rehook.apiKey, 'another')],
	['another key', basicAuth('another', credentials.rehook.secretKey)],
	['the two swapped', basicAuth(credentials.rehook.secretKey, credentials.rehook.apiKey)],
	['a bearer token', { authorization: `Bearer ${credentials.rehook.apiKey}` }],
])('%s: 401 without a body', async (_title, headers) => {
	expect(await ask('GET', '/events/segment/check-auth', undefined, headers)).toEqual({ status: 401 });
	expect(await ask('POST', '/events/invoke', { event_name: 'a', source_id: 'b' }, headers)).toEqual({
		status: 401,
	});
	expect(sandbox.records()).toEqual([]);
});

describe('events', () => {
	test('accepts an event', async () => {
		const body = { event_name: 'order_success', source_id: 'u1', metadata: { total_amount: '250' } };
		expect(await post('/events/invoke', body)).toEqual(processed);
		expect(sandbox.records('rehook')).toMatchObject([
			{ kind: 'event', name: 'order_success', user: 'u1', body },
		]);
	});

	test('creates the event’s customer', async () => {
		expect(await get('/customers/new-one')).toMatchObject(notFound(404));
		await post('/events/invoke', { event_name: 'signup', source_id: 'new-one' });
		expect(await get('/customers/new-one')).toMatchObject({ status: 200, body: { source_id: 'new-one' } });
	});

	test.each([
		[{ source_id: 'u1' }, missing('event_name')],
		[{ event_name: '', source_id: 'u1' }, missing('event_name')],
		[{ event_name: 'signup' }, missing('source_id')],
		[{ event_name: 'signup', source_id: 7 }, missing('source_id')],
		[[{ event_name: 'signup', source_id: 'u1' }], missing('event_name')],
		['{"event_name":', missing('event_name')],
		[{ event_name: 'signup', source_id: 'u1', metadata: 'x' }, invalid('metadata')],
		[{ event_name: 'signup', source_id: 'u1', metadata: { referral_code: 'NOBODYS' } }, notFound(400)],
	])('refuses %j', async (body, refusal) => {
		expect(await post('/events/invoke', body)).toMatchObject(refusal);
		expect(sandbox.records()).toEqual([]);
		expect((await get('/customers/u1')).status).toBe(404);
	});

	test('counts a referral for the code’s owner, and none for an empty code', async () => {
		const signup = (source_id: string, referral_code: string) =>
			post('/events/invoke', { event_name: 'signup', source_id, metadata: { referral_code } });
		expect(await signup('friend', 'KMN6457')).toEqual(processed);
		expect(await signup('stranger', '')).toEqual(processed);
		expect(await get('/customers/referral/list/krishna%40123')).toMatchObject({
			status: 200,
			body: [{ id: expect.stringMatching(/^cust_/), source_id: 'friend' }],
		});
		expect(await get('/customers/referral/list/KMN@123')).toEqual({ status: 200, body: [] });
		// Rehook suggests creating the customer first. The advocate must still get the referral.
		await post('/customers', { source_id: 'early' });
		expect(await signup('early', 'KBLGPN')).toEqual(processed);
		expect(await get('/customers/referral/list/KMN@123')).toMatchObject({ body: [{ source_id: 'early' }] });
		expect(await get('/customers/referral/list/nobody')).toEqual(notFound(404));
	});
});

describe('customers', () => {
	test('are created and updated by the same call, under one id', async () => {
		const body = { source_id: 'user1234', metadata: { name: 'abc' } };
		expect(await post('/customers', body)).toEqual(processed);
		const before = await get('/customers/user1234');
		expect(await post('/customers', { source_id: 'user1234' })).toEqual(processed);
		expect(await get('/customers/user1234')).toEqual(before);
		const { id } = before.body as { id: string };
		expect(await get(`/customers/${id}`)).toEqual({ status: 200, body: { id, source_id: 'user1234' } });
		expect(sandbox.records('rehook', 'customer')).toMatchObject([
			{ name: 'abc', user: 'user1234', body },
			{ user: 'user1234' },
		]);
	});

	test('get the given referral code', async () => {
		await post('/customers', { source_id: 'user1234', referral_code: 'MINE' });
		expect(await get('/customers/validate-code/MINE')).toMatchObject({ body: { source_id: 'user1234' } });
		await post('/customers', { source_id: 'user1234' });
		expect((await get('/customers/validate-code/MINE')).status).toBe(200);
	});

	test.each([
		[{}, missing('source_id')],
		[{ source_id: ' ' }, missing('source_id')],
		[{ source_id: 'u1', metadata: [] }, invalid('metadata')],
		[{ source_id: 'u1', referral_code: null }, invalid('referral_code')],
	])('refuses %j', async (body, refusal) => {
		expect(await post('/customers', body)).toMatchObject(refusal);
		expect(sandbox.records()).toEqual([]);
	});

	test('answers 404 to an unknown referral code', async () => {
		expect(await get('/customers/validate-code/KBLGPN')).toMatchObject({ body: { source_id: 'KMN@123' } });
		expect(await get('/customers/validate-code/NOBODYS')).toEqual(notFound(404));
	});

	test('are forgotten by a reset', async () => {
		await post('/customers', { source_id: 'user1234' });
		sandbox.reset();
		expect((await get('/customers/user1234')).status).toBe(404);
	});
});

describe('wallets', () => {
	const WALLET = '/wallets/customer/KMN@123/transactions/waty_sandboxPoints';
	const move = (body: unknown, path = WALLET) => ask('PUT', path, body);

	test('belong to every customer', async () => {
		expect(await get('/wallets/customer/KMN@123')).toMatchObject({
			status: 200,
			body: [
				{ wallet_id: 'waty_sandboxPoints', singular_unit_name: 'point', plural_unit_name: 'points' },
				{ wallet_id: 'waty_sandboxCoins' },
			],
		});
		expect(await get('/wallets/customer/nobody')).toEqual(notFound(404));
	});

	test('count a repeated credit twice', async () => {
		const credit = { description: 'Recharge', points: 20, type: 'credit' };
		expect(await move(credit)).toEqual(processed);
		expect(await move(credit)).toEqual(processed);
		expect(await move({ points: 5, type: 'debit' })).toEqual(processed);
		const once = { transaction_id: expect.stringMatching(/^trhi_/), ...credit };
		expect((await get(WALLET)).body).toMatchObject([once, once, { points: 5, type: 'debit' }]);
		expect((await get(WALLET.replace('Points', 'Coins'))).body).toEqual([]);
		expect(sandbox.records('rehook').map(({ kind, name, user }) => [kind, name, user])).toEqual([
			['credit', '20 points', 'KMN@123'],
			['credit', '20 points', 'KMN@123'],
			['debit', '5 points', 'KMN@123'],
		]);
	});

	test('list transactions in pages', async () => {
		for (let points = 1; points <= 11; points++) await move({ points, type: 'credit' });
		expect((await get(`${WALLET}?page=1`)).body).toHaveLength(10);
		expect((await get(`${WALLET}?page=2`)).body).toMatchObject([{ points: 11 }]);
		expect(await get(`${WALLET}?page=0`)).toMatchObject(invalid('page'));
	});

	test.each([
		[{ points: 5 }, missing('type')],
		[{ points: 5, type: 'gift' }, invalid('type')],
		[{ type: 'credit' }, missing('points')],
		[{ type: 'credit', points: '5' }, invalid('points')],
		[{ type: 'credit', points: -5 }, invalid('points')],
	])('refuses %j', async (body, refusal) => {
		expect(await move(body)).toMatchObject(refusal);
		expect(sandbox.records()).toEqual([]);
	});

	test('answer 404 to an unknown customer or wallet', async () => {
		const credit = { points: 5, type: 'credit' };
		for (const path of [WALLET.replace('KMN', 'nobody'), WALLET.replace('Points', 'Stars')]) {
			expect(await move(credit, path)).toEqual(notFound(404));
			expect(await get(path)).toEqual(notFound(404));
		}
	});
});

describe('coupons', () => {
	const known = { coupon_id: 'coupm_tfKRcTxedjr17FH3m267V', coupon_code: 'KS' };
	const chosen = (coupon: object, more: object = {}) => ({
		coupon_details: [coupon],
		source_id: 'krish123',
		...more,
	});

	test('are listed', async () => {
		expect(await post('/coupons/list/all', {})).toEqual({
			status: 200,
			body: expect.arrayContaining([known]),
		});
	});

	test.each([known, { coupon_id: 'bulk', coupon_code: 'CUP-21' }])(
		'%j is valid, can be redeemed, and reverted',
		async (coupon) => {
			const order = { order_id: 'o1', status: 'pending', selling_price_subtotal: 800 };
			expect(await post('/coupons/validate', chosen(coupon, { order }))).toEqual(processed);
			expect(sandbox.records()).toEqual([]);
			expect(await post('/coupons/apply?type=redeem', chosen(coupon))).toEqual(processed);
			expect(await post('/coupons/apply?type=revert', chosen(coupon))).toEqual(processed);
			const labels = { name: coupon.coupon_code, user: 'krish123' };
			expect(sandbox.records('rehook')).toMatchObject([
				{ kind: 'redeem', ...labels },
				{ kind: 'revert', ...labels },
			]);
		},
	);

	const couponNotFound = {
		status: 400,
		body: { code: 'NOT_FOUND_CODE', message: 'Campaign not found details' },
	};
	const refusals: Array<[unknown, object]> = [
		[chosen({ ...known, coupon_code: 'NONE' }), couponNotFound],
		[chosen({ ...known, coupon_id: 'coupm_other' }), couponNotFound],
		[{ source_id: 'krish123' }, missing('coupon_details')],
		[{ coupon_details: [] }, invalid('coupon_details')],
		[chosen({ coupon_code: 'KS' }), invalid('coupon_details')],
		[chosen(known, { order: { status: 'lost' } }), invalid('order')],
		[chosen(known, { order: { items: [{ product_id: 'p1' }] } }), invalid('order')],
	];

	test.each(refusals)('refuses %j', async (body, refusal) => {
		expect(await post('/coupons/validate', body)).toMatchObject(refusal);
		expect(await post('/coupons/apply?type=redeem', body)).toMatchObject(refusal);
		expect(sandbox.records()).toEqual([]);
	});

	test('refuse a missing or unknown type', async () => {
		expect(await post('/coupons/apply', chosen(known))).toMatchObject(missing('type'));
		expect(await post('/coupons/apply?type=keep', chosen(known))).toMatchObject(invalid('type'));
	});
});

test('answers 405 to another method', async () => {
	expect((await get('/events/invoke')).status).toBe(405);
	expect((await ask('DELETE', '/customers/u1')).status).toBe(405);
	expect((await get('/campaigns')).status).toBe(404);
});
