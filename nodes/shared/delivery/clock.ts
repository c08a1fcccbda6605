import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from './pace';

/** n8n's `sleep` cannot be ended early, so a long one is cut into pieces of this length. */
const longestNapMs = 1000;

/** Real time, and the execution's own end: cancelling it ends every wait at once. */
export function executionClock(context: IExecuteFunctions): Clock {
	const signal = context.getExecutionCancelSignal();
	const cancellation = new Promise<void>((resolve) => {
		signal?.addEventListener('abort', () => resolve(), { once: true });
	});
	const isCancelled = () => signal?.aborted === true;
	return {
		now: () => Date.now(),
		isCancelled,
		async sleep(milliseconds) {
			const end = Date.now() + milliseconds;
			for (let left = milliseconds; left > 0 && !isCancelled(); left = end - Date.now()) {
				await Promise.race([sleep(Math.min(left, longestNapMs)), cancellation]);
			}
		},
	};
}
