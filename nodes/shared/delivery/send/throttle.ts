import { pull } from 'lodash';
import { processClock, type Clock } from './clock';
import { ServiceLimit, type Refusal } from './service-limit';

export interface RunSettings {
	/** The most requests of the run in flight. */
	concurrency: number;
	/** Counts together with the requests of the other runs that have the same limit. */
	requestsPerSecond?: number;
	/** The longest pause that the run accepts from others, in milliseconds. */
	maxWaitMs: number;
	clock: Clock;
}

/** What one run sees of a throttle. */
export interface RunThrottle {
	/** Runs a request as soon as it may start, in the order of the calls. */
	run<T>(request: (startedAt: number) => Promise<T>): Promise<T>;
	/** Learns from an answer that says nothing about the service's load. */
	answered(startedAt: number): void;
	/** Learns from a refusal because of the service's load. */
	refused(refusal: Refusal): void;
}

/** A run with its requests that must wait. */
interface Line extends RunSettings {
	waiting: Array<() => void>;
	inFlight: number;
	isWatched: boolean;
}

/** What a service has shown may be different after this long without requests, in milliseconds. */
const forgottenAfterMs = 60_000;

/** How long to keep the throttle of an account without requests, in milliseconds: a run can wait that long elsewhere. */
const keptForMs = 3_600_000;

const longestSleepMs = 60_000;

/** How often to look for a cancelled run, in milliseconds. */
const watchMs = 100;

/** How often to look whether a silent service may get more requests, in milliseconds. */
const silenceMs = 20;

/**
 * Decides when each request to one account of a service may start, for all runs in this process that use it: what the
 * service tells one run holds for the others. Runs take turns, so that a large one doesn't hold up small ones.
 */
export class Throttle {
	private limit = new ServiceLimit();
	private inFlight = 0;
	/** When the next request may start, for each number of requests per second. */
	private readonly nextStarts = new Map<number, number>();
	private lastUse: number;
	private wakesAt = Infinity;
	/** The lines with a request that their own concurrency allows, in the order of their turns. */
	private readonly turns: Line[] = [];

	constructor(private readonly clock: Pick<Clock, 'now' | 'sleep'>) {
		this.lastUse = clock.now();
	}

	join(settings: RunSettings): RunThrottle {
		this.lastUse = this.clock.now();
		const line: Line = { ...settings, waiting: [], inFlight: 0, isWatched: false };
		return {
			run: async (request) => {
				await new Promise<void>((start) => this.wait(line, start));
				try {
					return await request(this.clock.now());
				} finally {
					this.end(line);
				}
			},
			answered: (startedAt) => this.limit.answered(startedAt, this.clock.now()),
			refused: (refusal) => this.limit.refused(refusal, this.clock.now()),
		};
	}

	/** Whether nothing has used it for this long, in milliseconds. */
	isIdleFor(milliseconds: number): boolean {
		const isUnused = this.inFlight === 0 && this.turns.length === 0;
		return isUnused && this.clock.now() - this.lastUse > milliseconds;
	}

	private wait(line: Line, start: () => void): void {
		const isPaused = this.clock.now() < this.limit.pauseEnd(Infinity);
		if (!isPaused && this.isIdleFor(forgottenAfterMs)) this.limit = new ServiceLimit();
		line.waiting.push(start);
		if (line.waiting.length === 1 && line.inFlight < line.concurrency) this.turns.push(line);
		this.startWaiting();
		if (line.waiting.length > 0 && !line.isWatched) void this.watch(line);
	}

	private end(line: Line): void {
		this.lastUse = this.clock.now();
		this.inFlight--;
		line.inFlight--;
		if (line.waiting.length > 0 && line.inFlight === line.concurrency - 1) this.turns.push(line);
		this.startWaiting();
	}

	/** Starts what may start now, one request of each line in turn. */
	private startWaiting(): void {
		const now = this.clock.now();
		let wakeAt = Infinity;
		for (let passed = 0; passed < this.turns.length; passed++) {
			const [line] = this.turns;
			if (line === undefined) return;
			if (this.inFlight >= this.limit.mostInFlight(now, line.concurrency)) {
				return this.wakeAt(now + silenceMs);
			}
			this.turns.shift();
			const startAt = this.earliestStart(line);
			if (startAt > now) {
				wakeAt = Math.min(wakeAt, startAt);
				this.turns.push(line);
				continue;
			}
			this.start(line, now);
			passed = -1;
			wakeAt = Infinity;
		}
		if (this.turns.length > 0) this.wakeAt(wakeAt);
	}

	private earliestStart({ maxWaitMs, requestsPerSecond }: Line): number {
		const nextStart = requestsPerSecond === undefined ? 0 : (this.nextStarts.get(requestsPerSecond) ?? 0);
		return Math.max(this.limit.pauseEnd(maxWaitMs), nextStart);
	}

	private start(line: Line, now: number): void {
		const { requestsPerSecond } = line;
		if (requestsPerSecond !== undefined) {
			const nextStart = Math.max(now, this.nextStarts.get(requestsPerSecond) ?? 0);
			this.nextStarts.set(requestsPerSecond, nextStart + 1000 / requestsPerSecond);
		}
		const start = line.waiting.shift();
		this.inFlight++;
		line.inFlight++;
		this.limit.started(now, this.inFlight);
		if (line.waiting.length > 0 && line.inFlight < line.concurrency) this.turns.push(line);
		start?.();
	}

	private wakeAt(time: number): void {
		if (this.wakesAt <= time) return;
		this.wakesAt = time;
		// Timers have a largest value, beyond which they fire at once.
		void this.clock.sleep(Math.min(time - this.clock.now(), longestSleepMs)).then(() => {
			if (this.wakesAt === time) this.wakesAt = Infinity;
			this.startWaiting();
		});
	}

	/** When the run is cancelled, starts all its requests at once, which then find out and end. */
	private async watch(line: Line): Promise<void> {
		line.isWatched = true;
		while (line.waiting.length > 0 && !line.clock.isCancelled()) await line.clock.sleep(watchMs);
		line.isWatched = false;
		pull(this.turns, line);
		for (const start of line.waiting.splice(0)) {
			this.inFlight++;
			line.inFlight++;
			start();
		}
	}
}

const throttles = new Map<string, Throttle>();

/** Returns the throttle of an account, which all runs in this process share. */
export function throttleOf(account: string): Throttle {
	for (const [key, throttle] of throttles) if (throttle.isIdleFor(keptForMs)) throttles.delete(key);
	const throttle = throttles.get(account) ?? new Throttle(processClock);
	throttles.set(account, throttle);
	return throttle;
}
