import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from './faults';
import type { Journal, RequestHead } from './journal';
import { type Accounts, providers } from './providers';
import type { Answer } from './providers/provider';
import { answerAs } from './providers/route';
import { reflection } from './reflection';

export interface Stage {
	journal: Journal;
	faults: Faults;
	accounts: Accounts;
}

/** How many bytes a truncated answer announces but doesn't send. */
const MISSING_BYTES = 16;

const parsed = (rawBody: string): unknown => {
	try {
		return JSON.parse(rawBody);
	} catch {
		return undefined;
	}
};

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, reason, headers, body = '' }: Answer): void {
	const all = { ...headers, 'content-length': Buffer.byteLength(body) };
	if (reason === undefined) response.writeHead(status, all);
	else response.writeHead(status, reason, all);
	response.end(body);
}

function sendCutShort(response: ServerResponse, { status, headers, body = '' }: Answer): void {
	response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) + MISSING_BYTES });
	response.flushHeaders();
	if (body) response.write(body);
	response.socket?.destroySoon();
}

/** Sends until the client closes the connection. */
function sendDripping(
	response: ServerResponse,
	{ status, headers, body = '' }: Answer,
	dripMs: number,
): void {
	// An answer without a body can't continue.
	response.writeHead(status === 204 ? 200 : status, headers);
	response.write(`${body} `);
	const dripping = setInterval(() => response.write(' '), dripMs);
	response.on('close', () => clearInterval(dripping));
}

/** Plays a service for one request, with its faults. `path` and `query` are those on the service's host. */
export async function play(
	{ journal, faults, accounts }: Stage,
	target: Pick<RequestHead, 'provider' | 'path' | 'query' | 'connection'>,
	incoming: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { method = '', url: uri = '', headers, socket } = incoming;
	const head: RequestHead = { ...target, method, headers };
	const request = journal.open(head);
	const gone = new AbortController();
	response.on('close', () => {
		journal.end(request, 'aborted');
		gone.abort();
	});
	const hangUp = () => {
		journal.end(request, 'reset');
		socket.resetAndDestroy();
	};

	if (faults.hangUpUnread(head)) return hangUp();
	const bytes = await readAll(incoming).catch(() => undefined);
	if (!bytes) return;
	const rawBody = bytes.toString('utf8');
	const body = parsed(rawBody);
	journal.read(request, rawBody, body);

	const { delayMs, refusal, reflect, reset, truncate, dripMs } = faults.planFor({ ...head, body });
	let answer = reflect ? reflection(reflect, { method, uri, headers, bytes }) : refusal;
	if (!answer && reset !== 'after-reading') {
		const { provider, path } = head;
		const query = new URLSearchParams(head.query);
		const asked = { method, uri, path, query, headers, bytes, body };
		answer = answerAs(providers[provider], accounts[provider], asked);
		journal.store(request, answer);
	}
	if (delayMs > 0) await sleep(delayMs, undefined, { signal: gone.signal }).catch(() => undefined);
	if (gone.signal.aborted) return;

	if (!answer || reset) return hangUp();
	if (dripMs !== undefined) return sendDripping(response, answer, dripMs);
	journal.end(request, truncate ? 'truncated' : 'answered', answer);
	(truncate ? sendCutShort : send)(response, answer);
}
