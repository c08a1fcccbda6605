import fc from 'fast-check';
import { RateLimit } from '../../../nodes/shared/webhook/rate-limit';

test('accepts events up to the limit and then says how long to wait', () => {
	const limit = new RateLimit(100, 0);
	expect(limit.admit(60, 0)).toBe(0);
	expect(limit.admit(40, 0)).toBe(0);
	expect(limit.admit(1, 0)).toBe(1);
	expect(limit.admit(1, 10)).toBe(0);
});

test('saves unused events for up to one second', () => {
	const limit = new RateLimit(100, 0);
	expect(limit.admit(100, 60_000)).toBe(0);
	expect(limit.admit(1, 60_000)).toBe(1);
});

test('accepts a batch above the limit and then nothing until the average is within it', () => {
	const limit = new RateLimit(10, 0);
	expect(limit.admit(35, 0)).toBe(0);
	expect(limit.admit(1, 1_000)).toBe(2);
	expect(limit.admit(1, 2_700)).toBe(0);
});

test('never accepts more than the limit on average', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 50 }),
			fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 2_000 })), {
				minLength: 1,
				maxLength: 60,
			}),
			(perSecond, requests) => {
				const limit = new RateLimit(perSecond, 0);
				let now = 0;
				let taken = 0;
				for (const [events, pause] of requests) {
					now += pause;
					const wait = limit.admit(events, now);
					if (wait === 0) taken += events;
					else expect(wait).toBeGreaterThanOrEqual(1);
					// One batch may overdraw, since it cannot be split.
					expect(taken).toBeLessThanOrEqual(perSecond * (1 + now / 1000) + 50);
				}
			},
		),
	);
});

test('accepts a batch after the wait that it asked for', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 50 }),
			fc.array(fc.integer({ min: 1, max: 200 })),
			(perSecond, batches) => {
				const limit = new RateLimit(perSecond, 0);
				let now = 0;
				for (const events of batches) {
					now += 1000 * limit.admit(events, now);
					// Having waited, it has either gone already or goes now.
					now += 1000 * limit.admit(0, now);
				}
				expect(limit.admit(1, now + 1000 * Math.ceil(200 / perSecond + 1))).toBe(0);
			},
		),
	);
});
