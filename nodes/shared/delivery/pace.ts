/** Time as the sender sees it; passed in, so that the pure parts have no clock of their own. */
export interface Clock {
	now(): number;
	/** Whether the execution was cancelled: nothing more is sent, and nobody waits any longer. */
	isCancelled(): boolean;
	/** Ends early, without an error, when the execution is cancelled. */
	sleep(milliseconds: number): Promise<void>;
}

export interface PaceOptions {
	/** Most requests under way at once. */
	concurrency: number;
	requestsPerSecond?: number;
	clock: Clock;
}

/**
 * Decides when each request may start. When the provider is overloaded the whole run pauses and goes on
 * with half as many requests at once; every success lets it speed up again, up to the set concurrency.
 */
export class Pace {
	private limit: number;
	private readonly most: number;
	private underWay = 0;
	private readonly waiting: Array<() => void> = [];
	private pausedUntil = 0;
	private nextStart = 0;
	private lastSlowDown = -1;
	private alarmSet = false;

	constructor(private readonly options: PaceOptions) {
		this.limit = this.most = options.concurrency;
	}

	/** Runs a request as soon as it may start; first come, first served. */
	async run<T>(request: (startedAt: number) => Promise<T>): Promise<T> {
		await new Promise<void>((start) => {
			this.waiting.push(start);
			this.startWaiting();
		});
		try {
			return await request(this.options.clock.now());
		} finally {
			this.underWay--;
			this.startWaiting();
		}
	}

	succeeded(): void {
		this.limit = Math.min(this.most, this.limit + 1 / this.limit);
	}

	/** @param startedAt when the request that was turned away began: those begun before the last slow-down count as one with it */
	slowDown(pauseMs: number, startedAt: number): void {
		const now = this.options.clock.now();
		this.pausedUntil = Math.max(this.pausedUntil, now + pauseMs);
		if (startedAt <= this.lastSlowDown) return;
		this.lastSlowDown = now;
		this.limit = Math.max(1, this.limit / 2);
	}

	private startWaiting(): void {
		const { clock, requestsPerSecond } = this.options;
		while (this.waiting.length > 0 && this.underWay < Math.floor(this.limit)) {
			const now = clock.now();
			const startAt = Math.max(this.pausedUntil, this.nextStart);
			if (startAt > now && !clock.isCancelled()) return this.wakeIn(startAt - now);
			if (requestsPerSecond !== undefined)
				this.nextStart = Math.max(now, this.nextStart) + 1000 / requestsPerSecond;
			this.underWay++;
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
