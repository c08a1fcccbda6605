import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { credentials } from '../sandbox/credentials';
import { runNode } from './harness/run-node';
import { event, send, senders, type Sender } from './harness/senders';

const [relationKit] = senders as [Sender];

const mebibyte = 1024 * 1024;

/** Writes an answer of this many MiB as fast as its reader takes it. */
function write(response: ServerResponse, status: number, mebibytes: number, gzip: boolean): void {
	const chunk = Buffer.alloc(mebibyte, 'x');
	const answer = Readable.from(['{"message":"No such user ', ...Array<Buffer>(mebibytes).fill(chunk), '"}']);
	response.writeHead(status, gzip ? { 'content-encoding': 'gzip' } : {});
	// Ends with an error when the reader closes the connection.
	const onEnd = () => {};
	if (gzip) pipeline(answer, createGzip(), response, onEnd);
	else pipeline(answer, response, onEnd);
}

/** Runs a node against a service that gives such answers, and measures the memory that this takes. */
async function against(status: number, gzip: boolean, run: (baseUrl: string) => ReturnType<typeof runNode>) {
	const server = createServer((_, response) => write(response, status, 200, gzip));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	let most = 0;
	const used = () => {
		const { heapUsed, external } = process.memoryUsage();
		return heapUsed + external;
	};
	const before = used();
	const watch = setInterval(() => (most = Math.max(most, used())), 5);
	const result = await run(`http://127.0.0.1:${port}`);
	clearInterval(watch);
	server.closeAllConnections();
	server.close();
	return { ...result, megabytes: (most - before) / mebibyte };
}

const sendOne = async (baseUrl: string) =>
	await send(relationKit, { baseUrl: () => baseUrl } as never, [event(0)], {
		onError: 'continueRegularOutput',
		parameters: { options: { maxRetries: 0 } },
	});

describe.each([
	['plain', false],
	['gzip', true],
])('an answer of 200 MB that comes as %s', (_, gzip) => {
	test('to a write counts as delivered, with the beginning of it and a warning', async () => {
		const { output, megabytes } = await against(200, gzip, sendOne);

		expect(output[0]?.json).toMatchObject({
			status: 'delivered',
			response: expect.stringMatching(/^\{"message":"No such user x+…$/),
			warnings: [{ code: 'response_cut' }],
		});
		expect(JSON.stringify(output).length).toBeLessThan(2_000);
		expect(megabytes).toBeLessThan(100);
	});

	test('to a read fails, and says how large it may be', async () => {
		const { output, megabytes } = await against(200, gzip, async (baseUrl) => {
			return await runNode({
				node: 'suprSend',
				parameters: {
					resource: 'user',
					operation: 'get',
					distinctId: { __rl: true, mode: 'id', value: 'u1' },
				},
				credentials: { suprSendApi: { ...credentials.suprsend, authentication: 'apiKey', baseUrl } },
				items: [{}],
				onError: 'continueRegularOutput',
			});
		});

		expect(output[0]?.json).toMatchObject({
			status: 'failed',
			reason: { code: 'unexpected_answer', message: 'The response from SuprSend is larger than 5 MB' },
		});
		expect(megabytes).toBeLessThan(100);
	});

	test('that reports an error fails with the beginning of its message', async () => {
		const { output, megabytes } = await against(400, gzip, sendOne);

		expect(output[0]?.json).toMatchObject({
			status: 'failed',
			statusCode: 400,
			reason: { code: 'refused', message: expect.stringMatching(/No such user x+…$/) },
		});
		expect(JSON.stringify(output).length).toBeLessThan(2_000);
		expect(megabytes).toBeLessThan(60);
	});
});
