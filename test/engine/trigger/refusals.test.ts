import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Body, PostOptions } from './n8n-server';
import { Trigger, type Reply, type TriggerSettings } from './trigger';

const track = { type: 'track', event: 'Order Completed', userId: 'u1' };
const kibibyte = 1024;
const example = 'Send one event, {"batch":[…]} or a list of events as JSON.';
const largerThan = (kibibytes: number) =>
	`The request is larger than ${kibibytes} KiB. Send smaller batches, or raise 'Max Batch Size (KiB)' in the trigger's options.`;
const asText = { 'content-type': 'text/plain' };

const form = new FormData();
form.set('event', JSON.stringify(track));

/** Amplitude's SDKs read the status in the body. Their `error` is text, which they need for the others. */
const codeForAmplitude = (status: number) => ([413, 429, 503].includes(status) ? { code: status } : {});

function expectRefusal(reply: Reply, status: number, code: string, message: string): void {
	expect({ status: reply.status, body: reply.json(), runs: reply.runs }).toEqual({
		status,
		body: { ...codeForAmplitude(status), success: false, error: { code, message } },
		runs: false,
	});
	expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
}

interface Case {
	title: string;
	settings?: TriggerSettings;
	body: Body;
	post?: PostOptions;
	refusal: [status: number, code: string, message: string];
}

test.each<Case>([
	{ title: 'no body', body: '', refusal: [400, 'empty_body', `The request has no body. ${example}`] },
	{
		title: 'text that is not JSON',
		body: '{oops',
		post: { headers: asText },
		refusal: [400, 'not_json', `The body is not JSON. ${example}`],
	},
	{
		title: 'random bytes',
		body: new Uint8Array([0, 255, 128, 7]),
		post: { headers: { 'content-type': 'image/png' } },
		refusal: [400, 'not_json', `The body is not JSON. ${example}`],
	},
	{
		title: 'XML',
		body: '<event/>',
		post: { headers: { 'content-type': 'text/xml' } },
		refusal: [400, 'not_json', `The body is not JSON. ${example}`],
	},
	{
		title: 'Brotli, which n8n does not know',
		body: new Uint8Array(brotliCompressSync(JSON.stringify(track))),
		post: { headers: { ...asText, 'content-encoding': 'br' } },
		refusal: [400, 'not_json', `The body is not JSON. ${example}`],
	},
	{
		title: 'an HTML form with files',
		body: form,
		refusal: [
			415,
			'multipart_form',
			`Forms of the type multipart/form-data aren't supported. Send the fields as application/x-www-form-urlencoded, or ${example.slice('Send '.length)}`,
		],
	},
	...[
		['that is not gzip', Buffer.from(JSON.stringify(track))],
		['that is cut off', gzipSync(JSON.stringify(track)).subarray(0, 20)],
	].map(([title, body]): Case => ({
		title: `gzip ${title as string}`,
		body: new Uint8Array(body as Buffer),
		post: { headers: { 'content-type': 'application/cloudevents+json', 'content-encoding': 'gzip' } },
		refusal: [
			400,
			'not_json',
			"The body can't be read. Compress the body in the format that the Content-Encoding header names (gzip or deflate), or remove the header.",
		],
	})),
	{
		title: 'a body larger than n8n reads',
		body: 'x'.repeat(2_000),
		post: { headers: { 'content-type': 'application/cloudevents+json' }, n8nLimit: 1_000 },
		refusal: [
			413,
			'batch_too_large',
			'The request is larger than n8n accepts. Send smaller batches, or raise N8N_PAYLOAD_SIZE_MAX.',
		],
	},
	{
		title: 'a body larger than 500 KiB',
		body: ' '.repeat(500 * kibibyte + 1),
		post: { headers: asText },
		refusal: [413, 'batch_too_large', largerThan(500)],
	},
	{
		title: 'little gzip with a lot in it',
		body: new Uint8Array(gzipSync(Buffer.alloc(501 * kibibyte, ' '))),
		post: { headers: { ...asText, 'content-encoding': 'gzip' } },
		refusal: [413, 'batch_too_large', largerThan(500)],
	},
	{
		title: 'a body larger than Max Batch Size',
		settings: { options: { maxBatchSize: 2 } },
		body: ' '.repeat(2 * kibibyte + 1),
		post: { headers: asText },
		refusal: [413, 'batch_too_large', largerThan(2)],
	},
	{
		title: 'more than 2,500 events',
		body: Array.from({ length: 2_501 }, () => 0),
		refusal: [
			413,
			'too_many_events',
			"The request has 2501 events, and the limit is 2500. Send smaller batches, or raise 'Max Events per Batch' in the trigger's options.",
		],
	},
	{
		title: 'more events than Max Events per Batch',
		settings: { options: { maxEventsPerBatch: 3 } },
		body: [track, track, track, track],
		refusal: [
			413,
			'too_many_events',
			"The request has 4 events, and the limit is 3. Send smaller batches, or raise 'Max Events per Batch' in the trigger's options.",
		],
	},
	{
		title: 'an IP address that is not on the list',
		settings: { options: { ipAllowList: '10.0.0.0/8' } },
		body: track,
		refusal: [
			403,
			'address_not_allowed',
			"This IP address isn't allowed to send events. Add it to 'IP Allow List' in the trigger's options.",
		],
	},
	{
		title: 'a page of an origin that is not allowed',
		settings: { options: { allowedOrigins: 'https://shop.example' } },
		body: track,
		post: { headers: { origin: 'https://evil.example' } },
		refusal: [
			403,
			'origin_not_allowed',
			"This website isn't allowed to send events. Add its origin to 'Allowed Origins' in the trigger's options.",
		],
	},
	{
		title: 'a sender without the write key',
		settings: { credential: { scheme: 'writeKey', writeKeySecret: 'a-write-key-not-real' } },
		body: track,
		refusal: [401, 'unauthorized', "The request isn't authenticated in the way that this webhook requires."],
	},
])('refuses $title', async ({ settings, body, post, refusal }) => {
	expectRefusal(await new Trigger(settings).post(body, post), ...refusal);
});

test.each([
	['a body of 500 KiB', {}, JSON.stringify(track).padEnd(500 * kibibyte)],
	['a body of Max Batch Size', { maxBatchSize: 2 }, JSON.stringify(track).padEnd(2 * kibibyte)],
	['as many events as Max Events per Batch', { maxEventsPerBatch: 2 }, JSON.stringify([track, track])],
])('accepts %s', async (_, options, body) => {
	expect((await new Trigger({ options }).post(body)).status).toBe(200);
});

describe('the order of the checks', () => {
	const strict: TriggerSettings = {
		credential: { scheme: 'writeKey', writeKeySecret: 'a-write-key-not-real' },
		options: { ipAllowList: '10.0.0.0/8', maxBatchSize: 1 },
	};
	const code = async (body: Body, post: PostOptions) =>
		((await new Trigger(strict).post(body, post)).json().error as { code: string }).code;

	test('is address, size, sender, body', async () => {
		const large = ' '.repeat(2 * kibibyte);
		const headers = { ...asText, 'x-write-key': 'a-write-key-not-real' };

		expect(await code(large, { headers: asText })).toBe('address_not_allowed');
		expect(await code(large, { headers: asText, ip: '10.0.0.1' })).toBe('batch_too_large');
		expect(await code('', { headers: asText, ip: '10.0.0.1' })).toBe('unauthorized');
		expect(await code('', { headers, ip: '10.0.0.1' })).toBe('empty_body');
	});
});

describe('a sender that does not prove who it is', () => {
	const credential = { scheme: 'header', headerName: 'X-Key', headerValueSecret: 'a-header-value-not-real' };
	const reason = 'The header X-Key is missing, or the request contains it more than once.';

	test('is not told why at the production URL; the log says it', async () => {
		const trigger = new Trigger({ credential });
		const { error } = (await trigger.post(track)).json();

		expect(error).toEqual({
			code: 'unauthorized',
			message: "The request isn't authenticated in the way that this webhook requires.",
		});
		expect(trigger.logged).toEqual([
			[`Trigger refused a request: ${reason}`, { node: 'Trigger', code: 'missing_header' }],
		]);
	});

	test('is told why at the test URL', async () => {
		const { error } = (await new Trigger({ credential, mode: 'manual' }).post(track)).json();

		expect(error).toEqual({
			code: 'unauthorized',
			message: `The request isn't authenticated in the way that this webhook requires. ${reason} (Only the test URL shows the reason.)`,
		});
	});
});

describe('a request without the password of Basic Auth', () => {
	const basic = { scheme: 'basicAuth', basicUser: 'hook', basicPassword: 'a-password-not-real' };
	const writeKey = { scheme: 'writeKey', writeKeySecret: 'a-write-key-not-real' };
	const header = { scheme: 'header', headerName: 'X-Key', headerValueSecret: 'a-header-value-not-real' };
	const asked = async (credential: object, headers?: Record<string, string>) =>
		(await new Trigger({ credential: { ...credential } }).post(track, { headers })).headers.get(
			'www-authenticate',
		);

	test.each([[basic], [writeKey]])(
		'is asked for it, since some clients wait for that: %j',
		async (credential) => {
			expect(await asked(credential)).toBe('Basic realm="Customer Events"');
		},
	);

	test('is not asked for it in a page, where the browser would ask its visitor', async () => {
		expect(await asked(basic, { origin: 'https://shop.example' })).toBeNull();
	});

	test('is not asked for it if that would not help', async () => {
		expect(await asked(header)).toBeNull();
	});
});
