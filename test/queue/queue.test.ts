import { Analytics } from '@segment/analytics-node';
import { chunk, sumBy } from 'lodash';
import { demoCredentials, WRITE_KEY, writeKeyHeader } from '../host/demo';
import { itemsHeldBy, outputOf, type Execution } from '../host/n8n-client';
import { packPackage } from '../host/package';
import { loadTemplate, withCredentials, withWebhookId } from '../host/templates/files';
import { Trigger } from '../host/trigger';
import { waitFor } from '../host/wait';
import { startSandbox, type Sandbox } from '../sandbox';
import { finishedBy, startQueueMode, type QueueMode } from './queue-mode';

jest.setTimeout(300_000);

const webhookId = 'events';
const path = `/webhook/${webhookId}`;

let sandbox: Sandbox;
let queue: QueueMode;
/** Sends each event to RelationKit first, then to SuprSend. */
let workflowId: string;

beforeAll(async () => {
	sandbox = await startSandbox();
	const credentials = demoCredentials(sandbox);
	const packages = [await packPackage()];
	queue = await startQueueMode({ packages, credentials, workers: 2, processors: 2, durable: false });
	const template = withWebhookId(loadTemplate('segment-to-relationkit-and-suprsend'), webhookId);
	workflowId = await queue.n8n.addWorkflow(withCredentials(template, credentials));
	await queue.n8n.waitForWebhook(`${path}/v1/batch`);
});
afterAll(async () => {
	await queue?.stop();
	await sandbox?.close();
});

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const users = 20;
const toEvent = (id: string, index = 0) => ({
	type: 'track',
	event: 'Order Completed',
	userId: `user-${index % users}`,
	messageId: id,
	properties: { id },
});

interface Answer {
	status: number;
	accepted?: number;
	duplicates?: number;
}

/** Posts events to one of the processors. */
async function post(
	ids: string[],
	{ processor = 0, at = path }: { processor?: number; at?: string } = {},
): Promise<Answer> {
	const response = await fetch(`${queue.processors[processor]?.url}${at}`, {
		method: 'POST',
		headers: writeKeyHeader,
		// Users of its own, because executions with events of the same users wait for each other.
		body: JSON.stringify(
			ids.map((id, index) => ({ ...toEvent(id, index), userId: `${ids[0]}-${index % users}` })),
		),
	});
	return { status: response.status, ...((await response.json()) as object) };
}

/** Posts a request with three events for each of these names. */
const idsOf = (name: string) => numbers(3).map((index) => `${name}-${index}`);
async function postAll(names: string[]): Promise<void> {
	const answers = await Promise.all(
		names.map((name, index) => post(idsOf(name), { processor: index % queue.processors.length })),
	);
	expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
}

/** Returns the IDs of the events that a service has stored, in order of arrival. */
function idsAt(provider: 'suprsend' | 'relationkit'): string[] {
	return sandbox.records(provider, 'event').map(({ body }) => {
		const { properties, event } = body as {
			properties?: { id: string };
			event: { metadata: { id: string } };
		};
		return (properties ?? event.metadata).id;
	});
}

async function executionsOf(filter: { status?: Execution['status'][] } = {}): Promise<Execution[]> {
	const summaries = await queue.n8n.executions({ workflowId, ...filter });
	return await Promise.all(summaries.map(({ id }) => queue.n8n.execution(id)));
}
const eventsHeldBy = (execution: Execution) =>
	itemsHeldBy(execution).map(({ json }) => String(json.messageId));

/** Makes SuprSend slow, so that both workers have as many executions as they accept and more are waiting. */
async function keepBothWorkersBusy(names: string[], delayMs: number): Promise<void> {
	sandbox.reset();
	sandbox.misbehave({ provider: 'suprsend', times: underWay, do: { delayMs } });
	await postAll(names);
	await waitFor(async () => sandbox.requests('suprsend').length >= underWay || undefined, {
		what: 'both workers to be busy',
		timeoutMs: 30_000,
	});
}
/** How many executions two workers accept. */
const underWay = 20;
const requests = (name: string) => numbers(underWay + 10).map((index) => `${name}${index}`);

const eventCount = 4_000;

test(`delivers ${eventCount} events once and in order to both services, with two workers that share them`, async () => {
	const batches = eventCount / 2 / 100;
	const ofSdk = numbers(eventCount / 2).map((index) => `sdk-${index}`);
	const ofBatch = (batch: number) => numbers(100).map((index) => `batch-${batch}-${index}`);
	// A limit that the executions of both workers exceed together.
	sandbox.misbehave({ provider: 'relationkit', do: { rate: { perSecond: 300, retryAfter: 'seconds' } } });
	const startedAt = Date.now();
	const analytics = new Analytics({
		host: queue.processors[0]?.url,
		path: `${path}/v1/batch`,
		writeKey: WRITE_KEY,
		flushAt: 100,
		// A shorter timeout would make the SDK send again on a busy machine.
		httpRequestTimeout: 60_000,
	});
	ofSdk.map(toEvent).forEach(({ type: _, ...event }) => analytics.track(event));
	await Promise.all([
		analytics.closeAndFlush(),
		...numbers(batches).map((batch) => post(ofBatch(batch), { processor: 1 })),
	]);
	const acknowledgedAfter = Date.now() - startedAt;
	await queue.n8n.waitUntilIdle(120_000);
	const finished = finishedBy(queue.workers);
	const seconds = (ms: number) => (ms / 1000).toFixed(1);
	console.info(
		`${eventCount} events in ${finished.join(' + ')} executions: acknowledged after ` +
			`${seconds(acknowledgedAfter)} s, delivered to both services after ${seconds(Date.now() - startedAt)} s`,
	);

	const sent = [...ofSdk, ...numbers(batches).flatMap(ofBatch)].sort();
	expect(idsAt('suprsend').sort()).toEqual(sent);
	expect(idsAt('relationkit').sort()).toEqual(sent);
	const executions = await executionsOf();
	expect(executions.flatMap((execution) => outputOf(execution, 'Review failed events'))).toEqual([]);
	expect(finished[0]! + finished[1]!).toBe(executions.length);
	for (const count of finished) expect(count).toBeGreaterThan(executions.length / 4);
	const arrived = idsAt('relationkit');
	for (const [batch, user] of numbers(batches).flatMap((one) => numbers(users).map((two) => [one, two]))) {
		const theirs = ofBatch(batch!).filter((_, index) => index % users === user);
		expect(arrived.filter((id) => theirs.includes(id))).toEqual(theirs);
	}
});

test('refuses events in the main process', async () => {
	const { status } = await fetch(queue.n8n.url + path, { method: 'POST', body: '{}' });
	expect(status).toBe(404);
});

describe('several webhook processors', () => {
	const accepted = ({ accepted = 0, duplicates = 0 }: Answer) => ({ accepted, duplicates });

	test('remember IDs separately, unless they are stored', async () => {
		const { path: inMemory } = await Trigger.add(queue.n8n);
		expect(await post(['a'], { at: inMemory })).toMatchObject({ accepted: 1 });
		expect(await post(['a'], { at: inMemory })).toMatchObject({ accepted: 0, duplicates: 1 });
		expect(await post(['a'], { at: inMemory, processor: 1 })).toMatchObject({ accepted: 1, duplicates: 0 });

		const { path: stored } = await Trigger.add(queue.n8n, { options: { duplicates: 'stored' } });
		expect(await post(['a'], { at: stored })).toMatchObject({ accepted: 1 });
		expect(await post(['a'], { at: stored, processor: 1 })).toMatchObject({ accepted: 0, duplicates: 1 });
	});

	test('may lose IDs that both store at the same time', async () => {
		const { path: at } = await Trigger.add(queue.n8n, { options: { duplicates: 'stored' } });
		const names = numbers(10).map((index) => `at-once-${index}`);
		await Promise.all(names.map((name, index) => post([name], { at, processor: index % 2 })));

		const again = [];
		for (const [index, name] of names.entries()) again.push(await post([name], { at, processor: index % 2 }));
		const elsewhere = [];
		for (const [index, name] of names.entries())
			elsewhere.push(await post([name], { at, processor: (index + 1) % 2 }));
		expect(again.map(accepted)).toEqual(names.map(() => ({ accepted: 0, duplicates: 1 })));
		expect(elsewhere.filter((answer) => answer.accepted === 1).length).toBeGreaterThan(0);
	});

	test('deliver each event once with the template that counts arrivals in Redis', async () => {
		sandbox.reset();
		const redis = {
			name: 'Redis of the queue',
			type: 'redis',
			data: { host: '127.0.0.1', port: queue.redis.port, database: 0, ssl: false },
		};
		await queue.n8n.addCredential(redis);
		const template = withWebhookId(loadTemplate('each-event-once-with-redis'), 'each-event-once');
		const at = '/webhook/each-event-once';
		await queue.n8n.addWorkflow(withCredentials(template, [redis, ...demoCredentials(sandbox)]));
		await queue.n8n.waitForWebhook(`${at}/v1/batch`);

		const ids = numbers(100).map((index) => `once-${index}`);
		// Each event three times, in requests at the same moment to both processors.
		const posts = [...chunk(ids, 5), ...chunk(ids, 10), ...chunk(ids.toReversed(), 4)];
		const answers = await Promise.all(posts.map((some, index) => post(some, { at, processor: index % 2 })));
		await queue.n8n.waitUntilIdle(120_000);

		expect(answers.every(({ status }) => status === 200)).toBe(true);
		expect(sumBy(answers, 'accepted')).toBeGreaterThan(ids.length);
		expect(idsAt('relationkit').sort()).toEqual(ids.sort());
	});

	test('count events per second separately', async () => {
		const { path: at } = await Trigger.add(queue.n8n, { options: { eventsPerSecond: 1 } });
		const forAMinute = numbers(60).map((index) => `event-${index}`);

		expect(await post(forAMinute, { at })).toMatchObject({ status: 200 });
		expect(await post(['later'], { at })).toMatchObject({ status: 429 });
		expect(await post(['later'], { at, processor: 1 })).toMatchObject({ status: 200 });
	});
});

test('loses nothing when Redis is killed and back after 3 s, while senders wait for their answer', async () => {
	const before = requests('before');
	const during = ['during-0', 'during-1', 'during-2', 'during-3'];
	await keepBothWorkersBusy(before, 5_000);

	await queue.redis.kill();
	const answered = postAll(during).then(() => Date.now());
	await new Promise((resolve) => setTimeout(resolve, 3_000));
	const backAt = Date.now();
	await queue.redis.start();

	expect(await answered).toBeGreaterThan(backAt);
	await queue.n8n.waitUntilIdle(60_000);
	const sent = [...before, ...during].flatMap(idsOf).sort();
	expect(idsAt('suprsend').sort()).toEqual(sent);
	expect(idsAt('relationkit').sort()).toEqual(sent);
});

test('finishes a stopping worker’s executions, and leaves the rest to the other', async () => {
	const names = requests('deploy');
	await keepBothWorkersBusy(names, 4_000);
	await queue.workers[0]!.end('SIGTERM');
	await queue.n8n.waitUntilIdle(60_000);

	expect(idsAt('suprsend').sort()).toEqual(names.flatMap(idsOf).sort());
	expect(idsAt('relationkit').sort()).toEqual(names.flatMap(idsOf).sort());
	await queue.workers[0]!.start();
});

/** Kills a worker once, before these tests. They check the outcome in this order, so run the whole describe. */
describe('a worker is killed during its executions', () => {
	const names = requests('killed');
	/** The execution that was stopped while the worker was gone. */
	let stopped: Execution;
	/** The executions that were marked as crashed when it was back. */
	let crashed: Execution[];

	beforeAll(async () => {
		await keepBothWorkersBusy(names, 10_000);
		await queue.workers[0]!.end('SIGKILL');
		await waitFor(
			async () => {
				const open = await queue.n8n.executions({ workflowId, status: ['new', 'running'] });
				return open.length <= underWay / 2 || undefined;
			},
			{ what: 'the other worker to do the rest', timeoutMs: 60_000 },
		);
		[stopped] = (await executionsOf({ status: ['running'] })) as [Execution];
		await queue.n8n.rest('POST', `/rest/executions/${stopped.id}/stop`);
		await queue.workers[0]!.start();
		crashed = await executionsOf({ status: ['crashed'] });
	});

	test('marks its executions as crashed with their events when it is back', async () => {
		const open = await queue.n8n.executions({ workflowId, status: ['new', 'running', 'error'] });
		expect(open).toEqual([]);
		expect(crashed).toHaveLength(underWay / 2 - 1);
		const held = [stopped, ...crashed].flatMap(eventsHeldBy);
		const succeeded = (await executionsOf({ status: ['success'] })).flatMap((execution) =>
			outputOf(execution, 'Receive customer events').map(({ json }) => String(json.messageId)),
		);
		const accountedFor = [...held, ...succeeded.filter((id) => id.startsWith('killed'))];
		expect(accountedFor.sort()).toEqual(names.flatMap(idsOf).sort());
	});

	test('delivers them with a retry, once at SuprSend and again at RelationKit', async () => {
		const retried = crashed.slice(1);
		const ends = [];
		for (const { id } of retried) ends.push(await queue.n8n.retry(id));

		expect(retried.length).toBeGreaterThan(0);
		expect(ends).toEqual(retried.map(() => 'success'));
		expect(idsAt('suprsend').sort()).toEqual(names.flatMap(idsOf).sort());
		expect(idsAt('relationkit').sort()).toEqual(
			[...names.flatMap(idsOf), ...retried.flatMap(eventsHeldBy)].sort(),
		);
	});

	test('retries a stopped execution, too, although n8n calls the retry a failure', async () => {
		const before = idsAt('relationkit');

		expect(await queue.n8n.retry(stopped.id)).toBe('error');
		expect(idsAt('relationkit').slice(before.length).sort()).toEqual(eventsHeldBy(stopped).sort());
		expect(idsAt('suprsend').sort()).toEqual(names.flatMap(idsOf).sort());
	});

	test('loses the events of an execution that was not retried if a worker looks for lost jobs', async () => {
		const [{ id }] = crashed as [Execution];
		expect(eventsHeldBy(await queue.n8n.execution(id))).toHaveLength(3);
		const looking = await queue.n8n.newProcess('looking', ['worker'], {
			QUEUE_WORKER_STALLED_INTERVAL: '1000',
		});
		await looking.start();
		try {
			const emptied = await waitFor(
				async () => {
					const execution = await queue.n8n.execution(id);
					return execution.status === 'error' ? execution : undefined;
				},
				{ what: 'n8n to mark the execution as failed', timeoutMs: 60_000 },
			);
			expect(eventsHeldBy(emptied)).toEqual([]);
		} finally {
			await looking.end('SIGTERM');
		}
	});
});
