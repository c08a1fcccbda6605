/** The size of a run. */
export interface Sizes {
	/** How often every contender runs, in turns. The median counts. */
	rounds: number;
	/** Whether each contender gets an n8n of its own, without memory that another one has left. */
	n8nForEach: boolean;
	suprSendEvents: number;
	oneEachEvents: number;
	/** More than the service's limit of 100 requests per second allows. */
	limitedEvents: number;
	/** Requests to the trigger, by events per request. */
	triggerRequests: ReadonlyArray<{ batch: number; requests: number }>;
	normalizeEvents: number;
	verifications: number;
	growth: { few: number; many: number };
	queueEvents: number;
}

export const fullSizes: Sizes = {
	rounds: 3,
	n8nForEach: true,
	suprSendEvents: 5_000,
	oneEachEvents: 2_000,
	limitedEvents: 2_000,
	triggerRequests: [
		{ batch: 1, requests: 50 },
		{ batch: 10, requests: 50 },
		{ batch: 100, requests: 60 },
		{ batch: 1_000, requests: 12 },
	],
	normalizeEvents: 10_000,
	verifications: 2_000,
	growth: { few: 1_000, many: 100_000 },
	queueEvents: 10_000,
};

/** A smoke test: shows that everything runs and every check passes. Its figures mean little. */
export const quickSizes: Sizes = {
	rounds: 1,
	n8nForEach: false,
	suprSendEvents: 200,
	oneEachEvents: 100,
	limitedEvents: 250,
	triggerRequests: [
		{ batch: 1, requests: 5 },
		{ batch: 10, requests: 5 },
		{ batch: 100, requests: 5 },
		{ batch: 1_000, requests: 2 },
	],
	normalizeEvents: 500,
	verifications: 200,
	growth: { few: 100, many: 1_000 },
	queueEvents: 2_000,
};
