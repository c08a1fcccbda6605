import { request, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { credentials } from '../../sandbox';
import { suprSendSignature } from '../../sandbox/providers/suprsend/signature';

export interface Reply {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
}

interface Options {
	method?: string;
	headers?: Record<string, string>;
	/** A text is sent as it is, anything else as JSON. */
	body?: unknown;
	signal?: AbortSignal;
}

/** Sends a request with node:http, which allows a `Date` header and shows how a connection breaks. */
export function send(url: string, { body, method, headers, signal }: Options = {}): Promise<Reply> {
	const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
	return new Promise((resolve, reject) => {
		const outgoing = request(
			url,
			{ method: method ?? (payload === undefined ? 'GET' : 'POST'), headers, signal },
			(incoming) => {
				const { statusCode: status = 0 } = incoming;
				text(incoming).then((answer) => resolve({ status, headers: incoming.headers, body: answer }), reject);
			},
		);
		outgoing.on('error', reject);
		outgoing.end(payload);
	});
}

/** Returns the code of the error that a request ends with. */
export const brokenBy = (reply: Promise<Reply>): Promise<string | undefined> =>
	reply.then(
		({ status }) => `answered ${status}`,
		(error: NodeJS.ErrnoException) => error.code,
	);

export const relationkitAuth = { authorization: `Bearer ${credentials.relationkit.apiToken}` };
export const suprsendAuth = { authorization: `Bearer ${credentials.suprsend.apiKey}` };
export const embeddablesAuth = { 'x-api-key': credentials.embeddables.apiKey };
export const basicAuth = (user: string, password: string) => ({
	authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
export const rehookAuth = basicAuth(credentials.rehook.apiKey, credentials.rehook.secretKey);

interface Signing {
	path?: string;
	method?: string;
	secret?: string;
}

/** Signs a request as SuprSend's SDKs do. */
export function signedHeaders(bytes: string, signing: Signing = {}) {
	const { workspaceKey, workspaceSecret } = credentials.suprsend;
	const { path = '/event/', method = 'POST', secret = workspaceSecret } = signing;
	const contentType = 'application/json; charset=utf-8';
	const date = 'Thu, 02 Jan 2025 03:04:05 GMT';
	const request = { method, uri: `/suprsend${path}`, contentType, date, bytes: Buffer.from(bytes) };
	const authorization = `${workspaceKey}:${suprSendSignature(request, secret)}`;
	return { 'content-type': contentType, date, authorization };
}
