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
	])('an event of type %s', (_, received, name, metadata) => {
		expect(event.body(received)).toEqual({ event_name: name, source_id: 'u1', metadata });
	});

	test('that leaves Rehook out is not sent', () => {
		expect(event.verdict({ ...track, integrations: { Rehook: false } })).toMatch(/leave out Rehook/);
	});

	test('a code in the field of its own goes before one in the metadata', () => {
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
	test.each(['track', 'page', 'screen', 'group', 'alias'] as const)('skips an event of type %s', (type) => {
		expect(customer.verdict(minimal[type])).toBe(`Identify takes identify events; this is a ${type} event`);
	});

	test('an empty referral code is no code to set', () => {
		expect(customer.body({ ...identify, traits: { referral_code: '', plan: 'pro' } })).toEqual({
			source_id: 'u1',
			metadata: { plan: 'pro' },
		});
	});
});

describe('the referral code', () => {
	test.each([
		['under Rehook’s name', { referral_code: 'KMN', a: 1 }, undefined, 'KMN'],
		['in camel case', { referralCode: 'KMN', a: 1 }, undefined, 'KMN'],
		['in both, under Rehook’s name', { referral_code: 'KMN', referralCode: 'X', a: 1 }, undefined, 'KMN'],
		['in a field of its own', { referral_code: 'X', a: 1 }, ' KMN ', 'KMN'],
		['that is a number', { referral_code: 42, a: 1 }, '', '42'],
		['that JSON has rounded, for a schema to refuse', { referral_code: 2 ** 53, a: 1 }, '', 2 ** 53],
		['that is empty', { referral_code: '', a: 1 }, undefined, ''],
		['that is null', { referral_code: null, a: 1 }, undefined, undefined],
		['that there is not', { a: 1 }, '', undefined],
	])('%s', (_, values, stated, referralCode) => {
		expect(splitReferralCode(values, stated)).toEqual({ referralCode, others: { a: 1 } });
	});

	test('what is no object is left as it is', () => {
		expect(splitReferralCode('{"broken": ')).toEqual({ referralCode: undefined, others: '{"broken": ' });
	});
});

describe('an order', () => {
	const body = (order: unknown) => coupons.bodyOfFields({ orderInput: 'json', orderJson: order });
	const subtotals = { original_price_subtotal: 100, selling_price_subtotal: 0 };

	test.each([
		['an empty form', { orderInput: 'fields', order: {} }],
		['a form with blank fields', { orderInput: 'fields', order: { orderId: '', metadata: '{}', items: {} } }],
		['empty JSON', { orderInput: 'json', orderJson: '{}' }],
		['no JSON', { orderInput: 'json', orderJson: '' }],
	])('is left out for %s', (_, fields) => {
		expect(coupons.bodyOfFields(fields)).toEqual({});
	});

	test('keeps what this version does not know', () => {
		const order = { ...subtotals, channel: 'web', items: [{ ...itemOf('1'), colour: 'blue' }] };
		expect(body(order)).toEqual({ order });
	});

	test('leaves out what is null, as the form does, but not within metadata or what it does not know', () => {
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

	test('takes the object itself from an expression', () => {
		expect(body(subtotals)).toEqual({ order: subtotals });
	});

	test.each([
		['a subtotal in words', { ...subtotals, selling_price_subtotal: 'a lot' }, /Selling Price Subtotal/],
		['a subtotal left blank', { ...subtotals, original_price_subtotal: '' }, /Original Price Subtotal/],
		['a subtotal that is null', { ...subtotals, original_price_subtotal: null }, /Original Price Subtotal/],
		['metadata that are a list', { ...subtotals, metadata: [1] }, /Metadata must be an object/],
		['items that are no list', { ...subtotals, items: {} }, /Items must be a list/],
		['an item without a price', { ...subtotals, items: [{ product_id: '1' }] }, /Original Price/],
		['a list in its place', [subtotals], /The order must be an object/],
	])('is refused for %s', (_, order, reason) => {
		expect(coupons.verdictOfFields({ orderInput: 'json', orderJson: JSON.stringify(order) })).toMatch(reason);
	});

	function itemOf(product_id: string) {
		return { product_id, original_price: 1, selling_price: 1 };
	}
});

describe('an answer of failure', () => {
	const failure = (statusCode: number, body: unknown) =>
		answerFailure({ statusCode, headers: {}, body }, rehook, 0);

	test('at an address that is not Rehook’s is not put down to an ID', () => {
		expect(failure(404, 'Not Found')?.description).toMatch(/'Base URL' of the Rehook credential/);
		expect(failure(404, undefined)?.description).toMatch(/'Base URL' of the Rehook credential/);
	});

	test.each([401, 403, 429, 500])('with status %d is explained as for every service', (statusCode) => {
		const body = { code: 'X', message: 'no', request_id: 'r' };
		const { explain: _, ...plain } = rehook;
		expect(failure(statusCode, body)).toEqual(answerFailure({ statusCode, headers: {}, body }, plain, 0));
	});

	test('says nothing twice, and nothing that is not there', () => {
		expect(failure(400, { code: 400, message: 'bad request', details: 'bad request' })?.description).toBe(
			'Correct the item as the message says, then send it again.',
		);
	});
});

test('"Retry When Unsure" is offered for events only: the rest is always or never safe', () => {
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

	test('authenticates with HTTP Basic, and keeps other headers', async () => {
		const url = 'https://api.rehook.ai/customers';
		const { headers } = await new RehookApi().authenticate(keys, { url, headers: { Accept: 'a' } });
		expect(headers).toEqual({ Accept: 'a', Authorization: 'Basic a2V5OnNlY3JldA==' });
	});

	test('does not hand its keys to an address without TLS', async () => {
		const request = { baseURL: 'http://api.rehook.ai', url: '/customers' };
		await expect(new RehookApi().authenticate(keys, request)).rejects.toThrow(/Base URL/);
	});

	test('is tested as Segment’s destination tests it', () => {
		expect(new RehookApi().test.request).toMatchObject({
			baseURL: '={{$credentials.baseUrl.trim()}}',
			url: '/events/segment/check-auth',
		});
	});
});
