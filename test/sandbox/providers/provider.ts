import type { IncomingHttpHeaders } from 'node:http';
import type { Route } from './route';

/** A request as the service's own host would see it, except for `uri`. */
export interface ProviderRequest {
	method: string;
	/** Path and query as received, with the sandbox's prefix. Clients sign this. */
	uri: string;
	/** The path on the service's host, without the query. */
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	bytes: Buffer;
	/** The parsed JSON, or undefined if the body isn't JSON. */
	body: unknown;
}

/** A record that a request brought and the service accepted. */
export interface AcceptedRecord {
	kind: string;
	/** The record as it appears in the request: one of `{"signals": […]}`, or the whole body if it has only one. */
	body: unknown;
	name?: string;
	user?: string;
	/** For 24 hours, a record with the same key gets the same answer and isn't stored. */
	idempotencyKey?: string;
}

/** A record that the service dropped although it answered with success. */
export interface DroppedRecord extends Omit<AcceptedRecord, 'idempotencyKey'> {
	reason: string;
}

export interface Answer {
	status: number;
	/** Replaces the usual reason phrase of the status. */
	reason?: string;
	headers?: Record<string, string>;
	body?: string;
	accepted?: readonly AcceptedRecord[];
	dropped?: readonly DroppedRecord[];
}

/** A person that the services know from the start. */
export interface Person {
	userId: string;
	name: string;
	email: string;
}

/** An entry that someone filled in at Embeddables. */
export interface FilledIn {
	entry_id: string;
	embeddable_id: string;
	created_at: string;
	updated_at: string;
	answers: Record<string, unknown>;
}

/** What the services know at the start and after a reset. */
export interface Given {
	/** Without this, SuprSend accepts events of any user, and the others know only the users in their documentation's examples. */
	people?: readonly Person[];
	/** Entries at Embeddables, by ID, in addition to the sandbox's own. A test can add and change entries at any time. */
	entries?: ReadonlyMap<string, FilledIn>;
}

export interface Provider {
	title: string;
	/** The path of the base URL that a user enters. */
	basePath: string;
	/** Returns the refusal, or undefined if the credentials are right. */
	authenticate(request: ProviderRequest): Answer | undefined;
	/** Returns routes without memory. Called for each sandbox and after each reset. */
	openAccount(now: () => number, given: Given): readonly Route[];
}

/** Creation time of everything in a new account, at any time of the sandbox's clock. */
export const OPENED_AT = '2025-01-01T00:00:00.000Z';

export const timestamp = (now: () => number): string => new Date(now()).toISOString();

export const text = (status: number, body: string): Answer => ({
	status,
	headers: { 'content-type': 'text/plain; charset=utf-8' },
	body,
});

export const json = (status: number, body: unknown): Answer => ({
	status,
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(body),
});

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns a label, or undefined if the value isn't a string. */
export const stringOrNothing = (value: unknown): string | undefined =>
	typeof value === 'string' ? value : undefined;
