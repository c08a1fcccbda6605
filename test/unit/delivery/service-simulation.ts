import { waitBeforeRetry } from '../../../nodes/shared/delivery/send/retry';
import { Throttle } from '../../../nodes/shared/delivery/send/throttle';
import { failed, settle } from './helpers';

export interface Load {
	runs: number;
	/** Events of each run, each a request of its own. */
	events: number;
	/** How long the service takes to answer, in milliseconds. */
	latency: number;
	/** A token bucket that holds the tokens of one second. */
	perSecond?: number;
	/** Whether a refusal says how long to wait, in whole seconds. */
	retryAfter?: boolean;
	/** The share of requests that it refuses at random, with 429. */
	stray?: number;
}

/** Our own time for each request, in milliseconds. Only one request at a time can use it. */
const cpuMs = 2;

/** Sends all events of all runs at once through one throttle, in simulated time. */
export async function simulate({ runs, events, latency, perSecond, retryAfter, stray = 0 }: Load) {
	const clock = new SimulatedClock();
	const random = randomNumbers();
	const bucket = new TokenBucket(perSecond ?? Infinity);
	const throttle = new Throttle(clock);
	const policy = { maxRetries: 8, maxWaitMs: 60_000, resendable: true };
	let cpuFreeAt = 0;
	let requests = 0;
	let lost = 0;

	const run = async () => {
		const turn = throttle.join({ concurrency: 10, maxWaitMs: 60_000, clock });
		/** Returns the wait before the next try. */
		const request = async (attempt: number): Promise<number | undefined> =>
			await turn.run(async (startedAt) => {
				requests++;
				cpuFreeAt = Math.max(cpuFreeAt, clock.now()) + cpuMs;
				await clock.sleep(cpuFreeAt - clock.now() + latency / 2);
				const isStray = random() < stray;
				const waitMs = isStray ? 0 : bucket.take(clock.now());
				await clock.sleep(latency / 2);
				if (!isStray && waitMs === 0) return void turn.answered(startedAt);
				const retryAfterMs = retryAfter === true ? Math.ceil(waitMs / 1000) * 1000 : undefined;
				turn.refused({ startedAt, retryAfterMs, isRateLimit: true });
				const { reason } = failed('rate_limited', { retryable: true, retryAfterMs });
				const nextMs = waitBeforeRetry(reason, attempt, policy, random);
				if (nextMs === undefined) lost++;
				return nextMs;
			});
		const send = async () => {
			for (
				let attempt = 1, waitMs = await request(1);
				waitMs !== undefined;
				waitMs = await request(++attempt)
			) {
				await clock.sleep(waitMs);
			}
		};
		await Promise.all(Array.from({ length: events }, send));
	};
	await clock.until(Promise.all(Array.from({ length: runs }, run)));

	const total = runs * events;
	const seconds = clock.now() / 1000;
	const leastSeconds = perSecond === undefined ? 0 : (total - perSecond) / perSecond;
	return { requestsPerEvent: requests / total, seconds, rateShare: leastSeconds / seconds, lost };
}

class TokenBucket {
	private tokens: number;
	private filledAt = 0;

	constructor(private readonly perSecond: number) {
		this.tokens = perSecond;
	}

	/** Takes a token, or returns the milliseconds until there is one. */
	take(now: number): number {
		if (this.perSecond === Infinity) return 0;
		const filled = this.tokens + ((now - this.filledAt) * this.perSecond) / 1000;
		this.tokens = Math.min(this.perSecond, filled);
		this.filledAt = now;
		if (this.tokens < 1) return ((1 - this.tokens) * 1000) / this.perSecond;
		this.tokens--;
		return 0;
	}
}

/** Jumps from one wake to the next. Keeps the sleepers in order, since there are thousands. */
class SimulatedClock {
	private time = 0;
	private readonly sleepers: Array<{ at: number; wake: () => void }> = [];

	now = (): number => this.time;

	isCancelled = (): boolean => false;

	sleep = async (milliseconds: number): Promise<void> =>
		await new Promise((wake) => this.insert({ at: this.time + Math.max(0, milliseconds), wake }));

	async until(result: Promise<unknown>): Promise<void> {
		let isDone = false;
		void result.then(() => (isDone = true));
		for (await settle(); !isDone; await settle()) {
			const next = this.sleepers[0];
			if (next === undefined) throw new Error('Nothing ever happens');
			this.time = next.at;
			const due = this.sleepers.findIndex(({ at }) => at > this.time);
			for (const { wake } of this.sleepers.splice(0, due < 0 ? this.sleepers.length : due)) wake();
		}
	}

	private insert(sleeper: { at: number; wake: () => void }): void {
		let [low, high] = [0, this.sleepers.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.sleepers[middle]?.at ?? Infinity) <= sleeper.at) low = middle + 1;
			else high = middle;
		}
		this.sleepers.splice(low, 0, sleeper);
	}
}

/** The same numbers from 0 to 1 each time (Lehmer's generator). */
function randomNumbers(): () => number {
	let state = 1;
	return () => {
		state = (state * 16_807) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}
