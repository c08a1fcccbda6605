import type { CanonicalEvent, EventMeta, EventType, Warning } from './canonical-event';
import { eventTypes, metaSchema } from './canonical-event';
import { defaultEventLimits, inspect, jsonBytes, type EventLimits } from './limits';
import { rejectMessages, type Reject, type RejectCode } from './rejects';
import { correctClock, parseTime } from './time';

/** What is known about an event besides the event itself. No clock, no randomness: both are passed in. */
export interface EventOrigin {
	/** Epoch milliseconds. */
	now: number;
	/** The id of an event whose sender gave it none. */
	fallbackId: () => string;
	meta: Omit<EventMeta, 'warnings'>;
	/**
	 * Keep the event's own `_meta`: for events from inside a workflow. From the outside it would let a
	 * sender claim to be verified.
	 */
	trustMeta: boolean;
	/** What the URL says, e.g. `/v1/identify`. */
	typeHint?: EventType;
	/** Batch level values, merged under the event's own. */
	shared?: { sentAt?: unknown; context?: unknown; integrations?: unknown };
	limits?: EventLimits;
	/** Take the time of receipt for an event from the future. Default: true. */
	clampFuture?: boolean;
}

export type Normalised = { ok: true; event: CanonicalEvent } | { ok: false; reject: Reject };

/**
 * Any JSON value in, a canonical event or a named reject out; it never throws.
 * Normalising a canonical event again gives the same event.
 */
export function normalise(received: unknown, origin: EventOrigin): Normalised {
	const findings = new Findings();
	const event = toCanonical(received, origin, findings);
	if (event !== undefined && findings.rejection === undefined) return { ok: true, event };

	const { code, path } = findings.rejection ?? { code: 'not_an_object', path: '' };
	const messageId = isObject(received) ? text(received.messageId)?.slice(0, 100) : undefined;
	const { depth } = origin.limits ?? defaultEventLimits;
	const shown = withoutSecrets(received);
	const safe = inspect(shown, { eventBytes: Infinity, properties: Infinity, depth });
	return {
		ok: false,
		reject: {
			index: origin.meta.batchIndex,
			...(messageId === undefined ? {} : { messageId }),
			code,
			path,
			message: rejectMessages[code],
			// Whatever shows or stores items walks them recursively: beyond the depth limit only text is safe.
			event: safe.ok ? safe.value : jsonText(shown),
		},
	};
}

/** What came to light while reading one event. The first reason to reject it is the one that counts. */
class Findings {
	rejection: { code: RejectCode; path: string } | undefined;
	readonly warnings: Warning[] = [];

	reject(code: RejectCode, path: string): void {
		this.rejection ??= { code, path };
	}

	warn(path: string, code: string, message: string): void {
		this.warnings.push({ path, code, message });
	}
}

type Source = Record<string, unknown>;

function toCanonical(received: unknown, origin: EventOrigin, findings: Findings): CanonicalEvent | undefined {
	const source = readSource(received, origin, findings);
	if (source === undefined) return undefined;
	const type = readType(source, origin.typeHint, findings);
	if (type === undefined) return undefined;

	const event = readEventName(source, type, findings);
	const people = readPeople(source, type, findings);
	const context = readObject(source, 'context', findings);
	const traits = readTraits(source, type, context, findings);
	const times = readTimes(source, origin, findings);
	warnOfUnknownFields(source, findings);

	return {
		type,
		messageId: readMessageId(source, origin, findings),
		...(event === undefined ? {} : { event }),
		...optionalText(source, 'name'),
		...optionalText(source, 'category'),
		...people,
		traits,
		properties: readObject(source, 'properties', findings),
		context: withSdkVersion(context, source.version),
		integrations: readObject(source, 'integrations', findings),
		...times,
		version: '1',
		_meta: readMeta(source, origin, findings.warnings),
	};
}

/** The event with the batch's values under it, once it is known to be safe to walk. */
function readSource(received: unknown, origin: EventOrigin, findings: Findings): Source | undefined {
	if (!isObject(received)) {
		findings.reject('not_an_object', '');
		return undefined;
	}
	const limits = origin.limits ?? defaultEventLimits;
	const source = withShared(received, origin.shared);
	const inspection = inspect(source, limits);
	if (!inspection.ok) {
		findings.reject(inspection.excess === 'depth' ? 'too_deep' : 'too_many_properties', '');
		return undefined;
	}
	if (limits.eventBytes < Infinity && jsonBytes(source) > limits.eventBytes) {
		findings.reject('event_too_large', '');
		return undefined;
	}
	for (const key of inspection.droppedKeys) {
		findings.warn(
			key,
			'unsafe_key_dropped',
			`"${key}" was left out: keys of that name are not safe to handle.`,
		);
	}
	return inspection.value as Source;
}

function withShared(event: Source, shared: EventOrigin['shared']): Source {
	if (shared === undefined) return event;
	const merged = { ...event };
	for (const field of ['context', 'integrations'] as const) {
		const own = event[field] ?? {};
		if (isObject(shared[field]) && isObject(own)) merged[field] = { ...shared[field], ...own };
	}
	return merged;
}

function readType(source: Source, hint: EventType | undefined, findings: Findings): EventType | undefined {
	const named = text(source.type)?.toLowerCase();
	if (named !== undefined && isEventType(named)) return named;
	if (named === undefined) {
		if (hint !== undefined) return hint;
		if (source.event !== undefined) return 'track';
		if (source.traits !== undefined) return 'identify';
	}
	findings.reject('unknown_type', 'type');
	return undefined;
}

export function isEventType(name: string): name is EventType {
	return (eventTypes as readonly string[]).includes(name);
}

function readEventName(source: Source, type: EventType, findings: Findings): string | undefined {
	const event = text(source.event);
	if (event === undefined) {
		if (isGiven(source.event) && typeof source.event !== 'string')
			findings.reject('event_name_not_text', 'event');
		else if (type === 'track') findings.reject('missing_event_name', 'event');
		return undefined;
	}
	if (event.length > 200) findings.reject('event_name_too_long', 'event');
	if (typeof source.event === 'number') {
		findings.warn('event', 'name_from_number', 'The event name was a number and is now text.');
	}
	return event;
}

function readPeople(source: Source, type: EventType, findings: Findings) {
	const userId = readId(source, 'userId', findings);
	const anonymousId = readId(source, 'anonymousId', findings);
	const groupId = readId(source, 'groupId', findings);
	const previousId = readId(source, 'previousId', findings);
	if (type === 'alias' && userId === null) findings.reject('missing_user_id', 'userId');
	if (type === 'alias' && previousId === null) findings.reject('missing_previous_id', 'previousId');
	if (userId === null && anonymousId === null) findings.reject('no_user_anon_id', 'userId');
	if (type === 'group' && groupId === null) findings.reject('missing_group_id', 'groupId');
	return {
		userId,
		anonymousId,
		...(groupId === null ? {} : { groupId }),
		...(previousId === null ? {} : { previousId }),
	};
}

function readId(source: Source, field: string, findings: Findings): string | null {
	const value = source[field];
	if (!isGiven(value)) return null;
	if (typeof value !== 'string' && typeof value !== 'number') findings.reject('id_not_text', field);
	if (typeof value === 'number' && Number.isFinite(value))
		findings.warn(field, 'id_from_number', `"${field}" was a number and is now text.`);
	const id = text(value) ?? null;
	if (id !== null && id.length > 256) findings.reject('id_too_long', field);
	return id;
}

function readMessageId(source: Source, origin: EventOrigin, findings: Findings): string {
	const messageId = text(source.messageId);
	if (messageId === undefined) {
		if (isGiven(source.messageId)) {
			findings.warn('messageId', 'message_id_ignored', '"messageId" was not text. The event got a new one.');
		}
		return origin.fallbackId();
	}
	if (messageId.length > 100) findings.reject('message_id_too_long', 'messageId');
	return messageId;
}

function readObject(
	source: Source,
	field: 'properties' | 'traits' | 'context' | 'integrations',
	findings: Findings,
): Source {
	const value = source[field] ?? {};
	if (isObject(value)) return value;
	findings.reject(`${field}_not_object`, field);
	return {};
}

/** More than half of real identify traffic carries its traits in `context.traits` only. */
function readTraits(source: Source, type: EventType, context: Source, findings: Findings): Source {
	const traits = readObject(source, 'traits', findings);
	const describesSomebody = type === 'identify' || type === 'group';
	return describesSomebody && isObject(context.traits) ? { ...context.traits, ...traits } : traits;
}

/** SDKs send their own version as `version`; in the contract that field is the contract's. */
function withSdkVersion(context: Source, version: unknown): Source {
	return typeof version === 'number' && context.version === undefined ? { ...context, version } : context;
}

function readTimes(source: Source, origin: EventOrigin, findings: Findings) {
	const read = (field: string, value = source[field]) => {
		if (!isGiven(value)) return undefined;
		const time = parseTime(value);
		if (time === undefined) {
			findings.warn(
				field,
				'unreadable_time',
				`"${field}" is no ISO 8601 date, epoch seconds or epoch milliseconds.`,
			);
		}
		return time;
	};
	const given = {
		originalTimestamp: read('originalTimestamp'),
		timestamp: read('timestamp'),
		sentAt: read('sentAt') ?? read('sentAt', origin.shared?.sentAt ?? null),
		receivedAt: read('receivedAt'),
	};
	const { timestamp, receivedAt, warning } = correctClock(given, origin.now, origin.clampFuture ?? true);
	if (warning !== undefined) findings.warn('timestamp', warning, clockWarnings[warning]);

	// A time that came with a time of receipt was corrected already; what it was before is not known.
	const original = given.originalTimestamp ?? (given.receivedAt === undefined ? given.timestamp : undefined);
	return {
		...(original === undefined ? {} : { originalTimestamp: iso(original) }),
		...(given.sentAt === undefined ? {} : { sentAt: iso(given.sentAt) }),
		receivedAt: iso(receivedAt),
		timestamp: iso(timestamp),
	};
}

const clockWarnings = {
	clock_skew: 'The event says it was sent before it happened. Its time is the time of receipt.',
	future_time: 'The event lies more than five minutes in the future. Its time is the time of receipt.',
};

function warnOfUnknownFields(source: Source, findings: Findings): void {
	for (const field of Object.keys(source)) {
		if (contractFields.has(field) || bookkeepingFields.has(field)) continue;
		findings.warn(
			field,
			'field_ignored',
			`"${field}" is no field of an event. Put it under "properties" to keep it.`,
		);
	}
}

const contractFields = new Set([
	...['type', 'messageId', 'event', 'name', 'category', 'userId', 'anonymousId', 'groupId', 'previousId'],
	...['traits', 'properties', 'context', 'integrations', 'version', '_meta'],
	...['originalTimestamp', 'sentAt', 'receivedAt', 'timestamp'],
]);

/** What SDKs add for themselves, and what our own error output adds to an event that is sent again. */
const bookkeepingFields = new Set([
	'writeKey',
	'api_key',
	'_metadata',
	'channel',
	'projectId',
	'error',
	'details',
]);

function readMeta(source: Source, origin: EventOrigin, warnings: Warning[]): EventMeta {
	const own = origin.trustMeta ? metaSchema.safeParse(source._meta) : undefined;
	if (own?.success !== true) return { ...origin.meta, warnings };
	return { ...own.data, warnings: [...own.data.warnings, ...warnings] };
}

function optionalText(source: Source, field: 'name' | 'category'): Record<string, string> {
	const value = text(source[field]);
	return value === undefined ? {} : { [field]: value };
}

/** Whether a sender filled a field in at all. */
export function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

function iso(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}

/** Trimmed text of a string or a finite number; undefined for anything else and for blank text. */
export function text(value: unknown): string | undefined {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') return undefined;
	const trimmed = value.trim();
	return trimmed === '' ? undefined : trimmed;
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Browser SDKs put their write key into the body. */
function withoutSecrets(received: unknown): unknown {
	if (!isObject(received) || !('writeKey' in received || 'api_key' in received)) return received;
	const { writeKey: _, api_key: __, ...rest } = received;
	return rest;
}

function jsonText(value: unknown): string {
	try {
		return JSON.stringify(value);
	} catch {
		return 'The event is nested too deep to be shown.';
	}
}
