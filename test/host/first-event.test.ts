import { Analytics } from '@segment/analytics-node';
import { startDemo, type Demo } from './demo';
import { outputOf, type Execution } from './n8n-client';
import { packPackage } from './package';

jest.setTimeout(120_000);

let demo: Demo;

beforeAll(async () => {
	demo = await startDemo({ packages: [await packPackage()] });
});
afterAll(() => demo?.stop());

/** Returns the latest execution, after all have finished. */
async function lastExecution(): Promise<Execution> {
	await demo.n8n.waitForExecutions(1);
	await demo.n8n.waitUntilIdle();
	const [newest] = await demo.n8n.executions();
	return await demo.n8n.execution(newest?.id ?? '');
}

async function executionCount(): Promise<number> {
	await demo.n8n.waitUntilIdle();
	return (await demo.n8n.executions()).length;
}

interface PostOptions {
	path?: string;
	headers?: Record<string, string>;
	/** Null for no key. */
	key?: string | null;
}

async function post(body: unknown, { path = '', headers, key = demo.segment.writeKey }: PostOptions = {}) {
	const response = await fetch(`${demo.webhookUrl}${path}`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			...(key === null ? {} : { authorization: `Basic ${btoa(`${key}:`)}` }),
			...headers,
		},
		body: JSON.stringify(body),
	});
	return { status: response.status, body: (await response.json()) as unknown };
}

const track = { type: 'track', event: 'Order Completed', userId: 'ada' };

describe('250 events of 20 users from the Segment SDK, one of them invalid', () => {
	const users = Array.from({ length: 20 }, (_, index) => `user-${index}`);
	/** Whether the event at this position of the batch identifies its user. */
	const isIdentify = (index: number) => index !== 123 && (index < users.length || index % 10 === 0);
	const replies: Array<{ status: number; body: unknown }> = [];
	let execution: Execution;

	beforeAll(async () => {
		const watched: typeof fetch = async (url, init) => {
			const response = await fetch(url, init);
			replies.push({ status: response.status, body: await response.clone().json() });
			return response;
		};
		const analytics = new Analytics({ ...demo.segment, flushAt: 250, httpClient: watched });
		for (let index = 0; index < 250; index++) {
			const userId = users[index % users.length] ?? '';
			const marked = { index };
			if (isIdentify(index)) analytics.identify({ userId, traits: marked });
			else if (index === 123) analytics.track({ userId, event: ' ', properties: marked });
			else if (index % 10 === 1) analytics.page({ userId, name: 'Pricing', properties: marked });
			else if (index % 10 === 2) analytics.group({ userId, groupId: 'acme', traits: marked });
			else analytics.track({ userId, event: `Step ${index}`, properties: marked });
		}
		await analytics.closeAndFlush();
		execution = await lastExecution();
	});

	test('the SDK gets status 200 and which event was rejected and why', () => {
		expect(replies).toEqual([
			{
				status: 200,
				body: {
					success: true,
					accepted: 249,
					duplicates: 0,
					filtered: 0,
					format: 'segment-batch',
					detectedBy: 'the body has a list "batch"',
					rejected: [
						{
							index: 123,
							messageId: expect.stringMatching(/./),
							code: 'missing_event_name',
							message: 'A track event needs a name in "event", for example "Order Completed".',
						},
					],
				},
			},
		]);
	});

	test('the invalid event comes out on Rejected in full', () => {
		const rejected = outputOf(execution, 'Review rejected events');
		expect(rejected.map(({ json }) => json)).toMatchObject([
			{
				index: 123,
				code: 'missing_event_name',
				path: 'event',
				event: { event: ' ', properties: { index: 123 } },
			},
		]);
	});

	test('nothing fails', () => {
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Review failed events')).toEqual([]);
	});

	interface Arrived {
		user: string;
		index: number;
	}
	const arrivedAt = {
		RelationKit: (): Arrived[] =>
			demo.sandbox.records('relationkit', 'event').map(({ body }) => {
				const { event } = body as { event: { user_id: string; metadata: { index: number } } };
				return { user: event.user_id, index: event.metadata.index };
			}),
		SuprSend: (): Arrived[] =>
			demo.sandbox.records('suprsend', 'event').map(({ body }) => {
				const { distinct_id, properties } = body as { distinct_id: string; properties: { index: number } };
				return { user: distinct_id, index: properties.index };
			}),
	};

	test.each(['RelationKit', 'SuprSend'] as const)(
		'%s receives the 206 events that do not identify anyone once, in order for each user',
		(provider) => {
			const arrived = arrivedAt[provider]();
			const sent = Array.from({ length: 250 }, (_, index) => index).filter(
				(index) => index !== 123 && !isIdentify(index),
			);
			expect(arrived.map(({ index }) => index).sort((a, b) => a - b)).toEqual(sent);
			for (const [number, user] of users.entries()) {
				const theirs = arrived.filter((each) => each.user === user).map(({ index }) => index);
				expect(theirs).toEqual(sent.filter((index) => index % users.length === number));
			}
		},
	);

	test.each([
		['RelationKit', 'relationkit', 'customer'],
		['SuprSend', 'suprsend', 'user'],
	] as const)('%s receives each user before their first event', (_, provider, kind) => {
		const records = demo.sandbox.records(provider);
		const identified = records.filter((record) => record.kind === kind).map(({ user }) => user);
		expect(new Set(identified)).toEqual(new Set(users));
		expect(identified).toHaveLength(43);
		for (const user of users) {
			expect(records.find((record) => record.user === user)?.kind).toBe(kind);
		}
		expect(demo.sandbox.dropped()).toEqual([]);
	});

	test('SuprSend receives its events in as few signed requests as its limits allow', () => {
		const requests = demo.sandbox.requests('suprsend');
		const withEvents = requests.filter(({ path }) => path === '/event/');
		expect(withEvents.map(({ status }) => status)).toEqual([202, 202, 202]);
		for (const { headers } of requests)
			expect(headers.authorization).toMatch(/^sandbox-workspace-key-not-real:/);
	});
});

describe('the reply to a sender', () => {
	beforeEach(async () => {
		// The executions of the test before still send.
		await demo.n8n.waitUntilIdle();
		demo.sandbox.reset();
	});

	test('without a key refuses the request and starts no execution', async () => {
		const before = await executionCount();
		const answer = await post(track, { key: null });

		expect(answer.status).toBe(401);
		expect(answer.body).toMatchObject({
			success: false,
			error: { code: 'unauthorized', message: expect.stringMatching(/./) },
		});
		expect(await executionCount()).toBe(before);
	});

	test('of an empty batch is a success and starts no execution', async () => {
		const before = await executionCount();

		expect(await post({ batch: [] })).toMatchObject({ status: 200, body: { success: true, accepted: 0 } });
		expect(await executionCount()).toBe(before);
	});

	test.each([
		['a path of its own, as the RudderStack SDK appends it', '/v1/track'],
		['a path of one letter, as browser SDKs append it', '/t'],
		['a slash at the end', '/v1/batch/'],
	])('accepts %s', async (_, path) => {
		expect(await post(track, { path })).toMatchObject({ status: 200, body: { accepted: 1 } });
	});

	test('to a retry with the same request ID reports duplicates, and services receive nothing twice', async () => {
		const request = [track, { ...track, userId: 'grace' }];
		const headers = { 'idempotency-key': 'request-1' };

		expect(await post(request, { headers })).toMatchObject({ body: { accepted: 2, duplicates: 0 } });
		await lastExecution();
		expect(await post(request, { headers })).toMatchObject({ body: { accepted: 0, duplicates: 2 } });

		expect(demo.sandbox.records('relationkit', 'event')).toHaveLength(2);
		const ids = demo.sandbox
			.records('suprsend', 'event')
			.map(({ body }) => (body as { $idempotency_key: string }).$idempotency_key);
		expect(ids).toEqual(['request-1:0', 'request-1:1']);
	});
});

describe('an event that a service rejects', () => {
	test('comes out on the error output in full, and the other service receives it', async () => {
		demo.sandbox.reset();
		demo.sandbox.misbehave({
			provider: 'suprsend',
			when: { event: 'Unwelcome' },
			times: Infinity,
			do: { status: 400, body: { code: 400, message: 'workflow is paused' } },
		});
		await post([track, { ...track, event: 'Unwelcome', messageId: 'm-unwelcome' }]);
		const execution = await lastExecution();
		expect(outputOf(execution, 'Review failed events').map(({ json }) => json)).toMatchObject([
			{
				messageId: 'm-unwelcome',
				event: 'Unwelcome',
				error: {
					message: 'SuprSend refused the data (status 400): workflow is paused',
					status: 'failed',
					messageId: 'm-unwelcome',
					reason: { code: 'refused' },
				},
			},
		]);
		expect(demo.sandbox.records('relationkit', 'event')).toHaveLength(2);
		expect(demo.sandbox.records('suprsend', 'event')).toHaveLength(1);
	});
});
