import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import { executionClock, Throttle } from '../../../nodes/shared/delivery/send/throttle';
import { FakeClock, settle } from './helpers';

/** Starts requests that end when the test says so. */
function controlled(throttle: Throttle, count: number) {
	const startedAt: number[] = [];
	const ends: Array<() => void> = [];
	const all = Array.from(
		{ length: count },
		async () =>
			await throttle.run(async (at) => {
				startedAt.push(at);
				await new Promise<void>((resolve) => ends.push(resolve));
			}),
	);
	return {
		startedAt,
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

/** How many requests may be in flight now. */
async function limitOf(throttle: Throttle): Promise<number> {
	const requests = controlled(throttle, 50);
	await settle();
	const limit = requests.startedAt.length;
	await requests.endAll();
	return limit;
}

test('runs as many requests at the same time as allowed and starts the next when one ends', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 5 }),
			fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 30 }),
			async (concurrency, durations) => {
				const clock = new FakeClock();
				const throttle = new Throttle({ concurrency, clock });
				const started: number[] = [];
				let inFlight = 0;
				let most = 0;
				const all = durations.map(
					async (duration, i) =>
						await throttle.run(async (startedAt) => {
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
	const throttle = new Throttle({ concurrency: 1, clock: new FakeClock() });
	const wrong = throttle.run(async () => await Promise.reject(new Error('wrong')));
	const next = throttle.run(async () => await Promise.resolve('next'));
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
					const throttle = new Throttle({ concurrency, requestsPerSecond, clock });
					const startedAt: number[] = [];
					const all = durations.map(
						async (duration) =>
							await throttle.run(async (at) => {
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
		const throttle = new Throttle({ concurrency: 10, requestsPerSecond: 10, clock });
		const startedAt: number[] = [];
		const request = async () =>
			await throttle.run(async (at) => await Promise.resolve(void startedAt.push(at)));
		await clock.until(request());
		await clock.advance(5000);
		await clock.until(Promise.all([request(), request(), request()]));
		expect(startedAt).toEqual([0, 5000, 5100, 5200]);
	});
});

describe('when the service is overloaded,', () => {
	test('all requests pause', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle({ concurrency: 4, clock });
		throttle.slowDown(3000, 0);
		const requests = controlled(throttle, 3);
		await clock.advance(2999);
		expect(requests.startedAt).toEqual([]);
		await clock.advance(1);
		expect(requests.startedAt).toEqual([3000, 3000]);
	});

	test('the longest pause counts', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle({ concurrency: 4, clock });
		for (const pause of [1000, 4000, 2000]) throttle.slowDown(pause, 0);
		const requests = controlled(throttle, 1);
		await clock.advance(10_000);
		expect(requests.startedAt).toEqual([4000]);
	});

	test('a new pause extends that of waiting requests', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle({ concurrency: 4, clock });
		throttle.slowDown(1000, 0);
		const requests = controlled(throttle, 1);
		await clock.advance(500);
		throttle.slowDown(1000, 0);
		await clock.advance(500);
		expect(requests.startedAt).toEqual([]);
		await clock.advance(500);
		expect(requests.startedAt).toEqual([1500]);
	});

	test('half as many requests run, reduced once for all that started before', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle({ concurrency: 8, clock });
		await clock.advance(10);
		for (let i = 0; i < 8; i++) throttle.slowDown(0, i);
		expect(await limitOf(throttle)).toBe(4);
		throttle.slowDown(0, 10);
		expect(await limitOf(throttle)).toBe(4);
	});

	test('the number is halved again until only one request runs', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle({ concurrency: 8, clock });
		const limits: number[] = [];
		for (let i = 0; i < 6; i++) {
			await clock.advance(10);
			throttle.slowDown(0, clock.now());
			limits.push(await limitOf(throttle));
		}
		expect(limits).toEqual([4, 2, 1, 1, 1, 1]);
	});

	test('each success raises the number a little', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle({ concurrency: 4, clock });
		throttle.slowDown(0, 0);
		await clock.advance(1);
		throttle.slowDown(0, 1);
		expect(await limitOf(throttle)).toBe(1);
		const limits: number[] = [];
		for (let i = 0; i < 8; i++) {
			throttle.succeeded();
			limits.push(await limitOf(throttle));
		}
		expect(limits).toEqual([2, 2, 2, 3, 3, 3, 4, 4]);
	});

	test('always runs between one and the allowed number of requests', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 12 }),
				fc.array(fc.boolean(), { maxLength: 60 }),
				async (concurrency, answers) => {
					const clock = new FakeClock();
					const throttle = new Throttle({ concurrency, clock });
					for (const success of answers) {
						await clock.advance(1);
						if (success) throttle.succeeded();
						else throttle.slowDown(0, clock.now());
					}
					const limit = await limitOf(throttle);
					expect(limit).toBeGreaterThanOrEqual(1);
					expect(limit).toBeLessThanOrEqual(concurrency);

					for (let i = 0; i < 100; i++) throttle.succeeded();
					expect(await limitOf(throttle)).toBe(concurrency);
				},
			),
			{ numRuns: 30 },
		);
	});
});

describe('when the execution is canceled,', () => {
	test('all waiting requests start at once', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle({ concurrency: 2, requestsPerSecond: 1, clock });
		throttle.slowDown(3_600_000, 0);
		let ran = 0;
		const all = Array.from(
			{ length: 20 },
			async () => await throttle.run(async () => await Promise.resolve(ran++)),
		);
		await settle();
		expect(ran).toBe(0);
		clock.cancel();
		await Promise.all(all);
		expect(ran).toBe(20);
		expect(clock.now()).toBe(0);
		// It slept once before the cancellation, and not again after it.
		expect(clock.sleeps).toHaveLength(1);
	});

	test('later requests start at once, too', async () => {
		const clock = new FakeClock();
		const throttle = new Throttle({ concurrency: 2, requestsPerSecond: 1, clock });
		throttle.slowDown(3_600_000, 0);
		clock.cancel();
		expect(await throttle.run(async (startedAt) => await Promise.resolve(startedAt))).toBe(0);
		expect(clock.sleeps).toEqual([]);
	});
});

describe('the clock of an execution', () => {
	const clockWith = (signal?: AbortSignal) =>
		executionClock({ getExecutionCancelSignal: () => signal } as unknown as IExecuteFunctions);

	/** How many milliseconds a sleep lasts. */
	async function slept(milliseconds: number, signal?: AbortSignal): Promise<number> {
		const before = performance.now();
		await clockWith(signal).sleep(milliseconds);
		return performance.now() - before;
	}

	test('tells the time', () => {
		const before = Date.now();
		const now = clockWith().now();
		expect(now).toBeGreaterThanOrEqual(before);
		expect(now).toBeLessThanOrEqual(Date.now());
	});

	test('knows whether the execution is canceled', () => {
		const controller = new AbortController();
		const clock = clockWith(controller.signal);
		expect(clock.isCancelled()).toBe(false);
		controller.abort();
		expect(clock.isCancelled()).toBe(true);
		expect(clockWith().isCancelled()).toBe(false);
	});

	test.each([[150], [20]])('sleeps for %d ms', async (milliseconds) => {
		const lasted = await slept(milliseconds);
		// Timers may fire a millisecond early.
		expect(lasted).toBeGreaterThanOrEqual(milliseconds - 2);
		expect(lasted).toBeLessThan(milliseconds + 5_000);
	});

	test.each([[0], [-5]])('does not sleep for %d ms', async (milliseconds) => {
		let timers = 0;
		const set = jest.spyOn(globalThis, 'setTimeout').mockImplementation(() => {
			timers++;
			throw new Error('It sleeps');
		});
		await clockWith().sleep(milliseconds);
		set.mockRestore();
		expect(timers).toBe(0);
	});

	test('wakes soon after the execution is canceled', async () => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 20);
		expect(await slept(60_000, controller.signal)).toBeLessThan(20_000);
		expect(await slept(60_000, controller.signal)).toBeLessThan(20_000);
	});
});
