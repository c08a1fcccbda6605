import { DateTime } from 'luxon';
import type { Failure } from '../../service/failure';

export interface RetryPolicy {
	maxRetries: number;
	/** The longest single wait, whether the service asks for it or we choose it. */
	maxWaitMs: number;
	/** Whether the request may be sent again when it may have arrived. */
	resendable: boolean;
}

const firstWaitMs = 250;

/**
 * Decides whether and when to send a request again: after `Retry-After`, else with exponential backoff.
 * @param attempts how often it was sent so far
 * @param random 0 to 1: full jitter, so that many senders don't come back at the same moment
 * @returns milliseconds to wait, or undefined to give up
 */
export function waitBeforeRetry(
	failure: Failure,
	attempts: number,
	policy: RetryPolicy,
	random: () => number,
): number | undefined {
	const triesLeft = attempts <= policy.maxRetries;
	if (!triesLeft || !maySendAgain(failure, policy)) return undefined;
	// A service whose clock is behind may ask for no wait at all.
	const asked = failure.retryAfterMs ?? 0;
	const backoff = random() * Math.min(policy.maxWaitMs, firstWaitMs * 2 ** (attempts - 1));
	return asked > policy.maxWaitMs ? undefined : Math.max(asked, backoff);
}

function maySendAgain({ retryable, mayHaveBeenReceived }: Failure, { resendable }: RetryPolicy): boolean {
	return retryable && (mayHaveBeenReceived !== true || resendable);
}

/**
 * Reads `Retry-After`: seconds or an HTTP date (RFC 9110, section 10.2.3).
 * @returns milliseconds from `now`, or undefined when the header is missing or unreadable
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
	if (header === undefined) return undefined;
	if (/^\s*\d+(?:\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
	const date = DateTime.fromHTTP(header.trim());
	return date.isValid ? Math.max(0, date.toMillis() - now) : undefined;
}
