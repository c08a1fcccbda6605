import type { Checked } from '../checked';
import { firstGiven, text, type EventType, type JsonObject, type RejectReason } from '../event';
import type { Paths } from './paths';

/** A sender's request, read but not yet understood. */
export interface IncomingRequest {
	/** The body, parsed as JSON. */
	body: unknown;
	/** Names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	/** What follows the webhook's base path, e.g. `v1/batch`; empty for the base itself. */
	subPath: string;
}

export type FormatName =
	'cloudevents' | 'generic' | 'posthog' | 'rehook' | 'segment' | 'simon' | 'standard-webhooks' | 'suprsend';

/** An event in the form that `normalize` reads, or why it can't be mapped to that form. */
export type Mapped = Checked<JsonObject, MappingError>;

export interface MappingError extends RejectReason {
	/** The id that the sender gave the event, if any. */
	messageId: unknown;
}

/** The events of one request, split but not yet normalized. */
export interface RawEvents {
	/** Name of the format, as in `_meta.format`. */
	format: string;
	/** As their sender sent them. */
	events: readonly unknown[];
	/** Maps an event to the form that `normalize` reads; absent where senders use that form. */
	map?: (event: JsonObject) => Mapped;
	/** Values the whole batch shares, merged under each event's own. */
	shared?: { sentAt?: unknown; context?: unknown; integrations?: unknown };
	typeHint?: EventType;
	/** What to do about events that name nobody, where the format has no field for that. */
	noUserHint?: string;
}

export interface RawBatch extends RawEvents {
	/** Why the request was read in this format, e.g. `the body has a list "batch"`. */
	detectedBy: string;
	/** The sender's id of the request, which it repeats when it retries. */
	requestId?: string;
}

const idHeaders = ['webhook-id', 'svix-id', 'idempotency-key', 'ce-id'];

/** Reads the sender's id of a request. Events without an id of their own get theirs from it. */
export function requestId(headers: IncomingRequest['headers']): string | undefined {
	return text(firstGiven(...idHeaders.map((name) => headers[name])));
}

/** One wire format, or a family of them: a test on the request, and how to split and map it. */
export interface Format {
	name: FormatName;
	displayName: string;
	description: string;
	/** Why the request is in this format, undefined if it is not. Absent: only a person can tell. */
	matches?: (request: IncomingRequest) => string | undefined;
	/** Never throws, whether the request is in this format or not. */
	read(request: IncomingRequest, paths: Paths): RawEvents;
}
