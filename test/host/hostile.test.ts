import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describeWith } from './generation';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { Trigger } from './trigger';
import { sentRequestOf, worstRecipes } from '../unit/formats/recipes';

jest.setTimeout(120_000);

const writeKey = 'hostile-test-write-key';
const credential = { scheme: 'writeKey', writeKeySecret: writeKey };
const track = { type: 'track', event: 'Order Completed', userId: 'u1' };

let n8n: RunningN8n;
/** With the default options and a write key. */
let trigger: Trigger;

beforeAll(async () => {
	// By default, n8n spends most of a request on setting up its expression engine, which these workflows don't need.
	// The legacy engine makes the test with 1,000 senders much faster.
	const env = { N8N_EXPRESSION_ENGINE: 'legacy' };
	n8n = await startN8n({ packages: [await packPackage()], env });
	trigger = await Trigger.add(n8n, { credential });
});
afterAll(() => n8n?.stop());

afterEach(async () => {
	expect(n8n.isRunning).toBe(true);
	expect(await post(trigger, track)).toMatchObject({ status: 200, body: { accepted: 1 } });
});

interface PostOptions {
	method?: string;
	path?: string;
	headers?: Record<string, string>;
}

type Body = string | Uint8Array<ArrayBuffer> | FormData | object | undefined;

const authorization = `Basic ${btoa(`${writeKey}:`)}`;

async function post({ url }: Trigger, body: Body, { method = 'POST', path = '', headers }: PostOptions = {}) {
	const isJson = !(body instanceof FormData || body instanceof Uint8Array || typeof body === 'string');
	const response = await fetch(url + path, {
		method,
		headers: {
			authorization,
			...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
			...headers,
		},
		body: isJson ? JSON.stringify(body) : body,
	});
	const text = await response.text();
	return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as unknown };
}

const form = new FormData();
form.set('event', JSON.stringify(track));

const megabyte = 1024 * 1024;
const bomb = gzipSync(Buffer.alloc(100 * megabyte));
const gzipped = { 'content-encoding': 'gzip' };
const asText = { 'content-type': 'text/plain' };

type Case = [title: string, body: Body, options: PostOptions, status: number];

/** `test/engine/trigger` has more of them. */
describe('the trigger refuses, without an execution,', () => {
	test.each<[...Case, code: string]>([
		[
			'a wrong write key',
			track,
			{ headers: { authorization: `Basic ${btoa('wrong:')}` } },
			401,
			'unauthorized',
		],
		[
			'15 MiB in 15 KiB of gzip',
			gzipSync(Buffer.alloc(15 * megabyte, ' ')),
			{ headers: { ...gzipped, ...asText } },
			413,
			'batch_too_large',
		],
		['XML', '<event/>', { headers: { 'content-type': 'text/xml' } }, 400, 'not_json'],
		['multipart/form-data', form, {}, 415, 'multipart_form'],
		[
			'Brotli, which n8n does not know',
			brotliCompressSync(JSON.stringify(track)),
			{ headers: { ...asText, 'content-encoding': 'br' } },
			400,
			'not_json',
		],
	])('%s', async (_, body, options, status, code) => {
		const before = await trigger.executionCount();

		expect(await post(trigger, body, options)).toEqual({
			status,
			body: {
				success: false,
				// For Amplitude's SDKs.
				...(status === 413 ? { code: 413 } : {}),
				error: { code, message: expect.stringMatching(/./) },
			},
		});
		expect(await trigger.executionCount()).toBe(before);
	});
});

describe('n8n itself refuses, without an execution,', () => {
	test.each<Case>([
		['a body that is not JSON, labelled as JSON', '{oops', {}, 422],
		['XML that is broken', '<event', { headers: { 'content-type': 'text/xml' } }, 422],
		['a body of 17 MiB', 'x'.repeat(17 * megabyte), {}, 500],
		['100 MiB of zeros in 100 KiB of gzip', bomb, { headers: gzipped }, 500],
		['the same, labeled as text', bomb, { headers: { ...gzipped, ...asText } }, 500],
		['text labeled as gzip', JSON.stringify(track), { headers: gzipped }, 500],
		['gzip that is cut off', gzipSync(JSON.stringify(track)).subarray(0, 20), { headers: gzipped }, 500],
		['deflate that is gzip', gzipSync('{}'), { headers: { 'content-encoding': 'deflate' } }, 500],
		['another method', track, { method: 'PUT' }, 404],
		['a path that no SDK uses', track, { path: '/v2/batch' }, 404],
	])('%s', async (_, body, options, status) => {
		const before = await trigger.executionCount();

		expect(await post(trigger, body, options)).toMatchObject({
			status,
			body: { message: expect.stringMatching(/./) },
		});
		expect(await trigger.executionCount()).toBe(before);
	});
});

test('n8n stores lists nested 250,000 deep as text', async () => {
	const deep = await Trigger.add(n8n, { credential });
	const body = `{"batch":[${'['.repeat(250_000)}${']'.repeat(250_000)}]}`;

	expect(await post(deep, body)).toMatchObject({
		status: 200,
		body: { accepted: 0, rejected: [{ index: 0, code: 'not_an_object' }] },
	});
	const { events, rejected } = await deep.given();
	expect(events).toEqual([]);
	expect(rejected).toMatchObject([{ index: 0, code: 'not_an_object', event: expect.any(String) }]);
});

/** n8n doesn't read these bodies before the trigger does. */
describe('the trigger says what is wrong with a body that it reads itself:', () => {
	const cloudEvent = { 'content-type': 'application/cloudevents+json' };

	test.each<[title: string, Body, Record<string, string>, status: number, error: object]>([
		['17 MiB', 'x'.repeat(17 * megabyte), cloudEvent, 413, { code: 'batch_too_large' }],
		['100 MiB of zeros in gzip', bomb, { ...cloudEvent, ...gzipped }, 413, { code: 'batch_too_large' }],
		[
			'text labeled as gzip',
			JSON.stringify(track),
			{ ...cloudEvent, ...gzipped },
			400,
			{ code: 'not_json', message: expect.stringContaining('Content-Encoding') },
		],
		[
			'gzip that is cut off',
			gzipSync(JSON.stringify(track)).subarray(0, 20),
			{ ...cloudEvent, ...gzipped },
			400,
			{ code: 'not_json', message: expect.stringContaining('Content-Encoding') },
		],
	])('%s', async (_, body, headers, status, error) => {
		const before = await trigger.executionCount();

		expect(await post(trigger, body, { headers })).toMatchObject({ status, body: { success: false, error } });
		expect(await trigger.executionCount()).toBe(before);
	});
});

test('JSON labeled "application/json; charset=latin1" is read as UTF-8', async () => {
	const worldwide = await Trigger.add(n8n, { credential });
	const headers = { 'content-type': 'application/json; charset=latin1' };

	await post(worldwide, { ...track, event: 'Bestätigt ✓' }, { headers });
	expect((await worldwide.given()).events).toMatchObject([{ event: 'Bestätigt ✓' }]);
});

test('JSON in gzip is read', async () => {
	expect(await post(trigger, gzipSync(JSON.stringify(track)), { headers: gzipped })).toMatchObject({
		status: 200,
		body: { accepted: 1 },
	});
});

describe('a request', () => {
	const refusal = (code: string) => ({ status: 403, body: { success: false, error: { code } } });

	test('from an address that is not on the list is refused, even if it claims to forward', async () => {
		const fenced = await Trigger.add(n8n, {
			credential,
			options: { ipAllowList: '10.0.0.0/8, 192.168.1.7' },
		});

		expect(await post(fenced, track)).toMatchObject(refusal('address_not_allowed'));
		const headers = { 'x-forwarded-for': '10.0.0.1', 'x-real-ip': '10.0.0.1', forwarded: 'for=10.0.0.1' };
		expect(await post(fenced, track, { headers })).toMatchObject(refusal('address_not_allowed'));
		expect(await fenced.executionCount()).toBe(0);
	});

	test('from an address on the list is accepted', async () => {
		const fenced = await Trigger.add(n8n, {
			credential,
			options: { ipAllowList: '10.0.0.0/8, 127.0.0.0/8' },
		});

		expect(await post(fenced, track)).toMatchObject({ status: 200, body: { accepted: 1 } });
	});

	test('from a page of another origin is refused, and from one on the list is accepted', async () => {
		const allowedOrigins = 'https://www.example.com, https://shop.example.com';
		const fenced = await Trigger.add(n8n, { credential, options: { allowedOrigins } });
		const from = (origin: string) => post(fenced, track, { headers: { origin } });

		expect(await from('https://evil.example')).toMatchObject(refusal('origin_not_allowed'));
		expect(await fenced.executionCount()).toBe(0);
		expect(await from('https://shop.example.com')).toMatchObject({ status: 200 });
	});
});

describe('slow senders', () => {
	const body = JSON.stringify(track);

	/** Sends the headers of a request and leaves the body to the test. */
	async function open(): Promise<Socket> {
		const socket = connect(n8n.port, '127.0.0.1');
		await once(socket, 'connect');
		socket.on('error', () => {});
		socket.write(
			[
				`POST ${trigger.path} HTTP/1.1`,
				'Host: 127.0.0.1',
				`Authorization: ${authorization}`,
				'Content-Type: application/json',
				`Content-Length: ${body.length}`,
				'Connection: close',
				'\r\n',
			].join('\r\n'),
		);
		return socket;
	}

	test('100 slow senders do not block others, and only those that finish are accepted', async () => {
		const before = await trigger.executionCount();
		const sockets = await Promise.all(Array.from({ length: 100 }, open));
		const bytes = [...body];
		const last = bytes.pop() ?? '';
		for (const byte of bytes) {
			for (const socket of sockets) socket.write(byte);
			await sleep(10);
		}
		expect(await post(trigger, track)).toMatchObject({ status: 200, body: { accepted: 1 } });
		expect(await trigger.executionCount()).toBe(before + 1);

		const [patient, impatient] = [sockets.slice(0, 10), sockets.slice(10)];
		for (const socket of impatient) socket.destroy();
		const answers = patient.map(async (socket) => {
			let answer = '';
			socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
			socket.write(last);
			await once(socket, 'close');
			return answer.split('\r\n', 1)[0];
		});
		expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 200 OK']));
		expect(await trigger.executionCount()).toBe(before + 1 + patient.length);
	});
});

test('1,000 senders at the same time each get status 200, and each event is in one execution', async () => {
	const crowded = await Trigger.add(n8n, { credential, options: { duplicates: 'keep' } });
	const ids = Array.from({ length: 1000 }, (_, index) => `m-${index}`);
	const answers = await Promise.all(ids.map((messageId) => post(crowded, { ...track, messageId })));
	// n8n 1 does most of its work after it has answered, for half a minute on a busy machine.
	const { events, rejected } = await crowded.given(60_000);

	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
	expect(rejected).toEqual([]);
	expect(events.map(({ messageId }) => messageId).sort()).toEqual([...ids].sort());
});

describeWith('room in a heap of 512 MB', 'an n8n with a heap of 512 MB', () => {
	let small: RunningN8n;

	beforeAll(async () => {
		const env = { N8N_EXPRESSION_ENGINE: 'legacy', NODE_OPTIONS: '--max-old-space-size=512' };
		small = await startN8n({ packages: [await packPackage()], env });
	});
	afterAll(() => small?.stop());

	test('takes the requests that cost the most for their size, and answers others meanwhile', async () => {
		const flooded = await Trigger.add(small, { credential, options: { duplicates: 'keep' } });
		const health = new AbortController();
		const slowest = slowestAnswer(`${small.url}/healthz`, health.signal);

		const statuses = new Set<number>();
		for (const recipe of worstRecipes) {
			const { text, headers } = sentRequestOf(recipe);
			const { status } = await post(flooded, text, { headers });
			statuses.add(status);
		}
		health.abort();

		expect([...statuses]).toEqual([200]);
		expect(await slowest).toBeLessThan(2000);
		expect(small.isRunning).toBe(true);
		expect(await flooded.executionCount()).toBe(worstRecipes.length);
	});
});

/** Calls a URL again and again until the signal. Returns the longest time that an answer took, in milliseconds. */
async function slowestAnswer(url: string, signal: AbortSignal): Promise<number> {
	let slowest = 0;
	while (!signal.aborted) {
		const before = performance.now();
		expect((await fetch(url)).status).toBe(200);
		slowest = Math.max(slowest, performance.now() - before);
		await sleep(50);
	}
	return slowest;
}
