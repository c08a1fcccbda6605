/** Limits the events per second. Saves what isn't used for up to one second. */
export class RateLimit {
	private tokens: number;
	private filledAt: number;

	/** @param now epoch milliseconds */
	constructor(
		readonly eventsPerSecond: number,
		now: number,
	) {
		this.tokens = eventsPerSecond;
		this.filledAt = now;
	}

	/**
	 * Accepts a whole batch or nothing of it. Accepts a batch above the limit after a second without events, and then
	 * nothing until the average is within the limit again.
	 * @param now epoch milliseconds
	 * @returns seconds to wait before trying again; 0 if the batch is accepted
	 */
	admit(events: number, now: number): number {
		const passed = Math.max(0, now - this.filledAt) / 1000;
		this.tokens = Math.min(this.eventsPerSecond, this.tokens + passed * this.eventsPerSecond);
		this.filledAt = now;
		const needed = Math.min(events, this.eventsPerSecond);
		if (this.tokens >= needed) {
			this.tokens -= events;
			return 0;
		}
		return Math.max(1, Math.ceil((needed - this.tokens) / this.eventsPerSecond));
	}
}

/** The limits of all triggers in this process, by trigger. */
const limits = new Map<string, RateLimit>();

/**
 * Counts a batch against the limit of one trigger.
 * @param eventsPerSecond 0 for no limit
 * @returns seconds to wait before the batch may be sent again; 0 if it is accepted
 */
export function secondsToWait(
	triggerId: string,
	eventsPerSecond: number,
	events: number,
	now: number,
): number {
	return eventsPerSecond === 0 ? 0 : limitOf(triggerId, eventsPerSecond, now).admit(events, now);
}

function limitOf(triggerId: string, eventsPerSecond: number, now: number): RateLimit {
	const known = limits.get(triggerId);
	if (known?.eventsPerSecond === eventsPerSecond) return known;
	const limit = new RateLimit(eventsPerSecond, now);
	limits.set(triggerId, limit);
	return limit;
}
