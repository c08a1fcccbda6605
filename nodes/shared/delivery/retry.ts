import { DateTime } from 'luxon';
import type { Failure } from './failure';

export interface RetryPolicy {
	maxRetries: number;
	/** The longest single wait, whether the provider asks for it or we choose it. */
	maxWaitMs: number;
	/** Whether sending a record twice does no harm: it carries an idempotency key, or overwrites what is there. */
	repeatable: boolean;
}

const firstWaitMs = 250;

/**
 * How long to wait before sending the same request again.
 * @param attempts how often it was sent so far
 * @param random 0 to 1; full jitter, so that many senders do not come back at the same moment
 * @returns milliseconds, or undefined to give up
 */
export function waitBeforeRetry(
	failure: Failure,
	attempts: number,
	policy: RetryPolicy,
	random: () => number,
): number | undefined {
	const triesLeft = attempts <= policy.maxRetries;
	if (!triesLeft || !maySendAgain(failure, policy)) return undefined;
	// A wait of nothing, as from a service whose clock is behind, is no wait.
	const asked = failure.retryAfterMs ?? 0;
	const backoff = random() * Math.min(policy.maxWaitMs, firstWaitMs * 2 ** (attempts - 1));
	return asked > policy.maxWaitMs ? undefined : Math.max(asked, backoff);
}

/** What the provider may have carried out already is sent again only where that does no harm. */
function maySendAgain({ retryable, mayHaveBeenReceived }: Failure, { repeatable }: RetryPolicy): boolean {
	return retryable && (mayHaveBeenReceived !== true || repeatable);
}

/**
 * Reads `Retry-After`: seconds or an HTTP date (RFC 9110, section 10.2.3).
 * @returns milliseconds from `now`, or undefined when the header is absent or unreadable
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
	if (header === undefined) return undefined;
	if (/^\s*\d+(?:\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
	const date = DateTime.fromHTTP(header.trim());
	return date.isValid ? Math.max(0, date.toMillis() - now) : undefined;
}
