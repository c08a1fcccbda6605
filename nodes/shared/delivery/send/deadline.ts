import { debounce } from 'lodash';

/**
 * Ends a request after some time, or with the execution. Clear it after the request: that costs much less than the
 * signals of `AbortSignal.timeout` and `AbortSignal.any`, which stay in memory until the timeout.
 */
export class Deadline {
	hasPassed = false;
	private readonly ending = new AbortController();
	private readonly end = () => this.ending.abort();
	/** lodash's timer, because n8n doesn't allow `setTimeout` in nodes. */
	private readonly timer: { (): void; cancel(): void };

	/** @param stopped the signal of the execution */
	constructor(
		timeoutMs: number,
		private readonly stopped: AbortSignal | undefined,
	) {
		this.timer = debounce(() => {
			this.hasPassed = true;
			this.end();
		}, timeoutMs);
		this.timer();
		if (stopped?.aborted === true) this.end();
		stopped?.addEventListener('abort', this.end);
	}

	get signal(): AbortSignal {
		return this.ending.signal;
	}

	clear(): void {
		this.timer.cancel();
		this.stopped?.removeEventListener('abort', this.end);
	}
}
