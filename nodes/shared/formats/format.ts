import type { EventType } from '../event';

/** A sender's request, read but not yet understood. */
export interface IncomingRequest {
	/** The body, parsed as JSON. */
	body: unknown;
	/** Names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	/** What follows the webhook's base path, e.g. `v1/batch`; empty for the base itself. */
	subPath: string;
}

/** The events of one request, split but not yet normalised. */
export interface RawBatch {
	/** Name of the format, as in `_meta.format`. */
	format: string;
	events: readonly unknown[];
	/** Values the whole batch shares, merged under each event's own. */
	shared?: { sentAt?: unknown; context?: unknown; integrations?: unknown };
	typeHint?: EventType;
}

/** One wire format: a test on the request, and how to split it. */
export interface Format {
	name: string;
	matches(request: IncomingRequest): boolean;
	read(request: IncomingRequest): RawBatch;
}
