import type { IExecuteFunctions } from 'n8n-workflow';
import { executionClock } from '../../../nodes/shared/delivery/send/clock';

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
