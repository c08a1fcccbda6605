import type { IncomingHttpHeaders } from 'node:http';
import type { Route } from './route';

/** A request as the provider's own host would see it, but for `uri`, which is what was really asked for. */
export interface ProviderRequest {
	method: string;
	/** Path and query exactly as received, the sandbox's prefix included: this is what a client signs. */
	uri: string;
	/** The path on the provider's host, without the query. */
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	bytes: Buffer;
	/** The parsed JSON, or undefined when the body is not JSON. */
	body: unknown;
}

/** One record that a request brought and the provider took. */
export interface AcceptedRecord {
	kind: string;
	/** The body of a request that would carry this record alone. */
	body: unknown;
	name?: string;
	user?: string;
	/** A second record with this key is answered alike and not stored, for 24 hours. */
	idempotencyKey?: string;
}

/** One record that the provider threw away while its answer said that all was well. */
export interface DroppedRecord extends Omit<AcceptedRecord, 'idempotencyKey'> {
	reason: string;
}

export interface Answer {
	status: number;
	/** In place of the status' usual words. */
	reason?: string;
	headers?: Record<string, string>;
	body?: string;
	accepted?: readonly AcceptedRecord[];
	dropped?: readonly DroppedRecord[];
}

/** Somebody whom the services know from the start. */
export interface Person {
	userId: string;
	name: string;
	email: string;
}

export interface Provider {
	title: string;
	/** What follows the host in the base URL a user types. */
	basePath: string;
	/** The refusal, or undefined when the credentials are good. */
	authenticate(request: ProviderRequest): Answer | undefined;
	/** Called for each sandbox and again after a reset: what the routes remember between requests starts empty. */
	openAccount(now: () => number, people: readonly Person[] | undefined): readonly Route[];
}

/** When everything was made that an account has from the start, whatever the sandbox's clock says. */
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

/** For labels only: a value that is no string simply has no label. */
export const stringOrNothing = (value: unknown): string | undefined =>
	typeof value === 'string' ? value : undefined;
