import type { CanonicalEvent } from '../../nodes/shared/event';
import type { ProviderName } from '../sandbox';
import type { RemoteSandbox } from './sandbox-process';

/** What became of the events of one run, as the sandbox saw it. */
export interface Arrivals {
	requests: number;
	/** The most sockets that were open to the sandbox at the same time. */
	peakSockets: number;
	/** Different events. */
	delivered: number;
	lost: number;
	/** Sent once more, and stored once more or recognised. */
	twice: number;
}

/** Where a provider keeps the `orderId` of an event, which is its id, too. */
const orderIdIn: Partial<Record<ProviderName, (body: unknown) => unknown>> = {
	suprsend: (body) => (body as { properties: { orderId: string } }).properties.orderId,
	relationkit: (body) => (body as { event: { metadata: { orderId: string } } }).event.metadata.orderId,
};

/** Counts by the events' own ids: so many records would also be there if one came twice and one never. */
export async function countArrivals(
	sandbox: RemoteSandbox,
	provider: ProviderName,
	events: ReadonlyArray<Pick<CanonicalEvent, 'messageId'>>,
): Promise<Arrivals> {
	const expectedIds = events.map(({ messageId }) => messageId);
	const counts = await sandbox.counts(provider);
	const records = await sandbox.records(provider);
	const arrived = new Set(records.map(({ body }) => orderIdIn[provider]?.(body)));
	const lost = expectedIds.filter((id) => !arrived.has(id)).length;
	return {
		requests: counts.requests,
		peakSockets: counts.peakConnections,
		delivered: expectedIds.length - lost,
		lost,
		twice: records.length - arrived.size + counts.deduplicated,
	};
}

/** A figure of a run that did something else than it should is worth nothing. */
export function expectAllOnce(who: string, { lost, twice }: Arrivals): void {
	if (lost > 0 || twice > 0) throw new Error(`${who}: ${lost} events were lost, ${twice} came twice`);
}
