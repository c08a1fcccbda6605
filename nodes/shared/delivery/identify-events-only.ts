import type { CanonicalEvent } from '../event';

/** For `skips`: Identify leaves what does not say who somebody is to operations that send events. */
export function identifyEventsOnly({ type }: CanonicalEvent): string | undefined {
	return type === 'identify' ? undefined : `Identify takes identify events; this is a ${type} event`;
}
