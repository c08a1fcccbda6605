import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
	/** Completes the sentence "Waited 30 s for …". */
	what: string | (() => string);
	timeoutMs: number;
	everyMs?: number;
	/** Asked before every attempt; what it throws ends the wait at once. */
	giveUpIf?: () => void;
}

/**
 * Asks until the answer is neither `undefined` nor an error, for a bounded time. The error at the end
 * says what was waited for, how long, and what the last attempt ran into.
 */
export async function waitFor<T>(ask: () => Promise<T | undefined>, options: WaitOptions): Promise<T> {
	const { what, timeoutMs, everyMs = 100, giveUpIf } = options;
	const deadline = Date.now() + timeoutMs;
	let lastError: unknown;
	do {
		giveUpIf?.();
		try {
			const answer = await ask();
			if (answer !== undefined) return answer;
			lastError = undefined;
		} catch (error) {
			lastError = error;
		}
		await sleep(everyMs);
	} while (Date.now() < deadline);
	const subject = typeof what === 'string' ? what : what();
	const because = lastError === undefined ? '' : ` Last attempt: ${rootMessage(lastError)}`;
	throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s for ${subject}, in vain.${because}`);
}

/** `fetch` hides what went wrong ("connect ECONNREFUSED …") in the cause of its "fetch failed". */
function rootMessage(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? rootMessage(error.cause) : error.message;
}
