import { simonData } from '../../../nodes/SimonData/simon-data.provider';
import { eventTypeNames, eventTypes, typeNamed } from '../../../nodes/SimonData/event-types/event-types';
import { timezoneOffset } from '../../../nodes/SimonData/envelope';
import type { Warning } from '../../../nodes/shared/event';
import { minimal, now, type JsonObject } from '../event/helpers';
import { findOperation, tryOut } from './helpers';

const send = findOperation(simonData, 'event', 'send');
const identifyContact = findOperation(simonData, 'contact', 'identify');
const event = tryOut(simonData, send);
const contact = tryOut(simonData, identifyContact);
const withOptions = (options: JsonObject, account: Record<string, string> = {}) =>
	tryOut(simonData, send, account, { options });

/** A track event of a user with an email. */
const track = (name: string, properties: JsonObject = {}): JsonObject => ({
	type: 'track',
	event: name,
	userId: 'u1',
	context: { traits: { email: 'ada@example.com' } },
	properties,
});

const codes = (warnings: Warning[]) => warnings.map(({ path, code }) => `${path}: ${code}`);
const warningsOf = (received: JsonObject) => codes(event.prepared(received).warnings);

describe('maps standard events to Simon Data’s own types:', () => {
	const product = {
		product_id: 507,
		sku: 'G-32',
		name: 'Monopoly',
		price: '19',
		image_url: 'https://e.com/i',
	};
	const simonProduct = {
		productId: '507',
		variant: 'G-32',
		productName: 'Monopoly',
		price: 19,
		productImageUrl: 'https://e.com/i',
	};

	test.each<[string, JsonObject, string, JsonObject]>([
		[
			'Product Viewed',
			{ ...product, url: 'https://e.com/m', category: 'Games/Board', position: 3 },
			'product_view',
			{
				...simonProduct,
				productUrl: 'https://e.com/m',
				category: 'Games/Board',
				properties: { position: 3 },
			},
		],
		[
			'Product Added',
			{ ...product, quantity: '2', cart_id: 'c1' },
			'add_to_cart',
			{ ...simonProduct, quantity: 2, properties: { cart_id: 'c1' } },
		],
		['Product Removed', { ...product, quantity: 1 }, 'remove_from_cart', { ...simonProduct, quantity: 1 }],
		['Product Added to Wishlist', { product_id: '1' }, 'favorite', { productId: '1' }],
		['Cart Viewed', { products: [] }, 'cart', { cartItems: [] }],
		[
			'Order Completed',
			{
				order_id: '50314b8e',
				total: 27.5,
				revenue: 25,
				shipping: 3,
				tax: 2,
				coupon: 'hasbros',
				currency: 'USD',
				products: [{ ...product, quantity: 1, coupon: 'X' }],
			},
			'complete_transaction',
			{
				transactionId: '50314b8e',
				revenue: 25,
				shipping: 3,
				tax: 2,
				promotion: 'hasbros',
				cartItems: [{ ...simonProduct, quantity: 1, properties: { coupon: 'X' } }],
				properties: { total: 27.5, currency: 'USD' },
			},
		],
		[
			'Order Completed',
			{ order_id: '1', subtotal: 22.5, products: [] },
			'complete_transaction',
			{ transactionId: '1', revenue: 22.5, cartItems: [] },
		],
		[
			'Signed Up',
			{ first_name: 'Ada', plan: 'pro' },
			'registration',
			{ email: 'ada@example.com', userId: 'u1', firstName: 'Ada', properties: { plan: 'pro' } },
		],
		[
			'authentication',
			{ isLoggedIn: 'true', ARN: 'arn:1' },
			'authentication',
			{ userId: 'u1', email: 'ada@example.com', isLoggedIn: true, ARN: 'arn:1' },
		],
		[
			'update_cart',
			{ productId: '1', previousQuantity: 1, quantity: 2 },
			'update_cart',
			{ productId: '1', previousQuantity: 1, quantity: 2 },
		],
		['waitlist', { product_id: '1', sku: 's' }, 'waitlist', { productId: '1', variant: 's' }],
	])('%s %j', (name, properties, type, expected) => {
		expect(event.body(track(name, properties))).toMatchObject({ event: type, properties: expected });
		expect(event.body(track(name, properties)).properties).toEqual(expected);
		expect(warningsOf(track(name, properties))).toEqual([]);
	});

	test.each([
		'Product Added',
		'product_added',
		'productAdded',
		'product added',
		'add_to_cart',
		'Add To Cart',
	])('add_to_cart from a name in another spelling: %s', (name) =>
		expect(typeNamed(name)).toBe('add_to_cart'),
	);

	test('but never maps another type to "custom"', () => expect(typeNamed('custom')).toBeUndefined());

	test('a page to a page view, with a warning for what Simon Data has no field for', () => {
		const page: JsonObject = {
			...track(''),
			type: 'page',
			event: undefined,
			name: 'Pricing',
			category: 'Docs',
			properties: { url: 'https://e.com/p?q', path: '/p', search: '?q', referrer: 'https://a.com' },
		};
		expect(event.body({ ...page, context: { ...(page.context as object), locale: 'en-US' } })).toMatchObject({
			event: 'page_view',
			properties: { title: 'Pricing', referrer: 'https://a.com', language: 'en-US' },
			context: { page: { url: 'https://e.com/p?q' } },
		});
		expect(warningsOf(page)).toEqual(['properties: left_out']);
		expect(event.prepared(page).warnings[0]?.message).toMatch(
			/left out because Simon Data's 'page_view' has no fields for them: category/,
		);
	});
});

describe('maps all other events to custom events:', () => {
	const of = minimal;
	test.each<[string, JsonObject, string, JsonObject | undefined]>([
		['track', track('Plan Upgraded', { plan: 'pro' }), 'Plan Upgraded', { plan: 'pro' }],
		['track', track('custom', {}), 'custom', undefined],
		['screen', { ...of.screen, name: 'Home' }, 'Screen Viewed', { name: 'Home' }],
		['identify', { ...of.identify, traits: { plan: 'pro' } }, 'User Identified', { plan: 'pro' }],
		['group', { ...of.group, traits: { seats: 5 } }, 'Group Joined', { groupId: 'g1', seats: 5 }],
		['alias', of.alias, 'User Aliased', { previousId: 'a1' }],
	])('%s', (_, received, eventName, properties) => {
		expect(event.body(received)).toMatchObject({ event: 'custom' });
		expect(event.body(received).properties).toEqual({ eventName, ...(properties && { properties }) });
	});

	test('with a name of up to 38 characters', () => {
		expect(event.verdict(track('x'.repeat(38)))).toBe('sent');
		expect(event.verdict(track('🎉'.repeat(38)))).toBe('sent');
		expect(event.verdict(track('x'.repeat(39)))).toMatch(
			/properties.eventName: .*The value has 39 characters.* up to 38/,
		);
	});

	test('without requiring an email if the option is set', () => {
		const anonymous = { type: 'track', event: 'e', anonymousId: 'a1' };
		const { body, prepared } = withOptions({ requiresIdentity: false });
		expect(body(anonymous)).toMatchObject({ properties: { eventName: 'e', requiresIdentity: false } });
		expect(prepared(anonymous).warnings).toEqual([]);
		expect(warningsOf(anonymous)).toEqual(['traits.email: no_email']);
	});
});

describe('traits without an email, which Simon Data does not accept,', () => {
	const { prepared, preparedFromFields } = withOptions({ requiresIdentity: false });
	const traits = { firstName: 'Ada', plan: 'pro', lastName: '' };

	test.each([
		[
			'of an event',
			() => prepared({ type: 'track', event: 'e', userId: 'u1', context: { traits } } as JsonObject),
		],
		[
			'from the fields',
			() =>
				preparedFromFields({
					...{ clientId: 'c1', userId: 'u1', eventType: 'custom', eventName: 'e' },
					details: { requiresIdentity: false },
					traits: { firstName: 'Ada', userId: 'u1' },
					customTraitsInput: 'json',
					customTraitsJson: '{"plan": "pro"}',
				}),
		],
	])('%s are named in a warning', (_, send) => {
		const { json, warnings } = send();
		expect(JSON.parse(json)).not.toHaveProperty('traits');
		expect(codes(warnings)).toEqual(['traits: left_out']);
		expect(warnings[0]?.message).toMatch(/only with an email.*: firstName, plan$/);
	});

	test('but traits with an email are sent without a warning', () => {
		const known = { ...traits, email: 'ada@example.com' };
		const { json, warnings } = prepared({
			type: 'track',
			event: 'e',
			context: { traits: known },
			userId: 'u1',
		});
		expect(JSON.parse(json)).toMatchObject({ traits: { firstName: 'Ada', properties: { plan: 'pro' } } });
		expect(warnings).toEqual([]);
	});
});

describe('a standard event without a required field', () => {
	const incomplete = track('Product Added', { product_id: '1', quantity: 1, color: 'red' });

	test('is sent as a custom event with all properties and a warning', () => {
		expect(event.body(incomplete)).toMatchObject({
			event: 'custom',
			properties: { eventName: 'Product Added', properties: { product_id: '1', quantity: 1, color: 'red' } },
		});
		const [warning] = event.prepared(incomplete).warnings;
		expect(warning?.code).toBe('sent_as_custom');
		expect(warning?.message).toMatch(
			/would reject the event as 'add_to_cart' \(variant: Simon Data requires this value/,
		);
	});

	test('is rejected if the option says so', () => {
		expect(withOptions({ standardEvents: 'refuse' }).verdict(incomplete)).toMatch(/properties.variant/);
	});

	test('is custom like all others if the option says so', () => {
		const viewed = track('Product Viewed', { product_id: '1' });
		expect(withOptions({ standardEvents: 'custom' }).body(viewed)).toMatchObject({
			event: 'custom',
			properties: { eventName: 'Product Viewed', properties: { product_id: '1' } },
		});
	});

	test.each<[string, JsonObject]>([
		['a price that is not a number', { product_id: '1', price: 'cheap' }],
		['a category with six levels', { product_id: '1', category: 'a/b/c/d/e/f' }],
	])('is also one with %s', (_, properties) => {
		expect(event.body(track('Product Viewed', properties))).toMatchObject({ event: 'custom' });
	});
});

describe('the user of an event', () => {
	const from = (received: JsonObject) => {
		const { clientId, userId, traits } = event.body({ type: 'track', event: 'e', ...received });
		return { clientId, userId, traits };
	};

	test.each<[string, JsonObject, JsonObject]>([
		['a user ID', { userId: 'u' }, { clientId: 'u', userId: 'u' }],
		['an anonymous ID', { anonymousId: 'a' }, { clientId: 'a' }],
		['both IDs', { userId: 'u', anonymousId: 'a' }, { clientId: 'a', userId: 'u' }],
		[
			'an email in the properties, which stays there',
			{ userId: 'u', properties: { email: 'ada@e.com' } },
			{ clientId: 'u', traits: { userId: 'u', email: 'ada@e.com' } },
		],
		[
			'traits, which win over the properties',
			{
				userId: 'u',
				properties: { email: 'x@e.com' },
				context: { traits: { email: 'ada@e.com', first_name: 'Ada', plan: 'pro' } },
			},
			{
				clientId: 'u',
				traits: { userId: 'u', email: 'ada@e.com', firstName: 'Ada', properties: { plan: 'pro' } },
			},
		],
		[
			'a group, with traits that are not those of the user',
			{ type: 'group', userId: 'u', groupId: 'g', traits: { email: 'office@e.com' } },
			{ clientId: 'u', userId: 'u' },
		],
	])('comes from %s', (_, received, expected) => expect(from(received)).toEqual(expected));

	test('has an ID of up to 45 characters', () => {
		expect(event.verdict({ ...track('e'), anonymousId: 'a'.repeat(45) })).toBe('sent');
		expect(event.verdict({ ...track('e'), anonymousId: 'a'.repeat(46) })).toMatch(/clientId: .*45 char/);
	});

	test('is the order key of the event', () => {
		expect(event.prepared({ ...track('e'), anonymousId: 'a1' }).orderKey).toBe('a1');
		expect(contact.prepared({ ...minimal.identify, traits: { email: 'a@e.com' } }).orderKey).toBe('u1');
	});
});

test('warns of a page URL that is not text, as of a user agent', () => {
	const context = { ...(track('e').context as object), page: { url: ['x'] }, userAgent: ['x'] };
	expect(warningsOf({ ...track('e'), context })).toEqual([
		'context.userAgent: unusable_value',
		'context.page: unusable_value',
	]);
	const page = { ...track(''), type: 'page', event: undefined, name: 'Pricing', context };
	const { warnings } = event.prepared({ ...page, properties: { path: '/p' } });
	expect(warnings[0]?.message).toMatch(
		/left out because Simon Data's 'page_view' has no fields for them: path/,
	);
	expect(event.body({ ...page, properties: { url: 'https://e.com/p' } })).toMatchObject({
		context: { page: { url: 'https://e.com/p' } },
	});
});

test('sends where and when the event happened', () => {
	const context = {
		library: { name: 'analytics.js', version: '2.0.0' },
		userAgent: 'Mozilla/5.0',
		page: { url: 'https://e.com', path: '/' },
		device: { type: 'mobile', id: 'd1' },
		ip: '203.0.113.7',
		timezone: 'Europe/Amsterdam',
	};
	const received = { ...track('e'), context, timestamp: '2026-07-01T12:00:00.000Z' };
	expect(event.body(received)).toMatchObject({
		sentAt: Date.parse('2026-07-01T12:00:00.000Z'),
		context: {
			name: 'analytics.js',
			version: '2.0.0',
			userAgent: 'Mozilla/5.0',
			page: { url: 'https://e.com' },
			device: { type: 'mobile' },
		},
		ipAddress: '203.0.113.7',
		timezone: -120,
	});
	const odd = { ...received, context: { library: 'x', device: 1, ip: {}, timezone: 'Mars/Olympus' } };
	expect(event.body(odd)).toMatchObject({ context: {} });
	expect(event.body(odd)).not.toHaveProperty('timezone');
	expect(event.body(track('e')).sentAt).toBe(now);
});

test.each([
	[-120, -120],
	['60', 60],
	['UTC', 0],
	['America/New_York', 300],
	['soon', undefined],
	[undefined, undefined],
	[{}, undefined],
])('sends the time zone %j as %j minutes', (zone, expected) => {
	expect(timezoneOffset(zone, Date.UTC(2026, 0))).toBe(expected);
});

describe('Contact: Identify', () => {
	const traits = { email: 'jane@example.com', firstName: 'Jane', campaignId: '12345' };

	test('sends the contact and puts custom traits in their own field', () => {
		expect(contact.body({ ...minimal.identify, anonymousId: 'a1', traits })).toEqual({
			type: 'identify',
			clientId: 'a1',
			userId: 'u1',
			sentAt: now,
			context: {},
			traits: { email: 'jane@example.com', firstName: 'Jane', properties: { campaignId: '12345' } },
		});
	});

	test.each<[string, JsonObject, RegExp]>([
		['without an email', minimal.identify, /traits.email: Simon Data requires this value/],
		['without a user ID', { type: 'identify', anonymousId: 'a', traits }, /userId: Fill in the user ID/],
		['of another type', minimal.track, /Identify accepts only identify events/],
	])('does not send an event %s', (_, received, reason) => {
		expect(contact.verdict(received)).toMatch(reason);
	});

	test('leaves out traits of the wrong type with a warning', () => {
		const { record, warnings } = contact.prepared({ ...minimal.identify, traits: { ...traits, name: {} } });
		expect(record).toMatchObject({ traits: { email: traits.email } });
		expect(warnings).toMatchObject([{ path: 'traits.name', code: 'unusable_value' }]);
	});
});

describe('the documented event types', () => {
	/** As in the reference of the Event Ingestion API: what each requires. */
	test.each([
		['page_view', []],
		['product_view', ['productId']],
		['add_to_cart', ['productId', 'variant', 'quantity']],
		['cart', ['cartItems']],
		['update_cart', []],
		['remove_from_cart', ['productId', 'variant', 'quantity']],
		['complete_transaction', ['transactionId', 'revenue', 'cartItems']],
		['registration', ['email']],
		['favorite', ['productId']],
		['waitlist', ['productId', 'variant']],
		['authentication', ['ARN', 'isLoggedIn', 'userId']],
		['custom', ['eventName']],
	] as const)('%s', (type, required) => expect(eventTypes[type].required).toEqual(required));

	test('are complete', () => {
		expect(eventTypeNames).toHaveLength(12);
		const form = { clientId: 'c', eventType: 'search', additionalFields: {}, customTraitsInput: 'fields' };
		expect(event.verdictOfFields(form)).toMatch(/event: Simon Data doesn't have this event type/);
	});
});

describe('Verify First and Debug', () => {
	const received = track('e', { a: 1 });
	const debugOf = (options: JsonObject, environment: string) => {
		const { body, prepared } = withOptions(options, { environment });
		return { debug: (body(received).context as JsonObject).debug, before: prepared(received).prerequisite };
	};

	test('Verify First sends each event to Staging before Production', () => {
		const { debug, before } = debugOf({ verifyFirst: true }, 'production');
		expect(debug).toBeUndefined();
		expect(before).toMatchObject({
			purpose: 'Verify First',
			request: { method: 'POST', path: '/http/v1/collect', baseUrl: 'https://staging.simonsignal.com' },
		});
		expect(before?.once).toBeUndefined();
		const body = event.body(received);
		expect(JSON.parse(before?.request.body ?? '')).toEqual({
			...body,
			context: { ...(body.context as JsonObject), debug: true },
		});
	});

	test.each(['staging', 'custom'])(
		'Verify First requests validation errors directly in the environment %s',
		(environment) => {
			expect(debugOf({ verifyFirst: true }, environment)).toEqual({ debug: true, before: undefined });
		},
	);

	test('Debug requests validation errors in every environment', () => {
		expect(debugOf({ debug: true }, 'production')).toEqual({ debug: true, before: undefined });
	});

	test('both are off by default', () => {
		expect(debugOf({}, 'production')).toEqual({ debug: undefined, before: undefined });
	});

	test('both also apply to Identify', () => {
		const options = { verifyFirst: true };
		const { prepared } = tryOut(simonData, identifyContact, { environment: 'production' }, { options });
		const person = { ...minimal.identify, traits: { email: 'a@e.com' } };
		expect(prepared(person).prerequisite).toMatchObject({ purpose: 'Verify First' });
	});
});

test('rejects an event that is too large for Simon Data together with the keys', () => {
	expect(event.verdict(track('e', { text: 'x'.repeat(99 * 1024) }))).toBe('sent');
	expect(event.verdict(track('e', { text: 'x'.repeat(100 * 1024) }))).toMatch(
		/and the service accepts up to/,
	);
});
