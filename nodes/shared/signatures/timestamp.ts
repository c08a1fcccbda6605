import { parseTime } from '../event';
import { refused, type RefusedSender } from './verdict';

/** What the libraries of Standard Webhooks, Svix and Stripe allow. */
export const defaultToleranceSeconds = 300;

/**
 * A signed time keeps a request from being repeated for ever. It counts in whole seconds, both ways.
 * @param time as it was signed: epoch seconds, epoch milliseconds or ISO 8601
 * @returns why the time is not accepted, or undefined if it is
 */
export function refuseTime(time: string, now: number, toleranceSeconds: number): RefusedSender | undefined {
	const signedAt = parseTime(time);
	if (signedAt === undefined) {
		return refused('timestamp_unreadable', 'The signed time is neither epoch seconds nor ISO 8601.');
	}
	const age = wholeSeconds(now) - wholeSeconds(signedAt);
	if (Math.abs(age) <= toleranceSeconds) return undefined;
	return age > 0
		? refused(
				'timestamp_too_old',
				`${lies(age, toleranceSeconds)} Either it is a repetition, or a clock is wrong.`,
			)
		: refused('timestamp_too_new', `${lies(age, toleranceSeconds)} A clock is wrong.`);
}

function lies(age: number, toleranceSeconds: number): string {
	const where = age > 0 ? 'past' : 'future';
	return `The signed time lies ${Math.abs(age)} seconds in the ${where}, ${toleranceSeconds} are allowed.`;
}

function wholeSeconds(milliseconds: number): number {
	return Math.floor(milliseconds / 1000);
}
