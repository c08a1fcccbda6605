import type { IncomingHttpHeaders } from 'node:http';

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

export interface Answer {
	status: number;
	headers?: Record<string, string>;
	body?: string;
	accepted?: readonly AcceptedRecord[];
}

export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: RegExp;
	answer(request: ProviderRequest): Answer;
}

export interface Provider {
	title: string;
	/** What follows the host in the base URL a user types. */
	basePath: string;
	/** The refusal, or undefined when the credentials are good. */
	authenticate(request: ProviderRequest): Answer | undefined;
	routes: readonly Route[];
}

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

/** No document says whether credentials or the path are looked at first; here an unknown path is always 404. */
export function answerAs(provider: Provider, request: ProviderRequest): Answer {
	const routes = provider.routes.filter((route) => route.path.test(request.path));
	if (routes.length === 0) return { status: 404 };
	const route = routes.find(({ method }) => method === request.method);
	if (!route) return { status: 405, headers: { allow: routes.map(({ method }) => method).join(', ') } };
	return provider.authenticate(request) ?? route.answer(request);
}
