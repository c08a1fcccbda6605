import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { embeddables } from '../../../nodes/Embeddables/embeddables.provider';
import { credentials } from '../../sandbox';
import {
	assignments,
	describeProvider,
	type LeftOutCase,
	type RefusalCase,
	type RequestCase,
} from '../harness/provider-suite';
import { searchList } from '../harness/search-list';

const { apiKey, projectId } = credentials.embeddables;
const headers = {
	'x-api-key': apiKey,
	'content-type': 'application/json; charset=utf-8',
};
const path = `/projects/${projectId}/events`;

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const guideEmbeddable: INodeParameters = { embeddableId: byId('flow_myexampleflow') };

/** The request of docs.embeddables.com/how-to/send-data-to-embeddables, without the space in its props. */
const guide = {
	embeddable_id: 'flow_myexampleflow',
	timestamp: '2022-01-01T00:00:00.000Z',
	custom_event_name: 'my_custom_event',
	custom_event_props: '{"my_prop":"my_val"}',
	identifiers: [{ key: 'email', value: '"test@test.com"' }],
};
const guideFields: INodeParameters = {
	identifierValue: 'test@test.com',
	customEventName: 'my_custom_event',
	timestamp: '2022-01-01T00:00:00.000Z',
	customEventProps: assignments({ my_prop: 'my_val' }),
};
const guideEvent: IDataObject = {
	type: 'track',
	event: 'my_custom_event',
	userId: 'user-1',
	traits: { email: 'test@test.com' },
	properties: { my_prop: 'my_val' },
	timestamp: '2022-01-01T00:00:00.000Z',
};

const requests: RequestCase[] = [
	{
		title: 'the guide’s own request',
		operation: 'event:send',
		settings: guideEmbeddable,
		fields: guideFields,
		event: guideEvent,
		request: { method: 'POST', path, headers, body: guide },
	},
	{
		title: 'a name that becomes snake_case, another key, and a value that is a number',
		operation: 'event:send',
		settings: {
			...guideEmbeddable,
			identifierKey: byName('customer_number'),
			identifierFrom: 'field',
			identifierField: 'context.customerNumber',
		},
		fields: {
			identifierValue: '={{ 42 }}',
			customEventName: 'Appointment Completed',
			timestamp: '2026-01-02T03:04:05+01:00',
		},
		event: {
			type: 'track',
			event: 'Appointment Completed',
			userId: 'user-1',
			context: { customerNumber: 42 },
			timestamp: '2026-01-02T03:04:05+01:00',
		},
		request: {
			method: 'POST',
			path,
			body: {
				embeddable_id: 'flow_myexampleflow',
				timestamp: '2026-01-02T02:04:05.000Z',
				custom_event_name: 'appointment_completed',
				custom_event_props: '{}',
				identifiers: [{ key: 'customer_number', value: '42' }],
			},
		},
	},
	{
		title: 'a purchase with metrics and dimensions',
		operation: 'event:send',
		settings: guideEmbeddable,
		fields: {
			...guideFields,
			customEventName: 'purchase',
			additionalFields: {
				payloadMetrics: { metric: [{ name: 'revenue', value: 49.9 }] },
				payloadDimensions: { dimension: [{ name: 'currency', value: 'USD' }] },
			},
		},
		event: {
			...guideEvent,
			event: 'Purchase',
			properties: {
				my_prop: 'my_val',
				payload_metrics: { revenue: 49.9 },
				payload_dimensions: { currency: 'USD' },
			},
		},
		request: {
			method: 'POST',
			path,
			body: {
				...guide,
				custom_event_name: 'purchase',
				custom_event_props:
					'{"payload_metrics":{"revenue":49.9},"payload_dimensions":{"currency":"USD"},"my_prop":"my_val"}',
			},
		},
	},
	{
		title: 'an identifier that is already a JSON string, which the guide warns about',
		operation: 'event:send',
		settings: guideEmbeddable,
		fields: { ...guideFields, identifierValue: '"test@test.com"' },
		event: { ...guideEvent, traits: { email: '"test@test.com"' } },
		request: { method: 'POST', path, body: guide },
	},
	{
		title: 'traits as an event with the default name',
		operation: 'user:identify',
		settings: guideEmbeddable,
		fields: {
			identifierValue: 'test@test.com',
			timestamp: '2022-01-01T00:00:00.000Z',
			customEventPropsInput: 'json',
			customEventPropsJson: '{"email":"test@test.com","plan":"pro"}',
		},
		event: {
			type: 'identify',
			userId: 'user-1',
			traits: { email: 'test@test.com', plan: 'pro' },
			timestamp: '2022-01-01T00:00:00.000Z',
		},
		request: {
			method: 'POST',
			path,
			headers,
			body: {
				...guide,
				custom_event_name: 'user_identified',
				custom_event_props: '{"email":"test@test.com","plan":"pro"}',
			},
		},
	},
	{
		title: 'the newest entries of a period',
		operation: 'entry:getMany',
		fields: {
			limit: 2,
			filters: { updatedAfter: '2022-01-01T00:00:00Z' },
			sort: { sortBy: 'created_at', direction: 'DESC' },
		},
		request: {
			method: 'GET',
			path: `/projects/${projectId}/entries`,
			query: '?limit=2&sort=created_at&direction=DESC&updated_after=2022-01-01T00%3A00%3A00.000Z',
			headers: { 'x-api-key': apiKey },
		},
		responses: [
			expect.objectContaining({ entry_data: expect.objectContaining({ email: 'grace@example.test' }) }),
			expect.objectContaining({ entry_data: expect.objectContaining({ email: 'ada@example.test' }) }),
		],
	},
	{
		title: 'one item for each entry',
		operation: 'pageView:getMany',
		fields: { limit: 2, filters: { updatedAfter: '2022-01-01T00:00:00Z' }, sort: { direction: 'DESC' } },
		request: {
			method: 'GET',
			path: `/projects/${projectId}/entries-page-views`,
			query: '?updated_after=2022-01-01T00%3A00%3A00.000Z&direction=DESC&limit=2&offset=0',
			headers: { 'x-api-key': apiKey },
		},
		responses: ['entry_3', 'entry_2'].map((entry_id) =>
			expect.objectContaining({ entry_id, page_views: [expect.objectContaining({ page_key: 'welcome' })] }),
		),
	},
];

const refusals: RefusalCase[] = [
	{
		title: 'no embeddable',
		operation: 'event:send',
		settings: { embeddableId: byId('={{ $json.missing }}') },
		event: guideEvent,
		message: /Choose the embeddable in 'Embeddable'/,
	},
	{
		title: 'no identifier in an event',
		operation: 'event:send',
		settings: guideEmbeddable,
		event: { type: 'track', event: 'e', anonymousId: 'a1' },
		message: /Fill in 'Identifier Value'.*'Identifier Value From'/,
	},
	{
		title: 'no identifier in fields',
		operation: 'event:send',
		settings: guideEmbeddable,
		fields: { ...guideFields, identifierValue: '={{ $json.missing }}' },
		message: /Fill in 'Identifier Value'/,
	},
	{
		title: 'several identifiers',
		operation: 'event:send',
		settings: guideEmbeddable,
		fields: { ...guideFields, identifierValue: '={{ ["a@e.com", "b@e.com"] }}' },
		message: /Fill in 'Identifier Value'/,
	},
	{
		title: 'a name as it is that is not in snake_case',
		operation: 'event:send',
		settings: { ...guideEmbeddable, options: { eventNameFormat: 'asIs' } },
		event: { ...guideEvent, event: 'Order Completed' },
		message: /only snake_case names: write order_completed instead of Order Completed/,
	},
	{
		title: 'props that are not an object',
		operation: 'event:send',
		settings: guideEmbeddable,
		fields: { ...guideFields, customEventPropsInput: 'json', customEventPropsJson: '[1]' },
		message: /custom event props must be an object/,
	},
	{
		title: 'a user without an email or a user ID',
		operation: 'user:identify',
		settings: guideEmbeddable,
		event: { type: 'identify', anonymousId: 'a1', traits: { plan: 'pro' } },
		message: /Fill in 'Identifier Value'/,
	},
	{
		title: 'more entries than a request can return',
		operation: 'entry:getMany',
		fields: { limit: '={{ 5000 }}' },
		message: /'Limit' can be up to 1000/,
	},
];

const leftOut: LeftOutCase[] = [
	{
		title: 'a metric that is not a number',
		operation: 'event:send',
		settings: guideEmbeddable,
		event: { ...guideEvent, properties: { payload_metrics: { revenue: 'much' } } },
		message: /payload_metrics.revenue' was left out, .*: A payload metric must be a number/,
	},
];

const { run, sandbox } = describeProvider(
	{
		provider: embeddables,
		node: 'embeddables',
		sandboxName: 'embeddables',
		credential: { apiKey, projectId },
	},
	requests,
	refusals,
	leftOut,
);

const send = { resource: 'event', operation: 'send', mappingMode: 'canonicalEvent', ...guideEmbeddable };
const below = { ...send, mappingMode: 'defineBelow', ...guideFields };
const lastBody = () => sandbox().requests('embeddables').at(-1)?.body as Record<string, unknown>;

test('explains the four causes of ENTRY_NOT_FOUND', async () => {
	const { output } = await run({ ...send, embeddableId: byId('flow_unknown') }, [guideEvent]);

	const { status, statusCode, reason } = output[0]?.json as {
		status: string;
		statusCode: number;
		reason: IDataObject;
	};
	expect({ status, statusCode, code: reason.code }).toEqual({
		status: 'failed',
		statusCode: 404,
		code: 'not_found',
	});
	expect(reason.message).toMatch(/ENTRY_NOT_FOUND/);
	expect(String(reason.description).split(' · ')).toEqual([
		expect.stringContaining("'Embeddable'"),
		expect.stringContaining("'Identifier Key'"),
		expect.stringContaining("'Identifier Value'"),
		expect.stringContaining('escaped'),
	]);
});

test('delivers the other events when one user is unknown', async () => {
	const items = ['ada@example.test', 'unknown@example.test', 'grace@example.test'].map((email) => ({
		...guideEvent,
		traits: { email },
	}));
	const { output } = await run(send, items);

	expect(output.map(({ json }) => json.status)).toEqual(['delivered', 'failed', 'delivered']);
});

test('rejects an event without an email, and the message names the setting to change', async () => {
	const { output } = await run(send, [{ ...guideEvent, traits: {} }]);

	expect(output[0]?.json).toMatchObject({
		status: 'failed',
		reason: {
			code: 'invalid_record',
			message: expect.stringMatching(/set 'Identifier Value From' .* 'Identifier Key'/),
		},
	});
	expect(sandbox().requests()).toEqual([]);
});

test('sends an escaped identifier correctly with a warning', async () => {
	const { output } = await run({ ...below, identifierValue: '"test@test.com"' });

	expect(output[0]?.json).toMatchObject({ status: 'delivered', warnings: [{ code: 'already_escaped' }] });
});

test.each([
	['the date picker in the workflow’s time zone', '2026-01-02T03:04:05', '2026-01-02T08:04:05.000Z'],
	['an expression', "={{ DateTime.fromISO('2026-01-02T03:04:05Z') }}", '2026-01-02T03:04:05.000Z'],
])('accepts a timestamp from %s', async (_, timestamp, expected) => {
	await run({ ...below, timestamp });

	expect(lastBody().timestamp).toBe(expected);
});

test('sends the time of the run for an event without a timestamp', async () => {
	const startedAt = Date.now();
	await run({ ...below, timestamp: '' });

	const { timestamp } = lastBody();
	expect(Date.parse(String(timestamp))).toBeGreaterThanOrEqual(startedAt);
	expect(Date.parse(String(timestamp))).toBeLessThanOrEqual(Date.now());
});

test('does not resend an event that may have arrived, because it would be there twice', async () => {
	sandbox().misbehave({ provider: 'embeddables', do: { reset: 'after-storing' } });
	const { output } = await run(send, [guideEvent]);

	expect(output[0]?.json).toMatchObject({ status: 'failed', reason: { mayHaveBeenReceived: true } });
	expect(sandbox().records('embeddables')).toHaveLength(1);
});

test('Identify skips other types of events', async () => {
	const { output } = await run({ ...send, resource: 'user', operation: 'identify' }, [guideEvent]);

	expect(output[0]?.json).toMatchObject({ status: 'skipped', reason: { code: 'event_type' } });
	expect(sandbox().requests()).toEqual([]);
});

test.each([
	['event', 'sendMany', 3, 0],
	['user', 'identifyMany', 1, 2],
])('%s: %s reads a list and returns one summary', async (resource, operation, success, skipped) => {
	const identifyEvent = { type: 'identify', userId: 'user-2', traits: { email: 'ada@example.test' } };
	const page = { type: 'page', userId: 'user-1', properties: { email: 'test@test.com' } };
	const batch = [guideEvent, identifyEvent, page];
	const { output } = await run({ resource, operation, eventsField: 'batch', ...guideEmbeddable }, [
		{ batch },
	]);

	expect(output).toHaveLength(1);
	expect(output[0]?.json).toMatchObject({ status: 'success', total: 3, success, skipped, failure: 0 });
	expect(
		sandbox()
			.records('embeddables')
			.map(({ name }) => name),
	).toContain('user_identified');
});

test('shows the URL with the project but no key in a preview', async () => {
	const { output } = await run({ ...send, options: { previewOnly: true } }, [guideEvent]);

	expect(output[0]?.json).toMatchObject({
		status: 'previewed',
		request: {
			method: 'POST',
			url: `${sandbox().baseUrl('embeddables')}${path}`,
			headers: { 'X-Api-Key': '•••' },
			body: guide,
		},
	});
	expect(JSON.stringify(output)).not.toContain(apiKey);
	expect(sandbox().requests()).toEqual([]);
});

describe('Entry: Get Many', () => {
	const getMany = { resource: 'entry', operation: 'getMany' };

	test('returns one item for each entry, paired with its input item', async () => {
		const { output } = await run({ ...getMany, limit: '={{ $json.limit }}' }, [{ limit: 1 }, { limit: 2 }]);

		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 1 }]);
		for (const { json } of output) {
			expect(json).toMatchObject({
				entry_id: expect.any(String),
				entry_data: { email: expect.any(String) },
			});
		}
	});

	test('leaves the data as text if the option says so', async () => {
		const { output } = await run({ ...getMany, limit: 1, options: { parseEntryData: false } });

		expect(output[0]?.json).toMatchObject({ entry_data: expect.stringMatching(/^\{"email":/) });
	});

	test('returns no items when there are no entries', async () => {
		const { output } = await run({ ...getMany, limit: 1, filters: { updatedAfter: '2999-01-01T00:00:00Z' } });

		expect(output).toEqual([]);
	});

	test.each([[undefined], [null]])('returns no items when the response is empty: %j', async (body) => {
		for (const parseEntryData of [true, false]) {
			sandbox().misbehave({ provider: 'embeddables', times: 1, do: { status: 200, body } });
			const { output } = await run({ ...getMany, limit: 1, options: { parseEntryData } });

			expect(output).toEqual([]);
		}
	});

	test('explains that a restricted key may not be allowed to read', async () => {
		sandbox().misbehave({ provider: 'embeddables', do: { status: 403 } });
		const { output } = await run({ ...getMany, limit: 1 });

		const { reason } = output[0]?.json as { reason: IDataObject };
		expect(reason).toMatchObject({
			code: 'unauthorized',
			description: expect.stringMatching(/might not have permission to read entries/),
		});
	});
});

describe('the lists of choices', () => {
	const search = async (method: string, parameters: INodeParameters = {}, filter?: string) => {
		const baseUrl = sandbox().baseUrl('embeddables');
		const options = {
			node: 'embeddables',
			parameters: { resource: 'event', operation: 'send', ...parameters },
			credentials: { embeddablesApi: { apiKey, projectId, baseUrl } },
		};
		const { results } = await searchList(method, options, filter);
		return results.map(({ value }) => value);
	};

	test('offer the embeddables that entries mention', async () => {
		expect(await search('searchEmbeddables')).toEqual(['flow_checkout', 'flow_myexampleflow']);
		expect(await search('searchEmbeddables', {}, 'CHECK')).toEqual(['flow_checkout']);
		expect(sandbox().requests('embeddables')[0]).toMatchObject({
			method: 'GET',
			path: `/projects/${projectId}/entries`,
			query: '?limit=1000&sort=created_at&direction=DESC',
		});
	});

	test('offer the User Data keys that identify users', async () => {
		expect(await search('searchIdentifierKeys', guideEmbeddable)).toEqual(['email', 'user_id']);
		expect(await search('searchIdentifierKeys', guideEmbeddable, 'user')).toEqual(['user_id']);
	});

	test('offer only the keys of the chosen embeddable', async () => {
		const settings = { embeddableId: byId('flow_callback'), identifierKey: byName('phone') };
		await run({ ...below, ...settings });

		expect(await search('searchIdentifierKeys', settings)).toEqual(['phone']);
		expect(await search('searchIdentifierKeys')).toEqual(['email', 'phone', 'user_id']);
	});

	test('explain why there are no choices', async () => {
		sandbox().misbehave({ provider: 'embeddables', do: { status: 403 } });

		await expect(search('searchEmbeddables')).rejects.toMatchObject({
			message: expect.stringMatching(/did not allow this/),
			description: expect.stringMatching(/might not have permission to read entries/),
		});
	});
});
