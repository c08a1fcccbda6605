import {
	isObject,
	normalise,
	text,
	toReject,
	type CanonicalEvent,
	type EventLimits,
	type EventMeta,
	type EventOrigin,
	type Normalised,
	type Reject,
} from '../event';
import type { RawEvents } from './format';

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
		let isOwnId = true;
		let isSendersId = true;
		const fallbackId = () => {
			isOwnId = false;
			if (webhookId !== undefined) {
				const id = batch.events.length === 1 ? webhookId : `${webhookId}:${batchIndex}`;
				if (id.length <= 100) return id;
			}
			isSendersId = false;
			return newId();
		};
		const result = toCanonical(received, batch, {
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
			trustMeta: options.trustMeta === true,
			typeHint: batch.typeHint,
			shared: batch.shared,
			noUserHint: batch.noUserHint,
			limits,
			clampFuture,
		});
		if (!result.ok) {
			converted.rejected.push(result.reject);
			return;
		}
		const { messageId } = result.event;
		// Only an event's own id counts: equal events without one may well be two.
		if (isOwnId && ownIds.has(messageId)) {
			converted.duplicates++;
			return;
		}
		if (isOwnId) ownIds.add(messageId);
		if (isSendersId) converted.sendersIds.add(messageId);
		converted.events.push(result.event);
	});
	return converted;
}

function toCanonical(received: unknown, { map }: RawEvents, origin: EventOrigin): Normalised {
	if (map === undefined || !isObject(received)) return normalise(received, origin);
	const mapped = map(received);
	if (mapped.ok) return normalise(mapped.event, { ...origin, asSent: received });
	return { ok: false, reject: toReject(received, mapped.fault, origin) };
}
