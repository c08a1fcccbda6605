import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { senderPresets } from '../../../nodes/shared/formats';
import { convertAll, event, read, reject } from './helpers';

interface Sample {
	title: string;
	sender: string;
	headers?: Record<string, string>;
	body: unknown;
	/** What the event is about. Without a time, it is that of receipt. */
	expected: { event: string; userId: string; messageId?: string; timestamp?: string; properties?: object };
}

/** Payloads as the senders document them, cut to what matters. */
const samples: Sample[] = [
	{
		title: 'a star on GitHub',
		sender: 'github',
		headers: { 'x-github-event': 'star', 'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958' },
		body: { action: 'created', sender: { id: 1 } },
		expected: { event: 'star.created', userId: '1', messageId: '72d3162e-cc78-11e3-81ab-4c9367dc0958' },
	},
	{
		title: 'a push to GitHub, which has no action',
		sender: 'github',
		headers: { 'x-github-event': 'push', 'x-github-delivery': 'd2' },
		body: { ref: 'refs/heads/main', sender: { id: 1 } },
		expected: { event: 'push', userId: '1', messageId: 'd2' },
	},
	{
		title: 'an order at Shopify',
		sender: 'shopify',
		headers: {
			'x-shopify-topic': 'orders/paid',
			'x-shopify-event-id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
			'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
		},
		body: { id: 820982911946, customer: { id: 11531062 }, created_at: '2021-12-31T19:00:00-05:00' },
		expected: {
			event: 'orders/paid',
			userId: '11531062',
			messageId: '98880550-7158-44d4-b7cd-2c97c8a091b5:orders/paid',
			timestamp: '2022-01-01T00:00:00.000Z',
		},
	},
	{
		title: 'a customer at Shopify',
		sender: 'shopify',
		headers: { 'x-shopify-topic': 'customers/create', 'x-shopify-event-id': 'e1' },
		body: { id: 706405506, email: 'bob@example.com' },
		expected: { event: 'customers/create', userId: '706405506', messageId: 'e1:customers/create' },
	},
	{
		title: 'an invoice at Stripe',
		sender: 'stripe',
		body: {
			...{ id: 'evt_1', object: 'event', type: 'invoice.paid', created: 1735787045 },
			data: { object: { id: 'in_1', customer: 'cus_1', amount_paid: 4200 } },
		},
		expected: {
			...{
				event: 'invoice.paid',
				userId: 'cus_1',
				messageId: 'evt_1',
				timestamp: '2025-01-02T03:04:05.000Z',
			},
			properties: { id: 'in_1', customer: 'cus_1', amount_paid: 4200 },
		},
	},
	{
		title: 'a new customer at Stripe, who is the object itself',
		sender: 'stripe',
		body: { id: 'evt_2', object: 'event', type: 'customer.created', data: { object: { id: 'cus_1' } } },
		expected: { event: 'customer.created', userId: 'cus_1', messageId: 'evt_2' },
	},
	{
		title: 'a subscription at Stripe, whose name starts with "customer", too',
		sender: 'stripe',
		body: {
			...{ id: 'evt_3', object: 'event', type: 'customer.subscription.updated' },
			data: { object: { id: 'sub_1', customer: { id: 'cus_1', object: 'customer' } } },
		},
		expected: { event: 'customer.subscription.updated', userId: 'cus_1', messageId: 'evt_3' },
	},
	{
		title: 'a guest who pays at Stripe, with the ID of the shop',
		sender: 'stripe',
		body: {
			...{ id: 'evt_4', object: 'event', type: 'checkout.session.completed' },
			data: {
				object: {
					...{ id: 'cs_1', customer: null, client_reference_id: 'u1' },
					customer_details: { email: 'ada@example.com' },
				},
			},
		},
		expected: { event: 'checkout.session.completed', userId: 'u1', messageId: 'evt_4' },
	},
	...[
		{ customer_details: { email: 'ada@example.com' }, client_reference_id: null },
		{ customer_email: 'ada@example.com' },
		{ receipt_email: 'ada@example.com' },
		{ billing_details: { email: 'ada@example.com' }, receipt_email: null },
	].map((fields) => ({
		title: `a guest at Stripe with ${Object.keys(fields)[0]}`,
		sender: 'stripe',
		body: { id: 'evt_5', object: 'event', type: 'paid', data: { object: { customer: null, ...fields } } },
		expected: { event: 'paid', userId: 'ada@example.com', messageId: 'evt_5' },
	})),
	{
		title: 'an email of Customer.io',
		sender: 'customer-io',
		body: {
			...{
				event_id: '01E4C4CT6YDC7Y5M7FE1GWWPQJ',
				object_type: 'email',
				metric: 'opened',
				timestamp: 1735787045,
			},
			data: { customer_id: 'u1', identifiers: { id: 'u1', email: 'ada@example.com' }, subject: 'hello' },
		},
		expected: {
			event: 'email.opened',
			userId: 'u1',
			messageId: '01E4C4CT6YDC7Y5M7FE1GWWPQJ',
			timestamp: '2025-01-02T03:04:05.000Z',
		},
	},
	{
		title: 'an event through Outpost',
		sender: 'outpost',
		headers: {
			'x-outpost-topic': 'user.created',
			'x-outpost-event-id': 'evt_1',
			'x-outpost-timestamp': '2025-01-02T03:04:05Z',
		},
		body: { user_id: 'u1', plan: 'pro' },
		expected: {
			event: 'user.created',
			userId: 'u1',
			messageId: 'evt_1',
			timestamp: '2025-01-02T03:04:05.000Z',
		},
	},
	{
		title: 'a user at Clerk',
		sender: 'clerk',
		headers: { 'svix-id': 'msg_1' },
		body: {
			type: 'user.created',
			object: 'event',
			timestamp: 1735787045678,
			data: { id: 'user_1', created_by: 'x' },
		},
		expected: {
			...{
				event: 'user.created',
				userId: 'user_1',
				messageId: 'msg_1',
				timestamp: '2025-01-02T03:04:05.678Z',
			},
			properties: { id: 'user_1', created_by: 'x' },
		},
	},
	{
		title: 'a session at Clerk, whose ID is not that of the user',
		sender: 'clerk',
		headers: { 'svix-id': 'msg_2' },
		body: { type: 'session.created', object: 'event', data: { id: 'sess_1', user_id: 'user_1' } },
		expected: { event: 'session.created', userId: 'user_1', messageId: 'msg_2' },
	},
	{
		title: 'a contact at HubSpot',
		sender: 'hubspot',
		body: [
			{
				...{ eventId: 1, subscriptionId: 12345, portalId: 62515, occurredAt: 1462216307945 },
				...{ subscriptionType: 'contact.creation', objectId: 123 },
			},
		],
		expected: {
			...{ event: 'contact.creation', userId: '123', messageId: '1:12345:123:1462216307945' },
			timestamp: '2016-05-02T19:11:47.945Z',
		},
	},
	{
		title: 'a delivery by SendGrid',
		sender: 'sendgrid',
		headers: { 'x-twilio-email-event-webhook-signature': 'signed' },
		body: [
			{
				email: 'ada@example.com',
				timestamp: 1735787045,
				event: 'delivered',
				sg_event_id: 'sg1',
				userId: 'u1',
			},
		],
		expected: { event: 'delivered', userId: 'u1', messageId: 'sg1', timestamp: '2025-01-02T03:04:05.000Z' },
	},
	{
		title: 'a subscriber at Mailchimp',
		sender: 'mailchimp',
		body: {
			type: 'subscribe',
			fired_at: '2009-03-26 21:35:57',
			data: { id: '8a25ff1d98', email: 'api@mailchimp.com' },
		},
		expected: { event: 'subscribe', userId: 'api@mailchimp.com', timestamp: '2009-03-26T21:35:57.000Z' },
	},
	{
		title: 'a new address at Mailchimp',
		sender: 'mailchimp',
		body: {
			type: 'upemail',
			data: { new_id: '51da8c3259', new_email: 'new@example.com', old_email: 'old@example.com' },
		},
		expected: { event: 'upemail', userId: 'new@example.com' },
	},
	{
		title: 'a subscriber at Mailchimp with an ID alone',
		sender: 'mailchimp',
		body: { type: 'unsubscribe', data: { id: '8a25ff1d98' } },
		expected: { event: 'unsubscribe', userId: '8a25ff1d98' },
	},
	{
		title: 'an order at WooCommerce',
		sender: 'woocommerce',
		headers: { 'x-wc-webhook-topic': 'order.updated', 'x-wc-webhook-delivery-id': 'dl1' },
		body: {
			id: 727,
			customer_id: 0,
			date_modified_gmt: '2017-03-22T19:28:08',
			billing: { email: 'john@example.com' },
		},
		expected: {
			...{
				event: 'order.updated',
				userId: 'john@example.com',
				messageId: 'dl1',
				timestamp: '2017-03-22T19:28:08.000Z',
			},
		},
	},
	{
		title: 'an open email in Braze Currents',
		sender: 'braze',
		body: {
			events: [
				{
					...{ event_type: 'users.messages.email.Open', id: 'b1', time: 1735787045 },
					user: { user_id: 'internal', external_user_id: 'u1' },
					properties: { campaign_id: 'c1' },
				},
			],
		},
		expected: {
			...{
				event: 'users.messages.email.Open',
				userId: 'u1',
				messageId: 'b1',
				timestamp: '2025-01-02T03:04:05.000Z',
			},
			properties: { campaign_id: 'c1' },
		},
	},
	{
		title: 'an invitee at Calendly',
		sender: 'calendly',
		body: {
			event: 'invitee.created',
			created_at: '2020-11-23T17:51:19.000000Z',
			payload: { email: 'test@example.com' },
		},
		expected: { event: 'invitee.created', userId: 'test@example.com', timestamp: '2020-11-23T17:51:19.000Z' },
	},
	{
		title: 'answers at Typeform',
		sender: 'typeform',
		body: {
			...{ event_id: 'LtWXD3crgy', event_type: 'form_response' },
			form_response: {
				token: 't1',
				submitted_at: '2018-01-18T18:17:02Z',
				hidden: { user_id: 'abc123456' },
				answers: [],
			},
		},
		expected: {
			event: 'form_response',
			userId: 'abc123456',
			messageId: 'LtWXD3crgy',
			timestamp: '2018-01-18T18:17:02.000Z',
		},
	},
	{
		title: 'a contact at Intercom',
		sender: 'intercom',
		body: {
			...{ type: 'notification_event', id: 'notif_1', topic: 'contact.user.created', created_at: 1735787045 },
			data: { item: { type: 'contact', id: 'i1', external_id: 'u1' } },
		},
		expected: {
			...{
				event: 'contact.user.created',
				userId: 'u1',
				messageId: 'notif_1',
				timestamp: '2025-01-02T03:04:05.000Z',
			},
		},
	},
	{
		title: 'a conversation at Intercom',
		sender: 'intercom',
		body: {
			...{ type: 'notification_event', id: 'notif_2', topic: 'conversation.user.created' },
			data: {
				item: { type: 'conversation', id: 'c1', contacts: { contacts: [{ id: 'i1', external_id: 'u1' }] } },
			},
		},
		expected: { event: 'conversation.user.created', userId: 'u1', messageId: 'notif_2' },
	},
	{
		title: 'a transaction at Paddle',
		sender: 'paddle',
		body: {
			...{ event_id: 'evt_1', event_type: 'transaction.completed', occurred_at: '2025-01-02T03:04:05Z' },
			...{ notification_id: 'ntf_1', data: { id: 'txn_1', customer_id: 'ctm_1' } },
		},
		expected: {
			...{
				event: 'transaction.completed',
				userId: 'ctm_1',
				messageId: 'evt_1',
				timestamp: '2025-01-02T03:04:05.000Z',
			},
		},
	},
	{
		title: 'a message in Slack',
		sender: 'slack',
		body: {
			...{ type: 'event_callback', token: 'legacy', event_id: 'Ev1', event_time: 1735787045 },
			event: { type: 'reaction_added', user: 'U1', reaction: 'tada' },
		},
		expected: {
			event: 'reaction_added',
			userId: 'U1',
			messageId: 'Ev1',
			timestamp: '2025-01-02T03:04:05.000Z',
		},
	},
	{
		title: 'an edited message in Slack',
		sender: 'slack',
		body: {
			...{ type: 'event_callback', event_id: 'Ev2' },
			event: {
				type: 'message',
				subtype: 'message_changed',
				message: { type: 'message', user: 'U1', text: 'Hi' },
			},
		},
		expected: { event: 'message', userId: 'U1', messageId: 'Ev2' },
	},
	...['ringing', 'completed'].flatMap((CallStatus) =>
		[
			{ Direction: 'inbound', To: '+15558675310', From: '+15017122661' },
			{ Direction: 'outbound-api', To: '+15017122661', From: '+15558675310' },
			{ Direction: 'outbound-dial', Called: '+15017122661', Caller: '+15558675310' },
			{ Direction: 'inbound', Called: '+15558675310', Caller: '+15017122661' },
		].map((call, index) => ({
			title: `a call that is ${CallStatus} at Twilio, ${index}: ${call.Direction}`,
			sender: 'twilio',
			body: { CallSid: 'CA1', CallStatus, ...call },
			expected: { event: CallStatus, userId: '+15017122661' },
		})),
	),
	{
		title: 'a message that Twilio delivered',
		sender: 'twilio',
		headers: { 'i-twilio-idempotency-token': 'i1' },
		body: { MessageSid: 'SM1', MessageStatus: 'delivered', To: '+15558675310', From: '+15017122661' },
		expected: { event: 'delivered', userId: '+15558675310', messageId: 'i1' },
	},
	{
		title: 'a message that Twilio received',
		sender: 'twilio',
		headers: { 'i-twilio-idempotency-token': 'i2' },
		body: { MessageSid: 'SM2', SmsStatus: 'received', To: '+15558675310', From: '+15017122661' },
		expected: { event: 'received', userId: '+15017122661', messageId: 'i2' },
	},
];

test.each(samples)('reads $title', ({ sender, headers = {}, body, expected }) => {
	const request = { headers, body };
	for (const options of [{ format: sender }, { sender }]) {
		expect(event(request, options)).toMatchObject({ type: 'track', ...expected, _meta: { format: sender } });
	}
});

test('every sender has a sample, a file with its source, and a header that no other one has', () => {
	expect([...new Set(samples.map(({ sender }) => sender))].sort()).toEqual(
		senderPresets.map(({ name }) => name).sort(),
	);
	const folder = join(__dirname, '../../../nodes/shared/formats/presets');
	for (const { name } of senderPresets) {
		const file = join(folder, `${name}.ts`);
		expect(existsSync(file) && readFileSync(file, 'utf8')).toMatch(/https:\/\//);
	}
	expect(readdirSync(folder)).toHaveLength(senderPresets.length + 2);
	const headers = senderPresets.flatMap(({ header }) => (header === undefined ? [] : [header]));
	expect(new Set(headers).size).toBe(headers.length);
});

describe('the message ID', () => {
	const creation = { eventId: 100, subscriptionType: 'contact.creation', objectId: 1 };
	const idsOf = (body: object, options = {}) =>
		convertAll({ body }, { format: 'hubspot', ...options }).events.map(({ messageId }) => messageId);

	test('tells events of HubSpot apart that share an ID', () => {
		const others = [
			{ ...creation, objectId: 2 },
			{ ...creation, subscriptionType: 'contact.deletion' },
			{ ...creation, occurredAt: 1462216307945 },
			{ ...creation, objectId: undefined, fromObjectId: 3 },
		];
		expect(new Set(idsOf([creation, ...others])).size).toBe(5);
		expect(
			idsOf([
				{ ...creation, attemptNumber: 0 },
				{ ...creation, attemptNumber: 1 },
			]),
		).toEqual(['100:contact.creation:1']);
	});

	test('keeps the digits of large numbers in all its parts', () => {
		const large = (end: string) =>
			`[{"eventId":100,"subscriptionId":7,"objectId":9007199254740${end}},{"eventId":9007199254740${end},"objectId":1}]`;
		const request = {
			body: JSON.parse(large('993')) as object,
			exactBody: JSON.parse(large('993').replace(/9007199254740993/g, '"$&"')) as object,
		};
		expect(convertAll(request, { format: 'hubspot' }).events.map(({ messageId }) => messageId)).toEqual([
			'100:7:9007199254740993',
			'9007199254740993:1',
		]);
	});

	test("is the one at the user's path, and is none without the sender's", () => {
		expect(idsOf([{ ...creation, id: 'own' }], { paths: { messageId: 'id' } })).toEqual(['own']);
		expect(idsOf([{ ...creation, eventId: undefined }])).toEqual(['new-id']);
		expect(idsOf([{ ...creation, eventId: {} }])).toEqual(['new-id']);
	});

	test("is that of Shopify's event and its topic", () => {
		const idOf = (headers: Record<string, string>, options = {}) =>
			event({ headers, body: { email: 'a@example.com' } }, { format: 'shopify', ...options }).messageId;
		const created = { 'x-shopify-topic': 'orders/create', 'x-shopify-event-id': 'e1' };

		expect(idOf(created)).toBe('e1:orders/create');
		expect(idOf({ ...created, 'x-shopify-topic': 'orders/paid' })).toBe('e1:orders/paid');
		expect(idOf({ 'x-shopify-event-id': 'e1' })).toBe('e1');
		expect(idOf({ 'x-shopify-topic': 'orders/create' })).toBe('new-id');
		expect(idOf(created, { paths: { messageId: 'header:x-shopify-event-id' } })).toBe('e1');
		expect(idOf({ ...created, 'x-id': 'own' }, { paths: { messageId: 'header:x-id' } })).toBe('own');
	});
});

describe('nobody', () => {
	const topic = { 'x-wc-webhook-topic': 'order.created' };

	test.each([0, '0'])('is the customer %j of WooCommerce', (customer_id) => {
		const guest = { headers: topic, body: { id: 1, customer_id } };
		expect(reject(guest).code).toBe('no_user_anon_id');
		expect(reject(guest, { paths: { userId: 'customer_id' } }).code).toBe('no_user_anon_id');
		const paths = { userId: 'customer_id, billing.phone' };
		expect(event({ ...guest, body: { ...guest.body, billing: { phone: '555' } } }, { paths }).userId).toBe(
			'555',
		);
		expect(event({ headers: topic, body: { customer_id: 10 } }).userId).toBe('10');
	});

	test('is the campaign of Mailchimp', () => {
		const body = { type: 'campaign', data: { id: '5aa2102003', subject: 'Hello', status: 'sent' } };
		expect(reject({ body }, { format: 'mailchimp' }).code).toBe('no_user_anon_id');
	});
});

describe('a known sender', () => {
	const headers = { 'x-github-event': 'star', 'x-github-delivery': 'd1' };
	const body = { action: 'created', sender: { id: 1, login: 'ada' }, kind: 'mine' };

	test('is recognized by its header', () => {
		expect(read({ headers, body })).toMatchObject({
			format: 'github',
			detectedBy: 'the request has the header "x-github-event"',
		});
	});

	test('has settings that the user can replace, one by one', () => {
		const paths = { userId: 'sender.login', event: ' ' };
		expect(event({ headers, body }, { sender: 'github', paths })).toMatchObject({
			event: 'star.created',
			userId: 'ada',
		});
		expect(event({ headers, body }, { sender: 'github', paths: { event: 'kind' } })).toMatchObject({
			event: 'mine',
			userId: '1',
		});
	});

	test('can be read in another format', () => {
		expect(
			event({ headers, body }, { sender: 'github', format: 'generic', paths: { userId: 'sender.id' } }),
		).toMatchObject({
			event: 'webhook_received',
			_meta: { format: 'generic' },
		});
	});

	test('that carries events of others, such as Outpost, leaves them in their format', () => {
		const track = { type: 'track', event: 'e', userId: 'u1' };
		expect(read({ headers: { 'x-outpost-topic': 't' }, body: track }, { sender: 'outpost' }).format).toBe(
			'segment',
		);
		expect(read({ headers: {}, body: track }, { sender: 'github' }).format).toBe('segment');
	});

	test('is not mistaken for another by fields of its events', () => {
		const sendgrid = [{ email: 'a@example.com', event: 'open', userId: 'u1', sg_event_id: 's1' }];
		const signed = { 'x-twilio-email-event-webhook-signature': 'xyz' };
		expect(read({ headers: signed, body: sendgrid }, { sender: 'sendgrid' }).format).toBe('sendgrid');
		const { events } = convertAll({ headers: signed, body: sendgrid }, { sender: 'sendgrid' });
		expect(events).toMatchObject([{ event: 'open', messageId: 's1', properties: sendgrid[0] }]);
	});
});
