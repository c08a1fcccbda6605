import { notAccepted, type Checked } from '../../checked';
import {
	capWarnings,
	isMeantFor,
	itemLimits,
	normalize,
	roundedNumberWarning,
	type CanonicalEvent,
	type EventType,
	type Reject,
	type Warning,
} from '../../event';
import { derivedId } from '../../node-run';
import type { MappedRecord, MappingContext, Operation } from '../../service/definition';
import { readView } from '../../service/entities';
import { adviceToSendAsEvent } from '../../service/event-choices';
import { unreadableItem, type Failure } from '../../service/failure';
import type { Run } from '../run';
import { failedUnsent, warningsOf, type Input, type Outcome, type PreparedRecord } from '../stages';
import { warnOfBrokenIds } from './broken-ids';
import { checkRecord } from './check-record';
import { observeReads, warnOfUnread } from './unread-data';

type Prepared = Checked<PreparedRecord, Outcome>;

/** The parts of a run that preparing depends on. */
export type PrepareContext = Omit<Run, 'name' | 'sender' | 'preview' | 'order' | 'accountKey' | 'clock'>;

/** Maps an input to a checked record, or says why nothing is sent for it. */
export function prepare(input: Input, run: PrepareContext): Prepared {
	try {
		return 'fields' in input.content
			? prepareFields(input, input.content.fields, run)
			: prepareEvent(input, input.content.event, run);
	} catch (error) {
		return unsent(input, unreadableItem(error));
	}
}

function prepareFields(input: Input, fields: Input['settings'], run: PrepareContext): Prepared {
	const { record } = run.operation;
	const mapping = mappingContext(input, run, idOf(input, run));
	return mapAndCheck(input, run, mapping, () => record.fromFields(fields, mapping), record);
}

/** How to read the items of a workflow. */
const readingItems = {
	meta: { format: 'item', transport: 'item', batchIndex: 0, batchSize: 1, verified: false },
	trustMeta: true,
	limits: itemLimits,
	clampFuture: false,
} as const;

function prepareEvent(input: Input, given: unknown, run: PrepareContext): Prepared {
	const { record, operation: name } = run.operation;
	if (record.fromEvent === undefined) throw new Error(`${name} doesn't accept events`);
	const normalized = normalize(given, {
		now: run.startedAt,
		fallbackId: () => idOf(input, run),
		...readingItems,
	});
	if (!normalized.ok) {
		const reject = normalized.reason;
		return unsent(input, invalidEvent(reject, record), reject.messageId);
	}
	const event = normalized.value;
	const subject = { userId: event.userId ?? event.anonymousId ?? undefined, event: event.event };
	const chosen = operationFor(event, run);
	if (!chosen.ok) {
		const { messageId, _meta } = event;
		const { position } = input;
		const about = { position, messageId, subject, attempts: 0 };
		const { reason } = chosen;
		return notAccepted({ ...about, status: 'skipped', reason, ...warningsOf(_meta.warnings) });
	}
	const operation = chosen.value;
	const prepared = mapEvent(input, event, { ...run, operation });
	if (prepared.ok) return prepared;
	const reason = { ...prepared.reason, subject };
	if (operation === run.operation) return notAccepted(reason);
	const isAcceptedAsEvent = record.skips?.(event) === undefined && mapEvent(input, event, run).ok;
	return notAccepted(byOperation(reason, operation, isAcceptedAsEvent ? event.type : undefined));
}

function mapEvent(input: Input, event: CanonicalEvent, run: PrepareContext): Prepared {
	const { observed, unread } = observeReads(event);
	const mapping = mappingContext(input, { ...run, timeZone: 'utc' }, event.messageId, () => [
		...warnOfUnread(unread, event, run.provider.displayName),
		...event._meta.warnings,
	]);
	const map = () => run.operation.record.fromEvent?.(observed, mapping) ?? {};
	return mapAndCheck(input, run, mapping, map);
}

/**
 * The outcome of an event that the operation for its type can't accept.
 * @param type the type, if the event would be accepted when sent as an event
 */
function byOperation(outcome: Outcome, operation: Operation, type: EventType | undefined): Outcome {
	if (outcome.status !== 'failed') return { ...outcome, operation };
	const { failure } = outcome;
	const advice = [failure.description, type && adviceToSendAsEvent(type)].join(' ').trim();
	return { ...outcome, operation, failure: { ...failure, description: advice } };
}

/** The ID of an input that has none of its own. */
function idOf({ earlierId, position }: Input, { nodeRun }: PrepareContext): string {
	return earlierId ?? derivedId(nodeRun, position);
}

interface Mapping extends MappingContext {
	/** Those of the mapping, then those of the event. To be read once the record is complete. */
	warnings(): Warning[];
}

function mappingContext(
	{ settings, file }: Input,
	run: PrepareContext,
	messageId: string,
	warningsOfEvent: () => Warning[] = () => [],
): Mapping {
	const { account, nameFormat, options, timeZone } = run;
	const own: Warning[] = [];
	const warn = (warning: Warning) => void own.push(warning);
	const warnings = () => capWarnings([...own, ...warningsOfEvent()]);
	return { messageId, nameFormat, account, timeZone, settings, options, file, warn, warnings };
}

/** Rows and other data. An event with another fault should be corrected. */
const isNoEvent = new Set<Reject['code']>(['not_an_object', 'unknown_type']);

function invalidEvent({ code, path, message }: Reject, record: Operation['record']): Failure {
	const at = path === '' ? '' : ` at '${path}'`;
	const found = `Found ${code}${at}.`;
	const convert = 'add a Customer Events node (Convert) before this node to turn other data into events';
	if (isNoEvent.has(code)) {
		return {
			code: 'invalid_event',
			message: `Set 'Mapping Mode' to 'Define Below' and fill in the fields, because this item is not a customer event. An event looks like this: ${sampleFor(record)}`,
			description: `${found} You can also ${convert}.`,
			retryable: false,
		};
	}
	return {
		code: 'invalid_event',
		message: `The item is not a complete customer event: ${message}`,
		description: `${found} Correct the item, ${convert}, or set 'Mapping Mode' to 'Define Below' and fill in the fields.`,
		retryable: false,
	};
}

const sampleEvents = [
	{ type: 'track', event: 'Signed Up', userId: '42', properties: { email: 'ada@example.com' } },
	{ type: 'identify', userId: '42', traits: { email: 'ada@example.com' } },
];

/** The JSON of an event that the operation accepts. */
function sampleFor({ skips }: Operation['record']): string {
	const isSkipped = (sample: object) => {
		const event = normalize(sample, { ...readingItems, now: 0, fallbackId: () => '0' });
		return event.ok && skips?.(event.value) !== undefined;
	};
	return JSON.stringify(sampleEvents.find((sample) => !isSkipped(sample)) ?? sampleEvents[0]);
}

type ReasonToSkip = Extract<Outcome, { status: 'skipped' }>['reason'];

/** Returns the operation that accepts an event, or why it is skipped. */
function operationFor(event: CanonicalEvent, run: PrepareContext): Checked<Operation, ReasonToSkip> {
	const { displayName } = run.provider;
	if (run.deliveryOptions.respectIntegrations && !isMeantFor(event, displayName)) {
		return notAccepted({
			code: 'integrations',
			message: `The event's integrations exclude ${displayName}`,
		});
	}
	const chosen = run.operationFor(event.type);
	const message = chosen.ok ? chosen.value.record.skips?.(event) : chosen.reason;
	if (chosen.ok && message === undefined) return chosen;
	return notAccepted({ code: 'event_type', message: message ?? '' });
}

/** Keeps the ID and the warnings of an input whose mapping throws. */
function mapAndCheck(
	input: Input,
	run: PrepareContext,
	mapping: Mapping,
	map: () => MappedRecord<object>,
	form?: Operation['record'],
): Prepared {
	try {
		return check(input, run, mapping, map(), form);
	} catch (error) {
		return unsent(input, unreadableItem(error), mapping.messageId, mapping.warnings());
	}
}

/** @param form the record's form, when it was filled in: error messages then name its fields */
function check(
	input: Input,
	run: PrepareContext,
	mapping: Mapping,
	mapped: MappedRecord<object>,
	form?: Operation['record'],
): Prepared {
	const { operation, deliveryOptions } = run;
	const fields = 'fields' in input.content ? input.content.fields : input.settings;
	const { messageId, warn, warnings } = mapping;
	const checked = checkRecord(operation.record, mapped, warn, form);
	if (!checked.ok) return unsent(input, invalidRecord(checked.reason), messageId, warnings());
	const record = checked.value;
	warnOfBrokenIds(operation.record.idsIn?.(record) ?? {}, warn);
	const json = JSON.stringify(record);
	const rounded = form !== undefined && longNumber.test(json) ? roundedNumberWarning(record) : undefined;
	if (rounded !== undefined) warn(rounded);
	const bytes = Buffer.byteLength(json);
	const allowed = Math.min(operation.record.maxBytes ?? Infinity, operation.bulk?.maxBytes ?? Infinity);
	if (bytes > allowed) return unsent(input, tooLarge(bytes, allowed), messageId, warnings());
	return {
		ok: true,
		value: {
			position: input.position,
			messageId,
			operation,
			record,
			json,
			bytes,
			orderKey: deliveryOptions.keepOrder ? operation.orderKey?.(record) : undefined,
			resendable: isResendable(operation, record, deliveryOptions.retryUncertain),
			prerequisite: prerequisiteOf(operation, record, mapping),
			subject: operation.subject?.(record),
			view: readView(operation.result, fields),
			warnings: warnings(),
		},
	};
}

/** Numbers with so many digits may have been rounded. Events say so themselves. */
const longNumber = /\d{16}/;

function isResendable({ resend }: Operation, record: object, retryUncertain: boolean): boolean {
	const rule = typeof resend === 'function' ? resend(record) : resend;
	return rule === 'safe' || (rule === 'ifAsked' && retryUncertain);
}

function prerequisiteOf({ options }: Operation, record: object, mapping: Mapping) {
	for (const option of options ?? []) {
		const prerequisite = option.prerequisite?.(record, mapping);
		if (prerequisite !== undefined) return prerequisite;
	}
	return undefined;
}

function invalidRecord([first, ...others]: string[]): Failure {
	return {
		code: 'invalid_record',
		message: `The item cannot be sent: ${first}`,
		description: [...others, 'Nothing was sent for this item. Correct the item, then send it again.'].join(
			' · ',
		),
		retryable: false,
	};
}

function tooLarge(bytes: number, allowed: number): Failure {
	const kibibytes = (count: number) => `${Math.ceil(count / 1024)} KiB`;
	return {
		code: 'record_too_large',
		message: `The item is ${kibibytes(bytes)}, and the service accepts up to ${kibibytes(allowed)}`,
		description: 'Nothing was sent for this item. Send less data, for example a link instead of a file.',
		retryable: false,
	};
}

function unsent({ position }: Input, failure: Failure, messageId?: string, warnings?: Warning[]): Prepared {
	return { ok: false, reason: { ...failedUnsent(position, failure, messageId), ...warningsOf(warnings) } };
}
