import type { IDataObject } from 'n8n-workflow';
import { rehook } from '../../../nodes/Rehook/rehook.provider';
import { credentials } from '../../sandbox';
import {
	assignments,
	describeProvider,
	type LeftOutCase,
	type RefusalCase,
	type RequestCase,
} from '../harness/provider-suite';
import { runNode } from '../harness/run-node';
import { searchList } from '../harness/search-list';

/** Requests from docs.rehook.ai/reference and from the tests of Segment's Rehook destination. */
const { apiKey, secretKey } = credentials.rehook;
const encodedKeys = Buffer.from(`${apiKey}:${secretKey}`).toString('base64');
const authorized = {
	authorization: `Basic ${encodedKeys}`,
	'content-type': 'application/json; charset=utf-8',
};
const accepted = { message: 'Request processed sucessfully', requestId: expect.any(String) as string };

const json = (name: string, value: unknown) => ({
	[`${name}Input`]: 'json',
	[`${name}Json`]: JSON.stringify(value),
});
const wallet = (value: string) => ({ walletId: { __rl: true, mode: 'id', value } });

const invoke = { method: 'POST', path: '/events/invoke', headers: authorized };
const customers = { method: 'POST', path: '/customers', headers: authorized };

const coupon = { couponId: 'coupm_tfKRcTxedjr17FH3m267V', couponCode: 'KS' };
const couponDetails = [{ coupon_id: 'coupm_tfKRcTxedjr17FH3m267V', coupon_code: 'KS' }];
/** The reference's own order with the newer field names. */
const order = {
	order_id: '1223456',
	status: 'pending',
	original_price_subtotal: 800,
	selling_price_subtotal: 800,
	shipping: 100,
	tax: 20,
	payment_mode: 'UPI',
	metadata: { cart_qty: '4' },
	items: [
		{
			product_id: '123',
			name: 'Example Product 1',
			sku: 'SKU123',
			original_price: 190.99,
			selling_price: 149.99,
			quantity: 2,
			metadata: { color: 'blue' },
		},
		{ product_id: '124', original_price: 10, selling_price: 10, quantity: 1 },
	],
};
const orderForm = {
	orderId: '1223456',
	status: 'pending',
	originalPriceSubtotal: 800,
	sellingPriceSubtotal: 800,
	shipping: 100,
	tax: 20,
	paymentMode: 'UPI',
	metadata: '{"cart_qty": "4"}',
	items: {
		item: [
			{
				productId: '123',
				name: 'Example Product 1',
				sku: 'SKU123',
				originalPrice: 190.99,
				sellingPrice: 149.99,
				quantity: 2,
				metadata: '{"color": "blue"}',
			},
			{
				productId: '124',
				name: '',
				sku: '',
				originalPrice: 10,
				sellingPrice: 10,
				quantity: 1,
				metadata: '{}',
			},
		],
	},
};

const requests: RequestCase[] = [
	{
		title: 'the guide’s custom event',
		operation: 'event:send',
		fields: {
			sourceId: 'krishna@123',
			eventName: 'order_success',
			metadata: assignments({ Payment_mode: 'UPI', total_amount: '250' }),
		},
		event: {
			type: 'track',
			event: 'order_success',
			userId: 'krishna@123',
			properties: { Payment_mode: 'UPI', total_amount: '250' },
		},
		request: {
			...invoke,
			body: {
				metadata: { Payment_mode: 'UPI', total_amount: '250' },
				event_name: 'order_success',
				source_id: 'krishna@123',
			},
		},
		responses: [accepted],
	},
	{
		title: 'the guide’s sign-up with a referral code',
		operation: 'event:send',
		fields: { sourceId: 'KMN@123', eventName: 'signup', referralCode: 'KBLGPN' },
		event: {
			type: 'track',
			event: 'signup',
			userId: 'KMN@123',
			properties: { referral_code: 'KBLGPN' },
		},
		request: {
			...invoke,
			body: { metadata: { referral_code: 'KBLGPN' }, event_name: 'signup', source_id: 'KMN@123' },
		},
	},
	{
		title: 'a referral code in camel case',
		operation: 'event:send',
		fields: { sourceId: 'u1', eventName: 'signup', ...json('metadata', { referralCode: 'KBLGPN', a: 1 }) },
		event: {
			type: 'track',
			event: 'signup',
			userId: 'u1',
			properties: { referralCode: 'KBLGPN', a: 1 },
		},
		request: {
			...invoke,
			body: { metadata: { referral_code: 'KBLGPN', a: 1 }, event_name: 'signup', source_id: 'u1' },
		},
	},
	{
		title: 'a direct sign-up with an empty referral code',
		operation: 'event:send',
		fields: { sourceId: 'u1', eventName: 'signup', ...json('metadata', { referral_code: '' }) },
		event: { type: 'track', event: 'signup', userId: 'u1', properties: { referral_code: '' } },
		request: { ...invoke, body: { metadata: { referral_code: '' }, event_name: 'signup', source_id: 'u1' } },
	},
	{
		title: 'the request of Segment’s destination',
		operation: 'event:send',
		fields: { sourceId: 'user1234', eventName: 'Test Event' },
		event: { type: 'track', event: 'Test Event', userId: 'user1234', properties: {} },
		request: { ...invoke, body: { event_name: 'Test Event', source_id: 'user1234', metadata: {} } },
	},
	{
		title: 'a customer that is created first',
		operation: 'event:send',
		settings: { options: { ensureCustomerExists: true } },
		fields: { sourceId: 'new-1', eventName: 'order_success' },
		event: { type: 'track', event: 'order_success', userId: 'new-1' },
		request: { ...invoke, body: { event_name: 'order_success', source_id: 'new-1', metadata: {} } },
		requests: 2,
	},
	{
		title: 'the request of Segment’s destination',
		operation: 'customer:identify',
		fields: { sourceId: 'user1234', metadata: assignments({ name: 'abc' }) },
		event: { type: 'identify', userId: 'user1234', traits: { name: 'abc' } },
		request: { ...customers, body: { source_id: 'user1234', metadata: { name: 'abc' } } },
	},
	{
		title: 'the reference’s customer with their own referral code',
		operation: 'customer:identify',
		fields: {
			sourceId: 'KMN@2531',
			referralCode: 'KMN',
			...json('metadata', { Name: 'krishnananda', Phone: '123456789', location: 'Bangalore' }),
		},
		event: {
			type: 'identify',
			userId: 'KMN@2531',
			traits: {
				Name: 'krishnananda',
				Phone: '123456789',
				location: 'Bangalore',
				referral_code: 'KMN',
			},
		},
		request: {
			...customers,
			body: {
				metadata: { Name: 'krishnananda', Phone: '123456789', location: 'Bangalore' },
				referral_code: 'KMN',
				source_id: 'KMN@2531',
			},
		},
	},
	{
		title: 'a customer with an ID only',
		operation: 'customer:identify',
		fields: { sourceId: 'u1' },
		event: { type: 'identify', userId: 'u1' },
		request: { ...customers, body: { source_id: 'u1' } },
	},
	{
		title: 'by source ID',
		operation: 'customer:get',
		fields: { sourceId: 'krishna@123' },
		request: {
			method: 'GET',
			path: '/customers/krishna%40123',
			headers: { authorization: authorized.authorization },
		},
		responses: [expect.objectContaining({ source_id: 'krishna@123' })],
	},
	{
		title: 'by Rehook’s ID',
		operation: 'customer:get',
		fields: { sourceId: 'cust_sandbox1' },
		request: { method: 'GET', path: '/customers/cust_sandbox1' },
		responses: [{ id: 'cust_sandbox1', source_id: 'krishna@123' }],
	},
	{
		title: 'the customer who owns a code',
		operation: 'referralCode:validate',
		fields: { referralCode: 'KMN6457' },
		request: {
			method: 'GET',
			path: '/customers/validate-code/KMN6457',
			headers: { authorization: authorized.authorization },
		},
		responses: [expect.objectContaining({ source_id: 'krishna@123' })],
	},
	{
		title: 'one item for each wallet',
		operation: 'wallet:getMany',
		fields: { sourceId: 'krishna@123' },
		request: {
			method: 'GET',
			path: '/wallets/customer/krishna%40123',
			headers: { authorization: authorized.authorization },
		},
		responses: [
			expect.objectContaining({ wallet_id: 'waty_sandboxPoints', wallet_name: 'Points' }),
			expect.objectContaining({ wallet_id: 'waty_sandboxCoins', wallet_name: 'Coins' }),
		],
	},
	{
		title: 'the reference’s 20 points',
		operation: 'wallet:credit',
		fields: {
			sourceId: 'krishna@123',
			...wallet('waty_sandboxPoints'),
			points: 20,
			description: 'Customer have credited his wallet with 20 points',
		},
		request: {
			method: 'PUT',
			path: '/wallets/customer/krishna%40123/transactions/waty_sandboxPoints',
			headers: authorized,
			body: {
				description: 'Customer have credited his wallet with 20 points',
				points: 20,
				type: 'credit',
			},
		},
	},
	{
		title: 'points as text from an expression, without a description',
		operation: 'wallet:debit',
		fields: { sourceId: 'krishna@123', ...wallet('waty_sandboxCoins'), points: '={{ "2.5" }}' },
		request: {
			method: 'PUT',
			path: '/wallets/customer/krishna%40123/transactions/waty_sandboxCoins',
			headers: authorized,
			body: { points: 2.5, type: 'debit' },
		},
	},
	{
		title: 'for all customers',
		operation: 'coupon:getMany',
		fields: {},
		request: { method: 'POST', path: '/coupons/list/all', headers: authorized, body: {} },
		responses: [
			{ coupon_id: 'coupm_rq4XiTPbrhq0d0i92EkSx', coupon_code: 'CUP-21' },
			{ coupon_id: 'coupm_tfKRcTxedjr17FH3m267V', coupon_code: 'KS' },
		],
	},
	{
		title: 'for a customer’s cart',
		operation: 'coupon:getMany',
		fields: { sourceId: '101', ...json('order', order) },
		request: { method: 'POST', path: '/coupons/list/all', body: { source_id: '101', order } },
	},
	{
		title: 'the reference’s request from the form',
		operation: 'coupon:validate',
		fields: { ...coupon, sourceId: 'krish123', order: orderForm },
		request: {
			method: 'POST',
			path: '/coupons/validate',
			headers: authorized,
			body: { coupon_details: couponDetails, source_id: 'krish123', order },
		},
	},
	{
		title: 'the same from JSON, with numbers as text',
		operation: 'coupon:validate',
		fields: {
			...coupon,
			sourceId: 'krish123',
			...json('order', { ...order, order_id: 1223456, shipping: '100', tax: '20' }),
		},
		request: {
			method: 'POST',
			path: '/coupons/validate',
			body: { coupon_details: couponDetails, source_id: 'krish123', order },
		},
	},
	{
		title: 'several coupons with one bulk user coupon',
		operation: 'coupon:redeem',
		fields: {
			...coupon,
			moreCoupons: { coupon: [{ couponId: 'bulk', couponCode: 'CUP-21' }] },
			sourceId: 'krish123',
		},
		request: {
			method: 'POST',
			path: '/coupons/apply',
			query: '?type=redeem',
			headers: authorized,
			body: {
				coupon_details: [...couponDetails, { coupon_id: 'bulk', coupon_code: 'CUP-21' }],
				source_id: 'krish123',
			},
		},
	},
	{
		title: 'without a customer',
		operation: 'coupon:revert',
		fields: coupon,
		request: {
			method: 'POST',
			path: '/coupons/apply',
			query: '?type=revert',
			headers: authorized,
			body: { coupon_details: couponDetails },
		},
	},
	{
		title: 'one item for each transaction',
		operation: 'wallet:getTransactions',
		arrange: async (sandbox) => {
			const url = `${sandbox.baseUrl('rehook')}/wallets/customer/krishna%40123/transactions/waty_sandboxPoints`;
			const headers = { ...authorized };
			await fetch(url, { method: 'PUT', headers, body: JSON.stringify({ type: 'credit', points: 20 }) });
		},
		fields: { sourceId: 'krishna@123', walletId: { __rl: true, mode: 'id', value: 'waty_sandboxPoints' } },
		request: {
			method: 'GET',
			path: '/wallets/customer/krishna%40123/transactions/waty_sandboxPoints',
			query: '?page=2',
		},
		requests: 3,
		responses: [{ transaction_id: expect.stringMatching(/^trhi_/), type: 'credit', points: 20 }],
	},
	{
		title: 'one item for each customer',
		operation: 'customer:getReferrals',
		fields: { sourceId: 'krishna@123' },
		arrange: async (sandbox) => {
			const event = { event_name: 'signup', source_id: 'new-1', metadata: { referral_code: 'KMN6457' } };
			const headers = { ...authorized };
			const url = `${sandbox.baseUrl('rehook')}/events/invoke`;
			await fetch(url, { method: 'POST', headers, body: JSON.stringify(event) });
		},
		request: { method: 'GET', path: '/customers/referral/list/krishna%40123', query: '' },
		requests: 2,
		responses: [expect.objectContaining({ source_id: 'new-1' })],
	},
	{
		title: 'of a customer in a campaign',
		operation: 'campaign:getRewardProgress',
		fields: { sourceId: 'krishna@123', campaignId: 'camp_1' },
		arrange: (sandbox) =>
			sandbox.misbehave({ provider: 'rehook', do: { status: 200, body: [{ progress: 1 }] } }),
		request: {
			method: 'GET',
			path: '/campaigns/reward-progress',
			query: '?source_id=krishna%40123&campaign_id=camp_1',
		},
		responses: [{ progress: 1 }],
	},
];

const credit = { sourceId: 'krishna@123', ...wallet('waty_sandboxPoints'), points: 20 };

const refusals: RefusalCase[] = [
	{
		title: 'an anonymous event',
		operation: 'event:send',
		event: { type: 'track', event: 'e', anonymousId: 'a' },
		message: /source ID, which is your own ID for the customer.*doesn't accept an anonymous ID instead/,
	},
	{
		title: 'an event without a user',
		operation: 'event:send',
		fields: { sourceId: '={{ $json.missing }}', eventName: 'e' },
		message: /'Source ID' \(source_id\): Fill in the source ID/,
	},
	{
		title: 'an empty name from an expression',
		operation: 'event:send',
		fields: { sourceId: 'u', eventName: '={{ $json.missing }}' },
		message: /'Event Name' \(event_name\): The event needs a name/,
	},
	{
		title: 'metadata that is not an object',
		operation: 'event:send',
		fields: { sourceId: 'u', eventName: 'e', metadataInput: 'json', metadataJson: '{"broken": ' },
		code: 'unreadable_item',
		message: /'Metadata' is not valid JSON/,
	},
	{
		title: 'an anonymous user',
		operation: 'customer:identify',
		event: { type: 'identify', anonymousId: 'a', traits: { plan: 'pro' } },
		message: /doesn't accept an anonymous ID instead/,
	},
	{
		title: 'no customer',
		operation: 'customer:get',
		fields: { sourceId: '={{ $json.missing }}' },
		message: /Fill in 'Source ID'/,
	},
	{
		title: 'an ID that leads to another URL',
		operation: 'customer:get',
		fields: { sourceId: '..' },
		message: /because it is part of a URL/,
	},
	{
		title: 'no code',
		operation: 'referralCode:validate',
		fields: { referralCode: ' ' },
		message: /Fill in 'Referral Code'/,
	},
	{
		title: 'no wallet',
		operation: 'wallet:credit',
		fields: { ...credit, walletId: { __rl: true, mode: 'id', value: '={{ $json.missing }}' } },
		message: /Choose a 'Wallet'/,
	},
	{
		title: '0 points',
		operation: 'wallet:credit',
		fields: { ...credit, points: 0 },
		message: /'Points' must be more than 0/,
	},
	{
		title: 'negative points',
		operation: 'wallet:debit',
		fields: { ...credit, points: -5 },
		message: /'Points' must be more than 0/,
	},
	{
		title: 'points that are not a number',
		operation: 'wallet:debit',
		fields: { ...credit, points: '={{ "many" }}' },
		message: /'Points' must be a number/,
	},
	{
		title: 'no coupon code',
		operation: 'coupon:redeem',
		fields: { ...coupon, couponCode: '={{ $json.missing }}' },
		message: /'Coupon Code' is empty/,
	},
	{
		title: 'another coupon without an ID',
		operation: 'coupon:validate',
		fields: { ...coupon, moreCoupons: { coupon: [{ couponId: '={{ $json.missing }}', couponCode: 'KS' }] } },
		message: /coupon_details.1.coupon_id: 'Coupon ID' is empty/,
	},
	{
		title: 'an order without subtotals',
		operation: 'coupon:validate',
		fields: { ...coupon, order: { orderId: '1' } },
		message: /must have an Original Price Subtotal/,
	},
	{
		title: 'an order with the field names of an older reference',
		operation: 'coupon:getMany',
		fields: json('order', { original_amount: 190, selling_amount: 135.97 }),
		message: /must have an Original Price Subtotal.*'original_price_subtotal'/,
	},
	{
		title: 'a status that an order cannot have',
		operation: 'coupon:revert',
		fields: { ...coupon, ...json('order', { ...order, status: 'paid' }) },
		message: /pending, completed or reverted/,
	},
	{
		title: 'an item without a product',
		operation: 'coupon:redeem',
		fields: {
			...coupon,
			order: {
				...orderForm,
				items: { item: [{ productId: '', originalPrice: 1, sellingPrice: 1, metadata: '{}' }] },
			},
		},
		message:
			/'Product ID' in 'Items' in 'Order' \(order.items.0.product_id\): Each order item must have a Product ID/,
	},
	{
		title: 'an order that is not JSON',
		operation: 'coupon:redeem',
		fields: { ...coupon, orderInput: 'json', orderJson: '{"order_id": ' },
		code: 'unreadable_item',
		message: /'Order' is not valid JSON/,
	},
];

const leftOut: LeftOutCase[] = [
	{
		title: 'a referral code that is not text',
		operation: 'event:send',
		event: { type: 'track', event: 'signup', userId: 'u', properties: { referral_code: ['KBLGPN'] } },
		message:
			/referral_code' was left out, because a list of length 1 can't be used: The referral code must be text/,
	},
];

const { run, sandbox } = describeProvider(
	{
		provider: rehook,
		node: 'rehook',
		sandboxName: 'rehook',
		credential: { ...credentials.rehook },
	},
	requests,
	refusals,
	leftOut,
);

const reasonOf = (item: { json: IDataObject } | undefined) => item?.json.reason as IDataObject;

describe('an answer from Rehook', () => {
	test('keeps Rehook’s own code apart from the HTTP status and passes on its field and request ID', async () => {
		sandbox().misbehave({
			provider: 'rehook',
			times: 1,
			do: {
				status: 400,
				body: {
					code: 401,
					key: 'event_name',
					message: 'event_name field is required',
					details: 'event_name field is required',
					request_id: '22df9ba9-560c-99fd-a63d-44871aeb4081',
				},
			},
		});
		const { output } = await run({}, [
			{ type: 'track', event: 'e', userId: 'u' },
			{ type: 'track', event: 'e', userId: 'v' },
		]);

		expect(output[0]?.json).toMatchObject({ status: 'failed', statusCode: 400 });
		expect(reasonOf(output[0])).toMatchObject({
			code: 'refused',
			message: 'Rehook refused the data (status 400): event_name field is required',
			requestId: '22df9ba9-560c-99fd-a63d-44871aeb4081',
		});
		expect(reasonOf(output[0]).description).toMatch(
			/Field: event_name\. Rehook's own error code, not the HTTP status: 401\./,
		);
		// If it counted as a rejected key, the 401 would end the run.
		expect(output[1]?.json.status).toBe('delivered');
	});

	test.each([
		['customer', 'get', { sourceId: 'nobody' }, 'source_id "nobody"'],
		['referralCode', 'validate', { referralCode: 'WRONG' }, 'referral_code "WRONG"'],
		['wallet', 'getMany', { sourceId: 'nobody' }, 'source_id "nobody"'],
		[
			'wallet',
			'credit',
			{ ...credit, ...wallet('waty_unknown') },
			'source_id "krishna@123", wallet_id "waty_unknown"',
		],
	])('explains that Rehook has no such ID (%s: %s)', async (resource, operation, fields, missing) => {
		const { output } = await run({ resource, operation, ...fields });

		expect(output[0]?.json).toMatchObject({ status: 'failed', statusCode: 404 });
		expect(reasonOf(output[0])).toMatchObject({ code: 'not_found', retryable: false });
		expect(reasonOf(output[0]).message).toBe(
			`Rehook can't find this customer, wallet or referral code (status 404): Resource Id not found (${missing})`,
		);
		expect(reasonOf(output[0]).description).toMatch(/Details: Given resource Id is wrong\./);
	});

	test('sends an unknown code to the error output and a known one to the regular output', async () => {
		const { output, errorOutput } = await runNode({
			node: 'rehook',
			parameters: { resource: 'referralCode', operation: 'validate', referralCode: '={{ $json.code }}' },
			credentials: { rehookApi: { ...credentials.rehook, baseUrl: sandbox().baseUrl('rehook') } },
			items: [{ code: 'WRONG' }, { code: 'KBLGPN' }],
			onError: 'continueErrorOutput',
		});

		expect(output.map(({ json }) => json.source_id)).toEqual(['KMN@123']);
		expect(errorOutput.map(({ json: { code } }) => code)).toEqual(['WRONG']);
	});

	test('explains that a coupon does not exist', async () => {
		const { output } = await run({ resource: 'coupon', operation: 'validate', ...coupon, couponCode: 'NO' });

		expect(reasonOf(output[0])).toMatchObject({
			code: 'refused',
			message: 'Rehook refused the data (status 400): Campaign not found details',
		});
		expect(reasonOf(output[0]).description).toMatch(
			/Correct 'Coupon ID' or 'Coupon Code'.*Rehook's own error code.*: NOT_FOUND_CODE/,
		);
	});

	test('keeps a list of coupons in an undocumented wrapper as it is', async () => {
		sandbox().misbehave({ provider: 'rehook', do: { status: 200, body: { coupons: [] } } });
		const { output } = await run({ resource: 'coupon', operation: 'getMany' });

		expect(output.map(({ json }) => json)).toEqual([{ coupons: [] }]);
	});
});

test.each([
	['coupon', {}],
	['wallet', { sourceId: 'krishna@123' }],
])('%s: Get Many returns no items when the response is empty', async (resource, fields) => {
	for (const body of [undefined, null]) {
		sandbox().misbehave({ provider: 'rehook', times: 1, do: { status: 200, body } });
		const { output } = await run({ resource, operation: 'getMany', ...fields });

		expect(output).toEqual([]);
	}
});

describe('after a lost answer', () => {
	const afterStoring = { provider: 'rehook', times: 1, do: { reset: 'after-storing' } } as const;

	test.each([
		['wallet', 'credit', credit, 'credit'],
		['wallet', 'debit', credit, 'debit'],
		['coupon', 'redeem', coupon, 'redeem'],
		['coupon', 'revert', coupon, 'revert'],
	])('%s: %s is not resent, even with Retry When Unsure', async (resource, operation, fields, kind) => {
		sandbox().misbehave(afterStoring);
		const { output } = await run({ resource, operation, ...fields, options: { retryUncertain: true } });

		expect(reasonOf(output[0])).toMatchObject({ code: 'connection_lost', mayHaveBeenReceived: true });
		expect(sandbox().records('rehook', kind)).toHaveLength(1);
	});

	test('an event is resent only with Retry When Unsure', async () => {
		const event = { type: 'track', event: 'e', userId: 'u' };
		sandbox().misbehave(afterStoring);
		const { output } = await run({}, [event]);
		expect(output[0]?.json.status).toBe('failed');
		expect(sandbox().records('rehook', 'event')).toHaveLength(1);

		sandbox().reset();
		sandbox().misbehave(afterStoring);
		const again = await run({ options: { retryUncertain: true } }, [event]);
		expect(again.output[0]?.json.status).toBe('delivered');
	});

	test('a customer is resent, because the second time changes nothing', async () => {
		sandbox().misbehave(afterStoring);
		const { output } = await run({ resource: 'customer', operation: 'identify' }, [
			{ type: 'identify', userId: 'u', traits: { plan: 'pro' } },
		]);

		expect(output[0]?.json).toMatchObject({ status: 'delivered', attempts: 2 });
	});
});

test('changes the points of one customer in the order of the items', async () => {
	const points = [1, 2, 3, 4, 5];
	await run(
		{ resource: 'wallet', operation: 'credit', ...credit, points: '={{ $json.points }}' },
		points.map((each) => ({ points: each })),
	);

	expect(
		sandbox()
			.records('rehook')
			.map(({ body }) => (body as IDataObject).points),
	).toEqual(points);
	expect(sandbox().peakInFlight('rehook')).toBe(1);
});

test('creates a customer once in a run, before the first event', async () => {
	const event = (name: string) => ({ type: 'track', event: name, userId: 'new-1' });
	await run({ options: { ensureCustomerExists: true } }, [event('first'), event('second')]);

	expect(
		sandbox()
			.requests('rehook')
			.map(({ path, body }) => [path, body]),
	).toEqual([
		['/customers', { source_id: 'new-1' }],
		['/events/invoke', { event_name: 'first', source_id: 'new-1', metadata: {} }],
		['/events/invoke', { event_name: 'second', source_id: 'new-1', metadata: {} }],
	]);
});

test('returns one summary for a whole run', async () => {
	const { output } = await run({ operation: 'sendMany' }, [
		{ type: 'track', event: 'order_success', userId: 'krishna@123' },
		{ type: 'track', event: 'order_success', anonymousId: 'a' },
	]);

	expect(output).toHaveLength(1);
	expect(output[0]?.json).toMatchObject({ status: 'partial', total: 2, success: 1, failure: 1 });
});

test('Identify skips other types of events', async () => {
	const { output } = await run({ resource: 'customer', operation: 'identify' }, [
		{ type: 'track', event: 'e', userId: 'u' },
	]);

	expect(output[0]?.json).toMatchObject({ status: 'skipped', reason: { code: 'event_type' } });
});

describe('keys', () => {
	test('are not in a preview, not even encoded', async () => {
		const { output } = await run({
			resource: 'wallet',
			operation: 'credit',
			...credit,
			description: `${apiKey} ${encodedKeys}`,
			options: { previewOnly: true },
		});

		expect(output[0]?.json).toMatchObject({
			status: 'previewed',
			request: {
				method: 'PUT',
				headers: { Authorization: 'Basic •••' },
				body: { description: '••• •••', points: 20, type: 'credit' },
			},
		});
		expect(sandbox().requests()).toEqual([]);
	});

	test('that are wrong end the run', async () => {
		const { output } = await runNode({
			node: 'rehook',
			parameters: { resource: 'event', operation: 'send', mappingMode: 'canonicalEvent' },
			credentials: { rehookApi: { apiKey, secretKey: 'wrong', baseUrl: sandbox().baseUrl('rehook') } },
			items: [{ type: 'track', event: 'e', userId: 'u' }],
			onError: 'continueRegularOutput',
		});

		expect(reasonOf(output[0])).toMatchObject({ code: 'unauthorized', retryable: false });
		expect(JSON.stringify(output)).not.toContain(apiKey);
	});
});

describe('the list of wallets', () => {
	const search = async (sourceId: string, filter?: string) =>
		await searchList(
			'searchWallets',
			{
				node: 'rehook',
				parameters: { resource: 'wallet', operation: 'credit', sourceId },
				credentials: { rehookApi: { ...credentials.rehook, baseUrl: sandbox().baseUrl('rehook') } },
			},
			filter,
		);

	test('has the wallets of the customer in Source ID', async () => {
		expect(await search('krishna@123')).toEqual({
			results: [
				{ name: 'Points (points)', value: 'waty_sandboxPoints' },
				{ name: 'Coins (coins)', value: 'waty_sandboxCoins' },
			],
		});
		expect(sandbox().requests('rehook')[0]?.path).toBe('/wallets/customer/krishna%40123');
	});

	test('can be searched', async () => {
		const { results } = await search('krishna@123', 'coin');
		expect(results.map(({ value }) => value)).toEqual(['waty_sandboxCoins']);
	});

	test.each([
		['Source ID is empty', ''],
		['Source ID is an expression without data', '={{ $json.id }}'],
	])('says what to do when %s', async (_, sourceId) => {
		await expect(search(sourceId)).rejects.toThrow("Fill in 'Source ID' first");
		expect(sandbox().requests()).toEqual([]);
	});

	test('says that the customer is unknown', async () => {
		await expect(search('nobody')).rejects.toThrow(/Rehook can't find this customer/);
	});
});
