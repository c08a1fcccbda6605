import { accepted, type Checked } from '../checked';
import {
	isObject,
	normalize,
	text,
	toReject,
	type CanonicalEvent,
	type EventLimits,
	type EventMeta,
	type Reject,
} from '../event';
import type { MappingError, RawBatch, RawEvents } from './format';

export interface ConvertOptions {
	/** Epoch milliseconds at which the request reached us. */
	now: number;
	transport: EventMeta['transport'];
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
export function convert(batch: RawBatch, options: ConvertOptions): Converted {
	const { requestId } = batch;
	const { now, transport, verified, newId, limits, clampFuture } = options;
	const converted: Converted = { events: [], rejected: [], sendersIds: new Set(), duplicates: 0 };
	const ownIds = new Set<string>();

	batch.events.forEach((received, batchIndex) => {
		const mapped = mapEvent(received, batch);
		const ownId = mapped.ok && isObject(mapped.value) ? text(mapped.value.messageId) : undefined;
		const sendersId = ownId ?? idInRequest(requestId, batchIndex, batch.events.length);
		const normalizeOptions = {
			now,
			fallbackId: () => sendersId ?? newId(),
			meta: {
				format: batch.format,
				transport,
				...(requestId === undefined ? {} : { webhookId: requestId }),
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
			converted.rejected.push(toReject(received, mapped.reason, normalizeOptions, mapped.reason.messageId));
			return;
		}
		const result = normalize(mapped.value, normalizeOptions);
		if (!result.ok) {
			converted.rejected.push(result.reason);
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
		converted.events.push(result.value);
	});
	return converted;
}

function mapEvent(received: unknown, { map }: RawEvents): Checked<unknown, MappingError> {
	return map === undefined || !isObject(received) ? accepted(received) : map(received);
}

/** What repeats with the request: its id, for several events with the event's place behind it. */
function idInRequest(requestId: string | undefined, index: number, size: number): string | undefined {
	if (requestId === undefined) return undefined;
	const id = size === 1 ? requestId : `${requestId}:${index}`;
	return id.length <= 100 ? id : undefined;
}
