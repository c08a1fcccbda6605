import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeTypes,
	type IWorkflowDataProxyAdditionalKeys,
} from 'n8n-workflow';
import { SimonDataApi } from '../../../credentials/SimonDataApi.credentials';
import { environments } from '../../../nodes/SimonData/environments';
import { simonData } from '../../../nodes/SimonData/simon-data.provider';
import { credentials } from '../../sandbox';
import {
	assignments,
	describeProvider,
	type LeftOutCase,
	type RefusalCase,
	type RequestCase,
} from '../harness/provider-suite';
import { runNode } from '../harness/run-node';

/** Requests from docs.simondata.com, "Event triggers using custom events" and "Event Ingestion API". */
const { audienceToken, ...keys } = credentials.simondata;
const headers = { 'content-type': 'application/json; charset=utf-8' };

const sentAt = 1524776691259;
const timestamp = new Date(sentAt).toISOString();
const clientId = '92adbc3c-c22b-49bf-a9ae-11d9e8b3e6b4';
const userId = '97980cfea0067';
const email = 'joe@smith.com';

/** The same user at the same time, in fields and as an event. */
const person = { clientId, userId, email, additionalFields: { sentAt: timestamp } };
const by = { anonymousId: clientId, userId, timestamp, context: { traits: { email } } };

const collect = (body: IDataObject) => ({
	method: 'POST',
	path: '/http/v1/collect',
	headers,
	body: { ...keys, clientId, sentAt, ...body },
});
const track = (event: string, properties: IDataObject, more: IDataObject = {}) =>
	collect({ type: 'track', event, context: {}, properties, traits: { userId, email }, ...more });

const cat = {
	productId: '632910392',
	variant: '808950810',
	quantity: 2,
	price: 24.95,
	productName: 'Nyan Cat T-Shirt',
};
const spec = {
	product_id: '632910392',
	sku: '808950810',
	quantity: 2,
	price: 24.95,
	name: 'Nyan Cat T-Shirt',
};
const { productId, variant, quantity, ...look } = cat;
const ofProduct = { productId, variant, quantity, details: look };

const requests: RequestCase[] = [
	{
		title: 'the guide’s own request',
		operation: 'event:send',
		settings: { options: { debug: true, requiresIdentity: true } },
		fields: {
			...person,
			eventName: 'some_event',
			details: { requiresIdentity: true },
			properties: assignments({ someProperty: 'Some value' }),
		},
		event: { type: 'track', event: 'some_event', ...by, properties: { someProperty: 'Some value' } },
		request: track(
			'custom',
			{ eventName: 'some_event', requiresIdentity: true, properties: { someProperty: 'Some value' } },
			{ context: { debug: true } },
		),
		responses: [null],
	},
	{
		title: 'page_view',
		operation: 'event:send',
		fields: {
			...person,
			eventType: 'page_view',
			details: { title: 'Pricing', language: 'en-US', referrer: 'https://a.example' },
			additionalFields: { sentAt: timestamp, pageUrl: 'https://example.com/products' },
		},
		event: {
			type: 'page',
			name: 'Pricing',
			...by,
			context: {
				traits: { email },
				locale: 'en-US',
				page: { url: 'https://example.com/products', referrer: 'https://a.example' },
			},
		},
		request: track(
			'page_view',
			{ title: 'Pricing', language: 'en-US', referrer: 'https://a.example' },
			{ context: { page: { url: 'https://example.com/products' } } },
		),
	},
	{
		title: 'product_view',
		operation: 'event:send',
		fields: {
			...person,
			eventType: 'product_view',
			productId: '1',
			details: { category: 'Clothing/Shirts', price: 9.5 },
			propertiesInput: 'json',
			propertiesJson: '{"position": 3}',
		},
		event: {
			type: 'track',
			event: 'Product Viewed',
			...by,
			properties: { product_id: 1, category: 'Clothing/Shirts', price: '9.5', position: 3 },
		},
		request: track('product_view', {
			productId: '1',
			category: 'Clothing/Shirts',
			price: 9.5,
			properties: { position: 3 },
		}),
	},
	{
		title: 'add_to_cart with the cart at that time',
		operation: 'event:send',
		fields: {
			...person,
			eventType: 'add_to_cart',
			...ofProduct,
			cartItems: { item: [{ productId: '1', variant: 'a', quantity: 1 }] },
		},
		event: {
			type: 'track',
			event: 'Product Added',
			...by,
			properties: { ...spec, products: [{ product_id: '1', sku: 'a', quantity: 1 }] },
		},
		request: track('add_to_cart', { ...cat, cartItems: [{ productId: '1', variant: 'a', quantity: 1 }] }),
	},
	{
		title: 'cart',
		operation: 'event:send',
		fields: {
			...person,
			eventType: 'cart',
			cartItemsInput: 'json',
			cartItemsJson: JSON.stringify([spec]),
		},
		event: { type: 'track', event: 'Cart Viewed', ...by, properties: { products: [spec] } },
		request: track('cart', { cartItems: [cat] }),
	},
	{
		title: 'update_cart',
		operation: 'event:send',
		fields: {
			...person,
			eventType: 'update_cart',
			details: { productId: '1', variant: 'a', quantity: 3, previousQuantity: 2 },
		},
		event: {
			type: 'track',
			event: 'update_cart',
			...by,
			properties: { productId: '1', variant: 'a', quantity: 3, previousQuantity: 2 },
		},
		request: track('update_cart', { productId: '1', variant: 'a', quantity: 3, previousQuantity: 2 }),
	},
	{
		title: 'remove_from_cart',
		operation: 'event:send',
		fields: { ...person, eventType: 'remove_from_cart', ...ofProduct },
		event: { type: 'track', event: 'Product Removed', ...by, properties: spec },
		request: track('remove_from_cart', cat),
	},
	{
		title: 'complete_transaction',
		operation: 'event:send',
		fields: {
			...person,
			eventType: 'complete_transaction',
			transactionId: '122710332',
			revenue: 49.9,
			details: { shipping: 5, tax: 2.29, promotion: 'PROMO_1234' },
			cartItems: {
				item: [{ ...ofProduct, details: { ...look, properties: '{"gift": true}' } }],
			},
			properties: assignments({ currency: 'USD' }),
		},
		event: {
			type: 'track',
			event: 'Order Completed',
			...by,
			properties: {
				order_id: '122710332',
				revenue: 49.9,
				shipping: 5,
				tax: 2.29,
				coupon: 'PROMO_1234',
				currency: 'USD',
				products: [{ ...spec, gift: true }],
			},
		},
		request: track('complete_transaction', {
			transactionId: '122710332',
			revenue: 49.9,
			shipping: 5,
			tax: 2.29,
			promotion: 'PROMO_1234',
			cartItems: [{ ...cat, properties: { gift: true } }],
			properties: { currency: 'USD' },
		}),
	},
	{
		title: 'registration',
		operation: 'event:send',
		fields: { ...person, eventType: 'registration', details: { optIn: true, firstName: 'Joe' } },
		event: { type: 'track', event: 'Signed Up', ...by, properties: { optIn: true, first_name: 'Joe' } },
		request: track('registration', { email, userId, optIn: true, firstName: 'Joe' }),
	},
	{
		title: 'favorite',
		operation: 'event:send',
		fields: { ...person, eventType: 'favorite', productId: '1' },
		event: { type: 'track', event: 'Product Added to Wishlist', ...by, properties: { product_id: '1' } },
		request: track('favorite', { productId: '1' }),
	},
	{
		title: 'waitlist',
		operation: 'event:send',
		fields: { ...person, eventType: 'waitlist', productId: '1', variant: 'a', details: { quantity: 2 } },
		event: {
			type: 'track',
			event: 'waitlist',
			...by,
			properties: { productId: '1', variant: 'a', quantity: 2 },
		},
		request: track('waitlist', { productId: '1', variant: 'a', quantity: 2 }),
	},
	{
		title: 'authentication',
		operation: 'event:send',
		fields: { ...person, eventType: 'authentication', isLoggedIn: false, ARN: 'arn:aws:sns:1' },
		event: {
			type: 'track',
			event: 'authentication',
			...by,
			properties: { isLoggedIn: false, ARN: 'arn:aws:sns:1' },
		},
		request: track('authentication', { userId, email, isLoggedIn: false, ARN: 'arn:aws:sns:1' }),
	},
	{
		title: 'an event with its whole context',
		operation: 'event:send',
		fields: {
			...person,
			eventName: 'some_event',
			traits: { firstName: 'Joe', username: 'joe' },
			customTraits: assignments({ plan: 'pro' }),
			additionalFields: {
				sentAt: String(sentAt),
				deviceType: 'mobile',
				ipAddress: '203.0.113.7',
				libraryName: 'simon.js',
				libraryVersion: '2.0.0',
				pageUrl: 'https://example.com',
				timezone: 'Europe/Amsterdam',
				userAgent: 'Mozilla/5.0',
			},
		},
		event: {
			type: 'track',
			event: 'some_event',
			...by,
			context: {
				traits: { email, firstName: 'Joe', username: 'joe', plan: 'pro' },
				device: { type: 'mobile' },
				ip: '203.0.113.7',
				library: { name: 'simon.js', version: '2.0.0' },
				page: { url: 'https://example.com' },
				timezone: 'Europe/Amsterdam',
				userAgent: 'Mozilla/5.0',
			},
		},
		request: track(
			'custom',
			{ eventName: 'some_event' },
			{
				traits: { userId, email, firstName: 'Joe', username: 'joe', properties: { plan: 'pro' } },
				context: {
					name: 'simon.js',
					version: '2.0.0',
					userAgent: 'Mozilla/5.0',
					page: { url: 'https://example.com' },
					device: { type: 'mobile' },
				},
				ipAddress: '203.0.113.7',
				timezone: -120,
			},
		),
	},
	{
		title: 'a contact without a client ID of their own',
		operation: 'contact:identify',
		fields: { userId, email, additionalFields: { sentAt: timestamp } },
		event: { type: 'identify', userId, timestamp, traits: { email } },
		request: collect({ type: 'identify', clientId: userId, userId, context: {}, traits: { email } }),
	},
	{
		title: 'the reference’s own request',
		operation: 'contact:identify',
		fields: {
			clientId: 'c1',
			userId: 'user-456',
			email: 'jane@example.com',
			traits: { firstName: 'Jane', lastName: 'Doe', username: 'jane' },
			customTraitsInput: 'json',
			customTraitsJson: '{"campaignId": "12345"}',
			additionalFields: {
				sentAt: new Date(1718000000000).toISOString(),
				libraryName: 'n8n',
				libraryVersion: '1.0.0',
			},
		},
		event: {
			type: 'identify',
			anonymousId: 'c1',
			userId: 'user-456',
			timestamp: new Date(1718000000000).toISOString(),
			context: { library: { name: 'n8n', version: '1.0.0' } },
			traits: {
				email: 'jane@example.com',
				firstName: 'Jane',
				lastName: 'Doe',
				username: 'jane',
				campaignId: '12345',
			},
		},
		request: {
			method: 'POST',
			path: '/http/v1/collect',
			headers,
			body: {
				...keys,
				clientId: 'c1',
				sentAt: 1718000000000,
				type: 'identify',
				userId: 'user-456',
				context: { name: 'n8n', version: '1.0.0' },
				traits: {
					email: 'jane@example.com',
					firstName: 'Jane',
					lastName: 'Doe',
					username: 'jane',
					properties: { campaignId: '12345' },
				},
			},
		},
		responses: [null],
	},
	{
		title: 'by email',
		operation: 'contact:get',
		arrange: async (sandbox) => {
			const { method, path, body } = collect({
				type: 'identify',
				userId,
				context: {},
				traits: { email, firstName: 'Joe' },
			});
			const url = `${sandbox.baseUrl('simondata')}${path}`;
			await fetch(url, { method, headers, body: JSON.stringify(body) });
		},
		fields: { identity: email, fields: 'firstName, flow_variant_membership' },
		request: {
			method: 'GET',
			path: '/audience/v2/contacts',
			query: '?identity=email%3Ajoe%40smith.com&fields=firstName%2Cflow_variant_membership',
			body: undefined,
			headers: { authorization: `Bearer ${audienceToken}` },
		},
		requests: 2,
		responses: [{ firstName: 'Joe', flow_variant_membership: null }],
	},
];

const refusals: RefusalCase[] = [
	{
		title: 'a client ID of more than 45 characters',
		operation: 'event:send',
		event: { type: 'track', event: 'e', anonymousId: 'a'.repeat(46) },
		message: /clientId: .*up to 45 characters/,
	},
	{
		title: 'no client ID',
		operation: 'event:send',
		fields: { ...person, clientId: '={{ $json.missing }}', eventName: 'e' },
		message: /Fill in the client ID/,
	},
	{
		title: 'a custom event’s name of more than 38 characters',
		operation: 'event:send',
		event: { type: 'track', event: 'x'.repeat(39), userId: 'u' },
		message: /properties.eventName: .*accepts up to 38/,
	},
	{
		title: 'a custom event without a name',
		operation: 'event:send',
		fields: { ...person, eventName: '={{ $json.missing }}' },
		message: /'Event Name' \(properties.eventName\): Simon Data requires this value/,
	},
	{
		title: 'a product without a variant',
		operation: 'event:send',
		fields: { ...person, eventType: 'add_to_cart', ...ofProduct, variant: '={{ $json.missing }}' },
		message: /'Variant' \(properties.variant\): Simon Data requires this value/,
	},
	{
		title: 'an order without its items',
		operation: 'event:send',
		fields: { ...person, eventType: 'complete_transaction', transactionId: '1', revenue: 1 },
		message: /'Cart Items' \(properties.cartItems\): Simon Data requires this value/,
	},
	{
		title: 'an order without its revenue',
		operation: 'event:send',
		fields: { ...person, eventType: 'complete_transaction', transactionId: '1', cartItemsInput: 'json' },
		message: /'Revenue' \(properties.revenue\): Simon Data requires this value/,
	},
	{
		title: 'a cart item without a quantity',
		operation: 'event:send',
		fields: {
			...person,
			eventType: 'cart',
			cartItemsInput: 'json',
			cartItemsJson: '[{"productId": "1", "variant": "a"}]',
		},
		message: /'Quantity' in 'Cart Items' \(properties.cartItems.0.quantity\): Simon Data requires this value/,
	},
	{
		title: 'cart items that are not JSON',
		operation: 'event:send',
		fields: { ...person, eventType: 'cart', cartItemsInput: 'json', cartItemsJson: '[{' },
		code: 'unreadable_item',
		message: /'Cart Items' is not valid JSON/,
	},
	{
		title: 'a registration without a user',
		operation: 'event:send',
		fields: { clientId, eventType: 'registration' },
		message: /'Email' \(properties.email\): Simon Data requires this value/,
	},
	{
		title: 'properties that are not an object',
		operation: 'event:send',
		fields: { ...person, eventName: 'e', propertiesInput: 'json', propertiesJson: '{"broken": ' },
		code: 'unreadable_item',
		message: /'Properties' is not valid JSON/,
	},
	{
		title: 'an incomplete standard event if the option says so',
		operation: 'event:send',
		settings: { options: { standardEvents: 'refuse' } },
		event: { type: 'track', event: 'Order Completed', ...by },
		message: /properties.transactionId: Simon Data requires this value/,
	},
	{
		title: 'an event of more than 100 KB',
		operation: 'event:send',
		event: { type: 'track', event: 'e', userId: 'u', properties: { text: 'x'.repeat(100 * 1024) } },
		code: 'record_too_large',
		message: /and the service accepts up to/,
	},
	{
		title: 'a contact without an email',
		operation: 'contact:identify',
		event: { type: 'identify', userId: 'u', traits: { plan: 'pro' } },
		message: /traits.email: Simon Data requires this value/,
	},
	{
		title: 'a contact without a user ID',
		operation: 'contact:identify',
		fields: { clientId: 'c', email, userId: '={{ $json.missing }}' },
		message: /Fill in the user ID/,
	},
	{
		title: 'no fields',
		operation: 'contact:get',
		fields: { identity: email, fields: '={{ $json.missing }}' },
		message: /Enter the 'Fields' to get/,
	},
];

const leftOut: LeftOutCase[] = [
	{
		title: 'an unknown time zone',
		operation: 'event:send',
		fields: { ...person, eventName: 'e', additionalFields: { timezone: 'soon' } },
		message:
			/^'Timezone' was left out, because "soon" can't be used: The time zone must be a whole number of minutes/,
	},
	{
		title: 'a category of more than 5 levels',
		operation: 'event:send',
		fields: { ...person, eventType: 'favorite', productId: '1', details: { category: 'a/b/c/d/e/f' } },
		message: /^'Category' was left out, .*up to 5 levels/,
	},
];

const { run, sandbox } = describeProvider(
	{
		provider: simonData,
		node: 'simonData',
		sandboxName: 'simondata',
		credential: { environment: 'custom', ...keys, audienceToken },
	},
	requests,
	refusals,
	leftOut,
);

const sendCustom = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'event',
	operation: 'send',
	mappingMode: 'canonicalEvent',
	...more,
});
const named = (event: string, more: IDataObject = {}) => ({ type: 'track', event, ...by, ...more });

test('sends an event without an email with a warning, because Simon Data drops it silently', async () => {
	const { output } = await run(sendCustom(), [{ type: 'track', event: 'e', userId: 'u' }]);
	expect(output[0]?.json).toMatchObject({ status: 'delivered', warnings: [{ code: 'no_email' }] });
	expect(sandbox().dropped('simondata')).toHaveLength(1);
});

test('needs no email for the events of a client after Identify', async () => {
	await run({ resource: 'contact', operation: 'identify' }, [
		{ type: 'identify', userId: 'u', traits: { email } },
	]);
	await run(sendCustom(), [{ type: 'track', event: 'e', userId: 'u' }]);
	expect(sandbox().records('simondata', 'event')).toHaveLength(1);
});

test('needs no email for a custom event if the option says so', async () => {
	const { output } = await run(sendCustom({ options: { requiresIdentity: false } }), [
		{ type: 'track', event: 'e', anonymousId: 'a' },
	]);
	expect(output[0]?.json).toMatchObject({ status: 'delivered' });
	expect(output[0]?.json).not.toHaveProperty('warnings');
	expect(sandbox().records('simondata')).toHaveLength(1);
});

test('sends many events and contacts in one request each and returns one summary', async () => {
	const viewed = named('Product Viewed', { properties: { product_id: '1' } });
	const events = [viewed, named('b'), named('x'.repeat(39))];
	const options = { standardEvents: 'custom', requiresIdentity: false };
	const { output } = await run({ resource: 'event', operation: 'sendMany', options }, events);
	expect(output[0]?.json).toMatchObject({ status: 'partial', total: 3, success: 2, failure: 1, requests: 2 });
	expect(sandbox().requests('simondata')[0]?.body).toMatchObject({
		event: 'custom',
		properties: { eventName: 'Product Viewed', requiresIdentity: false },
	});
	const people = [1, 2].map((n) => ({ type: 'identify', userId: `u${n}`, traits: { email: `u${n}@e.com` } }));
	const identified = await run({ resource: 'contact', operation: 'identifyMany' }, people);
	expect(identified.output[0]?.json).toMatchObject({ status: 'success', success: 2, requests: 2 });
});

test.each(['fields', 'an event'])('sends %s with an unreadable time, and warns', async (from) => {
	const parameters = { resource: 'event', operation: 'send' };
	const { output } =
		from === 'fields'
			? await run({
					...parameters,
					mappingMode: 'defineBelow',
					...person,
					eventName: 'e',
					additionalFields: { sentAt: '05/01/2024' },
				})
			: await run(parameters, [{ type: 'track', event: 'e', ...by, timestamp: '05/01/2024' }]);
	const [{ sentAt: sent } = {}] = sandbox()
		.requests('simondata')
		.map(({ body }) => body as IDataObject);
	expect(Math.abs(Number(sent) - Date.now())).toBeLessThan(60_000);
	if (from === 'fields') {
		expect(output[0]?.json.warnings).toMatchObject([{ path: 'sentAt', code: 'unreadable_time' }]);
	}
});

test.each([
	['the date picker in the workflow’s time zone', '2026-01-02T03:04:05', '2026-01-02T08:04:05.000Z'],
	['an expression', "={{ DateTime.fromISO('2026-01-02T03:04:05Z') }}", '2026-01-02T03:04:05.000Z'],
])('accepts Sent At from %s', async (_, time, expected) => {
	for (const about of [
		{ resource: 'event', operation: 'send', eventName: 'e' },
		{ resource: 'contact', operation: 'identify' },
	]) {
		await run({ ...about, mappingMode: 'defineBelow', ...person, additionalFields: { sentAt: time } });
	}

	const bodies = sandbox()
		.requests('simondata')
		.map(({ body }) => body as IDataObject);
	expect(bodies.map(({ sentAt: sent }) => sent)).toEqual([Date.parse(expected), Date.parse(expected)]);
});

describe('explains an error response without the secret:', () => {
	const wrong = async (credential: IDataObject) => {
		const { output } = await runNode({
			node: 'simonData',
			parameters: sendCustom(),
			credentials: {
				simonDataApi: {
					environment: 'custom',
					...keys,
					...credential,
					baseUrl: sandbox().baseUrl('simondata'),
				},
			},
			items: [named('e')],
			onError: 'continueRegularOutput',
		});
		return output[0]?.json as IDataObject;
	};

	test('wrong keys', async () => {
		const result = await wrong({ partnerSecret: 'wrong-secret' });
		expect(result).toMatchObject({ status: 'failed', statusCode: 401, reason: { code: 'unauthorized' } });
		expect(JSON.stringify(result)).not.toContain('wrong-secret');
	});

	test('an environment that does not know the partner', async () => {
		expect(await wrong({ partnerId: 'somebody-else' })).toMatchObject({
			statusCode: 403,
			reason: { code: 'unauthorized', description: expect.stringMatching(/Check 'Environment'/) },
		});
	});

	test('a validation error with Debug', async () => {
		const error = 'Unknown event type: collect.track';
		sandbox().misbehave({ provider: 'simondata', do: { status: 412, body: { error } } });
		const { output } = await run(sendCustom({ options: { debug: true } }), [named('e')]);
		expect(output[0]?.json).toMatchObject({
			statusCode: 412,
			reason: {
				code: 'refused',
				message: expect.stringContaining(error),
				description: expect.stringMatching(/Debug/),
			},
		});
	});

	test('the secret is masked when Simon Data returns it', async () => {
		const body = { error: `no: ${keys.partnerSecret}` };
		sandbox().misbehave({ provider: 'simondata', do: { status: 400, body } });
		const { output } = await run(sendCustom(), [named('e')]);
		expect((output[0]?.json.reason as IDataObject).message).toMatch(/no: •••/);
	});
});

describe('after a lost answer', () => {
	const lose = () => sandbox().misbehave({ provider: 'simondata', times: 1, do: { reset: 'after-reading' } });

	test('an event is not resent', async () => {
		lose();
		const { output } = await run(sendCustom(), [named('e')]);
		expect(output[0]?.json).toMatchObject({
			status: 'failed',
			attempts: 1,
			reason: { mayHaveBeenReceived: true },
		});
	});

	test('a contact is resent', async () => {
		lose();
		const { output } = await run({ resource: 'contact', operation: 'identify' }, [
			{ type: 'identify', userId: 'u', traits: { email } },
		]);
		expect(output[0]?.json).toMatchObject({ status: 'delivered', attempts: 2 });
	});
});

describe('Preview Only', () => {
	const preview = async (environment: string, options: IDataObject) => {
		const { output } = await runNode({
			node: 'simonData',
			parameters: sendCustom({ options: { previewOnly: true, ...options } as INodeParameters }),
			credentials: {
				simonDataApi: { environment, ...keys, baseUrl: sandbox().baseUrl('simondata') },
			},
			items: [named('e')],
			onError: 'continueRegularOutput',
		});
		expect(JSON.stringify(output)).not.toContain(keys.partnerSecret);
		expect(sandbox().requests()).toEqual([]);
		return output[0]?.json as IDataObject;
	};
	const shown = { partnerId: keys.partnerId, partnerSecret: '•••', clientId };

	test('shows the fields of the keys and masks the secret', async () => {
		const { request, requestBefore } = await preview('production', {});
		expect(request).toMatchObject({ url: `${environments.production}/http/v1/collect`, body: shown });
		expect(requestBefore).toBeUndefined();
	});

	test('shows the request of Verify First to Staging', async () => {
		const { request, requestBefore } = await preview('production', { verifyFirst: true });
		expect(requestBefore).toMatchObject({
			url: `${environments.staging}/http/v1/collect`,
			body: { ...shown, context: { debug: true } },
		});
		expect(request).toMatchObject({ url: `${environments.production}/http/v1/collect`, body: shown });
		expect((request as IDataObject).body).toMatchObject({ context: {} });
	});

	test('shows only the request to Staging when that is the environment', async () => {
		const { request, requestBefore } = await preview('staging', { verifyFirst: true });
		expect(request).toMatchObject({
			url: `${environments.staging}/http/v1/collect`,
			body: { context: { debug: true } },
		});
		expect(requestBefore).toBeUndefined();
	});
});

describe('Verify First in Production', () => {
	const addresses: Record<string, string> = environments;

	beforeEach(() => {
		for (const name of Object.keys(environments)) {
			jest.replaceProperty(addresses, name, sandbox().baseUrl('simondata'));
		}
	});
	afterEach(() => jest.restoreAllMocks());

	const sendVerified = async (events: IDataObject[]) => {
		const { output } = await runNode({
			node: 'simonData',
			parameters: sendCustom({ options: { verifyFirst: true } }),
			credentials: { simonDataApi: { environment: 'production', ...keys } },
			items: events,
			onError: 'continueRegularOutput',
		});
		return output.map(({ json }) => json);
	};
	const debugged = () =>
		sandbox()
			.requests('simondata')
			.map(({ body }) => ((body as IDataObject).context as IDataObject).debug);

	test('sends an event that Staging accepts as it is', async () => {
		expect(await sendVerified([named('e')])).toMatchObject([{ status: 'delivered', attempts: 1 }]);
		expect(debugged()).toEqual([true, undefined]);
	});

	test('does not send an event that Staging rejects, but sends the others', async () => {
		const error = 'properties.eventName: not wanted';
		const when = { 'context.debug': true, 'properties.eventName': 'bad' };
		sandbox().misbehave({ provider: 'simondata', when, do: { status: 412, body: { error } } });
		const [good, bad] = await sendVerified([named('good'), named('bad')]);
		expect(good).toMatchObject({ status: 'delivered' });
		expect(bad).toMatchObject({
			status: 'failed',
			statusCode: 412,
			reason: { code: 'refused', message: expect.stringMatching(/'Verify First' failed: .*not wanted/) },
		});
		expect(debugged()).toEqual(expect.arrayContaining([true, true, undefined]));
		expect(sandbox().requests('simondata')).toHaveLength(3);
	});
});

/** Evaluates the URL of the credential's test as n8n does. */
test.each([
	['production', environments.production],
	['staging', environments.staging],
	['custom', 'https://dev.simonsignal.com'],
])('tests a credential for %s at %s', (environment, address) => {
	const node: INode = { id: 'n', name: 'n', type: 'n', typeVersion: 1, position: [0, 0], parameters: {} };
	const nodeTypes = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;
	const { expression } = new Workflow({ nodes: [], connections: {}, active: false, nodeTypes });
	const { request } = new SimonDataApi().test;
	const $credentials = { environment, baseUrl: 'https://dev.simonsignal.com' };
	const keysOfExpression = { $credentials } as unknown as IWorkflowDataProxyAdditionalKeys;
	expect(expression.getSimpleParameterValue(node, request.baseURL, 'internal', keysOfExpression)).toBe(
		address,
	);
});

describe('Contact: Get', () => {
	const get = { resource: 'contact', operation: 'get', identity: 'nobody@example.com', fields: 'first_name' };

	test('says that the credential needs a token', async () => {
		const { output } = await runNode({
			node: 'simonData',
			parameters: get,
			credentials: {
				simonDataApi: { environment: 'custom', ...keys, baseUrl: sandbox().baseUrl('simondata') },
			},
			items: [{}],
			onError: 'continueRegularOutput',
		});
		expect(output[0]?.json).toMatchObject({
			status: 'failed',
			attempts: 0,
			reason: { message: expect.stringMatching(/Enter the 'Audience API Token'/) },
		});
	});

	test('explains the answer to an unknown contact', async () => {
		const { output } = await run(get);
		expect(output[0]?.json).toMatchObject({
			status: 'failed',
			statusCode: 400,
			reason: { description: expect.stringMatching(/can't find the contact/) },
		});
	});
});
