import { ServiceLimit } from '../../../nodes/shared/delivery/send/service-limit';
import { simulate } from './service-simulation';

/** A limit that has seen this many refusals of requests that started one after the other. */
function refusedTimes(limit: ServiceLimit, times: number, from = 0, isRateLimit = true): void {
	for (let now = from; now < from + times; now++) {
		limit.started(now, 1);
		limit.refused({ startedAt: now, isRateLimit }, now + 0.5);
	}
}

describe('before a service shows a limit,', () => {
	test('ten requests are in flight, or as many as one run wants', () => {
		const limit = new ServiceLimit();
		expect(limit.mostInFlight(0, 5)).toBe(10);
		expect(limit.mostInFlight(0, 32)).toBe(32);
	});

	test('slow answers raise the number, and fast ones hardly do', () => {
		const slow = new ServiceLimit();
		const fast = new ServiceLimit();
		for (let time = 0; time < 100; time++) {
			slow.answered(time, time + 250);
			fast.answered(time, time + 2);
		}
		expect(slow.mostInFlight(350, 1)).toBe(110);
		expect(fast.mostInFlight(101, 1)).toBe(10);
	});

	test('silence doubles the number until 500', () => {
		const limit = new ServiceLimit();
		limit.started(1000, 1);
		const times = [1000, 1100, 1140, 1180, 2000];
		const mosts = times.map((now) => {
			const most = limit.mostInFlight(now, 1);
			// As many as may start do.
			for (let inFlight = 2; inFlight <= most; inFlight++) limit.started(now, inFlight);
			return most;
		});
		expect(mosts).toEqual([10, 10, 20, 40, 500]);
	});
});

describe('a refusal', () => {
	test('alone changes nothing', () => {
		const limit = new ServiceLimit();
		for (let time = 0; time < 100; time++) {
			if (time % 10 === 0) refusedTimes(limit, 1, time);
			else limit.answered(time, time);
		}
		expect(limit.mostInFlight(100, 1)).toBe(10);
		expect(limit.pauseEnd(60_000)).toBeLessThanOrEqual(100);
	});

	test('shrinks the number when several come together, down to one', () => {
		const limit = new ServiceLimit();
		refusedTimes(limit, 5, 1);
		expect(limit.mostInFlight(10, 32)).toBe(1);
	});

	test('does not let a request that hangs hold up the others', () => {
		const limit = new ServiceLimit();
		refusedTimes(limit, 5, 1);
		limit.started(1000, 1);
		const mosts = [1000, 1249, 1250, 1500, 6000].map((now) => {
			const most = limit.mostInFlight(now, 1);
			if (most > 1 && now < 1500) limit.started(now, 2);
			return most;
		});
		expect(mosts).toEqual([1, 1, 2, 3, 21]);
		limit.answered(1250, 1251);
		expect(limit.mostInFlight(1251, 1)).toBe(2);
	});

	test('shrinks it once for all requests that were in flight', () => {
		const limit = new ServiceLimit();
		for (let time = 0; time < 400; time++) limit.answered(time, time + 250);
		for (let time = 1; time <= 100; time++)
			limit.refused({ startedAt: 1000, isRateLimit: true }, 1000 + time);
		expect(limit.mostInFlight(1100, 1)).toBe(51);
	});

	test('pauses all requests as long as the service asks, or shortly for too many requests', () => {
		const [asked, rateLimited, unavailable] = [new ServiceLimit(), new ServiceLimit(), new ServiceLimit()];
		asked.refused({ startedAt: 1, retryAfterMs: 3000, isRateLimit: false }, 2);
		refusedTimes(rateLimited, 5, 1);
		refusedTimes(unavailable, 5, 1, false);
		expect([asked, rateLimited, unavailable].map((limit) => limit.pauseEnd(60_000))).toEqual([
			3002, 255.5, 5.5,
		]);
	});
});

/** Many executions that send to a service with a limit. Each request costs 2 ms of our own time. */
describe.each([
	{ runs: 10, events: 100, perSecond: 50 },
	{ runs: 100, events: 20, perSecond: 100 },
	{ runs: 500, events: 4, perSecond: 50 },
])('$runs executions with $events events at a limit of $perSecond per second', (load) => {
	test.each([2, 20])('waste few requests and little time, with answers after %d ms', async (latency) => {
		const told = await simulate({ ...load, latency, retryAfter: true });
		expect(told.lost).toBe(0);
		expect(told.requestsPerEvent).toBeLessThan(1.05);
		expect(told.rateShare).toBeGreaterThan(0.93);
		const untold = await simulate({ ...load, latency, retryAfter: false });
		expect(untold.lost).toBe(0);
		expect(untold.requestsPerEvent).toBeLessThan(1.3);
		expect(untold.rateShare).toBeGreaterThan(0.8);
	});
});

test.each([
	{ runs: 50, events: 10, latency: 500, most: 1.7 },
	{ runs: 100, events: 100, latency: 100, most: 21 },
])(
	'a slow service without a limit gets as much at once as it takes: $latency ms',
	async ({ most, ...load }) => {
		expect((await simulate(load)).seconds).toBeLessThan(most);
	},
);

test.each([0.03, 0.05])(
	'a service that refuses %d of all requests at random doesn’t get slower',
	async (stray) => {
		const load = { runs: 170, events: 10, latency: 100 };
		const [healthy, straying] = [await simulate(load), await simulate({ ...load, stray })];
		expect(straying.lost).toBe(0);
		expect(straying.seconds).toBeLessThan(3 * healthy.seconds);
	},
);
