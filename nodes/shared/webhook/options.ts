import { defaultBatchLimits, type BatchLimits, type EventLimits } from '../event';
import { noRules, type EventRules } from '../rules';
import type { EventFilter } from './event-filter';
import { IpAllowList } from './ip-allow-list';

/** What a trigger does with requests and their events. */
export interface TriggerOptions {
	clampFuture: boolean;
	/** Empty for every origin. */
	allowedOrigins: string[];
	allowedAddresses: IpAllowList;
	batchLimits: BatchLimits;
	eventLimits: Partial<EventLimits>;
	/** 0 for no limit. */
	eventsPerSecond: number;
	/** Which events that come again are dropped. */
	duplicates: 'keep' | 'inMemory' | 'stored';
	filter: EventFilter;
	/** Tracking plan, consent and private fields. */
	rules: EventRules;
	output: 'event' | 'request';
	/** Replaces the report on the events: text or parsed JSON. */
	responseBody?: unknown;
}

export const defaultTriggerOptions: TriggerOptions = {
	clampFuture: true,
	allowedOrigins: [],
	allowedAddresses: new IpAllowList([]),
	batchLimits: defaultBatchLimits,
	eventLimits: {},
	eventsPerSecond: 0,
	duplicates: 'inMemory',
	filter: () => true,
	rules: noRules,
	output: 'event',
};
