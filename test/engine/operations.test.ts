import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { insertId } from '../../nodes/SuprSend/insert-id';
import { startSandbox, type Sandbox } from '../sandbox';
import { credentials } from '../sandbox/credentials';
import { runNode } from './harness/run-node';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

async function run(node: 'relationKit' | 'suprSend', parameters: INodeParameters, item: IDataObject = {}) {
	const provider = node === 'relationKit' ? 'relationkit' : 'suprsend';
	const secrets =
		node === 'relationKit'
			? credentials.relationkit
			: { authentication: 'workspace', ...credentials.suprsend };
	const result = await runNode({
		node,
		parameters,
		credentials: { [`${node}Api`]: { ...secrets, baseUrl: sandbox.baseUrl(provider) } },
		items: [item],
		onError: 'continueRegularOutput',
	});
	return { ...result, json: result.output[0]?.json, request: sandbox.requests(provider)[0] };
}

const assignments = (values: Record<string, string>): INodeParameters => ({
	assignments: Object.entries(values).map(([name, value]) => ({ id: name, name, value, type: 'string' })),
});

describe('RelationKit, Event: Send', () => {
	// help.relationkit.io/articles/89-how-to-send-a-custom-event
	const guideBody = { event: { user_id: 'your-unique-user-id-here', name: 'visted-endpoint', metadata: {} } };

	test('the guide’s own request, from fields', async () => {
		const { request } = await run('relationKit', {
			resource: 'event',
			operation: 'send',
			mappingMode: 'defineBelow',
			userId: 'your-unique-user-id-here',
			eventName: 'visted-endpoint',
		});

		expect(request).toMatchObject({
			method: 'POST',
			path: expect.stringMatching(/\/api\/v1\/events$/),
			status: 200,
			body: guideBody,
		});
		expect(request?.headers).toMatchObject({
			authorization: `Bearer ${credentials.relationkit.apiToken}`,
			'content-type': expect.stringMatching(/^application\/json/),
		});
	});

	test('the same request from a canonical event', async () => {
		const item = { type: 'track', event: 'Visted Endpoint', userId: 'your-unique-user-id-here' };
		const { request } = await run('relationKit', { resource: 'event', operation: 'send' }, item);

		expect(request?.body).toEqual(guideBody);
	});

	test('expressions are worked out for each item, metadata comes as JSON too', async () => {
		const { request } = await run(
			'relationKit',
			{
				resource: 'event',
				operation: 'send',
				mappingMode: 'defineBelow',
				userId: '={{ $json.id }}',
				eventName: '={{ $json.what }}',
				metadataInput: 'json',
				metadataJson: '={{ { "paid_at": $json.when, "features_list": ["a"] } }}',
			},
			{ id: 'u7', what: 'Invoice Paid', when: '2026-01-02T03:04:05Z' },
		);

		expect(request?.body).toEqual({
			event: { user_id: 'u7', name: 'invoice-paid', metadata: { paid_at: 1767323045, features_list: ['a'] } },
		});
	});

	test('a name that an expression leaves empty is refused, not sent as "undefined"', async () => {
		const { json } = await run(
			'relationKit',
			{
				resource: 'event',
				operation: 'send',
				mappingMode: 'defineBelow',
				userId: 'u',
				eventName: '={{ $json.missing }}',
			},
			{},
		);

		expect(json).toMatchObject({ status: 'failed', reason: { code: 'invalid_record' } });
		expect(sandbox.requests()).toEqual([]);
	});

	test('an ID that is a number becomes text', async () => {
		const { request } = await run(
			'relationKit',
			{
				resource: 'event',
				operation: 'send',
				mappingMode: 'defineBelow',
				userId: '={{ $json.id }}',
				eventName: 'e',
			},
			{ id: 42 },
		);

		expect(request?.body).toEqual({ event: { user_id: '42', name: 'e', metadata: {} } });
	});

	test('metadata that is no object is refused here, with the field’s name', async () => {
		const { json } = await run('relationKit', {
			resource: 'event',
			operation: 'send',
			mappingMode: 'defineBelow',
			userId: 'u',
			eventName: 'e',
			metadataInput: 'json',
			metadataJson: '{"broken": ',
		});

		expect(json).toMatchObject({ status: 'failed', reason: { code: 'invalid_record' } });
		expect(String((json?.reason as IDataObject).message)).toMatch(/metadata: Metadata must be an object/);
		expect(sandbox.requests()).toEqual([]);
	});

	test('an event from inside a workflow may be larger than a webhook would take', async () => {
		const text = 'x'.repeat(100_000);
		const item = { type: 'track', event: 'e', userId: 'u', properties: { text } };
		const { request } = await run('relationKit', { resource: 'event', operation: 'send' }, item);

		expect(request?.body).toMatchObject({ event: { metadata: { text } } });
	});

	test('the customer is made sure of once, before the first of its events', async () => {
		const events = ['a', 'b', 'a'].map((userId) => ({ type: 'track', event: 'e', userId }));
		await runNode({
			node: 'relationKit',
			parameters: { resource: 'event', operation: 'send', options: { ensureCustomerExists: true } },
			credentials: {
				relationKitApi: { ...credentials.relationkit, baseUrl: sandbox.baseUrl('relationkit') },
			},
			items: events,
		});

		const went = sandbox.requests('relationkit').map(({ path, body }) => {
			const [[kind, record]] = Object.entries(body as IDataObject) as [[string, IDataObject]];
			return `${path.split('/').at(-1)} ${kind} ${String(record.user_id)}`;
		});
		const about = (user: string) => went.filter((each) => each.endsWith(` ${user}`));
		expect(about('a')).toEqual(['ping customer a', 'events event a', 'events event a']);
		expect(about('b')).toEqual(['ping customer b', 'events event b']);
	});

	test('an anonymous event is refused: RelationKit files events under a user ID', async () => {
		const item = { type: 'track', event: 'e', anonymousId: 'a' };
		const { json } = await run('relationKit', { resource: 'event', operation: 'send' }, item);

		expect(json).toMatchObject({ status: 'failed', reason: { code: 'invalid_record' } });
		expect(sandbox.requests()).toEqual([]);
	});
});

describe('RelationKit, Customer: Identify', () => {
	const customer = {
		user_id: 'u1',
		name: 'Ada Lovelace',
		email: 'ada@example.com',
		custom_attributes: { plan: 'pro' },
	};

	test('from fields', async () => {
		const { request } = await run('relationKit', {
			resource: 'customer',
			operation: 'identify',
			mappingMode: 'defineBelow',
			userId: 'u1',
			customerName: 'Ada Lovelace',
			email: 'ada@example.com',
			customAttributes: assignments({ plan: 'pro' }),
		});

		expect(request).toMatchObject({
			method: 'POST',
			path: expect.stringMatching(/\/api\/v1\/ping$/),
			status: 200,
			body: { customer },
		});
	});

	test('the same request from an identify event', async () => {
		const traits = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', plan: 'pro' };
		const { request } = await run(
			'relationKit',
			{ resource: 'customer', operation: 'identify' },
			{ type: 'identify', userId: 'u1', context: { traits } },
		);

		expect(request?.body).toEqual({
			customer: { ...customer, custom_attributes: { firstName: 'Ada', lastName: 'Lovelace', plan: 'pro' } },
		});
	});

	test('leaves events of other types to others, and says so', async () => {
		const item = { type: 'track', event: 'e', userId: 'u' };
		const { json } = await run('relationKit', { resource: 'customer', operation: 'identify' }, item);

		expect(json).toMatchObject({
			status: 'skipped',
			reason: { code: 'event_type', message: 'Identify takes identify events; this is a track event' },
		});
		expect(sandbox.requests()).toEqual([]);
	});
});

describe('SuprSend, Event: Send', () => {
	test('the guide’s own example, from fields', async () => {
		const properties = {
			first_name: 'User',
			spend_amount: '$10',
			nested_key_example: { nested_key1: 'some_value_1' },
		};
		const { request, json } = await run('suprSend', {
			resource: 'event',
			operation: 'send',
			mappingMode: 'defineBelow',
			distinctId: '0fxxx8f74-xxxx-41c5-8752-xxxcb6911fb08',
			eventName: 'product_purchased',
			propertiesInput: 'json',
			propertiesJson: JSON.stringify(properties),
			options: { idempotencyKey: 'uuid-1', tenantId: 'acme' },
		});

		expect(json).toMatchObject({ status: 'delivered', statusCode: 202 });
		expect(request).toMatchObject({ method: 'POST', path: expect.stringMatching(/\/event\/$/), status: 202 });
		expect(request?.body).toEqual({
			$insert_id: insertId(String(json?.messageId)),
			event: 'product_purchased',
			env: credentials.suprsend.workspaceKey,
			distinct_id: '0fxxx8f74-xxxx-41c5-8752-xxxcb6911fb08',
			properties,
			$idempotency_key: 'uuid-1',
			tenant_id: 'acme',
		});
	});

	test('the same event as a canonical one carries its time and its id', async () => {
		const item = {
			type: 'track',
			messageId: 'm1',
			event: 'product_purchased',
			anonymousId: 'anon-1',
			properties: { amount: 10 },
			timestamp: '2025-01-02T03:04:05.678Z',
		};
		const { request } = await run('suprSend', { resource: 'event', operation: 'send' }, item);

		expect(request?.body).toEqual({
			$insert_id: insertId('m1'),
			$time: 1735787045678,
			event: 'product_purchased',
			env: credentials.suprsend.workspaceKey,
			distinct_id: 'anon-1',
			properties: { amount: 10 },
			$idempotency_key: 'm1',
		});
	});

	test.each([
		['a reserved name', { event: 'ss_internal' }, /reserved by SuprSend/],
		['a name of one character', { event: 'x' }, /at least 2 characters/],
		[
			'a reserved property',
			{ properties: { $price: 1 } },
			/properties\.\$price: Property names starting with \$ or ss_/,
		],
		['a time before 2022', { timestamp: '2021-12-31T23:59:59Z' }, /before 2022/],
	])('%s is refused before sending', async (_, more, message) => {
		const item = { type: 'track', event: 'fine', userId: 'u', ...more };
		const { json } = await run('suprSend', { resource: 'event', operation: 'send' }, item);

		expect(json).toMatchObject({ status: 'failed', attempts: 0, reason: { code: 'invalid_record' } });
		expect(String((json?.reason as IDataObject).message)).toMatch(message);
		expect(sandbox.requests()).toEqual([]);
	});

	test('an event of more than 100 KiB is refused before sending', async () => {
		const parameters = {
			resource: 'event',
			operation: 'send',
			mappingMode: 'defineBelow',
			distinctId: 'u',
			eventName: 'big',
			propertiesInput: 'json',
			propertiesJson: JSON.stringify({ text: 'é'.repeat(60_000) }),
		};
		const { json } = await run('suprSend', parameters);

		expect(json).toMatchObject({ status: 'failed', reason: { code: 'record_too_large' } });
		expect(sandbox.requests()).toEqual([]);
	});
});
