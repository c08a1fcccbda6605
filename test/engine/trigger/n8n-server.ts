import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGunzip, createInflate } from 'node:zlib';

/**
 * An HTTP server that does what Express and n8n's middleware do to a request before a trigger sees it:
 * `body-parser.js`, `webhook-helpers.js` and `webhook-request-handler.js` of n8n 2.41.
 */

export interface PostOptions {
	/** Default: POST. */
	method?: string;
	/** Appended to the trigger's URL, e.g. `/v1/batch`. */
	path?: string;
	headers?: Record<string, string>;
	/** The sender's address as Express sees it. Default: 127.0.0.1. */
	ip?: string;
	/** The addresses in X-Forwarded-For that Express trusts, the sender's first. */
	ips?: string[];
	/** Lets the sender hang up. */
	signal?: AbortSignal;
	/** The number of bytes from which n8n refuses to read a body. Default: 16 MiB. */
	n8nLimit?: number;
}

export type Body = string | Uint8Array<ArrayBuffer> | FormData | object;

export interface ExpressResponse extends ServerResponse {
	status(code: number): this;
	json(body: unknown): void;
}

type Handler = (request: IncomingMessage, response: ExpressResponse) => Promise<void>;

const handlers = new Map<string, Handler>();

/** Lets a handler answer the requests to `/webhook/<id>` and everything below it. */
export function route(id: string, handler: Handler): void {
	handlers.set(id, handler);
}

/** Posts a body as a sender would: objects as JSON, labeled as JSON unless the headers say something else. */
export async function post(
	id: string,
	body: Body,
	{ method = 'POST', path = '', headers, signal, ...express }: PostOptions,
): Promise<Response> {
	const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
	const sent = new Headers({ [expressHeader]: JSON.stringify(express), ...headers });
	if (!(body instanceof FormData) && !sent.has('content-type')) sent.set('content-type', 'application/json');
	return await fetch(`${await baseUrl()}/webhook/${id}${path}`, {
		method,
		headers: sent,
		signal,
		...(method === 'POST' ? { body: isRaw ? body : JSON.stringify(body) } : {}),
	});
}

/** Carries a test's settings for Express to the server. The handler doesn't see it. */
const expressHeader = 'x-express-of-test';

let server: Server | undefined;

afterAll(() => {
	server?.close();
	server?.closeAllConnections();
	server = undefined;
});

async function baseUrl(): Promise<string> {
	if (server === undefined) {
		server = createServer((request, response) => {
			void answer(request as N8nRequest, response as ExpressResponse).catch((error: unknown) => {
				response.statusCode = 500;
				response.end(String(error));
			});
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
	}
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** n8n's types know the other fields that n8n adds. */
type N8nRequest = IncomingMessage & { body?: unknown };

async function answer(request: N8nRequest, response: ExpressResponse): Promise<void> {
	const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
	const { ip, ips, n8nLimit } = JSON.parse(String(request.headers[expressHeader])) as PostOptions;
	delete request.headers[expressHeader];
	Object.assign(request, {
		...{ query: Object.fromEntries(searchParams), originalUrl: request.url },
		...{ path: pathname, ip: ip ?? '127.0.0.1', ips: ips ?? [] },
		readRawBody: async () => await readRawBody(request, n8nLimit ?? 16 * 1024 * 1024),
	});
	response.status = (code) => Object.assign(response, { statusCode: code });
	response.json = (body) => {
		if (!response.hasHeader('Content-Type')) {
			response.setHeader('Content-Type', 'application/json; charset=utf-8');
		}
		response.end(JSON.stringify(body));
	};
	const { origin } = request.headers;
	if (origin !== undefined) response.setHeader('Access-Control-Allow-Origin', origin);
	await parseBody(request);
	const handler = handlers.get(pathname.split('/')[2] ?? '');
	if (handler === undefined) throw new Error(`No trigger at ${pathname}`);
	await handler(request, response);
}

/** n8n reads JSON, text, XML and forms before it calls a trigger of version 2, and leaves other bodies to it. */
async function parseBody(request: N8nRequest): Promise<void> {
	const [contentType = '', parameters = ''] = (request.headers['content-type'] ?? '')
		.toLowerCase()
		.split(';');
	request.contentType = contentType;
	request.encoding = (/charset=([\w-]+)/.exec(parameters)?.[1] ?? 'utf-8') as BufferEncoding;
	if (contentType === 'multipart/form-data') {
		await text(request);
		request.body = { data: {}, files: {} };
	} else if (contentType.endsWith('/xml')) {
		await request.readRawBody();
		request.body = { event: '' };
	} else if (['application/json', 'text/plain', 'application/x-www-form-urlencoded'].includes(contentType)) {
		await request.readRawBody();
		const content = request.rawBody.toString(request.encoding);
		if (content === '') return;
		if (contentType === 'application/json')
			request.body = JSON.parse(content.replace(/^\uFEFF/, '')) as unknown;
		else
			request.body =
				contentType === 'text/plain' ? content : Object.fromEntries(new URLSearchParams(content));
	}
}

async function readRawBody(request: N8nRequest, limit: number): Promise<void> {
	const inflate = { gzip: createGunzip, deflate: createInflate }[request.headers['content-encoding'] ?? ''];
	const stream: Readable = inflate === undefined ? request : request.pipe(inflate());
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream) {
		length += (chunk as Buffer).length;
		if (length > limit)
			throw Object.assign(new Error('request entity too large'), { type: 'entity.too.large' });
		chunks.push(chunk as Buffer);
	}
	request.rawBody = Buffer.concat(chunks);
}
