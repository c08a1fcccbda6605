import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { senderPresets } from '../../../nodes/shared/formats';
import { convertAll, event, read, reject } from './helpers';
import { samples } from './samples';

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

	test('that keeps the headers of others, such as Hookdeck, lets them show the sender', () => {
		const hookdeck = { 'x-hookdeck-eventid': 'evt_1', 'x-hookdeck-signature': 'signed' };
		const stripe = { ...hookdeck, 'stripe-signature': 't=1,v1=2' };
		const paid = { id: 'evt_2', type: 'invoice.paid', data: { object: { customer: 'cus_1' } } };

		expect(event({ headers: stripe, body: paid }, { sender: 'hookdeck' })).toMatchObject({
			...{ event: 'invoice.paid', userId: 'cus_1', messageId: 'evt_2' },
			_meta: { format: 'stripe' },
		});
		const batch = { batch: [{ type: 'track', event: 'e', userId: 'u1' }] };
		expect(event({ headers: hookdeck, body: batch }, { sender: 'hookdeck' })).toMatchObject({
			...{ messageId: 'evt_1', _meta: { format: 'segment-batch', webhookId: 'evt_1' } },
		});
	});

	test('is not mistaken for another by fields of its events', () => {
		const sendgrid = [{ email: 'a@example.com', event: 'open', userId: 'u1', sg_event_id: 's1' }];
		const signed = { 'x-twilio-email-event-webhook-signature': 'xyz' };
		expect(read({ headers: signed, body: sendgrid }, { sender: 'sendgrid' }).format).toBe('sendgrid');
		const { events } = convertAll({ headers: signed, body: sendgrid }, { sender: 'sendgrid' });
		expect(events).toMatchObject([{ event: 'open', messageId: 's1', properties: sendgrid[0] }]);
	});
});
