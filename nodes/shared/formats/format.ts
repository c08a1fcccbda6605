import type { EventType, Fault, JsonObject } from '../event';
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

/** An event in the form that `normalise` takes, or the reason why it cannot be brought into it, and its own id. */
export type Mapped = { ok: true; event: JsonObject } | { ok: false; fault: Fault; messageId: unknown };

/** The events of one request, split but not yet normalised. */
export interface RawEvents {
	/** Name of the format, as in `_meta.format`. */
	format: string;
	/** As their sender sent them. */
	events: readonly unknown[];
	/** Brings an event into the form that `normalise` takes; absent where senders use that form. */
	map?: (event: JsonObject) => Mapped;
	/** Values the whole batch shares, merged under each event's own. */
	shared?: { sentAt?: unknown; context?: unknown; integrations?: unknown };
	typeHint?: EventType;
	/** What to do about events that name nobody, where the format has no field for that. */
	noUserHint?: string;
}

export interface RawBatch extends RawEvents {
	/** Why this format was taken, e.g. `the body has a list "batch"`. */
	detectedBy: string;
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
