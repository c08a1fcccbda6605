import fc from 'fast-check';
import type { Failure } from '../../../nodes/shared/service/failure';
import {
	parseRetryAfter,
	waitBeforeRetry,
	type RetryPolicy,
} from '../../../nodes/shared/delivery/send/retry';
import { failed } from './helpers';

const policy: RetryPolicy = { maxRetries: 3, maxWaitMs: 10_000, resendable: true };
const always = () => 1;

const rejected = failed('unavailable', { retryable: true }).reason;
const uncertain = failed('timed_out', { retryable: true, mayHaveBeenReceived: true }).reason;
const final = failed('refused').reason;
const asked = (retryAfterMs: number, failure: Failure = rejected): Failure => ({ ...failure, retryAfterMs });

describe('retries', () => {
	test.each([
		['a rejected request after the first wait', rejected, true, 1, 250],
		['a rejected request a second time after twice as long', rejected, true, 2, 500],
		['a rejected request a third time after four times as long', rejected, true, 3, 1000],
		['a rejected request even if it is not resendable', rejected, false, 1, 250],
		['a request that may have arrived if it is resendable', uncertain, true, 1, 250],
		['after the time in Retry-After', asked(7000), true, 1, 7000],
		['after the time in Retry-After, also the third time', asked(7000), true, 3, 7000],
		['after the time in Retry-After, up to Max Wait', asked(10_000), true, 1, 10_000],
		['after our own wait when Retry-After is 0', asked(0), true, 1, 250],
		['after the time in Retry-After, even if it is not resendable', asked(7000), false, 1, 7000],
	])('%s', (_, failure, resendable, attempts, expected) => {
		expect(waitBeforeRetry(failure, attempts, { ...policy, resendable }, always)).toBe(expected);
	});
});

describe('gives up', () => {
	test.each([
		['after Max Retries', rejected, true, 4],
		['after Max Retries, even with Retry-After', asked(1), true, 4],
		['a request that would fail again', final, true, 1],
		['a request that would fail again, even with Retry-After', asked(1, final), true, 1],
		['a request that may have arrived and is not resendable', uncertain, false, 1],
		['a request that may have arrived, even with Retry-After', asked(1, uncertain), false, 1],
		['when Retry-After is longer than Max Wait', asked(10_001), true, 1],
		['when Retry-After is infinite', asked(Infinity), true, 1],
	])('%s', (_, failure, resendable, attempts) => {
		expect(waitBeforeRetry(failure, attempts, { ...policy, resendable }, always)).toBeUndefined();
	});

	test('at once without retries', () => {
		expect(waitBeforeRetry(rejected, 1, { ...policy, maxRetries: 0 }, always)).toBeUndefined();
	});
});

test('spreads waits from zero to twice as long each time, up to Max Wait', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 2000 }),
			fc.integer({ min: 0, max: 3_600_000 }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			(attempts, maxWaitMs, random) => {
				const own = { maxRetries: 2000, maxWaitMs, resendable: true };
				const most = waitBeforeRetry(rejected, attempts, own, always) ?? NaN;
				expect(most).toBe(Math.min(maxWaitMs, 250 * 2 ** (attempts - 1)));
				expect(waitBeforeRetry(rejected, attempts, own, () => 0)).toBe(0);
				expect(waitBeforeRetry(rejected, attempts, own, () => random)).toBe(random * most);
			},
		),
	);
});

describe('Retry-After', () => {
	const now = Date.UTC(2026, 9, 21, 7, 28, 0);

	test.each([
		['seconds', '120', 120_000],
		['zero seconds', '0', 0],
		['decimals', '1.5', 1500],
		['several decimals', '12.25', 12_250],
		['seconds with spaces around', ' 3 ', 3000],
		['a date', 'Wed, 21 Oct 2026 07:28:09 GMT', 9000],
		['a date with spaces around', ' Wed, 21 Oct 2026 07:28:09 GMT ', 9000],
		['a date that is now', 'Wed, 21 Oct 2026 07:28:00 GMT', 0],
		['a date in the past', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
		['a date in the format of RFC 850', 'Wednesday, 21-Oct-26 07:28:09 GMT', 9000],
	])('can be %s', (_, header, expected) => {
		expect(parseRetryAfter(header, now)).toBe(expected);
	});

	test.each([
		['missing', undefined],
		['empty', ''],
		['only spaces', '  '],
		['text', 'soon'],
		['decimals without a digit before them', '.5'],
		['a point without decimals', '5.'],
		['two points', '1.2.3'],
		['seconds with their unit', '5s'],
		['a hexadecimal number', '0x10'],
		['an exponent', '1e3'],
		['two values', '5, 6 seconds'],
		['an impossible date', 'Wed, 99 Foo 2026 07:28:00 GMT'],
	])('is ignored when it is %s', (_, header) => {
		expect(parseRetryAfter(header, now)).toBeUndefined();
	});

	test.each([
		['a negative number', '-5'],
		['a number with a sign', '+5'],
		['a decimal comma', '1,5'],
		['a word with a number', 'soon 5'],
	])('is ignored when it is %s', (_, header) => {
		expect(parseRetryAfter(header, now)).toBeUndefined();
	});

	describe('is never negative and never NaN', () => {
		const pastOrFuture = fc.date({
			min: new Date('1970-01-01T00:00:00Z'),
			max: new Date('2100-01-01T00:00:00Z'),
			noInvalidDate: true,
		});

		test('for any number of seconds', () => {
			fc.assert(
				fc.property(fc.nat(), fc.nat({ max: 999 }), (seconds, thousandths) => {
					expect(parseRetryAfter(`${seconds}`, now)).toBe(seconds * 1000);
					expect(parseRetryAfter(`${seconds}.${thousandths}`, now)).toBeGreaterThanOrEqual(seconds * 1000);
				}),
			);
		});

		test('for any date', () => {
			fc.assert(
				fc.property(pastOrFuture, (date) => {
					const wait = Math.floor(date.getTime() / 1000) * 1000 - now;
					expect(parseRetryAfter(date.toUTCString(), now)).toBe(Math.max(0, wait));
				}),
			);
		});

		test('for any sign before a number or a date', () => {
			fc.assert(
				fc.property(fc.constantFrom('-', '+', '--'), fc.nat(), (sign, seconds) => {
					expect(parseRetryAfter(`${sign}${seconds}`, now)).toBeUndefined();
				}),
			);
		});

		test('for any text', () => {
			const pieces = fc.constantFrom(
				'-',
				'+',
				'.',
				',',
				' ',
				'e',
				'0',
				'7',
				'21',
				'Oct',
				'2026',
				'GMT',
				'NaN',
			);
			const almost = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''));
			fc.assert(
				fc.property(fc.oneof(fc.string(), almost), (header) => {
					expect(parseRetryAfter(header, now) ?? 0).toBeGreaterThanOrEqual(0);
				}),
			);
		});
	});
});
