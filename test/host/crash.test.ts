import { startSandbox, type Sandbox } from '../sandbox';
import { demoCredentials } from './demo';
import { generation } from './generation';
import { itemsHeldBy, outputOf, type Execution } from './n8n-client';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { Trigger } from './trigger';
import { waitFor } from './wait';

jest.setTimeout(240_000);

let n8n: RunningN8n;
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await startN8n({ packages: [await packPackage()], credentials: demoCredentials(sandbox) });
});
afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

const suprSend = {
	name: 'Send to SuprSend',
	type: 'n8n-nodes-customer-events.suprSend',
	typeVersion: 1,
	parameters: { resource: 'event', operation: 'send', mappingMode: 'canonicalEvent' },
	credentials: { suprSendApi: { id: null, name: 'SuprSend sandbox' } },
};

const idsOf = (request: string) => [0, 1, 2].map((index) => `${request}-${index}`);
const requestOf = (id: string) => id.replace(/-\d$/, '');

/** Resolves when the events are acknowledged. Without `finish`, the body's last byte is never sent. */
async function post({ url }: Trigger, request: string, { finish = true } = {}): Promise<unknown> {
	const events = idsOf(request).map((messageId) => ({
		type: 'track',
		event: 'Order Completed',
		userId: 'u1',
		messageId,
	}));
	const body = JSON.stringify(events);
	const unfinished = () =>
		new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode(body.slice(0, -1))) });
	const response = await fetch(url, {
		method: 'POST',
		...(finish ? { body } : { body: unfinished(), duplex: 'half' }),
	});
	const answer = await response.text();
	if (response.status !== 200) throw new Error(`The trigger answered ${response.status}: ${answer}`);
	return JSON.parse(answer);
}

async function executionsOf({ workflowId }: Trigger): Promise<Execution[]> {
	const summaries = await n8n.executions({ workflowId });
	return await Promise.all(summaries.map(({ id }) => n8n.execution(id)));
}

/** Returns the events that an execution has not processed yet, or all of them if it has finished. */
function eventsHeldBy(execution: Execution): string[] {
	const isDone = execution.status === 'success';
	const items = isDone ? outputOf(execution, 'Trigger') : itemsHeldBy(execution);
	return items.map(({ json }) => String(json.messageId));
}

function eventsAtSuprSend(): string[] {
	const ids = sandbox
		.records('suprsend', 'event')
		.map(({ body }) => (body as { $idempotency_key: string }).$idempotency_key);
	return ids.sort();
}

/** Kills n8n once, before these tests. They check the outcome in this order, so run the whole describe. */
describe('n8n is killed while senders send and services are slow', () => {
	const requests = Array.from({ length: 20 }, (_, index) => `request-${index}`);
	/** The request whose sender hasn't sent the whole body when n8n is killed, so it never gets an answer. */
	const unfinished = 'request-unfinished';
	const acknowledgedBeforeKill = 8;
	const acknowledged: string[] = [];
	const unanswered: string[] = [];
	let trigger: Trigger;
	let withoutFailed: Trigger;
	let remembering: Trigger;

	beforeAll(async () => {
		trigger = await Trigger.add(n8n, { followedBy: [suprSend] });
		withoutFailed = await Trigger.add(n8n, {
			followedBy: [suprSend],
			workflowSettings: { saveDataErrorExecution: 'none' },
		});
		remembering = await Trigger.add(n8n, { options: { duplicates: 'stored' } });
		sandbox.misbehave({ provider: 'suprsend', times: Infinity, do: { delayMs: 60_000 } });

		await post(withoutFailed, 'unsaved');
		await post(remembering, 'remembered');
		const sending = [
			...requests.map((request) => post(trigger, request)),
			post(trigger, unfinished, { finish: false }),
		];
		const settled = [...requests, unfinished].map((request, index) =>
			sending[index]?.then(
				() => acknowledged.push(request),
				() => unanswered.push(request),
			),
		);
		await waitFor(async () => acknowledged.length >= acknowledgedBeforeKill || undefined, {
			what: 'answers',
			timeoutMs: 20_000,
			everyMs: 1,
		});
		if (!generation.savesBeforeAnswering) await untilSaved(requests.length);
		await n8n.kill('SIGKILL');
		await Promise.all(settled);
		sandbox.behave();
		await n8n.restart();
	});

	const untilSaved = (count: number) =>
		waitFor(
			async () => (await n8n.executions({ workflowId: trigger.workflowId })).length === count || undefined,
			{
				what: 'n8n to save what it has answered',
				timeoutMs: 20_000,
			},
		);

	test('keeps every acknowledged event in one execution', async () => {
		const held = (await executionsOf(trigger)).flatMap(eventsHeldBy);
		const ofAcknowledged = held.filter((id) => acknowledged.includes(requestOf(id)));

		expect(ofAcknowledged.sort()).toEqual(acknowledged.flatMap(idsOf).sort());
	});

	test('marks executions of acknowledged events as crashed, after up to three restarts if no node had started', async () => {
		/** Whether n8n has run an execution again because no node had started. */
		const wasRunAgain = (execution: Execution) =>
			['new', 'success'].includes(execution.status) &&
			(generation.startsAcknowledged ||
				eventsHeldBy(execution).every((id) => unanswered.includes(requestOf(id))));

		const before = await executionsOf(trigger);
		const interrupted = before.filter((execution) => !wasRunAgain(execution));
		expect(interrupted.length).toBeGreaterThan(0);
		expect(['crashed', 'running']).toEqual(expect.arrayContaining(interrupted.map(({ status }) => status)));

		let after = before;
		// n8n leaves an execution alone while the logs of its last two starts have the execution, but no node of it.
		for (let restarts = 0; restarts < 3 && after.some(({ status }) => status === 'running'); restarts++) {
			await n8n.restart();
			after = await executionsOf(trigger);
		}
		expect(after).toHaveLength(before.length);
		const crashed = after.filter((execution) => !wasRunAgain(execution));
		expect(crashed.map(({ status }) => status)).toEqual(interrupted.map(() => 'crashed'));
	});

	test('delivers every event once after senders without an answer send again and crashed executions are retried', async () => {
		expect(unanswered).toContain(unfinished);
		expect(eventsAtSuprSend().length).toBeGreaterThan(0);
		const crashed = (await executionsOf(trigger)).filter(({ status }) => status === 'crashed');
		for (const request of unanswered) await post(trigger, request);
		const ends = [];
		for (const { id } of crashed) ends.push(await n8n.retry(id));
		await n8n.waitUntilIdle();

		expect(ends).toEqual(crashed.map(() => 'success'));
		expect(eventsAtSuprSend().filter((id) => id.startsWith('request'))).toEqual(
			[...requests, unfinished].flatMap(idsOf).sort(),
		);
	});

	test('keeps nothing in a workflow that does not save failed executions', async () => {
		expect(await executionsOf(withoutFailed)).toEqual([]);
	});
	test('leaves out acknowledged events if the trigger stores IDs', async () => {
		expect(await post(remembering, 'remembered')).toMatchObject({ accepted: 0, duplicates: 3 });
		expect(await post(trigger, acknowledged[0] ?? '')).toMatchObject({ accepted: 3, duplicates: 0 });
	});
});
