import type { CanonicalEvent } from './canonical-event';

/**
 * Whether an event may go to a destination, by its `integrations` as in the Segment Spec:
 * `{ "All": false, "SuprSend": true }`. Names are compared without case, spaces and punctuation.
 */
export function isMeantFor(event: CanonicalEvent, destination: string): boolean {
	let everywhere = true;
	for (const [name, wanted] of Object.entries(event.integrations)) {
		const plainName = plain(name);
		if (plainName === plain(destination)) return wanted !== false;
		if (plainName === 'all') everywhere = wanted !== false;
	}
	return everywhere;
}

function plain(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
