export interface Sample {
	title: string;
	sender: string;
	headers?: Record<string, string>;
	body: unknown;
	/** What the event is about. Without a time, it is that of receipt. */
	expected: { event: string; userId: string; messageId?: string; timestamp?: string; properties?: object };
}

/** Payloads as the senders document them, cut to what matters. */
export const samples: Sample[] = [
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
	{
		title: 'an event of a service without a format of its own, through the Hookdeck Event Gateway',
		sender: 'hookdeck',
		headers: { 'x-hookdeck-signature': 'signed', 'x-hookdeck-eventid': 'evt_1' },
		body: { event: 'invoice.paid', user_id: 'u1', total: 42 },
		expected: { event: 'invoice.paid', userId: 'u1', messageId: 'evt_1' },
	},
	{
		title: 'a form on a site of Webflow',
		sender: 'webflow',
		body: {
			triggerType: 'form_submission',
			payload: {
				...{ name: 'Contact Us', siteId: '65427cf400e02b306eaa049c', id: '6321ca84df3949bfc6752327' },
				...{ data: { 'First Name': 'Zaphod', email: 'zaphod@example.com' } },
				submittedAt: '2022-09-14T12:35:16.117Z',
			},
		},
		expected: {
			...{
				event: 'form_submission',
				userId: 'zaphod@example.com',
				messageId: '6321ca84df3949bfc6752327:form_submission:2022-09-14T12:35:16.117Z',
			},
			timestamp: '2022-09-14T12:35:16.117Z',
		},
	},
];
