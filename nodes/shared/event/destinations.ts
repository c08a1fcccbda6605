import type { CanonicalEvent } from './canonical-event';

/**
 * Checks whether an event may be sent to a destination, by its `integrations` as in the Segment Spec:
 * `{ "All": false, "SuprSend": true }`. Ignores case, spaces and punctuation in names.
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
