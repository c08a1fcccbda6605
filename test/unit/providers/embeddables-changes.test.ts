import {
	mostInOneRequest,
	overlap,
	readChanges,
	type Change,
	type Entry,
	type Progress,
	type ReadEntries,
} from '../../../nodes/Embeddables/polling/changes';

const start = Date.parse('2026-01-01T00:00:00Z');
const iso = (time: number) => new Date(time).toISOString();

/** Embeddables with entries at these times. Its documentation doesn't say whether the bounds of a request are included. */
class Account {
	readonly entries = new Map<string, Entry>();
	requests = 0;

	constructor(private readonly areBoundsIncluded = false) {}

	put(id: string, updatedAt: number): void {
		const { created_at = iso(updatedAt) } = this.entries.get(id) ?? {};
		this.entries.set(id, { entry_id: id, created_at, updated_at: iso(updatedAt) });
	}

	readonly read: ReadEntries = async ({ from, to }) => {
		this.requests++;
		const after = this.areBoundsIncluded ? from - 1 : from - 0.5;
		const before = this.areBoundsIncluded ? to : to - 0.5;
		return [...this.entries.values()]
			.filter(({ updated_at }) => {
				const time = Date.parse(String(updated_at));
				return time >= after && time <= before;
			})
			.slice(0, mostInOneRequest);
	};
}

/** Polls, and stores the progress as n8n does. */
class Poller {
	private stored: string;
	readonly found: string[] = [];

	constructor(
		private readonly read: ReadEntries,
		progress: Progress = { since: start, seen: {} },
	) {
		this.stored = JSON.stringify(progress);
	}

	async poll(): Promise<Change[]> {
		const { changes, progress } = await readChanges(this.read, JSON.parse(this.stored) as Progress);
		this.stored = JSON.stringify(progress);
		this.found.push(...changes.map(describeChange));
		return changes;
	}
}

const describeChange = ({ entry, isNew }: Change) =>
	`${String(entry.entry_id)} ${String(entry.updated_at)} ${isNew ? 'new' : 'changed'}`;

test.each([true, false])(
	'finds each of 10,000 changes over 20 polls once, in order, if bounds are included: %s',
	async (areBoundsIncluded) => {
		const account = new Account(areBoundsIncluded);
		const poller = new Poller(account.read);
		const expected: string[] = [];
		let time = start;
		for (let round = 0; round < 20; round++) {
			for (let index = 0; index < 500; index++) {
				// Every third has the time of the one before it.
				if (index % 3 !== 0) time += 1 + (index % 7) * 40;
				const isOld = round > 0 && index % 5 === 0;
				const id = isOld ? `entry-${round - 1}-${index + 1}` : `entry-${round}-${index}`;
				account.put(id, time);
				expected.push(`${id} ${iso(time)} ${isOld ? 'changed' : 'new'}`);
			}
			await poller.poll();
			time += 60_000;
		}

		expect([...poller.found].sort()).toEqual([...expected].sort());
		const times = poller.found.map((each) => each.split(' ')[1]);
		expect(times).toEqual([...times].sort());
	},
);

test('reads 10,000 entries of a backfill in parts that a request can return, with few requests', async () => {
	const account = new Account();
	for (let index = 0; index < 10_000; index++) account.put(`entry-${index}`, start + index * 997);
	const poller = new Poller(account.read);
	for (let polls = 0; polls < 3; polls++) await poller.poll();

	expect(new Set(poller.found).size).toBe(10_000);
	expect(poller.found).toHaveLength(10_000);
	expect(account.requests).toBeLessThan(250);
});

test('leaves what is more than 5,000 changes to the next poll', async () => {
	const account = new Account();
	for (let index = 0; index < 8000; index++) account.put(`entry-${index}`, start + index * 1000);
	const poller = new Poller(account.read);

	const first = await poller.poll();
	expect(first.length).toBeGreaterThanOrEqual(5000);
	expect(first.length).toBeLessThan(6000);
	await poller.poll();
	expect(new Set(poller.found).size).toBe(8000);
});

test('calls an entry new when a later poll of a backfill finds it first', async () => {
	const account = new Account();
	for (let index = 0; index < 8000; index++) account.put(`entry-${index}`, start + index * 1000);
	// Created early, and changed so late that the first poll doesn't get there.
	account.put('entry-5', start + 7_900_500);
	const poller = new Poller(account.read);
	await poller.poll();
	// An entry of the first poll changes.
	account.put('entry-7', start + 8_000_000);
	await poller.poll();
	account.put('entry-8', start + 8_100_000);
	await poller.poll();

	const kindsOf = (id: string) =>
		poller.found.filter((each) => each.startsWith(`${id} `)).map((each) => each.split(' ')[2]);
	expect([kindsOf('entry-5'), kindsOf('entry-7'), kindsOf('entry-8')]).toEqual([
		['new'],
		['new', 'changed'],
		['new', 'changed'],
	]);
});

test('skips nothing when an entry in the middle of a response has no time', async () => {
	const account = new Account();
	for (let index = 0; index < 3; index++) account.put(`entry-${index}`, start + index * 100_000);
	let isBroken = true;
	const poller = new Poller(async (span) => {
		const [first, ...others] = await account.read(span);
		return isBroken ? [others[1] ?? {}, { entry_id: 'timeless' }, first ?? {}] : [first ?? {}, ...others];
	});
	await expect(poller.poll()).rejects.toThrow('timeless');
	isBroken = false;
	await poller.poll();

	expect(poller.found).toHaveLength(3);
});

test('finds an entry that becomes visible after later ones', async () => {
	const account = new Account();
	const poller = new Poller(account.read);
	account.put('punctual', start + 30_000);
	await poller.poll();
	account.put('late', start + 1000);
	await poller.poll();

	expect(poller.found).toEqual([`punctual ${iso(start + 30_000)} new`, `late ${iso(start + 1000)} new`]);
});

test('finds an entry again whenever it changes, and only then', async () => {
	const account = new Account();
	const poller = new Poller(account.read);
	account.put('entry', start + 1000);
	await poller.poll();
	await poller.poll();
	account.put('entry', start + 2000);
	await poller.poll();
	account.put('entry', start + overlap + 10_000);
	await poller.poll();
	await poller.poll();

	expect(poller.found.map((each) => each.split(' ')[2])).toEqual(['new', 'changed', 'changed']);
});

test('keeps what it has found when a later request fails, and goes on from there', async () => {
	const account = new Account();
	for (let index = 0; index < 3000; index++) account.put(`entry-${index}`, start + index * 1000);
	let requests = 0;
	const poller = new Poller(async (span) => {
		if (++requests === 4) throw new Error('The service is down');
		return await account.read(span);
	});
	const first = await poller.poll();
	expect(first.length).toBeGreaterThan(0);
	expect(first.length).toBeLessThan(3000);
	await poller.poll();

	expect(poller.found).toHaveLength(3000);
	expect(new Set(poller.found).size).toBe(3000);
});

test('fails when nothing was found, so that nothing is skipped', async () => {
	const down = async () => await Promise.reject(new Error('The service is down'));
	await expect(readChanges(down, { since: start, seen: {} })).rejects.toThrow('The service is down');
});

test('says so when more entries have the same time than a request returns', async () => {
	const account = new Account();
	for (let index = 0; index <= mostInOneRequest; index++) account.put(`entry-${index}`, start);
	await expect(readChanges(account.read, { since: start, seen: {} })).rejects.toThrow(
		/more than 250 entries that changed at the same time, .* set 'Start From' to a later time/,
	);
});

test('says so when an entry has no time', async () => {
	const read = async () => await Promise.resolve([{ entry_id: 'timeless' }]);
	await expect(readChanges(read, { since: start, seen: {} })).rejects.toThrow('Entry timeless has no');
});

test('remembers only what the next poll reads again', async () => {
	const account = new Account();
	for (let index = 0; index < 240; index++) account.put(`entry-${index}`, start + index * 1000);
	const { progress } = await readChanges(account.read, { since: start, seen: {} });

	expect(Object.keys(progress.seen)).toHaveLength(overlap / 1000 + 1);
});
