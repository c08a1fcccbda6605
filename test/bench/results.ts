import type { CoreResults } from './core/core';
import type { Machine } from './machine';
import type { OneEachResults } from './one-each';
import type { SandboxCapacity } from './sandbox-capacity';
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

export type Group = 'suprsend' | 'oneEach' | 'trigger' | 'core';
