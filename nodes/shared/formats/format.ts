import type { Checked } from '../checked';
import {
	firstGiven,
	text,
	withoutSecrets,
	type EventType,
	type JsonObject,
	type RejectReason,
	type SharedValues,
} from '../event';
import type { Fields, Paths } from './paths';

/** A request whose format isn't known yet. */
export interface IncomingRequest {
	/** The body, parsed as JSON. */
	body: unknown;
	/** With names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	/** The path that the sender appended to the webhook's URL, e.g. `v1/batch`; empty for none. */
	subPath: string;
	/**
	 * The same body with the own text of numbers that JSON parsing has rounded, such as "820982911946154508"; missing if
	 * there are none.
	 */
	exactBody?: unknown;
	/** Whether texts of the body may look different in the bytes that were sent, beyond what JSON escapes. */
	isEncoded?: boolean;
}

/** An event in the form that `normalize` reads, or why it can't be mapped to that form. */
export type Mapped = Checked<JsonObject, MappingError>;

export interface MappingError extends RejectReason {
	/** The sender's ID of the event, if any. */
	messageId: unknown;
}

/** The events of one request, split but not yet normalized. */
export interface RawEvents {
	/** The name of the format for `_meta.format`. */
	format: string;
	/** The events as they were sent. */
	events: readonly unknown[];
	/**
	 * Maps an event to the form that `normalize` reads; absent where senders use that form.
	 * @param now epoch milliseconds at which the request was received
	 */
	map?: (event: JsonObject, now: number) => Mapped;
	/** Values of the whole batch. The event's own values win. */
	shared?: SharedValues;
	typeHint?: EventType;
	/** The name that `map` gives to events without a name. They get a warning. */
	defaultName?: string;
	/** Where this format has the name; by default, in "event" or at the path to the name. */
	noNameHint?: string;
	/** Added to the message for an event without a user: how this format says who the user is. */
	noUserHint?: string;
	/** The sender's ID of the request. A retry has the same ID. */
	requestId?: string;
}

export interface RawBatch extends RawEvents {
	/** Why the request was read in this format, e.g. `the body has a list "batch"`. */
	detectedBy: string;
	/** The most bytes of an event, unless the user sets another limit. */
	eventBytes?: number;
	/** The same events with the own text of rounded numbers; missing if there are none. */
	exact?: Pick<RawEvents, 'events' | 'map'>;
	/** Whether texts of the events may look different in the bytes that were sent, beyond what JSON escapes. */
	isEncoded?: boolean;
}

/** Returns the events of a body that is one event or a list of them. */
export function eventsIn(body: unknown): readonly unknown[] {
	return Array.isArray(body) ? body.map(withoutSecrets) : [body];
}

const idHeaders = ['webhook-id', 'svix-id', 'idempotency-key', 'ce-id', 'ce_id', 'x-hookdeck-eventid'];

/** As of a message ID. A longer one is ignored: each event of the request would repeat it. */
const longestRequestId = 100;

/**
 * Reads the sender's ID of a request. Events without an ID get theirs from it.
 * @param found the ID that the format has found in the request
 */
export function requestId(headers: IncomingRequest['headers'], found?: string): string | undefined {
	const id = found ?? text(firstGiven(...idHeaders.map((name) => headers[name])));
	return id === undefined || id.length > longestRequestId ? undefined : id;
}

/** A wire format, or a family of similar ones. */
export interface Format {
	name: string;
	displayName: string;
	description: string;
	/**
	 * Returns why the request is in this format, or undefined if it isn't. Missing if the format can't be detected.
	 * For a list, it is also asked about the request with an entry as its body.
	 */
	matches?: (request: IncomingRequest) => string | undefined;
	/** The most bytes of an event, unless the user sets another limit. */
	eventBytes?: number;
	/** Where its events have their parts. The user's paths win. */
	paths?: Paths;
	/** Splits the request into events. Never throws, even if the request isn't in this format. */
	read(request: IncomingRequest, fields: Fields): RawEvents;
}
