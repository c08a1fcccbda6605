import { sumBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';
import { Trigger } from './trigger';

const event = (messageId?: string) => ({ type: 'track', event: 'Order Completed', userId: 'u1', messageId });
const ids = ({ events }: { events: Array<{ messageId: string }> }) =>
	events.map(({ messageId }) => messageId);

describe.each([
	['by default', {}],
	['with Skip', { duplicates: 'inMemory' }],
	['with Skip, Even After a Restart', { duplicates: 'stored' }],
	['at something else', { duplicates: 'nonsense' }],
])('%s', (_, options) => {
	test('drops events that came in an earlier request', async () => {
		const trigger = new Trigger({ options });
		await trigger.post([event('m1'), event('m2')]);
		const reply = await trigger.post([event('m2'), event('m3')]);

		expect(ids(reply)).toEqual(['m3']);
		expect(reply.json()).toMatchObject({ accepted: 1, duplicates: 1 });
	});

	test('starts no execution for a request of duplicates', async () => {
		const trigger = new Trigger({ options });
		await trigger.post(event('m1'));
		const reply = await trigger.post(event('m1'));

		expect(reply).toMatchObject({ status: 200, runs: false });
		expect(reply.json()).toMatchObject({ success: true, accepted: 0, duplicates: 1 });
	});

	test('adds them to the duplicates within the request', async () => {
		const trigger = new Trigger({ options });
		await trigger.post(event('m1'));
		const reply = await trigger.post([event('m1'), event('m2'), event('m2')]);

		expect(ids(reply)).toEqual(['m2']);
		expect(reply.json()).toMatchObject({ accepted: 1, duplicates: 2 });
	});

	test('recognizes a retry by the ID of the request', async () => {
		const trigger = new Trigger({ options });
		const post = { headers: { 'webhook-id': 'request-1' } };
		await trigger.post([event(), event()], post);

		expect((await trigger.post([event(), event()], post)).json()).toMatchObject({
			accepted: 0,
			duplicates: 2,
		});
	});

	test('keeps equal events without an ID', async () => {
		const trigger = new Trigger({ options });
		await trigger.post([event(), event()]);

		expect((await trigger.post([event(), event()])).json()).toMatchObject({ accepted: 2, duplicates: 0 });
	});

	test('accepts an event once that comes in 20 requests at the same moment', async () => {
		const trigger = new Trigger({ options });
		const replies = await Promise.all(
			Array.from({ length: 20 }, () => trigger.post([event('m1'), event('m2')])),
		);

		const results = replies.map((reply) => reply.json());
		expect(sumBy(results, 'accepted')).toBe(2);
		expect(sumBy(results, 'duplicates')).toBe(38);
	});

	test('accepts an event from one of 20 requests at the same moment when n8n fails to answer the first', async () => {
		const trigger = new Trigger({ options: { ...options, duplicates: 'inMemory' } });
		trigger.failNext = true;
		const replies = await Promise.all(Array.from({ length: 20 }, () => trigger.post(event('m1'))));

		expect(replies.filter(({ status }) => status === 500)).toHaveLength(1);
		const results = replies.filter(({ status }) => status === 200).map((reply) => reply.json());
		expect(sumBy(results, 'accepted')).toBe(1);
	});

	test('does not drop events of other triggers', async () => {
		await new Trigger({ options }).post(event('m1'));

		expect((await new Trigger({ options }).post(event('m1'))).json()).toMatchObject({ accepted: 1 });
	});

	test('counts each request as new at the test URL', async () => {
		const trigger = new Trigger({ options, mode: 'manual' });
		await trigger.post(event('m1'));

		expect((await trigger.post(event('m1'))).json()).toMatchObject({ accepted: 1, duplicates: 0 });
		expect(trigger.staticData).toEqual({});
	});
});

describe('at Keep', () => {
	const options = { duplicates: 'keep' };

	test('emits an event as often as it comes, but once in one request', async () => {
		const trigger = new Trigger({ options });
		await trigger.post(event('m1'));

		expect((await trigger.post([event('m1'), event('m1')])).json()).toMatchObject({
			accepted: 1,
			duplicates: 1,
		});
	});
});

describe('with Skip, Even After a Restart', () => {
	const options = { duplicates: 'stored' };

	/** A trigger that knows what the other one stored, and nothing of what it had in memory. */
	const restarted = ({ staticData }: Trigger) => {
		const stored = JSON.parse(JSON.stringify(staticData)) as IDataObject;
		return new Trigger({ options, staticData: stored });
	};

	test('drops events that were already received before a restart', async () => {
		const trigger = new Trigger({ options });
		await trigger.post([event('m1'), event('m2')]);
		const reply = await restarted(trigger).post([event('m2'), event('m3')]);

		expect(ids(reply)).toEqual(['m3']);
	});

	test('stores the IDs that the senders gave, the latest last', async () => {
		const trigger = new Trigger({ options });
		await trigger.post([event('m1'), event(), event('m2')]);
		await trigger.post([event('m3'), event('m1')]);

		expect(trigger.staticData).toEqual({ 'node:Trigger': { seenIds: ['m1', 'm2', 'm3'] } });
	});

	test('stores nothing if there are no new IDs', async () => {
		const trigger = new Trigger({ options });
		await trigger.post(event());

		expect(trigger.staticData).toEqual({ 'node:Trigger': {} });
	});
});

test('with Skip, nothing is stored with the workflow', async () => {
	const trigger = new Trigger();
	await trigger.post(event('m1'));

	expect(trigger.staticData).toEqual({ 'node:Trigger': {} });
});

test('an event whose request n8n failed to answer is accepted when it comes again', async () => {
	const trigger = new Trigger();
	trigger.failNext = true;

	expect((await trigger.post(event('m1'))).status).toBe(500);
	expect((await trigger.post(event('m1'))).json()).toMatchObject({ accepted: 1, duplicates: 0 });
	expect((await trigger.post(event('m1'))).json()).toMatchObject({ accepted: 0, duplicates: 1 });
});

test('an event whose first request isn’t answered for 5 seconds has to come again', async () => {
	const trigger = new Trigger();
	let answer = () => {};
	trigger.holdNext = new Promise((resolve) => (answer = resolve));
	const first = trigger.post(event('m1'));
	const other = await trigger.post(event('m2'));
	const second = await trigger.post([event('m1'), event('m3')]);

	expect(other.json()).toMatchObject({ accepted: 1 });
	expect(second).toMatchObject({ status: 503, runs: false });
	expect(second.json()).toMatchObject({ code: 503, error: { code: 'still_being_answered' } });
	expect(second.headers.get('retry-after')).toBe('5');
	answer();
	expect((await first).json()).toMatchObject({ accepted: 1 });
	expect((await trigger.post([event('m1'), event('m3')])).json()).toMatchObject({
		accepted: 1,
		duplicates: 1,
	});
}, 20_000);

test('an event is accepted when it comes again after its sender hung up while it waited', async () => {
	const trigger = new Trigger();
	let answer = () => {};
	trigger.holdNext = new Promise((resolve) => (answer = resolve));
	trigger.failNext = true;
	const first = trigger.post(event('m1'));
	await new Promise((resolve) => setTimeout(resolve, 100));
	await expect(trigger.post(event('m1'), { signal: AbortSignal.timeout(200) })).rejects.toThrow();
	await new Promise((resolve) => setTimeout(resolve, 200));
	answer();
	expect((await first).status).toBe(500);

	const startedAt = performance.now();
	expect((await trigger.post(event('m1'))).status).toBe(200);
	expect(performance.now() - startedAt).toBeLessThan(4_000);
});
