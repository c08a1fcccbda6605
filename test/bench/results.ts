import type { CoreResults } from './core/core';
import type { Machine } from './machine';
import type { OneEachResults } from './one-each';
import type { QueueResults } from './queue';
import type { SandboxCapacity } from './sandbox-capacity';
import type { Sizes } from './sizes';
import type { SuprSendResults } from './suprsend';
import type { TriggerResults } from './trigger/trigger';

interface Run {
	takenAt: string;
	/** How often every contender ran. */
	rounds: number;
	machine: Machine;
}

/** The contents of `results.json`, from one run. */
export interface Results extends Run {
	sandbox: SandboxCapacity;
	suprsend: SuprSendResults;
	oneEach: OneEachResults;
	trigger: TriggerResults;
	core: CoreResults;
}

/** The contents of `queue-results.json`, from another run, because queue mode needs Redis and Postgres. */
export interface QueueRun extends Run {
	queue: QueueResults;
}

/** The size of the run, by group. */
export function sizesOf({ rounds, suprsend, oneEach, trigger, core }: Results) {
	return {
		rounds,
		suprSendEvents: suprsend.events,
		oneEachEvents: oneEach.unlimited.events,
		limitedEvents: oneEach.limited.events,
		triggerRequests: trigger.engines[0]?.batches.map(({ batch, requests }) => ({ batch, requests })) ?? [],
		normalizeEvents: core.normalizing.events,
		growth: core.growing.events,
	} satisfies Partial<Sizes>;
}

export function queueSizesOf({ rounds, queue }: QueueRun) {
	return { rounds, queueEvents: queue.events } satisfies Partial<Sizes>;
}

/** The results of each group. */
export type GroupResults = Pick<Results, 'suprsend' | 'oneEach' | 'trigger' | 'core'> &
	Pick<QueueRun, 'queue'>;

export type Group = keyof GroupResults;
