import { nowIso } from '../event/helpers';
import { event, read, reject, convertAll } from './helpers';

describe('Standard Webhooks', () => {
	/** From the specification. */
	const body = {
		type: 'contact.created',
		timestamp: '2022-11-03T20:26:10.344522Z',
		data: { id: '1f81eb52-5198-4599-803e-771906343485', type: 'contact', fullName: 'John Smith' },
	};
	const headers = { 'webhook-id': 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W' };
	const paths = { userId: 'data.id' };

	test.each(['webhook-id', 'svix-id'])('are detected by the header %s', (name) => {
		const request = { headers: { [name]: 'msg_1' }, body };
		expect(read(request).detectedBy).toBe(`the request has the header "${name}" and the body a "type"`);
		expect(event(request, { paths })).toMatchObject({
			type: 'track',
			event: 'contact.created',
			userId: body.data.id,
			timestamp: '2022-11-03T20:26:10.344Z',
			properties: body.data,
			context: {},
			_meta: { format: 'standard-webhooks', warnings: [] },
		});
	});

	test('keep fields next to the data', () => {
		const received = event({ headers, body: { ...body, object: 'event' } }, { paths });
		expect(received).toMatchObject({ properties: body.data, context: { webhook: { object: 'event' } } });
	});

	test('can have their time at a path', () => {
		const { timestamp, ...rest } = body;
		const request = { headers, body: { ...rest, created_at: timestamp } };
		expect(event(request, { paths: { ...paths, timestamp: 'created_at' } })).toMatchObject({
			timestamp: '2022-11-03T20:26:10.344Z',
		});
	});

	test('can have their data at the top level', () => {
		const request = {
			headers,
			body: { type: 'invoice.paid', timestamp: 1667507170, userId: 'u-1', total: 5 },
		};
		expect(event(request)).toMatchObject({
			event: 'invoice.paid',
			userId: 'u-1',
			properties: { userId: 'u-1', total: 5 },
			_meta: { format: 'standard-webhooks' },
		});
	});

	test('can have a type that Segment has, too', () => {
		const request = { headers, body: { type: 'group', data: { id: 'g-1' } } };
		expect(event(request, { paths })).toMatchObject({ type: 'track', event: 'group', userId: 'g-1' });
	});

	test('have no field for the user: the reject says what to set', () => {
		const rejected = reject({ headers, body });
		expect(rejected).toMatchObject({ code: 'no_user_anon_id', event: body });
		expect(rejected.message).toContain('set the path to the user ID');
	});

	test.each([
		['an event', { type: 'track', event: 'Order Completed', userId: 'u-1' }, 'segment'],
		['a bad event', { type: 'track', event: 'Order Completed' }, 'segment'],
		['an event with a field "data"', { type: 'identify', userId: 'u-1', data: {} }, 'segment'],
		['a batch', { batch: [] }, 'segment-batch'],
		['a list', [{ type: 'track', event: 'Order Completed' }], 'array'],
		['an object without a type', { total: 5 }, 'generic'],
	])('are not confused with events that a relay forwards: %s', (_, body, format) => {
		expect(read({ headers, body }).format).toBe(format);
	});
});

describe('SuprSend', () => {
	/** From its documentation. */
	const status = {
		channel: 'whatsapp',
		channel_value: '+15555555555',
		distinct_id: 'joe@example.com',
		event_type: 'status',
		reference: {
			idempotency_key: '44220630-d9ae-49f2-918e-0b2f6018cecf',
			supr_execution_id: '01GNEQZ65HRWZP5H0JY0TQA9VG',
			supr_nid: '01GNEQZ6F4JZF1BAK9CDXYD4T4',
			workspace_name: 'staging',
		},
		suprsend_status: { status: 'delivered', timestamp: 1672310923000 },
		template: 'purchase-made',
		vendor_name: 'gupshup',
		vendor_response: { gupshup: { event_type: 'status', response: [{ cause: 'SUCCESS' }] } },
		version: '1.0',
		workflow_name: 'Purchase Made',
	};
	const { suprsend_status: _, ...notStatus } = status;
	const inbound = {
		...notStatus,
		event_type: 'inbound_message',
		suprsend_inbound_message: {
			from: '+15555555555',
			message_type: 'quoted',
			text: { body: 'Hi' },
			timestamp: 1683898377000,
		},
	};

	test('reads a status', () => {
		const { distinct_id, ...properties } = status;
		expect(read({ body: status }).detectedBy).toBe('the body has "distinct_id" and the event_type "status"');
		expect(event({ body: status })).toMatchObject({
			type: 'track',
			event: 'Notification Delivered',
			userId: distinct_id,
			timestamp: '2022-12-29T10:48:43.000Z',
			properties,
			_meta: { format: 'suprsend', warnings: [] },
		});
	});

	test.each([
		['seen', 'Notification Seen'],
		['delivery_failed', 'Notification Delivery Failed'],
		[undefined, 'Notification'],
		[{}, 'Notification'],
		['x'.repeat(500), `Notification X${'x'.repeat(99)}`],
	])('reads the status %j as "%s"', (value, name) => {
		expect(event({ body: { ...status, suprsend_status: { status: value } } }).event).toBe(name);
	});

	test.each([undefined, {}, { status: ' ' }, 'delivered'])(
		'warns of a report whose status is not in suprsend_status: %j',
		(suprsend_status) => {
			const { event: name, _meta } = event({ body: { ...status, suprsend_status } });
			expect(name).toBe('Notification');
			expect(_meta.warnings).toMatchObject([
				{
					path: 'event',
					code: 'no_event_name',
					message: expect.stringContaining('"suprsend_status": {"status": "delivered"}') as string,
				},
			]);
		},
	);

	test('reads a message', () => {
		expect(event({ body: inbound })).toMatchObject({
			event: 'Message Received',
			userId: 'joe@example.com',
			timestamp: '2023-05-12T13:32:57.000Z',
			properties: { suprsend_inbound_message: { text: { body: 'Hi' } }, template: 'purchase-made' },
		});
	});

	test.each([[null], ['soon'], [[]]])(
		'uses the time of receipt for details that are %j',
		(suprsend_status) => {
			expect(event({ body: { ...status, suprsend_status } }).timestamp).toBe(nowIso);
		},
	);
});

describe('Rehook', () => {
	test.each([
		'customer.rewarded',
		'coupon.rewarded',
		'coupon.created',
		'coupon.redeemed',
		'customer.meta.updated',
		'customer.referred',
		'customer.referral.successful.advocate',
		'customer.referral.successful.friend',
		'customer.leaderboard.awarded',
		'order_success',
		'signup',
	])('%s', (name) => {
		const body = { event: name, source_id: 'c-1', metadata: { points: 5 } };
		expect(read({ body }).detectedBy).toBe(`the body has Rehook's event name "${name}"`);
		expect(event({ body })).toMatchObject({
			type: 'track',
			event: name,
			userId: 'c-1',
			properties: body,
			_meta: { format: 'rehook', warnings: [] },
		});
	});

	test.each([
		['event_name', { source_id: 'c-1' }],
		['event_type', { customer: { source_id: 'c-1' } }],
		['type', { data: { source_id: 'c-1' } }],
		['event', { data: { customer: { source_id: 'c-1' } } }],
	])('reads the name in "%s" and the customer in %j', (field, body) => {
		const received = event({ body: { ...body, [field]: 'coupon.redeemed' } });
		expect(received).toMatchObject({ event: 'coupon.redeemed', userId: 'c-1' });
	});

	test('reads the customer at a path', () => {
		const body = { event: 'coupon.redeemed', payload: { who: 'c-1' } };
		expect(event({ body }, { paths: { userId: 'payload.who' } }).userId).toBe('c-1');
		expect(reject({ body })).toMatchObject({ code: 'no_user_anon_id', event: body });
	});

	test.each([null, '', '  '])('reads the customer from source_id if the path has %j', (userId) => {
		const body = { event: 'coupon.redeemed', userId, source_id: 'c-1' };
		expect(event({ body }, { format: 'rehook' }).userId).toBe('c-1');
	});

	test('reads an undocumented event if the format is set in the node', () => {
		const body = { event: 'campaign.ended', source_id: 'c-1' };
		expect(event({ body }, { format: 'rehook' })).toMatchObject({ event: 'campaign.ended', userId: 'c-1' });
	});

	test.each([
		['"signup" alone is anybody’s', { event: 'signup', email: 'ada@example.com' }, 'generic'],
		['an event of Segment has its own user', { event: 'signup', userId: 'u-1' }, 'segment'],
		['a name it does not have', { event: 'campaign.ended', source_id: 'c-1' }, 'generic'],
	])('does not detect Rehook: %s', (_, body, format) => {
		expect(read({ body }).format).toBe(format);
	});
});

describe('Simon Data', () => {
	/** From its documentation. */
	const contact = { first_name: 'simon', last_name: 'data', nested_metadata: { age: 4, size: 50 } };
	const paths = { userId: 'first_name', event: 'last_name' };
	const format = 'simon' as const;

	test.each([
		['single', contact, {}],
		['an array batch', [contact, contact], {}],
		['an object batch', { batch: [contact, contact] }, {}],
		['an object batch under a key', { simonDataTest: [contact, contact] }, { events: 'simonDataTest' }],
	])('%s', (_, body, more) => {
		const { events, rejected } = convertAll({ body }, { format, paths: { ...paths, ...more } });
		expect(rejected).toEqual([]);
		expect(events).toHaveLength(body === contact ? 1 : 2);
		for (const received of events) {
			expect(received).toMatchObject({
				event: 'data',
				userId: 'simon',
				properties: contact,
				_meta: { format: 'simon' },
			});
		}
	});

	test('is never detected', () => {
		expect(read({ body: contact }, { paths }).format).toBe('generic');
	});
});
