import type { IDataObject } from 'n8n-workflow';
import { relationKit } from '../../../nodes/RelationKit/relation-kit.provider';
import { credentials } from '../../sandbox';
import { assignments, describeProvider, type RefusalCase, type RequestCase } from '../harness/provider-suite';

/** Requests from help.relationkit.io/articles/89-how-to-send-a-custom-event. */
const authorized = {
	authorization: `Bearer ${credentials.relationkit.apiToken}`,
	'content-type': 'application/json; charset=utf-8',
};

const requests: RequestCase[] = [
	{
		title: 'the guide’s own request',
		operation: 'event:send',
		fields: { userId: 'your-unique-user-id-here', eventName: 'visted-endpoint' },
		event: { type: 'track', event: 'Visted Endpoint', userId: 'your-unique-user-id-here' },
		request: {
			method: 'POST',
			path: '/api/v1/events',
			headers: authorized,
			body: { event: { user_id: 'your-unique-user-id-here', name: 'visted-endpoint', metadata: {} } },
		},
	},
	{
		title: 'links, dates and lists',
		operation: 'event:send',
		fields: {
			userId: 'u7',
			eventName: 'Invoice Paid',
			metadataInput: 'json',
			metadataJson: JSON.stringify({
				paid_at: '2026-01-02T03:04:05Z',
				features_list: ['a', 'b'],
				invoice_url: { title: 'Invoice', url: 'https://example.com/1' },
			}),
		},
		event: {
			type: 'track',
			event: 'Invoice Paid',
			userId: 'u7',
			properties: {
				paid_at: '2026-01-02T03:04:05Z',
				features_list: ['a', 'b'],
				invoice_url: { title: 'Invoice', url: 'https://example.com/1' },
			},
		},
		request: {
			method: 'POST',
			path: '/api/v1/events',
			body: {
				event: {
					user_id: 'u7',
					name: 'invoice-paid',
					metadata: {
						paid_at: 1767323045,
						features_list: ['a', 'b'],
						invoice_url: { title: 'Invoice', url: 'https://example.com/1' },
					},
				},
			},
		},
	},
	{
		title: 'the guide’s own request',
		operation: 'customer:identify',
		fields: {
			userId: 'your-app-unique-user-id-here',
			customerName: 'USER NAME',
			email: 'email@example.com',
		},
		event: {
			type: 'identify',
			userId: 'your-app-unique-user-id-here',
			traits: { name: 'USER NAME', email: 'email@example.com' },
		},
		request: {
			method: 'POST',
			path: '/api/v1/ping',
			headers: authorized,
			body: {
				customer: {
					user_id: 'your-app-unique-user-id-here',
					name: 'USER NAME',
					email: 'email@example.com',
					custom_attributes: {},
				},
			},
		},
	},
	{
		title: 'custom attributes',
		operation: 'customer:identify',
		fields: { userId: 'u1', customAttributes: assignments({ plan: 'pro', signed_up_at: 1717200000 }) },
		event: { type: 'identify', userId: 'u1', traits: { plan: 'pro', signed_up_at: 1717200000 } },
		request: {
			method: 'POST',
			path: '/api/v1/ping',
			body: { customer: { user_id: 'u1', custom_attributes: { plan: 'pro', signed_up_at: 1717200000 } } },
		},
	},
];

const refusals: RefusalCase[] = [
	{
		title: 'an anonymous event',
		operation: 'event:send',
		event: { type: 'track', event: 'e', anonymousId: 'a' },
		message: /Fill in the user ID/,
	},
	{
		title: 'an empty name from an expression',
		operation: 'event:send',
		fields: { userId: 'u', eventName: '={{ $json.missing }}' },
		message: /needs a name/,
	},
	{
		title: 'metadata that is not an object',
		operation: 'event:send',
		fields: { userId: 'u', eventName: 'e', metadataInput: 'json', metadataJson: '{"broken": ' },
		code: 'unreadable_item',
		message: /'Metadata' is not valid JSON: the text ends too early, after the key "broken"/,
	},
	{
		title: 'an anonymous user',
		operation: 'customer:identify',
		event: { type: 'identify', anonymousId: 'a', traits: { plan: 'pro' } },
		message: /Fill in the user ID/,
	},
];

const { run, sandbox } = describeProvider(
	{
		provider: relationKit,
		node: 'relationKit',
		sandboxName: 'relationkit',
		credential: { ...credentials.relationkit },
	},
	requests,
	refusals,
);

const send = { resource: 'event', operation: 'send' };
const track = (more: IDataObject = {}) => ({ type: 'track', event: 'e', userId: 'u', ...more });
const bodies = () =>
	sandbox()
		.requests()
		.map(({ body }) => body);

test('evaluates expressions for each item', async () => {
	const fields = { mappingMode: 'defineBelow', userId: '={{ $json.id }}', eventName: '={{ $json.what }}' };
	const metadata = { metadataInput: 'json', metadataJson: '={{ { "paid_at": $json.when } }}' };
	const when = '2026-01-02T03:04:05Z';
	await run({ ...send, ...fields, ...metadata }, [
		{ id: 7, what: 'Paid', when },
		{ id: 'u8', what: 'Signed Up' },
	]);

	expect(bodies()).toEqual([
		{ event: { user_id: '7', name: 'paid', metadata: { paid_at: 1767323045 } } },
		{ event: { user_id: 'u8', name: 'signed-up', metadata: {} } },
	]);
});

test('sends an event from a workflow that is larger than a webhook accepts', async () => {
	const text = 'x'.repeat(100_000);
	await run(send, [track({ properties: { text } })]);

	expect(bodies()).toMatchObject([{ event: { metadata: { text } } }]);
});

test('creates a customer once, before the first of its events', async () => {
	const items = ['a', 'b', 'a'].map((userId) => track({ userId }));
	await run({ ...send, options: { ensureCustomerExists: true } }, items);

	const went = (bodies() as Array<Record<string, IDataObject>>).flatMap((body) =>
		Object.entries(body).map(([kind, record]) => `${kind} ${String(record.user_id)}`),
	);
	const about = (user: string) => went.filter((each) => each.endsWith(` ${user}`));
	expect(about('a')).toEqual(['customer a', 'event a', 'event a']);
	expect(about('b')).toEqual(['customer b', 'event b']);
});

test('Identify skips other types of events and says so', async () => {
	const { output } = await run({ resource: 'customer', operation: 'identify' }, [track()]);

	expect(output[0]?.json).toMatchObject({
		status: 'skipped',
		reason: {
			code: 'event_type',
			message: 'Identify accepts only identify events, and this is a track event',
		},
	});
	expect(bodies()).toEqual([]);
});
