import { pick } from 'lodash';
import { accepted, notAccepted, type Checked } from '../checked';
import {
	isEventType,
	metaSchema,
	type CanonicalEvent,
	type EventMeta,
	type EventType,
	type Warning,
} from './canonical-event';
import { defaultEventLimits, inspect, jsonBytes, type EventLimits } from './limits';
import { capWarnings, Problems } from './problems';
import { readTimes } from './read-times';
import { toReject, type Reject } from './rejects';
import { numberRounded, roundedNumberWarning } from './rounded-numbers';
import { placeToKeep, quoted } from './ignored-fields';
import { firstGiven, saysNothing, isGiven, isObject, text, withGiven, type JsonObject } from './values';
import { brokenIdWarning } from './broken-id';

/** What the events of a batch share. */
export interface SharedValues {
	sentAt?: unknown;
	context?: unknown;
	integrations?: unknown;
	/** The paths of the prototype keys that `cleanShared` has dropped. */
	droppedKeys?: readonly string[];
}

/** What `normalize` needs to know besides the event. Time and randomness come from the caller. */
export interface NormalizeOptions {
	/** When the event was received, in epoch milliseconds. */
	now: number;
	/** Returns an ID for an event that has none. */
	fallbackId: () => string;
	meta: Omit<EventMeta, 'warnings'>;
	/** Keeps the event's own `_meta`. Only for events from inside a workflow: a sender could claim to be verified. */
	trustMeta: boolean;
	/** The event before its wire format was mapped. Rejects show this one. */
	asSent?: unknown;
	/** Added to the message for an event without a user: how its format says who the user is. */
	noUserHint?: string;
	/** The type in the URL, e.g. of `/v1/identify`. */
	typeHint?: EventType;
	/** Values of the whole batch. The event's own values win. */
	shared?: SharedValues;
	limits?: EventLimits;
	/** Replaces a time in the future with the time of receipt. Default: true. */
	clampFuture?: boolean;
	/** About the whole request, for the warnings of the event. */
	warnings?: readonly Warning[];
}

/**
 * Turns any JSON value into a canonical event or a reject. Never throws. Normalizing a canonical event again gives
 * the same event.
 */
export function normalize(received: unknown, options: NormalizeOptions): Checked<CanonicalEvent, Reject> {
	const problems = new Problems();
	options.warnings?.forEach(({ path, code, message }) => problems.warn(path, code, message));
	const event = toCanonical(received, options, problems);
	const reason = problems.rejectReason;
	// Without a reason to reject it, there is an event.
	if (reason === undefined) return accepted(event as CanonicalEvent);

	const sendersId = isObject(received) ? received.messageId : undefined;
	return notAccepted(toReject(options.asSent ?? received, reason, options, sendersId));
}

function toCanonical(
	received: unknown,
	options: NormalizeOptions,
	problems: Problems,
): CanonicalEvent | undefined {
	const source = readSource(received, options, problems);
	if (source === undefined) return undefined;
	const type = readType(source, options.typeHint, problems);
	if (type === undefined) return undefined;

	const event = readEventName(source, type, problems);
	const people = readPeople(source, type, options, problems);
	const context = readObject(source, 'context', problems);
	const traits = readTraits(source, type, context, problems);
	const times = readTimes(source, options, problems);
	warnOfUnknownFields(source, type, problems);

	return {
		type,
		messageId: readMessageId(source, options, problems),
		...(event === undefined ? {} : { event }),
		...optionalText(source, 'name'),
		...optionalText(source, 'category'),
		...people,
		traits,
		properties: readObject(source, 'properties', problems),
		context: withSdkVersion(context, source.version),
		integrations: readObject(source, 'integrations', problems),
		...times,
		version: '1',
		_meta: readMeta(source, options, problems),
	};
}

/** Merges the event with the values of its batch and checks that the result is safe to walk. */
function readSource(
	received: unknown,
	options: NormalizeOptions,
	problems: Problems,
): JsonObject | undefined {
	if (!isObject(received)) {
		problems.reject('not_an_object', '');
		return undefined;
	}
	const limits = options.limits ?? defaultEventLimits;
	const source = withShared(received, options.shared);
	const inspection = inspect(source, limits);
	if (!inspection.ok) {
		const isDeep = inspection.reason === 'too_deep';
		const limit = isDeep ? `${limits.depth} levels` : `${limits.properties} properties`;
		const setBy = settingOf(isDeep ? 'Max Depth' : 'Max Properties', options);
		problems.reject(inspection.reason, '', `The limit is ${limit}${setBy}.`);
		return undefined;
	}
	const { kept, droppedKeys, hasLargeNumbers, mostBytes } = inspection.value;
	if (mostBytes > limits.eventBytes) {
		const bytes = jsonBytes(source);
		if (bytes > limits.eventBytes) {
			const setBy = settingOf('Max Event Size (KiB)', options);
			problems.reject(
				'event_too_large',
				'',
				`The event has ${bytes} bytes, and the limit is ${limits.eventBytes}${setBy}.`,
			);
			return undefined;
		}
	}
	for (const key of [...(options.shared?.droppedKeys ?? []), ...droppedKeys]) {
		problems.warn(
			key,
			'unsafe_key_dropped',
			`"${key}" was left out, because keys with that name aren't safe.`,
		);
	}
	const rounded = hasLargeNumbers ? roundedNumberWarning(pick(kept, dataFields)) : undefined;
	if (rounded !== undefined) problems.warn(rounded.path, rounded.code, rounded.message);
	return kept as JsonObject;
}

/** What senders choose the content of. Other fields have warnings of their own. */
const dataFields = ['traits', 'properties', 'context', 'integrations', 'version'];

/** Only the trigger lets users change the limits. */
function settingOf(option: string, { meta }: NormalizeOptions): string {
	return meta.transport === 'webhook' ? ` ('${option}' in the trigger's options)` : '';
}

/** Drops the prototype keys once for the whole batch. Leaves the values that every event will be rejected for. */
export function cleanShared(shared: SharedValues, limits = defaultEventLimits): SharedValues {
	const { context, integrations } = shared;
	const inspection = inspect({ context, integrations }, { ...limits, eventBytes: Infinity });
	if (!inspection.ok) return shared;
	const { kept, droppedKeys } = inspection.value;
	return { ...shared, ...(kept as JsonObject), droppedKeys };
}

function withShared(event: JsonObject, shared: NormalizeOptions['shared']): JsonObject {
	let merged = event;
	for (const field of ['context', 'integrations'] as const) {
		const ofBatch = shared?.[field];
		const own = emptyListAsObject(event[field] ?? {});
		if (isObject(ofBatch) && isObject(own)) merged = { ...merged, [field]: over(ofBatch, own) };
	}
	return merged;
}

/** Reads what PHP makes of an object without fields. */
function emptyListAsObject(value: unknown): unknown {
	return Array.isArray(value) && value.length === 0 ? {} : value;
}

/** Merges two objects. Shares them where nothing changes: n8n stores an object that many events share only once. */
function over(below: JsonObject, above: JsonObject): JsonObject {
	if (Object.keys(above).length === 0) return below;
	return Object.keys(below).length === 0 ? above : { ...below, ...above };
}

function readType(
	source: JsonObject,
	hint: EventType | undefined,
	problems: Problems,
): EventType | undefined {
	const named = text(source.type)?.toLowerCase();
	if (isEventType(named)) return named;
	if (named === undefined) {
		if (hint !== undefined) return hint;
		if (firstGiven(source.event) !== undefined) return 'track';
		if (firstGiven(source.traits) !== undefined) return 'identify';
		// A blank name is what to correct, not the type.
		if (typeof source.event === 'string') return 'track';
	}
	problems.reject('unknown_type', 'type');
	return undefined;
}

function readEventName(source: JsonObject, type: EventType, problems: Problems): string | undefined {
	const event = text(source.event);
	if (event === undefined) {
		if (isGiven(source.event) && typeof source.event !== 'string')
			problems.reject('event_name_not_text', 'event');
		else if (type === 'track') problems.reject('missing_event_name', 'event');
		return undefined;
	}
	if (event.length > 200) problems.reject('event_name_too_long', 'event');
	if (typeof source.event === 'number') {
		problems.warn('event', 'name_from_number', 'The event name was a number and is now text.');
	}
	return event;
}

function readPeople(source: JsonObject, type: EventType, options: NormalizeOptions, problems: Problems) {
	const read = (field: string) => readId(source, field, options, problems);
	const userId = read('userId');
	const anonymousId = read('anonymousId');
	const groupId = read('groupId') ?? groupIdInTraits(source, type, options, problems);
	const previousId = read('previousId');
	if (type === 'alias' && userId === null) problems.reject('missing_user_id', 'userId');
	if (type === 'alias' && previousId === null) problems.reject('missing_previous_id', 'previousId');
	if (userId === null && anonymousId === null) {
		problems.reject('no_user_anon_id', 'userId', userHint(options.asSent ?? source, options.noUserHint));
	}
	if (type === 'group' && groupId === null) problems.reject('missing_group_id', 'groupId');
	return {
		userId,
		anonymousId,
		...(groupId === null ? {} : { groupId }),
		...(previousId === null ? {} : { previousId }),
	};
}

/** Some senders have the ID of a group only in its traits. */
function groupIdInTraits(
	{ traits }: JsonObject,
	type: EventType,
	options: NormalizeOptions,
	problems: Problems,
): string | null {
	return type === 'group' && isObject(traits) ? readId(traits, 'groupId', options, problems) : null;
}

const snakeCaseIds = { user_id: 'userId', anonymous_id: 'anonymousId' };

function userHint(asSent: unknown, hint: string | undefined): string | undefined {
	const renames = Object.entries(snakeCaseIds)
		.filter(([snakeCase]) => isObject(asSent) && isGiven(asSent[snakeCase]))
		.map(([snakeCase, camelCase]) => `Rename "${snakeCase}" to "${camelCase}".`);
	const hints = [...renames, ...(hint === undefined ? [] : [hint])];
	return hints.length === 0 ? undefined : hints.join(' ');
}

function readId(
	source: JsonObject,
	field: string,
	{ trustMeta }: NormalizeOptions,
	problems: Problems,
): string | null {
	const value = source[field];
	if (!isGiven(value)) return null;
	const isNumber = typeof value === 'number';
	const id = text(value) ?? null;
	if (id === null && typeof value !== 'string')
		problems.reject('id_not_text', field, isNumber ? roundedNumber : undefined);
	if (id !== null && isNumber)
		problems.warn(field, 'id_from_number', `"${field}" was a number and is now text.`);
	if (id !== null && id.length > 256) problems.reject('id_too_long', field);
	// An event from inside a workflow gets this warning from the service that it is sent to.
	const warning = trustMeta ? undefined : brokenIdWarning(field, id);
	if (warning !== undefined) problems.warn(warning.path, warning.code, warning.message);
	return id;
}

const roundedNumber = `Numbers above ${Number.MAX_SAFE_INTEGER} are rounded when JSON is parsed. Send this ID as text.`;

function readMessageId(source: JsonObject, options: NormalizeOptions, problems: Problems): string {
	const messageId = text(source.messageId);
	if (messageId === undefined) {
		if (isGiven(source.messageId)) {
			const why = typeof source.messageId === 'number' ? roundedNumber : 'The message ID must be text.';
			problems.warn('messageId', 'message_id_ignored', `"messageId" was replaced with a new ID. ${why}`);
		}
		return options.fallbackId();
	}
	if (messageId.length > 100) problems.reject('message_id_too_long', 'messageId');
	return messageId;
}

function readObject(
	source: JsonObject,
	field: 'properties' | 'traits' | 'context' | 'integrations',
	problems: Problems,
): JsonObject {
	const value = source[field] ?? {};
	if (isObject(value)) return value;
	if (!Array.isArray(value) || value.length > 0) problems.reject(`${field}_not_object`, field);
	// PHP writes an object without fields as an empty list.
	return {};
}

/** Reads `context.traits`, too: more than half of real identify events carry their traits only there. */
function readTraits(
	source: JsonObject,
	type: EventType,
	context: JsonObject,
	problems: Problems,
): JsonObject {
	const traits = readObject(source, 'traits', problems);
	const hasTraits = type === 'identify' || type === 'group';
	return hasTraits && isObject(context.traits) ? withGiven(context.traits, traits) : traits;
}

/** Moves the version of an SDK to the context: in the contract, `version` is the contract's version. */
function withSdkVersion(context: JsonObject, version: unknown): JsonObject {
	return typeof version === 'number' && context.version === undefined ? { ...context, version } : context;
}

function warnOfUnknownFields(source: JsonObject, type: EventType, problems: Problems): void {
	const ignored = Object.keys(source).filter(
		(field) => !knownFields.has(field) && !saysNothing(source[field]),
	);
	const [first] = ignored;
	if (first === undefined) return;
	const message = `These fields were left out, because a canonical event has no place for them: ${quoted(ignored)}. ${placeToKeep[type]}`;
	problems.warn(ignored.length === 1 ? first : '', 'field_ignored', message);
}

const contractFields = [
	...['type', 'messageId', 'event', 'name', 'category', 'userId', 'anonymousId', 'groupId', 'previousId'],
	...['traits', 'properties', 'context', 'integrations', 'version', '_meta'],
	...['originalTimestamp', 'sentAt', 'receivedAt', 'timestamp'],
];

/** Fields that SDKs and gateways add for themselves, and `error`, which the error outputs of the nodes add. */
const bookkeepingFields = [
	...['writeKey', 'api_key', '_metadata', 'channel', 'projectId', 'error'],
	// RudderStack and Jitsu
	...['rudderId', 'request_ip', 'requestIp', 'message_id', 'session_id'],
];

const knownFields = new Set([...contractFields, ...bookkeepingFields]);

function readMeta(source: JsonObject, options: NormalizeOptions, { warnings }: Problems): EventMeta {
	const own = options.trustMeta ? metaSchema.safeParse(source._meta) : undefined;
	if (own?.success !== true) return { ...options.meta, warnings: capWarnings(warnings) };
	const earlier = own.data.warnings;
	// Numbers stay rounded, so each node would warn again.
	const isNew = ({ code }: Warning) => code !== numberRounded || !earlier.some((each) => each.code === code);
	return { ...own.data, warnings: capWarnings([...earlier, ...warnings.filter(isNew)]) };
}

function optionalText(source: JsonObject, field: 'name' | 'category'): Record<string, string> {
	const value = text(source[field]);
	return value === undefined ? {} : { [field]: value };
}
