import { chunk } from 'lodash';
import { startSandbox, type Sandbox } from '../sandbox';
import { event, events, send, senders, type Sender } from './harness/senders';

const [relationKit] = senders as [Sender];

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

test('events of a user keep their order across executions, with a 503 for every fifth request', async () => {
	for (let index = 0; index < 60; index++) {
		sandbox.misbehave({ provider: 'relationkit', after: 4, do: { status: 503 } });
	}
	const users = Array.from({ length: 20 }, (_, index) => `user-${index}`);
	const runs: Array<ReturnType<typeof send>> = [];
	for (let round = 0; round < 10; round++) {
		for (const [index, userId] of users.entries()) {
			const one = event(round * users.length + index, { userId, event: `event_${round}` });
			runs.push(send(relationKit, sandbox, [one]));
			await new Promise((resolve) => setTimeout(resolve, 2));
		}
	}
	await Promise.all(runs);

	expect(sandbox.counts('relationkit').failed).toBeGreaterThan(20);
	const inOrder = Array.from({ length: 10 }, (_, round) => `event_${round}`);
	for (const userId of users) {
		const theirs = sandbox.records('relationkit').filter(({ user }) => user === userId);
		expect(theirs.map(({ name }) => name)).toEqual(inOrder);
	}
});

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

/** `npm run test:fuzz` runs all of these, which takes six minutes. The first is too short for the real goals. */
const short = { runs: 100, events: 3, perSecond: 100 };
const loads = [
	short,
	{ runs: 10, events: 100, perSecond: 50 },
	{ runs: 50, events: 20, perSecond: 50 },
	{ runs: 100, events: 20, perSecond: 100 },
	{ runs: 200, events: 10, perSecond: 50 },
	{ runs: 500, events: 4, perSecond: 50 },
].slice(0, Number(process.env.EXECUTION_LOADS ?? 1));

describe.each(loads)('$runs executions of $events events at $perSecond per second', (load) => {
	test.each([
		['with Retry-After', 'seconds', { requestsPerEvent: 1.05, rateShare: 0.95 }],
		['without Retry-After', 'none', { requestsPerEvent: 1.3, rateShare: 0.8 }],
	] as const)(
		'waste few requests and little time %s',
		async (_, retryAfter, goal) => {
			const { runs, events: perRun, perSecond } = load;
			sandbox.misbehave({ provider: 'relationkit', do: { rate: { perSecond, retryAfter } } });
			const all = Array.from({ length: runs * perRun }, (_each, index) =>
				event(index, { userId: `user-${index}` }),
			);
			const startedAt = performance.now();
			const runsOf = chunk(all, perRun).map(async (its) => await send(relationKit, sandbox, its));
			const results = (await Promise.all(runsOf)).flatMap(({ output }) => output);
			const seconds = (performance.now() - startedAt) / 1000;

			expect(results.filter(({ json }) => json.status === 'delivered')).toHaveLength(all.length);
			const users = sandbox.records('relationkit').map(({ user }) => user);
			expect([users.length, new Set(users).size]).toEqual([all.length, all.length]);
			expect(sandbox.counts('relationkit').requests / all.length).toBeLessThanOrEqual(goal.requestsPerEvent);
			const rateShare = (all.length - perSecond) / perSecond / seconds;
			expect(rateShare).toBeGreaterThanOrEqual(load === loads[0] ? 0.4 : goal.rateShare);
		},
		120_000,
	);
});
