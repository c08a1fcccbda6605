import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { CustomerEvents } from '../../nodes/CustomerEvents/CustomerEvents.node';
import { runNode } from './harness/run-node';

async function convert(parameters: INodeParameters, ...items: IDataObject[]) {
	const { stored } = await runNode({
		node: 'customerEvents',
		parameters: { operation: 'convert', ...parameters },
		credentials: {},
		items,
	});
	const [events = [], rejected = []] = stored[0]?.data?.main ?? [];
	return {
		events: (events ?? []).map(({ json }) => json),
		rejected: (rejected ?? []).map(({ json }) => json),
	};
}

test('the paths accept fields that are dragged in, one after the other', () => {
	const paths = new CustomerEvents().description.properties.find(({ name }) => name === 'paths');
	const fields = paths?.options as Array<{ requiresDataPath?: string }>;
	expect(fields.length).toBeGreaterThan(5);
	expect(fields.every(({ requiresDataPath }) => requiresDataPath === 'multiple')).toBe(true);
});

test('reads paths of dragged fields, which start at the item', async () => {
	const item = {
		headers: { 'x-topic': 'orders' },
		body: {
			rows: [
				{ 'user id': 'u1', n: 'a' },
				{ 'user id': 'u2', n: 'b' },
			],
			sent: '2025-01-02T03:04:05Z',
		},
	};
	const paths = {
		events: 'body.rows',
		event: 'body.rows[0].n',
		timestamp: 'body.sent',
	};
	const userId = "body.rows[0].id, body.rows[0]['user id']";

	expect((await convert({ payloadField: 'body', userId, paths }, item)).events).toMatchObject([
		{ event: 'a', userId: 'u1', timestamp: '2025-01-02T03:04:05.000Z' },
		{ event: 'b', userId: 'u2', timestamp: '2025-01-02T03:04:05.000Z' },
	]);
});

test('reads rows of a table that starts with a byte order mark', async () => {
	const rows = [
		{ '\uFEFFuser_id': 'u1', total: '5' },
		{ '\uFEFFuser_id': 'u2', total: '6' },
	];
	const { events, rejected } = await convert({ userId: 'user_id' }, ...rows);

	expect(rejected).toEqual([]);
	expect(events).toMatchObject([{ userId: 'u1', properties: { total: '5' } }, { userId: 'u2' }]);
});

test('reads a CloudEvent from Kafka, in structured mode and in binary mode', async () => {
	const attributes = { specversion: '1.0', id: '1', source: '/shop', type: 'order.paid', subject: 'u1' };
	const structured = { topic: 'orders', message: { ...attributes, data: { total: 42 } } };
	const headers = Object.fromEntries(
		Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value]),
	);
	const binary = { topic: 'orders', headers, message: '{"total":42}' };
	const options = { headersField: 'headers' };

	for (const item of [structured, binary]) {
		expect((await convert({ payloadField: 'message', options }, item)).events).toMatchObject([
			{ event: 'order.paid', userId: 'u1', messageId: '1', properties: { total: 42 } },
		]);
	}
});

test('reads text that holds JSON, and keeps the digits of its IDs', async () => {
	const message = '{"type":"track","event":"e","userId":820982911946154508}';
	expect((await convert({ payloadField: 'message' }, { message })).events).toMatchObject([
		{ userId: '820982911946154508' },
	]);
});

test('reads the webhook of a sender that is chosen as the format', async () => {
	const item = {
		headers: { 'X-GitHub-Event': 'star', 'X-GitHub-Delivery': 'd1' },
		body: { action: 'created', sender: { id: 1 } },
	};
	const parameters = { payloadField: 'body', format: 'github', options: { headersField: 'headers' } };
	expect((await convert(parameters, item)).events).toMatchObject([
		{ event: 'star.created', userId: '1', messageId: 'd1' },
	]);
});
