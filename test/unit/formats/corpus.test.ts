import { decodeBody, readRequest } from '../../../nodes/shared/formats';

/** A body of each format without any label: no header, no path. */
const fixtures: Record<string, readonly object[]> = {
	segment: [
		{ type: 'track', event: 'Order Completed', userId: 'u1', properties: { total: 42 } },
		{ type: 'identify', anonymousId: 'a1', traits: { plan: 'pro' } },
		{ type: 'page', name: 'Home', anonymousId: 'a1' },
		{ type: 'group', userId: 'u1', groupId: 'g1', traits: {} },
		{ type: 'alias', userId: 'u1', previousId: 'a1' },
		{ event: 'Signed Up', userId: 7, rudderId: 'r1' },
		{ type: 'track', event: 'no user' },
	],
	posthog: [
		{ event: '$pageview', distinct_id: 'u1', properties: { $current_url: 'https://example.com' } },
		{ event: 'x', properties: { distinct_id: 'u1', token: 'phc_1' }, offset: 5 },
		{ event: { event: 'x', distinct_id: 'u1', properties: {} }, person: { properties: {} } },
	],
	cloudevents: [
		{ specversion: '1.0', id: '1', source: '/shop', type: 'order.paid', subject: 'u1', data: {} },
		{ specversion: '1.0', id: '2', source: 'urn:x', type: 'track', data: { event: 'x', userId: 'u1' } },
	],
	suprsend: [
		{ event_type: 'status', distinct_id: 'u1', suprsend_status: { status: 'delivered' } },
		{ event_type: 'inbound_message', distinct_id: 'u1' },
	],
	rehook: [
		{ event: 'customer.rewarded', data: { customer: { source_id: 'u1' } } },
		{ type: 'signup', source_id: 'u1' },
	],
	amplitude: [{ api_key: 'k', events: [{ event_type: 'Signed Up', user_id: 'u1', time: 1 }] }],
	generic: [
		{ id: 'evt_1', object: 'event', type: 'invoice.paid', data: { object: { customer: 'cus_1' } } },
		{ action: 'created', sender: { id: 1 }, repository: { id: 2 } },
		{ id: 820982911946, customer: { id: 11531062 }, line_items: [{ id: 1 }] },
		{ event_id: 'e1', object_type: 'email', metric: 'opened', data: { customer_id: 'u1' } },
		{ eventId: 1, subscriptionType: 'contact.creation', objectId: 123, occurredAt: 1462216307945 },
		{ email: 'ada@example.com', event: 'open', sg_event_id: 's1', timestamp: 1 },
		{ event: 'invitee.created', payload: { email: 'test@example.com' } },
		{ event_id: 'e', event_type: 'form_response', form_response: { answers: [] } },
		{ type: 'notification_event', topic: 'contact.created', data: { item: {} } },
		{ event_id: 'e', event_type: 'transaction.completed', data: {} },
		{ type: 'event_callback', event: { type: 'message', user: 'U1' } },
		{ type: 'subscribe', data: { email: 'a@example.com' } },
		{ Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put' }] },
		{ client_id: '1.2', user_id: 'u1', events: [{ name: 'purchase', params: {} }] },
		{ events: [{ event_type: 'users.messages.email.Open', user: { user_id: 'u1' } }] },
		{ message: { text: 'hi' }, update_id: 1 },
		{ object: 'page', entry: [{ id: '1', messaging: [] }] },
		{ api_key: 'k', distinct_id: 'u1' },
		{ batch: 'april', userId: 'u1' },
		{ user_id: 'u1', total: '5' },
	],
};

const family = (format: string) =>
	({ array: 'segment', 'cloudevents-structured': 'cloudevents', 'cloudevents-batch': 'cloudevents' })[
		format
	] ?? format;

function formatOf(text: string): string {
	const decoded = decodeBody(Buffer.from(text), { contentType: undefined });
	if (decoded === undefined) throw new Error('This is not JSON');
	return family(readRequest({ ...decoded, headers: {}, subPath: '' }).format);
}

const cases = Object.entries(fixtures).flatMap(([format, bodies]) =>
	bodies.map((body) => [format, body] as const),
);

describe.each(cases)('%s: %j', (format, body) => {
	const json = JSON.stringify(body);
	test.each([
		['alone', json],
		['behind a byte order mark', `\uFEFF${json}`],
		['in text', JSON.stringify(json)],
	])('is recognized %s', (_, text) => {
		expect(formatOf(text)).toBe(format);
	});

	test.each([
		['in a list', `[${json}]`],
		['in a list behind a byte order mark', `\uFEFF[${json},${json}]`],
		['after what is no event', `[5,{},${json}]`],
		['in lines of JSON', `${json}\n${json}\n`],
	])('is recognized %s', (_, text) => {
		expect(formatOf(text)).toBe(format);
	});
});
