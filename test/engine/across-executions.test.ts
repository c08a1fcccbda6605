import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { chunk, uniq } from 'lodash';
import type { INodeParameters } from 'n8n-workflow';
import { userOrder } from '../../nodes/shared/delivery/send/user-order';
import { waitFor } from '../host/wait';
import { startSandbox, type Sandbox } from '../sandbox';
import { paceAt, paceGoals, paceLoads } from '../shared-pace';
import type { NodeRun } from './harness/run-node';
import { event, events, send, senders, type Sender } from './harness/senders';

const [relationKit] = senders as [Sender];

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

/** Starts an execution for each user, several times. Waits in between until each execution has its place in the order. */
async function startRounds(
	rounds: number,
	users: string[],
	parameters?: INodeParameters,
): Promise<NodeRun[]> {
	const placed = jest.spyOn(userOrder, 'run');
	const runs: Array<Promise<NodeRun>> = [];
	for (let round = 0; round < rounds; round++) {
		for (const userId of users) {
			const one = event(runs.length, { userId, event: `event_${round}` });
			runs.push(send(relationKit, sandbox, [one], { parameters }));
		}
		const all = async () => placed.mock.calls.length === runs.length || undefined;
		await waitFor(all, { what: 'executions to get their places', timeoutMs: 20_000, everyMs: 5 });
	}
	placed.mockRestore();
	return await Promise.all(runs);
}

const twentyUsers = Array.from({ length: 20 }, (_, index) => `user-${index}`);

test('events of a user keep their order across executions, with a 503 for every fifth request', async () => {
	for (let index = 0; index < 60; index++) {
		sandbox.misbehave({ provider: 'relationkit', after: 4, do: { status: 503 } });
	}
	await startRounds(10, twentyUsers);

	expect(sandbox.counts('relationkit').failed).toBeGreaterThan(20);
	const inOrder = Array.from({ length: 10 }, (_, round) => `event_${round}`);
	for (const userId of twentyUsers) {
		const theirs = sandbox.records('relationkit').filter(({ user }) => user === userId);
		expect(theirs.map(({ name }) => name)).toEqual(inOrder);
	}
});

test('events of a user keep their order across executions when requests time out', async () => {
	const slow = { provider: 'relationkit', do: { delayMs: 1_500 } } as const;
	for (let index = 0; index < 10; index++) sandbox.misbehave({ ...slow, after: 7 });
	const options = { eventNameFormat: 'asIs', timeout: 1, retryUncertain: true };
	const results = (await startRounds(5, twentyUsers, { options })).flatMap(({ output }) => output);

	expect(results.filter(({ json }) => json.status === 'delivered')).toHaveLength(100);
	expect(results.filter(({ json }) => json.attempts === 2).length).toBeGreaterThan(5);
	const inOrder = Array.from({ length: 5 }, (_, round) => `event_${round}`);
	for (const userId of twentyUsers) {
		const theirs = sandbox.records('relationkit').filter(({ user }) => user === userId);
		// What timed out was stored all the same, so it is there twice.
		expect(uniq(theirs.map(({ name }) => name))).toEqual(inOrder);
	}
});

test('many executions for many users leave nothing in memory', async () => {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const total = Number(process.env.CONSECUTIVE_EXECUTIONS ?? 1_000);
	const heldMegabytes: number[] = [];
	for (let index = 0; index < total; index++) {
		await send(relationKit, sandbox, [event(index, { userId: `user-${index}` })]);
		if ((index + 1) % (total / 4) !== 0) continue;
		sandbox.reset();
		collectGarbage();
		heldMegabytes.push(process.memoryUsage().heapUsed / 1024 / 1024);
	}
	const [first = NaN, , , last = NaN] = heldMegabytes;
	expect(last - first).toBeLessThan(5);
	expect(userOrder.isIdle).toBe(true);
}, 300_000);

test('a user whose first event gets no answer doesn’t delay other users', async () => {
	sandbox.misbehave({ provider: 'relationkit', when: { 'event.name': 'slow' }, do: { delayMs: 3_000 } });
	const ended: string[] = [];
	const sendOne = async (name: string) => {
		await send(relationKit, sandbox, [event(0, { userId: 'ada', event: name })]);
		ended.push(name);
	};
	const slow = sendOne('slow');
	while (sandbox.peakInFlight('relationkit') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	const next = sendOne('next');
	const others = events(20).map(async (each) => await send(relationKit, sandbox, [each]));
	await Promise.all([slow, next, Promise.all(others).then(() => ended.push('others'))]);
	expect(ended).toEqual(['others', 'slow', 'next']);
});

const loads = paceLoads({ executions: 100, events: 3, perSecond: 100, requestsPerEvent: 2, rateShare: 0.2 });

describe.each(loads)('$executions executions of $events events at $perSecond per second', (load) => {
	test.each(paceGoals)(
		'waste few requests and little time %s',
		async (_, retryAfter, goal) => {
			const { executions, events: perRun, perSecond, requestsPerEvent, rateShare } = { ...goal, ...load };
			sandbox.misbehave({ provider: 'relationkit', do: { rate: { perSecond, retryAfter } } });
			const all = Array.from({ length: executions * perRun }, (_each, index) =>
				event(index, { userId: `user-${index}` }),
			);
			const runs = chunk(all, perRun).map(async (its) => await send(relationKit, sandbox, its));
			const results = (await Promise.all(runs)).flatMap(({ output }) => output);

			expect(results.filter(({ json }) => json.status === 'delivered')).toHaveLength(all.length);
			const users = sandbox.records('relationkit').map(({ user }) => user);
			expect([users.length, new Set(users).size]).toEqual([all.length, all.length]);
			const pace = paceAt(sandbox, load);
			expect(pace.requestsPerEvent).toBeLessThanOrEqual(requestsPerEvent);
			expect(pace.rateShare).toBeGreaterThanOrEqual(rateShare);
		},
		120_000,
	);
});
