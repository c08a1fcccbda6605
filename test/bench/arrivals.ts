import type { CanonicalEvent } from '../../nodes/shared/event';
import type { ProviderName } from '../sandbox';
import type { RemoteSandbox } from './sandbox-process';

/** What happened to the events of a run, as seen by the sandbox. */
export interface Arrivals {
	requests: number;
	/** The most connections to the sandbox at the same time. */
	peakSockets: number;
	/** How many different events arrived. */
	delivered: number;
	lost: number;
	/** Events that arrived again and were stored again or recognized. */
	twice: number;
}

/** Path of the event's `orderId` at each service. It is also the event's ID. */
const orderIdIn: Partial<Record<ProviderName, (body: unknown) => unknown>> = {
	suprsend: (body) => (body as { properties: { orderId: string } }).properties.orderId,
	relationkit: (body) => (body as { event: { metadata: { orderId: string } } }).event.metadata.orderId,
};

/** Counts by event ID. The number of records would be right even if one event came twice and another never. */
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

/** Throws if a run didn't do what it should, because its figures mean nothing then. */
export function expectAllOnce(who: string, { lost, twice }: Arrivals): void {
	if (lost > 0 || twice > 0) throw new Error(`${who}: ${lost} events were lost, ${twice} came twice`);
}
