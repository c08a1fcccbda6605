import { UserOrder } from '../../../nodes/shared/delivery/send/user-order';
import { FakeClock, recordOf, settle } from './helpers';

/** Sends a batch with records of these users. It ends when the test says so. */
function send(order: UserOrder, clock: FakeClock, ...users: string[]) {
	const state = { started: false, ended: false, warnings: [] as string[], end: () => {} };
	const batch = users.map((orderKey, index) => ({ ...recordOf(index, 10), orderKey }));
	void order
		.run('account', batch, clock, async (records) => {
			state.started = true;
			state.warnings = records.flatMap(({ warnings }) => warnings.map(({ code }) => code));
			await new Promise<void>((resolve) => (state.end = resolve));
		})
		.then(() => (state.ended = true));
	return state;
}

const started = (batches: Array<{ started: boolean }>) => batches.map((batch) => batch.started);

test('a batch waits for the batches before it that share a user, and for no others', async () => {
	const [order, clock] = [new UserOrder(), new FakeClock()];
	const first = send(order, clock, 'ada', 'grace');
	const second = send(order, clock, 'grace', 'hedy');
	const third = send(order, clock, 'hedy');
	const other = send(order, clock, 'joan');
	await settle();
	expect(started([first, second, third, other])).toEqual([true, false, false, true]);

	first.end();
	await settle();
	expect(started([second, third])).toEqual([true, false]);
	second.end();
	await settle();
	expect(third).toMatchObject({ started: true, warnings: [] });
});

test('a batch that fails lets the next one go', async () => {
	const [order, clock] = [new UserOrder(), new FakeClock()];
	const failing = order.run('account', [{ ...recordOf(0, 10), orderKey: 'ada' }], clock, async () => {
		await settle();
		throw new Error('wrong');
	});
	const next = send(order, clock, 'ada');
	await expect(failing).rejects.toThrow('wrong');
	await settle();
	expect(next.started).toBe(true);
});

test('a canceled batch stops waiting, and lets no later one overtake those before it', async () => {
	const order = new UserOrder();
	const first = send(order, new FakeClock(), 'ada');
	const clock = new FakeClock();
	const canceled = send(order, clock, 'ada');
	const third = send(order, new FakeClock(), 'ada');
	await settle();
	clock.cancel();
	await settle();
	expect(canceled.started).toBe(true);
	canceled.end();
	await settle();
	expect(third.started).toBe(false);
	first.end();
	await settle();
	expect(third.started).toBe(true);
});

test('a batch waits no longer than two minutes, and then has a warning', async () => {
	const [order, clock] = [new UserOrder(), new FakeClock()];
	send(order, clock, 'ada');
	const second = send(order, clock, 'ada');
	await clock.advance(119_000);
	expect(second.started).toBe(false);
	await clock.advance(1_100);
	expect(second).toMatchObject({ started: true, warnings: ['order_uncertain'] });
});

test('forgets a user when the last batch has ended', async () => {
	const [order, clock] = [new UserOrder(), new FakeClock()];
	const batches = Array.from({ length: 1_000 }, (_, index) => send(order, clock, `user-${index}`));
	await settle();
	expect(order.isIdle).toBe(false);
	for (const { end } of batches) end();
	await settle();
	expect(order.isIdle).toBe(true);
});
