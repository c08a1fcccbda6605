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
