import type { Checked } from '../checked';
import {
	firstGiven,
	text,
	type EventType,
	type JsonObject,
	type RejectReason,
	type SharedValues,
} from '../event';
import type { Paths } from './paths';

/** A request whose format isn't known yet. */
export interface IncomingRequest {
	/** The body, parsed as JSON. */
	body: unknown;
	/** With names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	/** The path that the sender appended to the webhook's URL, e.g. `v1/batch`; empty for none. */
	subPath: string;
}

export type FormatName =
	'cloudevents' | 'generic' | 'posthog' | 'rehook' | 'segment' | 'simon' | 'standard-webhooks' | 'suprsend';

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
	/** Maps an event to the form that `normalize` reads; absent where senders use that form. */
	map?: (event: JsonObject) => Mapped;
	/** Values of the whole batch. The event's own values win. */
	shared?: SharedValues;
	typeHint?: EventType;
	/** Added to the message for an event without a user: how this format says who the user is. */
	noUserHint?: string;
}

export interface RawBatch extends RawEvents {
	/** Why the request was read in this format, e.g. `the body has a list "batch"`. */
	detectedBy: string;
	/** The sender's ID of the request. A retry has the same ID. */
	requestId?: string;
}

const idHeaders = ['webhook-id', 'svix-id', 'idempotency-key', 'ce-id'];

/** As of a message ID. A longer one is ignored: each event of the request would repeat it. */
const longestRequestId = 100;

/** Reads the sender's ID of a request. Events without an ID get theirs from it. */
export function requestId(headers: IncomingRequest['headers']): string | undefined {
	const id = text(firstGiven(...idHeaders.map((name) => headers[name])));
	return id === undefined || id.length > longestRequestId ? undefined : id;
}

/** A wire format, or a family of similar ones. */
export interface Format {
	name: FormatName;
	displayName: string;
	description: string;
	/** Returns why the request is in this format, or undefined if it isn't. Missing if the format can't be detected. */
	matches?: (request: IncomingRequest) => string | undefined;
	/** Splits the request into events. Never throws, even if the request isn't in this format. */
	read(request: IncomingRequest, paths: Paths): RawEvents;
}
