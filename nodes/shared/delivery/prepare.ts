import { isMeantFor, itemLimits, normalize, type CanonicalEvent } from '../event';
import type { Fields } from '../parameters';
import { brokenRules } from './broken-rules';
import { unreadableItem, type Failure } from './failure';
import type { Outcome, Place, SkipReason } from './outcome';
import type { Candidate, MappingContext, Operation, Outgoing } from './provider';

/** How one item's content is given: as a canonical event, or as fields. */
export type ItemSource = { event: unknown; now: number } | { fields: Fields };

/** One thing to deliver. */
export interface Delivery {
	place: Place;
	/** Derived from the place in the input: for what brings no id of its own. */
	fallbackId: () => string;
	/** Throws where the item's parameters cannot be worked out. */
	readSource: () => ItemSource;
	settings: Fields;
	file: MappingContext['file'];
}

export interface PrepareOptions {
	operation: Operation;
	/** The name that an event's `integrations` use. */
	destination: string;
	respectIntegrations: boolean;
	keepOrder: boolean;
	/** Whether the user chose to send again what may have arrived. */
	retryUncertain: boolean;
	nameFormat: MappingContext['nameFormat'];
	facts: MappingContext['facts'];
	timeZone: string;
	givenOptions: MappingContext['options'];
}

export type Prepared = { ok: true; outgoing: Outgoing } | { ok: false; outcome: Outcome };

/** One item into a checked record, or into the reason why nothing is sent for it. */
export function prepareItem(delivery: Delivery, options: PrepareOptions): Prepared {
	try {
		return prepare(delivery, options);
	} catch (error) {
		return failed(delivery.place, unreadableItem(error));
	}
}

function prepare(delivery: Delivery, options: PrepareOptions): Prepared {
	const { operation, nameFormat, facts, timeZone, givenOptions } = options;
	const { place, settings, file } = delivery;
	const known = { nameFormat, facts, timeZone, settings, options: givenOptions, file };
	const source = delivery.readSource();
	if ('fields' in source) {
		const mapping = { messageId: delivery.fallbackId(), ...known };
		return checkRecord(
			place,
			operation.fromFields(source.fields, mapping),
			mapping,
			options,
			operation.fields,
		);
	}
	if (operation.fromEvent === undefined) throw new Error(`${operation.operation} takes no events`);

	const read = readEvent(source, delivery.fallbackId, operation.reports);
	if (!read.ok) return failed(place, read.failure, read.messageId);
	const { event } = read;
	const reason = reasonToSkip(event, options);
	if (reason !== undefined) {
		return {
			ok: false,
			outcome: { place, messageId: event.messageId, attempts: 0, status: 'skipped', reason },
		};
	}
	const mapping = { messageId: event.messageId, ...known };
	return checkRecord(place, operation.fromEvent(event, mapping), mapping, options);
}

type Read = { ok: true; event: CanonicalEvent } | { ok: false; failure: Failure; messageId?: string };

function readEvent(
	{ event, now }: { event: unknown; now: number },
	fallbackId: () => string,
	reports: Operation['reports'],
): Read {
	const result = normalize(event, {
		now,
		fallbackId,
		meta: { format: 'item', transport: 'item', batchIndex: 0, batchSize: 1, verified: false },
		trustMeta: true,
		limits: itemLimits,
		clampFuture: false,
	});
	if (result.ok) return { ok: true, event: result.value };
	const { code, path, message, messageId } = result.reason;
	const place = path === '' ? '' : ` at '${path}'`;
	const byHand = reports === 'each' ? ", set 'Mapping Mode' to Define Below and fill in the fields" : '';
	const failure: Failure = {
		code: 'invalid_event',
		message: `The item is not a complete customer event: ${message}`,
		description: `Found ${code}${place}. Put a Customer Events node (Convert) in front of this one, which makes events of other data${byHand}, or correct the item.`,
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
	candidate: Candidate<object>,
	mapping: MappingContext,
	{ operation, keepOrder, retryUncertain }: PrepareOptions,
	form?: Operation['fields'],
): Prepared {
	const { messageId } = mapping;
	const parsed = operation.schema.safeParse(candidate.record);
	if (!parsed.success) {
		const [first, ...others] = brokenRules(parsed.error, form);
		const failure: Failure = {
			code: 'invalid_record',
			message: `The item cannot be sent: ${first}`,
			description: [...others, 'Nothing was sent for this item. Correct it, then send it again.'].join(' · '),
			retryable: false,
		};
		return failed(place, failure, messageId);
	}

	const record = parsed.data;
	const json = JSON.stringify(record);
	const bytes = Buffer.byteLength(json);
	const { recordBytes = Infinity, requestBytes = Infinity } = operation.limits ?? {};
	const allowed = Math.min(recordBytes, requestBytes);
	if (bytes > allowed) return failed(place, tooLarge(bytes, allowed), messageId);
	const { warnings = [] } = candidate;
	const lane = keepOrder ? operation.lane?.(record) : undefined;
	const repeatable = isRepeatable(operation, record, retryUncertain);
	const before = operation.before?.(record, mapping);
	return {
		ok: true,
		outgoing: { place, messageId, record, json, bytes, lane, repeatable, before, warnings },
	};
}

function isRepeatable(operation: Operation, record: object, retryUncertain: boolean): boolean {
	if (operation.addsUp?.(record) === true) return false;
	return operation.repeating === 'harmless' || retryUncertain;
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
