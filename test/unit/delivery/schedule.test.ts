import fc from 'fast-check';
import { runInLanes } from '../../../nodes/shared/delivery/schedule';

interface Job {
	name: number;
	lanes: string[];
}

/** Runs jobs that end when the test says so. */
function controlled(jobs: readonly Job[], concurrency: number) {
	const started: number[] = [];
	const end = new Map<number, () => void>();
	const done = runInLanes(
		jobs,
		({ lanes }) => lanes,
		concurrency,
		async ({ name }) => {
			started.push(name);
			await new Promise<void>((resolve) => end.set(name, resolve));
			return name * 10;
		},
	);
	const settle = async () => await new Promise((resolve) => setImmediate(resolve));
	return {
		started: async () => {
			await settle();
			return [...started];
		},
		finish: (name: number) => end.get(name)?.(),
		done,
	};
}

const jobs = (...lanes: string[][]): Job[] => lanes.map((own, name) => ({ name, lanes: own }));

test('jobs of different lanes run side by side', async () => {
	const run = controlled(jobs(['a'], ['b'], ['c']), 10);
	expect(await run.started()).toEqual([0, 1, 2]);
});

test('no more jobs run than are allowed at once', async () => {
	const run = controlled(jobs(['a'], ['b'], ['c']), 2);
	expect(await run.started()).toEqual([0, 1]);
	run.finish(1);
	expect(await run.started()).toEqual([0, 1, 2]);
});

test('a job waits for the one before it in its lane, others do not wait for either', async () => {
	const run = controlled(jobs(['a'], ['a'], ['b']), 10);
	expect(await run.started()).toEqual([0, 2]);
	run.finish(2);
	expect(await run.started()).toEqual([0, 2]);
	run.finish(0);
	expect(await run.started()).toEqual([0, 2, 1]);
});

test('a job that waits for its lane takes nobody’s place', async () => {
	const run = controlled(jobs(['a'], ['a'], ['a'], ['b']), 2);
	expect(await run.started()).toEqual([0, 3]);
});

test('a job of several lanes waits for all of them', async () => {
	const run = controlled(jobs(['a'], ['b'], ['a', 'b'], ['b']), 10);
	expect(await run.started()).toEqual([0, 1]);
	run.finish(0);
	expect(await run.started()).toEqual([0, 1]);
	run.finish(1);
	expect(await run.started()).toEqual([0, 1, 2]);
	run.finish(2);
	expect(await run.started()).toEqual([0, 1, 2, 3]);
});

test('a lane named twice is one lane', async () => {
	const run = controlled(jobs(['a', 'a'], ['a', 'a']), 10);
	expect(await run.started()).toEqual([0]);
	run.finish(0);
	expect(await run.started()).toEqual([0, 1]);
});

test('jobs without a lane wait for nobody', async () => {
	const run = controlled(jobs([], ['a'], []), 10);
	expect(await run.started()).toEqual([0, 1, 2]);
});

test('results come in the order of the jobs, however they end', async () => {
	const run = controlled(jobs(['a'], ['b'], ['c']), 10);
	await run.started();
	for (const name of [2, 0, 1]) run.finish(name);
	expect(await run.done).toEqual([0, 10, 20]);
});

test('no jobs, no results', async () => {
	expect(await controlled([], 10).done).toEqual([]);
});

test('a job knows its place', async () => {
	const places = await runInLanes(
		['x', 'y'],
		() => [],
		1,
		async (job, index) => await Promise.resolve(`${job}${index}`),
	);
	expect(places).toEqual(['x0', 'y1']);
});

test('whatever the order in which jobs end: lanes in order, never too many at once, nothing idle', async () => {
	const lane = fc.constantFrom('a', 'b', 'c', 'd');
	const someJobs = fc
		.array(fc.uniqueArray(lane, { maxLength: 3 }), { maxLength: 15 })
		.map((lanes) => jobs(...lanes));

	await fc.assert(
		fc.asyncProperty(
			fc.scheduler(),
			someJobs,
			fc.integer({ min: 1, max: 4 }),
			async (s, given, concurrency) => {
				const running = new Set<number>();
				const ended = new Set<number>();
				let most = 0;
				const done = runInLanes(
					given,
					({ lanes }) => lanes,
					concurrency,
					async ({ name, lanes }) => {
						const earlier = given
							.slice(0, name)
							.filter((job) => job.lanes.some((each) => lanes.includes(each)));
						expect(earlier.filter((job) => !ended.has(job.name))).toEqual([]);
						running.add(name);
						most = Math.max(most, running.size);
						await s.schedule(Promise.resolve(), `job ${name}`);
						running.delete(name);
						ended.add(name);
						return name;
					},
				);
				await s.waitFor(done);

				expect(await done).toEqual(given.map(({ name }) => name));
				expect(most).toBeLessThanOrEqual(concurrency);
				const free = given.filter(({ lanes }, i) =>
					given.slice(0, i).every((job) => !meet(job.lanes, lanes)),
				);
				expect(most).toBeGreaterThanOrEqual(Math.min(concurrency, free.length));
			},
		),
		{ numRuns: 300 },
	);
});

const meet = (one: string[], other: string[]) => one.some((lane) => other.includes(lane));
