import type { CoreResults } from './core/core';
import type { Machine } from './machine';
import type { OneEachResults } from './one-each';
import type { SandboxCapacity } from './sandbox-capacity';
import type { Sizes } from './sizes';
import type { SuprSendResults } from './suprsend';
import type { TriggerResults } from './trigger/trigger';

/** What `results.json` holds: all of it from one run. */
export interface Results {
	takenAt: string;
	/** How often every contender ran. */
	rounds: number;
	machine: Machine;
	sandbox: SandboxCapacity;
	suprsend: SuprSendResults;
	oneEach: OneEachResults;
	trigger: TriggerResults;
	core: CoreResults;
}

/** How much the run did, by what it found. */
export function sizesOf({ rounds, suprsend, oneEach, trigger, core }: Results) {
	return {
		rounds,
		suprSendEvents: suprsend.events,
		oneEachEvents: oneEach.unlimited.events,
		limitedEvents: oneEach.limited.events,
		triggerRequests: trigger.engines[0]?.batches.map(({ batch, requests }) => ({ batch, requests })) ?? [],
		normaliseEvents: core.normalising.events,
		growth: core.growing.events,
	} satisfies Partial<Sizes>;
}

export type Group = 'suprsend' | 'oneEach' | 'trigger' | 'core';
