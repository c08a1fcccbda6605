import { accepted, notAccepted, type Checked } from '../checked';
import {
	cleanShared,
	defaultEventLimits,
	isObject,
	normalize,
	text,
	toReject,
	type CanonicalEvent,
	type EventLimits,
	type EventMeta,
	type Reject,
	type Warning,
} from '../event';
import type { MappingError, RawBatch, RawEvents } from './format';
import { withExactIds } from './exact-ids';
import { limitSharing, sharesTooMuch } from './sharing';

export interface ConvertOptions {
	/** When the request was received, in epoch milliseconds. */
	now: number;
	transport: EventMeta['transport'];
	verified: EventMeta['verified'];
	/** Keeps the `_meta` of the events. Only for events from inside a workflow: a sender could claim anything in it. */
	trustMeta?: boolean;
	newId: () => string;
	/** Without a limit for the size, that of the batch's format counts. */
	limits?: Partial<EventLimits>;
	clampFuture?: boolean;
	/** About the request as a whole. Each of its events gets them. */
	warnings?: readonly Warning[];
	/** The numbers of the lines that aren't JSON, by their text. The batch contains that text instead of an event. */
	brokenLines?: ReadonlyMap<string, number>;
}

export interface Converted {
	events: CanonicalEvent[];
	rejected: Reject[];
	/** The message IDs that come from the sender's ID of the event or the request. Only these can show a duplicate. */
	sendersIds: Set<string>;
	/** The number of events that were dropped because an earlier event of the batch has the same ID. */
	duplicates: number;
}

/** Maps and normalizes the events of a batch. Events and rejects stay in the sender's order. */
export function convert(batch: RawBatch, options: ConvertOptions): Converted {
	const { requestId } = batch;
	const { now, transport, verified, newId, clampFuture, warnings } = options;
	const limits = {
		...defaultEventLimits,
		...(batch.eventBytes === undefined ? {} : { eventBytes: batch.eventBytes }),
		...options.limits,
	};
	const converted: Converted = { events: [], rejected: [], sendersIds: new Set(), duplicates: 0 };
	const ownIds = new Set<string>();
	const sharing = limitSharing(batch);
	const shared = batch.shared && cleanShared(batch.shared, limits);

	batch.events.forEach((received, batchIndex) => {
		const brokenLine = typeof received === 'string' ? options.brokenLines?.get(received) : undefined;
		const mapped =
			brokenLine !== undefined
				? lineNotJson(brokenLine)
				: batchIndex < sharing.events
					? mapEvent(batch, batchIndex, now)
					: sharesTooMuch(received, sharing);
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
			shared,
			noUserHint: batch.noUserHint,
			limits,
			clampFuture,
			warnings:
				mapped.ok && isUnnamed(mapped.value, batch) ? [...(warnings ?? []), unnamed(batch)] : warnings,
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
		// Compares only IDs that the events have: two equal events without an ID can both be real.
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

function isUnnamed(mapped: unknown, { defaultName }: RawBatch): boolean {
	return (
		defaultName !== undefined && isObject(mapped) && mapped.type === 'track' && mapped.event === defaultName
	);
}

const setName = 'Put a name in "event", or set the path to the name.';

function unnamed({ defaultName, noNameHint = setName }: RawBatch): Warning {
	const message = `The event has no name, so it is called "${defaultName}". ${noNameHint}`;
	return { path: 'event', code: 'no_event_name', message };
}

function mapEvent(batch: RawBatch, index: number, now: number): Mapped {
	const mapped = mapOne(batch, index, now);
	const { exact } = batch;
	return exact === undefined || !mapped.ok
		? mapped
		: accepted(withExactIds(mapped.value, () => mapOne(exact, index, now)));
}

function mapOne({ events, map }: Pick<RawEvents, 'events' | 'map'>, index: number, now: number): Mapped {
	const received = events[index];
	return map === undefined || !isObject(received) ? accepted(received) : map(received, now);
}

type Mapped = Checked<unknown, MappingError>;

function lineNotJson(line: number): Mapped {
	return notAccepted({
		code: 'line_not_json',
		path: '',
		detail: `This is line ${line} of the body.`,
		messageId: undefined,
	});
}

/** Builds an event's ID from the request's ID, with the event's index if there are several. A retry gives the same IDs. */
function idInRequest(requestId: string | undefined, index: number, size: number): string | undefined {
	if (requestId === undefined) return undefined;
	const id = size === 1 ? requestId : `${requestId}:${index}`;
	return id.length <= 100 ? id : undefined;
}
