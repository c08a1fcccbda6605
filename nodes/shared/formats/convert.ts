import { normalise, type CanonicalEvent, type EventLimits, type EventMeta, type Reject } from '../event';
import type { RawBatch } from './format';

export interface ConvertOptions {
	/** Epoch milliseconds at which the request reached us. */
	now: number;
	transport: EventMeta['transport'];
	/** The transport's id of the request, which its sender repeats when it tries again. */
	webhookId?: string;
	verified: EventMeta['verified'];
	newId: () => string;
	limits?: EventLimits;
	clampFuture?: boolean;
}

export interface Converted {
	events: CanonicalEvent[];
	rejected: Reject[];
	/** Events left out because an earlier one of the same batch has the same, sender-given id. */
	duplicates: number;
}

/** A split batch into canonical events and named rejects, both in the sender's order. */
export function convert(batch: RawBatch, options: ConvertOptions): Converted {
	const { now, transport, webhookId, verified, newId, limits, clampFuture } = options;
	const converted: Converted = { events: [], rejected: [], duplicates: 0 };
	const sendersIds = new Set<string>();

	batch.events.forEach((received, batchIndex) => {
		let isSendersId = true;
		const fallbackId = () => {
			isSendersId = false;
			if (webhookId === undefined) return newId();
			const id = batch.events.length === 1 ? webhookId : `${webhookId}:${batchIndex}`;
			return id.length <= 100 ? id : newId();
		};
		const result = normalise(received, {
			now,
			fallbackId,
			meta: {
				format: batch.format,
				transport,
				...(webhookId === undefined ? {} : { webhookId }),
				batchIndex,
				batchSize: batch.events.length,
				verified,
			},
			trustMeta: transport === 'item',
			typeHint: batch.typeHint,
			shared: batch.shared,
			limits,
			clampFuture,
		});
		if (!result.ok) {
			converted.rejected.push(result.reject);
			return;
		}
		// Only ids from the sender count: equal bodies without an id may well be two events.
		if (isSendersId) {
			if (sendersIds.has(result.event.messageId)) {
				converted.duplicates++;
				return;
			}
			sendersIds.add(result.event.messageId);
		}
		converted.events.push(result.event);
	});
	return converted;
}
