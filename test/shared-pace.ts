import type { Sandbox } from './sandbox';

/** Many executions at once, each with some events, at RelationKit with a limit per second. */
export interface PaceLoad {
	executions: number;
	events: number;
	perSecond: number;
	/** The most requests per event, and the least share of the allowed rate. Default: those of `paceGoals`. */
	requestsPerEvent?: number;
	rateShare?: number;
}

/** What the service says beyond its limit, and what is expected then. */
export const paceGoals = [
	['with Retry-After', 'seconds', { requestsPerEvent: 1.05, rateShare: 0.92 }],
	['without Retry-After', 'none', { requestsPerEvent: 1.3, rateShare: 0.8 }],
] as const;

/**
 * The loads to test: a short one, and with `npm run test:fuzz` all others, which take six minutes. In these, one more
 * pause of a second at the end is 2 to 5 % of the time.
 * @param short too short for the goals, so it has its own
 */
export function paceLoads(short: Required<PaceLoad>): PaceLoad[] {
	const all: PaceLoad[] = [
		short,
		{ executions: 10, events: 100, perSecond: 50 },
		{ executions: 50, events: 20, perSecond: 50 },
		{ executions: 100, events: 20, perSecond: 100 },
		{ executions: 200, events: 10, perSecond: 50 },
		{ executions: 500, events: 4, perSecond: 50 },
	];
	return all.slice(0, Number(process.env.EXECUTION_LOADS ?? 1));
}

/** Measures from the first request that the service gets, since starting the executions takes time of its own. */
export function paceAt(sandbox: Sandbox, { executions, events, perSecond }: PaceLoad) {
	const total = executions * events;
	const times = sandbox.requests('relationkit').map(({ at }) => at);
	const seconds = (Math.max(...times) - Math.min(...times)) / 1000;
	return {
		requestsPerEvent: sandbox.counts('relationkit').requests / total,
		rateShare: (total - perSecond) / perSecond / seconds,
	};
}
