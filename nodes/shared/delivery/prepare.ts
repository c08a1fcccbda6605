import { defaultEventLimits, isMeantFor, normalise, type CanonicalEvent, type EventLimits } from '../event';
import type { Fields } from './parameters';
import { unreadableItem, type Failure } from './failure';
import type { Outcome, Place, SkipReason } from './outcome';
import type { MappingContext, Operation, Outgoing } from './provider';

/** How one item's content is given: as a canonical event, or as fields. */
export type ItemSource = { event: unknown; now: number } | { fields: Fields };

export interface PrepareOptions {
	operation: Operation;
	/** The name that an event's `integrations` use. */
	destination: string;
	respectIntegrations: boolean;
	mapping: MappingContext;
}

export type Prepared = { ok: true; outgoing: Outgoing } | { ok: false; outcome: Outcome };

/** One item into a checked record, or into the reason why nothing is sent for it. */
export function prepareItem(place: Place, readSource: () => ItemSource, options: PrepareOptions): Prepared {
	try {
		return prepare(place, readSource(), options);
	} catch (error) {
		return failed(place, unreadableItem(error));
	}
}

function prepare(place: Place, source: ItemSource, options: PrepareOptions): Prepared {
	const { operation, mapping } = options;
	if ('fields' in source) {
		return checkRecord(place, operation.fromFields(source.fields, mapping), mapping.messageId, operation);
	}

	const read = readEvent(source, mapping.messageId, operation.reports);
	if (!read.ok) return failed(place, read.failure, read.messageId);
	const { event } = read;
	const reason = reasonToSkip(event, options);
	if (reason !== undefined) {
		return {
			ok: false,
			outcome: { place, messageId: event.messageId, attempts: 0, status: 'skipped', reason },
		};
	}
	const candidate = operation.fromEvent(event, { ...mapping, messageId: event.messageId });
	return checkRecord(place, candidate, event.messageId, operation);
}

/** Sizes are the services' to limit; the depth is what can be walked safely. */
const itemLimits: EventLimits = { ...defaultEventLimits, eventBytes: Infinity, properties: Infinity };

type Read = { ok: true; event: CanonicalEvent } | { ok: false; failure: Failure; messageId?: string };

function readEvent(
	{ event, now }: { event: unknown; now: number },
	fallbackId: string,
	reports: Operation['reports'],
): Read {
	const result = normalise(event, {
		now,
		fallbackId: () => fallbackId,
		meta: { format: 'item', transport: 'item', batchIndex: 0, batchSize: 1, verified: false },
		trustMeta: true,
		limits: itemLimits,
		clampFuture: false,
	});
	if (result.ok) return result;
	const { code, path, message, messageId } = result.reject;
	const place = path === '' ? '' : ` at '${path}'`;
	const byHand = reports === 'each' ? ", or set 'Mapping Mode' to Define Below and fill in the fields" : '';
	const failure: Failure = {
		code: 'invalid_event',
		message: `The item is not a complete customer event: ${message}`,
		description: `Found ${code}${place}. Correct the item${byHand}.`,
		retryable: false,
	};
	return { ok: false, failure, messageId };
}

function reasonToSkip(event: CanonicalEvent, options: PrepareOptions): SkipReason | undefined {
	const { destination, operation } = options;
	if (options.respectIntegrations && !isMeantFor(event, destination)) {
		return { code: 'integrations', message: `The event's integrations leave out ${destination}` };
	}
	const message = operation.skips?.(event);
	return message === undefined ? undefined : { code: 'event_type', message };
}

function checkRecord(
	place: Place,
	candidate: ReturnType<Operation['fromEvent']>,
	messageId: string,
	operation: Operation,
): Prepared {
	const parsed = operation.schema.safeParse(candidate.record);
	if (!parsed.success) {
		const [first, ...others] = parsed.error.issues.map(({ path, message }) =>
			path.length === 0 ? message : `${path.join('.')}: ${message}`,
		);
		const failure: Failure = {
			code: 'invalid_record',
			message: `The item breaks a rule of the service: ${first}`,
			description: [...others, 'Nothing was sent for this item. Correct it, then run it again.'].join(' · '),
			retryable: false,
		};
		return failed(place, failure, messageId);
	}

	const record = parsed.data;
	const json = JSON.stringify(record);
	const bytes = Buffer.byteLength(json);
	const { recordBytes = Infinity, requestBytes = Infinity } = operation.limits;
	const allowed = Math.min(recordBytes, requestBytes);
	if (bytes > allowed) return failed(place, tooLarge(bytes, allowed), messageId);
	const { warnings = [] } = candidate;
	return {
		ok: true,
		outgoing: { place, messageId, record, json, bytes, lane: operation.lane(record), warnings },
	};
}

function tooLarge(bytes: number, allowed: number): Failure {
	const kibibytes = (count: number) => `${Math.ceil(count / 1024)} KiB`;
	return {
		code: 'record_too_large',
		message: `The item is larger than the service takes: ${kibibytes(bytes)}, at most ${kibibytes(allowed)}`,
		description:
			'Nothing was sent for this item. Send less data with it, for example a link in place of a file.',
		retryable: false,
	};
}

function failed(place: Place, failure: Failure, messageId?: string): Prepared {
	return { ok: false, outcome: { place, messageId, status: 'failed', failure, attempts: 0 } };
}
