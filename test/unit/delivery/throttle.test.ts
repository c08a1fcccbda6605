import fc from 'fast-check';
import {
	Throttle,
	throttleOf,
	type RunSettings,
	type RunThrottle,
} from '../../../nodes/shared/delivery/send/throttle';
import { FakeClock, settle } from './helpers';

/** Starts requests that end when the test says so. */
function controlled(run: RunThrottle, count: number) {
	const startedAt: number[] = [];
	const ends: Array<() => void> = [];
	const all = Array.from(
		{ length: count },
		async () =>
			await run.run(async (at) => {
				startedAt.push(at);
				await new Promise<void>((resolve) => ends.push(resolve));
			}),
	);
	return {
		startedAt,
		endOne: () => ends.shift()?.(),
		endAll: async () => {
			while (startedAt.length < count) {
				ends.splice(0).forEach((end) => end());
				await settle();
			}
			ends.splice(0).forEach((end) => end());
			await Promise.all(all);
		},
	};
}

function joined(clock: FakeClock, settings: Partial<RunSettings> = {}): RunThrottle {
	return new Throttle(clock.process).join({ concurrency: 10, maxWaitMs: 60_000, clock, ...settings });
}

test('runs as many requests at the same time as allowed and starts the next when one ends', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 5 }),
			fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 30 }),
			async (concurrency, durations) => {
				const clock = new FakeClock();
				const run = joined(clock, { concurrency });
				const started: number[] = [];
				let inFlight = 0;
				let most = 0;
				const all = durations.map(
					async (duration, i) =>
						await run.run(async (startedAt) => {
							expect(startedAt).toBe(clock.now());
							started.push(i);
							most = Math.max(most, ++inFlight);
							await clock.sleep(duration);
							inFlight--;
							return i;
						}),
				);
				const inOrder = durations.map((_, i) => i);
				expect(await clock.until(Promise.all(all))).toEqual(inOrder);
				expect(started).toEqual(inOrder);
				expect(most).toBe(Math.min(concurrency, durations.length));
			},
		),
		{ numRuns: 50 },
	);
});

test('starts the next request after one fails', async () => {
	const run = joined(new FakeClock(), { concurrency: 1 });
	const wrong = run.run(async () => await Promise.reject(new Error('wrong')));
	const next = run.run(async () => await Promise.resolve('next'));
	await expect(wrong).rejects.toThrow('wrong');
	expect(await next).toBe('next');
});

describe('requests per second', () => {
	test('are spread evenly', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(0.5, 1, 4, 10, 40),
				fc.integer({ min: 1, max: 10 }),
				fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 20 }),
				async (requestsPerSecond, concurrency, durations) => {
					const clock = new FakeClock();
					const run = joined(clock, { concurrency, requestsPerSecond });
					const startedAt: number[] = [];
					const all = durations.map(
						async (duration) =>
							await run.run(async (at) => {
								startedAt.push(at);
								await clock.sleep(duration);
							}),
					);
					await clock.until(Promise.all(all));

					const gap = 1000 / requestsPerSecond;
					const gaps = startedAt.slice(1).map((at, i) => at - (startedAt[i] ?? NaN));
					expect(Math.min(gap, ...gaps)).toBeGreaterThanOrEqual(gap - 1e-6);
					// With room for all requests, only the gap delays them.
					if (concurrency * gap > 300) {
						expect(startedAt.at(-1)).toBeCloseTo(gap * (durations.length - 1), 5);
					}
				},
			),
			{ numRuns: 50 },
		);
	});

	test('do not catch up after a pause', async () => {
		const clock = new FakeClock();
		const run = joined(clock, { requestsPerSecond: 10 });
		const startedAt: number[] = [];
		const request = async () => await run.run(async (at) => await Promise.resolve(void startedAt.push(at)));
		await clock.until(request());
		await clock.advance(5000);
		await clock.until(Promise.all([request(), request(), request()]));
		expect(startedAt).toEqual([0, 5000, 5100, 5200]);
	});

	test('of one run do not slow down a run with more of them', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle(clock.process);
		const started = [1, 100].map((requestsPerSecond) => {
			const run = throttle.join({ concurrency: 10, requestsPerSecond, maxWaitMs: 60_000, clock });
			const startedAt: number[] = [];
			for (let request = 0; request < 300; request++)
				void run.run(async (at) => await Promise.resolve(startedAt.push(at)));
			return startedAt;
		});
		await clock.advance(2_500);
		expect(started.map(({ length }) => length)).toEqual([3, 251]);
	});

	test('count for all runs that have the same limit, and for no others', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle(clock.process);
		const startedAt: number[] = [];
		const limited = [1, 2, 3].map(() =>
			throttle.join({ concurrency: 5, requestsPerSecond: 10, maxWaitMs: 60_000, clock }),
		);
		const free = throttle.join({ concurrency: 5, maxWaitMs: 60_000, clock });
		const all = limited.map(
			async (run) => await run.run(async (at) => await Promise.resolve(startedAt.push(at))),
		);
		const freeAt = free.run(async (at) => await Promise.resolve(at));
		await clock.until(Promise.all(all));
		expect(startedAt).toEqual([0, 100, 200]);
		expect(await freeAt).toBe(0);
	});
});

describe('runs that share an account', () => {
	test('all pause when the service asks one of them to', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle(clock.process);
		const [one, other] = [1, 2].map(() => throttle.join({ concurrency: 10, maxWaitMs: 60_000, clock })) as [
			RunThrottle,
			RunThrottle,
		];
		for (const retryAfterMs of [1000, 3000, 2000])
			one.refused({ startedAt: 0, retryAfterMs, isRateLimit: true });
		const requests = controlled(other, 3);
		await clock.advance(2999);
		expect(requests.startedAt).toEqual([]);
		await clock.advance(1);
		expect(requests.startedAt).toEqual([3000, 3000, 3000]);
		await requests.endAll();
	});

	test('a new pause extends that of waiting requests', async () => {
		const clock = new FakeClock();
		const run = joined(clock);
		run.refused({ startedAt: 0, retryAfterMs: 1000, isRateLimit: true });
		const requests = controlled(run, 1);
		await clock.advance(500);
		run.refused({ startedAt: 0, retryAfterMs: 1000, isRateLimit: true });
		await clock.advance(500);
		expect(requests.startedAt).toEqual([]);
		await clock.advance(500);
		expect(requests.startedAt).toEqual([1500]);
		await requests.endAll();
	});

	test('wait for a pause no longer than their own Max Wait', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle(clock.process);
		const [patient, impatient] = [3_600_000, 5_000].map((maxWaitMs) =>
			throttle.join({ concurrency: 10, maxWaitMs, clock }),
		) as [RunThrottle, RunThrottle];
		patient.refused({ startedAt: 0, retryAfterMs: 1_800_000, isRateLimit: true });
		const [long, short] = [controlled(patient, 1), controlled(impatient, 1)];
		await clock.advance(1_800_000);
		expect([long.startedAt, short.startedAt]).toEqual([[1_800_000], [5_000]]);
		await Promise.all([long.endAll(), short.endAll()]);
	});

	test('forget what the service has shown after a minute without requests', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle(clock.process);
		const one = throttle.join({ concurrency: 10, maxWaitMs: 60_000, clock });
		const inFlightAfter = async (milliseconds: number) => {
			await clock.advance(milliseconds);
			const requests = controlled(one, 10);
			await settle();
			const most = requests.startedAt.length;
			await requests.endAll();
			return most;
		};
		for (let startedAt = 1; startedAt <= 10; startedAt++) one.refused({ startedAt, isRateLimit: false });
		expect(await inFlightAfter(50)).toBe(1);
		expect(await inFlightAfter(59_000)).toBe(1);
		expect(await inFlightAfter(60_001)).toBe(10);
	});

	test('get few more requests in flight while a service with a known limit is slow', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle(clock.process);
		const runs = Array.from({ length: 200 }, () =>
			throttle.join({ concurrency: 1, maxWaitMs: 60_000, clock }),
		);
		for (let startedAt = 1; startedAt <= 10; startedAt++) runs[0]?.refused({ startedAt, isRateLimit: false });
		const requests = runs.map((run) => controlled(run, 1));
		await clock.advance(1_050);
		expect(requests.flatMap(({ startedAt }) => startedAt)).toHaveLength(5);
		for (let round = 0; round < 300; round++) {
			requests.forEach(({ endOne }) => endOne());
			await clock.advance(10);
		}
	});

	test('take turns, so that a run with one request waits for one of each other run', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle(clock.process);
		const large = controlled(throttle.join({ concurrency: 10, maxWaitMs: 60_000, clock }), 100);
		const small = controlled(throttle.join({ concurrency: 10, maxWaitMs: 60_000, clock }), 1);
		await settle();
		expect([large.startedAt.length, small.startedAt.length]).toEqual([10, 0]);
		large.endOne();
		await settle();
		large.endOne();
		await settle();
		expect(small.startedAt).toHaveLength(1);
		await Promise.all([large.endAll(), small.endAll()]);
	});

	test('together have a bounded number of requests in flight', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle(clock.process);
		const runs = Array.from({ length: 100 }, () =>
			controlled(throttle.join({ concurrency: 10, maxWaitMs: 60_000, clock }), 10),
		);
		await clock.advance(60_000);
		expect(runs.flatMap(({ startedAt }) => startedAt)).toHaveLength(500);
		await Promise.all(runs.map(async (run) => await run.endAll()));
	});

	test('a cancelled run ends at once and doesn’t keep the others from going on', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle(clock.process);
		const stopped = { ...clock.process, isCancelled: () => cancelled };
		let cancelled = false;
		const one = throttle.join({ concurrency: 2, maxWaitMs: 60_000, clock: stopped });
		const other = throttle.join({ concurrency: 2, maxWaitMs: 60_000, clock });
		one.refused({ startedAt: 0, retryAfterMs: 10_000, isRateLimit: true });
		const [ending, waiting] = [controlled(one, 20), controlled(other, 2)];
		await clock.advance(1000);
		expect(ending.startedAt).toEqual([]);
		cancelled = true;
		await clock.advance(100);
		expect(ending.startedAt).toHaveLength(20);
		await ending.endAll();
		expect(waiting.startedAt).toEqual([]);
		await clock.advance(9000);
		expect(waiting.startedAt).toEqual([10_000, 10_000]);
		await waiting.endAll();
	});
});

test('the process has one throttle for each account', () => {
	expect(throttleOf('a')).toBe(throttleOf('a'));
	expect(throttleOf('a')).not.toBe(throttleOf('b'));
});
