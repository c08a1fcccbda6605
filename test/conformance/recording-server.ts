import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as it arrived. */
export interface Recorded {
	method: string;
	/** Path and query, percent-encoded as they arrived. */
	target: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

export interface CannedAnswer {
	status: number;
	body?: string;
	headers?: Record<string, string>;
}

export interface RecordingServer {
	url: string;
	/** Returns the requests since the last call. */
	take(): Recorded[];
	/** Answers the next requests with this instead of success. */
	answerNext(...answers: CannedAnswer[]): void;
	close(): Promise<void>;
}

const success: CannedAnswer = { status: 202, body: '{"status":"success"}' };

/** Starts a server that accepts and records every request. */
export async function startRecordingServer(): Promise<RecordingServer> {
	let recorded: Recorded[] = [];
	let canned: CannedAnswer[] = [];
	const server = createServer(async (request, response) => {
		const { method = '', url: target = '', headers } = request;
		recorded.push({ method, target, headers, body: await buffer(request) });
		const { status, body = '', headers: extra } = canned.shift() ?? success;
		response.writeHead(status, { 'content-type': 'application/json', ...extra }).end(body);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		take() {
			const taken = recorded;
			recorded = [];
			return taken;
		},
		answerNext(...answers) {
			canned = answers;
		},
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
