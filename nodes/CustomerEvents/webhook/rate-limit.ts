/** Lets so many events a second through; what is not used is saved up for one second. */
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
	 * Takes a batch in whole or not at all. One that is larger than the limit may go when nothing else went
	 * for a second, and is paid for afterwards.
	 * @returns seconds to wait before trying again; 0 when the batch may go
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

/** By trigger, for as long as this process lives. */
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
