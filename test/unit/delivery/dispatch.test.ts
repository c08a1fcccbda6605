import fc from 'fast-check';
import { dispatch } from '../../../nodes/shared/delivery/dispatch';
import { settle } from './helpers';

interface Job {
	name: number;
	lanes: string[];
}

const jobs = (...lanes: string[][]): Job[] => lanes.map((own, name) => ({ name, lanes: own }));

/** Runs jobs that end when the test says so. */
function controlled(given: readonly Job[], window: number) {
	const started: number[] = [];
	const end = new Map<number, () => void>();
	let pulled = 0;
	let done = false;
	function* pull() {
		for (const job of given) {
			pulled++;
			yield job;
		}
	}
	void dispatch(
		pull(),
		({ lanes }) => lanes,
		window,
		async ({ name }) => {
			started.push(name);
			await new Promise<void>((resolve) => end.set(name, resolve));
		},
	).then(() => (done = true));
	return {
		started: async () => {
			await settle();
			return [...started];
		},
		pulled: async () => {
			await settle();
			return pulled;
		},
		done: async () => {
			await settle();
			return done;
		},
		finish: (name: number) => end.get(name)?.(),
	};
}

test('jobs of different lanes run side by side', async () => {
	const run = controlled(jobs(['a'], ['b'], ['c']), 10);
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

test('a job of a thousand lanes waits for a thousand jobs, and a thousand wait for it', async () => {
	const names = Array.from({ length: 1000 }, (_, i) => `lane ${i}`);
	const single = names.map((name) => [name]);
	const run = controlled(jobs(...single, names, ...single), 5000);
	const first = names.map((_, i) => i);
	expect(await run.started()).toEqual(first);
	first.slice(1).forEach(run.finish);
	expect(await run.started()).toHaveLength(1000);
	run.finish(0);
	expect(await run.started()).toHaveLength(1001);
	run.finish(1000);
	expect(await run.started()).toHaveLength(2001);
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

test('a lane that was idle for a while starts anew', async () => {
	const run = controlled(jobs(['a'], ['b'], ['a']), 2);
	await run.started();
	run.finish(0);
	expect(await run.started()).toEqual([0, 1, 2]);
});

test('only so many jobs are held at once, the next is pulled when one of them ends', async () => {
	const run = controlled(jobs(['a'], ['b'], ['c'], ['d']), 2);
	expect(await run.started()).toEqual([0, 1]);
	expect(await run.pulled()).toBe(2);
	run.finish(1);
	expect(await run.started()).toEqual([0, 1, 2]);
	expect(await run.pulled()).toBe(3);
});

test('a job that waits for its lane is held too', async () => {
	const run = controlled(jobs(['a'], ['a'], ['b']), 2);
	expect(await run.started()).toEqual([0]);
	expect(await run.pulled()).toBe(2);
	run.finish(0);
	expect((await run.started()).sort()).toEqual([0, 1, 2]);
	expect(await run.pulled()).toBe(3);
});

test('it is over when the last job is', async () => {
	const run = controlled(jobs(['a'], ['b']), 2);
	await run.started();
	run.finish(1);
	expect(await run.done()).toBe(false);
	run.finish(0);
	expect(await run.done()).toBe(true);
});

test('without jobs it is over at once', async () => {
	expect(await controlled([], 10).done()).toBe(true);
});

test('a job knows its place', async () => {
	const places: string[] = [];
	await dispatch(
		['x', 'y', 'z'],
		() => [],
		1,
		async (job, index) => {
			await settle();
			places.push(`${job}${index}`);
		},
	);
	expect(places).toEqual(['x0', 'y1', 'z2']);
});

test('ten thousand jobs that end at once are no trouble', async () => {
	let ran = 0;
	const many = Array.from({ length: 10_000 }, (_, i) => i);
	await dispatch(
		many,
		(i) => [`${i % 7}`],
		40,
		async () => {
			ran++;
			await Promise.resolve();
		},
	);
	expect(ran).toBe(10_000);
});

const meet = (one: string[], other: string[]) => one.some((lane) => other.includes(lane));

test('whatever the order in which jobs end: all run, lanes in order, never too many held', async () => {
	const lane = fc.constantFrom('a', 'b', 'c', 'd');
	const someJobs = fc
		.array(fc.uniqueArray(lane, { maxLength: 3 }), { maxLength: 15 })
		.map((lanes) => jobs(...lanes));

	await fc.assert(
		fc.asyncProperty(fc.scheduler(), someJobs, fc.integer({ min: 1, max: 6 }), async (s, given, window) => {
			const ended = new Set<number>();
			let pulled = 0;
			let most = 0;
			let mostHeld = 0;
			let running = 0;
			function* pull() {
				for (const job of given) {
					pulled++;
					mostHeld = Math.max(mostHeld, pulled - ended.size);
					yield job;
				}
			}
			const done = dispatch(
				pull(),
				({ lanes }) => lanes,
				window,
				async ({ name, lanes }) => {
					const earlier = given.slice(0, name).filter((job) => meet(job.lanes, lanes));
					expect(earlier.filter((job) => !ended.has(job.name))).toEqual([]);
					most = Math.max(most, ++running);
					await s.schedule(Promise.resolve(), `job ${name}`);
					running--;
					ended.add(name);
				},
			);
			await s.waitFor(done);

			expect(ended.size).toBe(given.length);
			expect(mostHeld).toBeLessThanOrEqual(window);
			// Of the first jobs, all that meet none before them run at once.
			const first = given.slice(0, window);
			const free = first.filter(({ lanes }, i) => first.slice(0, i).every((job) => !meet(job.lanes, lanes)));
			expect(most).toBeGreaterThanOrEqual(free.length);
		}),
		{ numRuns: 300 },
	);
});
