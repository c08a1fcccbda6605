import { parseTime } from '../event';
import type { RefusalReason } from './sender-check';

/** The tolerance in the libraries of Standard Webhooks, Svix and Stripe. */
export const defaultToleranceSeconds = 300;

/**
 * Checks that a signed time is close to now, so that a request can't be replayed later. Compares whole seconds,
 * in both directions.
 * @param time the signed text: epoch seconds, epoch milliseconds or ISO 8601
 * @returns why the request is refused, or undefined if the time is accepted
 */
export function checkTime(time: string, now: number, toleranceSeconds: number): RefusalReason | undefined {
	const signedAt = parseTime(time);
	if (signedAt === undefined) {
		return {
			code: 'timestamp_unreadable',
			message: 'The signed time is neither epoch seconds nor ISO 8601.',
		};
	}
	const age = wholeSeconds(now) - wholeSeconds(signedAt);
	if (Math.abs(age) <= toleranceSeconds) return undefined;
	const isOld = age > 0;
	const distance = `The signed time is ${Math.abs(age)} seconds in the ${isOld ? 'past' : 'future'}, and the limit is ${toleranceSeconds} seconds.`;
	return isOld
		? {
				code: 'timestamp_too_old',
				message: `${distance} The request was resent, or a clock is wrong.`,
			}
		: { code: 'timestamp_too_new', message: `${distance} A clock is wrong.` };
}

function wholeSeconds(milliseconds: number): number {
	return Math.floor(milliseconds / 1000);
}
