import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

export interface Exchange {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
	/** When the request arrived, in epoch milliseconds. */
	at: number;
	/** When it was answered. */
	answeredAt?: number;
	status?: number;
	answerHeaders?: IncomingHttpHeaders;
}

/** A proxy between senders and n8n that passes on every byte and records requests and answers. */
export interface Recorder {
	url: string;
	exchanges: Exchange[];
	close(): Promise<void>;
}

export async function startRecorder(target: string): Promise<Recorder> {
	const exchanges: Exchange[] = [];
	const server = createServer((incoming, outgoing) => {
		const { method = '', url: path = '', headers } = incoming;
		const exchange: Exchange = { method, path, headers, body: Buffer.alloc(0), at: Date.now() };
		exchanges.push(exchange);
		incoming.on('data', (chunk: Buffer) => (exchange.body = Buffer.concat([exchange.body, chunk])));
		const forwarded = request(new URL(path, target), { method, headers }, (answer) => {
			exchange.answeredAt = Date.now();
			exchange.status = answer.statusCode;
			exchange.answerHeaders = answer.headers;
			outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
			pipeline(answer, outgoing).catch(() => outgoing.destroy());
		});
		pipeline(incoming, forwarded).catch(() => outgoing.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		exchanges,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
