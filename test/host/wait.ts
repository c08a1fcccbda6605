import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
	/** Completes the sentence "Timed out after 30 s waiting for …". */
	what: string | (() => string);
	timeoutMs: number;
	everyMs?: number;
	/** Runs before every attempt. If it throws, the wait ends. */
	giveUpIf?: () => void;
}

/**
 * Asks until the answer is neither `undefined` nor an error, and returns it. After a timeout, throws an error that says
 * what it waited for, how long, and why the last attempt failed.
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
	throw new Error(`Timed out after ${Math.round(timeoutMs / 1000)} s waiting for ${subject}.${because}`);
}

/** `fetch` puts the reason ("connect ECONNREFUSED …") into the cause of its "fetch failed". */
function rootMessage(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? rootMessage(error.cause) : error.message;
}
