import { sleep, type IExecuteFunctions } from 'n8n-workflow';

/** Time as the send stage sees it. Tests pass in their own. */
export interface Clock {
	/** Epoch milliseconds. */
	now(): number;
	/** Whether the execution was cancelled. Nothing more is sent then. */
	isCancelled(): boolean;
	/** Ends early, without an error, when the execution is cancelled. */
	sleep(milliseconds: number): Promise<void>;
}

/** n8n's `sleep` can't be interrupted, so long waits are split to notice a cancellation. */
const longestNapMs = 100;

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

/** For what belongs to no execution. Goes on evenly when the computer's clock is set. */
export const processClock: Pick<Clock, 'now' | 'sleep'> = {
	now: () => performance.timeOrigin + performance.now(),
	sleep,
};
