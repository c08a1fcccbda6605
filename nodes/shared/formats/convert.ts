import {
	isObject,
	normalise,
	text,
	toReject,
	type CanonicalEvent,
	type EventLimits,
	type EventMeta,
	type Reject,
} from '../event';
import type { Mapped, RawEvents } from './format';

export interface ConvertOptions {
	/** Epoch milliseconds at which the request reached us. */
	now: number;
	transport: EventMeta['transport'];
	/** The transport's id of the request, which its sender repeats when it tries again. */
	webhookId?: string;
	verified: EventMeta['verified'];
	/** Keep the `_meta` that events bring: for what comes from our own nodes. A sender could claim anything in it. */
	trustMeta?: boolean;
	newId: () => string;
	limits?: EventLimits;
	clampFuture?: boolean;
}

export interface Converted {
	events: CanonicalEvent[];
	rejected: Reject[];
	/** Ids that the sender gave, to an event or to the request: those by which a repetition can be recognised. */
	sendersIds: Set<string>;
	/** Events left out because an earlier one of the same batch has the same, sender-given id. */
	duplicates: number;
}

/** A split batch into canonical events and named rejects, both in the sender's order. */
export function convert(batch: RawEvents, options: ConvertOptions): Converted {
	const { now, transport, verified, newId, limits, clampFuture } = options;
	const webhookId = text(options.webhookId);
	const converted: Converted = { events: [], rejected: [], sendersIds: new Set(), duplicates: 0 };
	const ownIds = new Set<string>();

	batch.events.forEach((received, batchIndex) => {
		const mapped = mapEvent(received, batch);
		const ownId = mapped.ok && isObject(mapped.event) ? text(mapped.event.messageId) : undefined;
		const sendersId = ownId ?? idInRequest(webhookId, batchIndex, batch.events.length);
		const origin = {
			now,
			fallbackId: () => sendersId ?? newId(),
			meta: {
				format: batch.format,
				transport,
				...(webhookId === undefined ? {} : { webhookId }),
				batchIndex,
				batchSize: batch.events.length,
				verified,
			},
			trustMeta: options.trustMeta === true,
			asSent: received,
			typeHint: batch.typeHint,
			shared: batch.shared,
			noUserHint: batch.noUserHint,
			limits,
			clampFuture,
		};
		if (!mapped.ok) {
			converted.rejected.push(toReject(received, mapped.fault, origin, mapped.messageId));
			return;
		}
		const result = normalise(mapped.event, origin);
		if (!result.ok) {
			converted.rejected.push(result.reject);
			return;
		}
		// Only an event's own id counts: equal events without one may well be two.
		if (ownId !== undefined) {
			if (ownIds.has(ownId)) {
				converted.duplicates++;
				return;
			}
			ownIds.add(ownId);
		}
		if (sendersId !== undefined) converted.sendersIds.add(sendersId);
		converted.events.push(result.event);
	});
	return converted;
}

function mapEvent(received: unknown, { map }: RawEvents): Mapped | { ok: true; event: unknown } {
	return map === undefined || !isObject(received) ? { ok: true, event: received } : map(received);
}

/** What repeats with the request: its id, for several events with the event's place behind it. */
function idInRequest(webhookId: string | undefined, index: number, size: number): string | undefined {
	if (webhookId === undefined) return undefined;
	const id = size === 1 ? webhookId : `${webhookId}:${index}`;
	return id.length <= 100 ? id : undefined;
}
