import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from './pace';

/** n8n's `sleep` cannot be ended early, so it is cut into naps between which a cancellation is noticed. */
const longestNapMs = 100;

/** Real time, and the execution's own end: cancelling it ends every wait. */
export function executionClock(context: IExecuteFunctions): Clock {
	const signal = context.getExecutionCancelSignal();
	const isCancelled = () => signal?.aborted === true;
	return {
		now: () => Date.now(),
		isCancelled,
		async sleep(milliseconds) {
			const end = Date.now() + milliseconds;
			for (let left = milliseconds; left > 0 && !isCancelled(); left = end - Date.now()) {
				await sleep(Math.min(left, longestNapMs));
			}
		},
	};
}
