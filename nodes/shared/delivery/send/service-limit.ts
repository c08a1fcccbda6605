/** How many requests to have in flight before a service has shown anything. */
const firstMost = 10;
/** The most requests in flight, however well a service copes. */
const largestMost = 500;

/** An answer that takes this long, in milliseconds, raises the number by one. Fast answers need few requests at once. */
const slowAnswerMs = 250;

/** A service that is silent for this long, in milliseconds, counts as slow. One with a limit refuses at once. */
const silenceMs = 100;
/** How soon the number doubles while the service stays silent, in milliseconds. */
const doublingMs = 40;

/** How long to stay away from a service that refuses requests without saying for how long, in milliseconds. */
const pauseMs = 250;

export interface Refusal {
	/** When the refused request started, in epoch milliseconds. */
	startedAt: number;
	/** How long the service asks to stay away, in milliseconds. */
	retryAfterMs?: number;
	/** Whether the service says that there were too many requests. */
	isRateLimit: boolean;
}

/**
 * Learns how many requests a service takes at once. The number grows while the service answers, and shrinks when it
 * refuses several requests within a few answers: a single refusal says nothing about the others.
 * All times are epoch milliseconds.
 */
export class ServiceLimit {
	private pausedUntil = 0;
	private most = firstMost;
	/** Rises by 1 with each refusal and falls by half of that with each other answer. */
	private strain = 0;
	/** Undefined until the service shows a limit. */
	private lastShrink: number | undefined;
	private lastAnswer = 0;
	/** The most requests that were in flight since the last answer. */
	private inSilence = 0;
	private pausedAt = 0;

	/**
	 * When a run may go on that waits no longer than this, in milliseconds. After that it asks the service itself.
	 */
	pauseEnd(maxWaitMs: number): number {
		return Math.min(this.pausedUntil, this.pausedAt + maxWaitMs);
	}

	/**
	 * Grows while the service is silent: requests that hang must not hold up the others.
	 * @param wanted how many one run wants to have in flight, which it gets until the service shows a limit
	 */
	mostInFlight(now: number, wanted: number): number {
		const silentMs = now - this.lastAnswer;
		const most = this.isKnown
			? Math.floor(this.most) + silentMs / slowAnswerMs
			: Math.max(this.most, wanted) * 2 ** Math.max(0, (silentMs - silenceMs) / doublingMs);
		return Math.min(largestMost, Math.floor(most));
	}

	/** @param inFlight how many requests are in flight, with this one */
	started(now: number, inFlight: number): void {
		if (inFlight === 1) this.endSilence(now);
		this.inSilence = Math.max(this.inSilence, inFlight);
	}

	answered(startedAt: number, now: number): void {
		this.most = Math.max(this.most, this.inSilence);
		this.endSilence(now);
		this.strain = Math.max(0, this.strain - 0.5);
		const step = Math.min(1, (now - startedAt) / slowAnswerMs);
		// Near a known limit, it grows by half a request for each round of answers.
		this.most = Math.min(largestMost, this.most + (this.isKnown ? step / (2 * this.most) : step));
	}

	refused({ startedAt, retryAfterMs = 0, isRateLimit }: Refusal, now: number): void {
		this.endSilence(now);
		this.pause(now, retryAfterMs);
		// What started before the number shrank says nothing about the new number.
		if (this.lastShrink !== undefined && startedAt <= this.lastShrink) return;
		this.strain++;
		if (this.strain < Math.min(5, Math.max(2, this.most / 2))) return;
		// The first time, the number may have grown far beyond what the service takes.
		this.most = Math.max(1, this.most / (this.isKnown ? 2 : 8));
		this.lastShrink = now;
		this.strain = 0;
		if (isRateLimit && retryAfterMs === 0) this.pause(now, pauseMs);
	}

	/** Whether the service has shown a limit. */
	private get isKnown(): boolean {
		return this.lastShrink !== undefined;
	}

	private endSilence(now: number): void {
		this.lastAnswer = now;
		this.inSilence = 0;
	}

	private pause(now: number, milliseconds: number): void {
		if (now + milliseconds <= this.pausedUntil) return;
		this.pausedUntil = now + milliseconds;
		this.pausedAt = now;
	}
}
