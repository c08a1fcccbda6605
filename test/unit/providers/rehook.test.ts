import type { INodeProperties } from 'n8n-workflow';
import { RehookApi } from '../../../credentials/RehookApi.credentials';
import { splitReferralCode } from '../../../nodes/Rehook/referral-code';
import { rehook } from '../../../nodes/Rehook/rehook.provider';
import { operationProperties } from '../../../nodes/shared';
import { answerFailure } from '../../../nodes/shared';
import { minimal } from '../event/helpers';
import { findOperation, tryOut } from './helpers';

const { track, identify, page, screen, group, alias } = minimal;
const event = tryOut(rehook, findOperation(rehook, 'event', 'send'));
const customer = tryOut(rehook, findOperation(rehook, 'customer', 'identify'));
const coupons = tryOut(rehook, findOperation(rehook, 'coupon', 'getMany'));

describe('Event: Send', () => {
	test.each([
		['track', { ...track, properties: { total: 42 } }, 'Order Completed', { total: 42 }],
		['identify', { ...identify, traits: { plan: 'pro' } }, 'User Identified', { plan: 'pro' }],
		['page', { ...page, name: 'Pricing' }, 'Page Viewed', { name: 'Pricing' }],
		['screen', { ...screen, properties: { a: 1 } }, 'Screen Viewed', { a: 1 }],
		['group', { ...group, traits: { plan: 'team' } }, 'Group Joined', { groupId: 'g1', plan: 'team' }],
		['alias', alias, 'User Aliased', { previousId: 'a1' }],
	])('maps an event of the type %s', (_, received, name, metadata) => {
		expect(event.body(received)).toEqual({ event_name: name, source_id: 'u1', metadata });
	});

	test.each([[[]], [false], [{}], [2 ** 60]])(
		'sends an event without the referral code %j, and warns',
		(code) => {
			const received = { ...track, properties: { referral_code: code, total: 42 } };
			expect(event.body(received).metadata).toEqual({ total: 42 });
			expect(event.prepared(received).warnings).toContainEqual(
				expect.objectContaining({ path: 'metadata.referral_code', code: 'unusable_value' }),
			);
		},
	);

	test.each([
		[' KMN ', 'KMN'],
		[42, '42'],
		['', ''],
	])('sends the referral code %j as %j', (code, sent) => {
		const received = { ...track, properties: { referral_code: code } };
		expect(event.body(received).metadata).toEqual({ referral_code: sent });
	});

	test('skips an event that excludes Rehook', () => {
		expect(event.verdict({ ...track, integrations: { Rehook: false } })).toMatch(/exclude Rehook/);
	});

	test('prefers the referral code in its own field to one in the metadata', () => {
		const fields = {
			sourceId: 'u1',
			eventName: 'signup',
			referralCode: 'KMN',
			metadataInput: 'json',
			metadataJson: '{"referral_code": "OTHER"}',
		};
		expect(event.bodyOfFields(fields).metadata).toEqual({ referral_code: 'KMN' });
	});
});

describe('Customer: Identify', () => {
	test.each(['track', 'page', 'screen', 'group', 'alias'] as const)(
		'skips an event of the type %s',
		(type) => {
			expect(customer.verdict(minimal[type])).toMatch(
				new RegExp(`^Identify accepts only identify events, and this is an? ${type} event$`),
			);
		},
	);

	test('leaves out an empty referral code', () => {
		expect(customer.body({ ...identify, traits: { referral_code: '', plan: 'pro' } })).toEqual({
			source_id: 'u1',
			metadata: { plan: 'pro' },
		});
	});
});

describe('reads the referral code', () => {
	test.each([
		['under Rehook’s name', { referral_code: 'KMN', a: 1 }, undefined, 'KMN'],
		['in camel case', { referralCode: 'KMN', a: 1 }, undefined, 'KMN'],
		[
			'under Rehook’s name when both are there',
			{ referral_code: 'KMN', referralCode: 'X', a: 1 },
			undefined,
			'KMN',
		],
		['in its own field', { referral_code: 'X', a: 1 }, 'KMN', 'KMN'],
		['in the metadata when its own field is blank', { referral_code: 'X', a: 1 }, ' ', 'X'],
		['that is empty', { referral_code: '', a: 1 }, undefined, ''],
		['that is null', { referral_code: null, a: 1 }, undefined, undefined],
		['that is missing', { a: 1 }, '', undefined],
	])('%s', (_, values, stated, referralCode) => {
		expect(splitReferralCode(values, stated)).toEqual({ referralCode, others: { a: 1 } });
	});

	test('leaves a value that is not an object as it is', () => {
		expect(splitReferralCode('{"broken": ')).toEqual({ referralCode: undefined, others: '{"broken": ' });
	});
});

describe('an order', () => {
	const body = (order: unknown) => coupons.bodyOfFields({ orderInput: 'json', orderJson: order });
	const subtotals = { original_price_subtotal: 100, selling_price_subtotal: 0 };

	test.each([
		['an empty form', { orderInput: 'fields', order: {} }],
		['a form with empty fields', { orderInput: 'fields', order: { orderId: '', metadata: '{}', items: {} } }],
		['empty JSON', { orderInput: 'json', orderJson: '{}' }],
		['JSON without text', { orderInput: 'json', orderJson: '' }],
	])('is left out with %s', (_, fields) => {
		expect(coupons.bodyOfFields(fields)).toEqual({});
	});

	test('keeps unknown fields', () => {
		const order = { ...subtotals, channel: 'web', items: [{ ...itemOf('1'), colour: 'blue' }] };
		expect(body(order)).toEqual({ order });
	});

	test('leaves out null like the form, but not within metadata or unknown fields', () => {
		const kept = { channel: null, metadata: { note: null } };
		const nothing = { order_id: null, status: null, shipping: null, tax: null, payment_mode: null };
		const item = { ...itemOf('1'), colour: null };
		const nothingOfItem = { name: null, sku: null, quantity: null, metadata: null };
		const items = [{ ...item, ...nothingOfItem }];
		expect(body({ ...subtotals, ...kept, ...nothing, items })).toEqual({
			order: { ...subtotals, ...kept, items: [item] },
		});
		expect(body({ ...subtotals, items: null, metadata: null })).toEqual({ order: subtotals });
	});

	test('is sent without a name that cannot be used, and warns', () => {
		const items = [{ ...itemOf('1'), name: [] }];
		const order = JSON.stringify({ ...subtotals, tax: ' ', items });
		const { record, warnings } = coupons.preparedFromFields({ orderInput: 'json', orderJson: order });
		expect(JSON.parse(JSON.stringify(record))).toEqual({ order: { ...subtotals, items: [itemOf('1')] } });
		expect(warnings).toMatchObject([{ path: 'order.items.0.name', code: 'unusable_value' }]);
	});

	test('accepts an object from an expression', () => {
		expect(body(subtotals)).toEqual({ order: subtotals });
	});

	test.each([
		['a subtotal as text', { ...subtotals, selling_price_subtotal: 'a lot' }, /Selling Price Subtotal/],
		['an empty subtotal', { ...subtotals, original_price_subtotal: '' }, /Original Price Subtotal/],
		['a subtotal that is null', { ...subtotals, original_price_subtotal: null }, /Original Price Subtotal/],
		['a tax that is not a number', { ...subtotals, tax: 'much' }, /tax must be a number/],
		['an order ID that is not text', { ...subtotals, order_id: {} }, /order ID must be text/],
		['metadata that are a list', { ...subtotals, metadata: [1] }, /Metadata must be an object/],
		['items that are not a list', { ...subtotals, items: {} }, /The order items must be a list/],
		['an item without a price', { ...subtotals, items: [{ product_id: '1' }] }, /Original Price/],
		['a list instead of an object', [subtotals], /The order must be an object/],
	])('is rejected with %s', (_, order, reason) => {
		expect(coupons.verdictOfFields({ orderInput: 'json', orderJson: JSON.stringify(order) })).toMatch(reason);
	});

	function itemOf(product_id: string) {
		return { product_id, original_price: 1, selling_price: 1 };
	}
});

describe('an error response', () => {
	const failure = (statusCode: number, body: unknown) =>
		answerFailure({ statusCode, headers: {}, body }, rehook, 0);

	test('from another address than Rehook’s does not blame an ID', () => {
		expect(failure(404, 'Not Found')?.description).toMatch(/'Base URL' in the Rehook credential/);
		expect(failure(404, undefined)?.description).toMatch(/'Base URL' in the Rehook credential/);
	});

	test.each([401, 403, 429, 500])('with status %d has the shared explanation', (statusCode) => {
		const body = { code: 'X', message: 'no', request_id: 'r' };
		const { explain: _, ...plain } = rehook;
		expect(failure(statusCode, body)).toEqual(answerFailure({ statusCode, headers: {}, body }, plain, 0));
	});

	test('repeats no details and invents none', () => {
		expect(failure(400, { code: 400, message: 'bad request', details: 'bad request' })?.description).toBe(
			'Correct the item as the message says, then send the item again.',
		);
	});
});

test('shows Retry When Unsure only for events', () => {
	const offered = operationProperties(rehook)
		.filter(({ name, options = [] }) => {
			const names = (options as INodeProperties[]).map((option) => option.name);
			return name === 'options' && names.includes('retryUncertain');
		})
		.map(({ displayOptions }) => displayOptions?.show);
	expect(offered).toEqual([
		{ resource: ['event'], operation: ['send'] },
		{ resource: ['event'], operation: ['sendMany'] },
	]);
});

describe('the credential', () => {
	const keys = { apiKey: 'key', secretKey: 'secret' };

	test('authenticates with HTTP Basic and keeps other headers', async () => {
		const url = 'https://api.rehook.ai/customers';
		const { headers } = await new RehookApi().authenticate(keys, { url, headers: { Accept: 'a' } });
		expect(headers).toEqual({ Accept: 'a', Authorization: 'Basic a2V5OnNlY3JldA==' });
	});

	test('does not send its keys without TLS', async () => {
		const request = { baseURL: 'http://api.rehook.ai', url: '/customers' };
		await expect(new RehookApi().authenticate(keys, request)).rejects.toThrow(/Base URL/);
	});

	test('is tested like Segment’s destination tests it', () => {
		expect(new RehookApi().test.request).toMatchObject({
			baseURL: '={{$credentials.baseUrl.trim()}}',
			url: '/events/segment/check-auth',
		});
	});
});
