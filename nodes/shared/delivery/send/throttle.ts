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

export interface ThrottleOptions {
	/** The most requests in flight. */
	concurrency: number;
	requestsPerSecond?: number;
	clock: Clock;
}

/**
 * Decides when each request may start. When the service is overloaded, the whole run pauses and then continues
 * with half as many requests in flight. Every success raises that number again, up to the set concurrency.
 */
export class Throttle {
	private limit: number;
	private inFlight = 0;
	private readonly waiting: Array<() => void> = [];
	private pausedUntil = 0;
	private nextStart = 0;
	private lastSlowDown = -1;
	private alarmSet = false;

	constructor(private readonly options: ThrottleOptions) {
		this.limit = options.concurrency;
	}

	/** Runs a request as soon as it may start, in the order of the calls. */
	async run<T>(request: (startedAt: number) => Promise<T>): Promise<T> {
		await new Promise<void>((start) => {
			this.waiting.push(start);
			this.startWaiting();
		});
		try {
			return await request(this.options.clock.now());
		} finally {
			this.inFlight--;
			this.startWaiting();
		}
	}

	succeeded(): void {
		this.limit = Math.min(this.options.concurrency, this.limit + 1 / this.limit);
	}

	/** @param startedAt when the rejected request started. Requests started before the last slowdown don't slow down again. */
	slowDown(pauseMs: number, startedAt: number): void {
		const now = this.options.clock.now();
		this.pausedUntil = Math.max(this.pausedUntil, now + pauseMs);
		if (startedAt <= this.lastSlowDown) return;
		this.lastSlowDown = now;
		this.limit = Math.max(1, this.limit / 2);
	}

	private startWaiting(): void {
		const { clock, requestsPerSecond } = this.options;
		while (this.waiting.length > 0 && this.inFlight < Math.floor(this.limit)) {
			const now = clock.now();
			const startAt = Math.max(this.pausedUntil, this.nextStart);
			if (startAt > now && !clock.isCancelled()) return this.wakeIn(startAt - now);
			if (requestsPerSecond !== undefined)
				this.nextStart = Math.max(now, this.nextStart) + 1000 / requestsPerSecond;
			this.inFlight++;
			this.waiting.shift()?.();
		}
	}

	private wakeIn(milliseconds: number): void {
		if (this.alarmSet) return;
		this.alarmSet = true;
		void this.options.clock.sleep(milliseconds).then(() => {
			this.alarmSet = false;
			this.startWaiting();
		});
	}
}
