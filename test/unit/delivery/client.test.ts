import { Readable } from 'node:stream';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { createClient } from '../../../nodes/shared/delivery/send/client';
import type { ProviderRequest } from '../../../nodes/shared/service/definition';
import { anyOf } from '../../../nodes/shared/redact';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';

const secret = 'sk/live_0123456789';
const connection = {
	baseUrl: 'https://hub.suprsend.com',
	secrets: anyOf([secret]),
	shownHeaders: {},
	key: '',
	account: {},
};

const credential = { apiKey: secret };

interface Reply {
	statusCode: number;
	body?: unknown;
	headers?: Record<string, string>;
}

const posting: ProviderRequest = { method: 'POST', path: '/event/', body: '{"é":1}' };
const stored = { credentials: { [suprSend.credentialType]: { id: '1', name: 'mine' } } };

/** A client whose requests end with this reply, or with an exception. */
function clientFor(reply: Reply | Error, node: object = stored, request: ProviderRequest = posting) {
	const requests: IHttpRequestOptions[] = [];
	const credentials: unknown[] = [];
	const context = {
		getNode: () => node,
		helpers: {
			httpRequestWithAuthentication: async (type: string, sent: IHttpRequestOptions, more: object) => {
				requests.push(sent);
				credentials.push([type, more]);
				if (reply instanceof Error) throw reply;
				return await Promise.resolve({ headers: {}, ...reply, body: streamOf(reply.body) });
			},
		},
	} as unknown as IExecuteFunctions;
	const client = createClient(context, { provider: suprSend, connection, credential, timeoutMs: 1500 });
	return { requests, credentials, send: async () => await client(request) };
}

/** A body as n8n's helper gives it. */
const streamOf = (body: unknown) => (typeof body === 'string' ? Readable.from([Buffer.from(body)]) : body);

const answerTo = async (reply: Reply | Error) => await clientFor(reply).send();

test('sends the body byte for byte and follows no redirect', async () => {
	const { requests, send } = clientFor({ statusCode: 202, body: 'OK' });
	await send();
	expect(requests).toEqual([
		{
			method: 'POST',
			url: 'https://hub.suprsend.com/event/',
			headers: { 'Content-Type': 'application/json; charset=utf-8', Accept: 'application/json' },
			body: Buffer.from('{"é":1}'),
			encoding: 'stream',
			timeout: 1500,
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		},
	]);
});

test('sends a request without a body', async () => {
	const { requests, send } = clientFor({ statusCode: 200 }, stored, { method: 'GET', path: '/users/' });
	await send();
	expect(requests[0]).not.toHaveProperty('body');
	expect(requests).toMatchObject([{ method: 'GET', url: 'https://hub.suprsend.com/users/' }]);
});

test.each([
	['stored', stored, { id: '1', name: 'mine' }],
	[
		'not stored yet',
		{ credentials: { [suprSend.credentialType]: { id: null, name: 'new' } } },
		{ id: '', name: 'new' },
	],
	['of another type', { credentials: {} }, { id: '', name: '' }],
	['missing from the node', {}, { id: '', name: '' }],
])('passes on the decrypted credential when it is %s', async (_, node, expected) => {
	const { credentials, send } = clientFor({ statusCode: 200 }, node);
	await send();
	const type = suprSend.credentialType;
	expect(credentials).toEqual([[type, { credentialsDecrypted: { ...expected, type, data: credential } }]]);
});

describe('the signal that ends a request', () => {
	interface Helper {
		getExecutionCancelSignal(): AbortSignal;
	}

	/** The answer of a client whose requests only end with their signal. */
	async function endedBy(context: object, timeoutMs: number) {
		async function httpRequestWithAuthentication(this: Helper) {
			const signal = this.getExecutionCancelSignal();
			return await new Promise((_, reject) => {
				signal.addEventListener('abort', () =>
					reject(Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' })),
				);
			});
		}
		const whole = { getNode: () => stored, helpers: { httpRequestWithAuthentication }, ...context };
		const client = createClient(whole as unknown as IExecuteFunctions, {
			provider: suprSend,
			connection,
			credential,
			timeoutMs,
		});
		return await client(posting);
	}

	test.each([
		['a context that cannot be canceled', {}],
		['an execution that cannot be canceled', { getExecutionCancelSignal: () => undefined }],
		['an execution that is not canceled', { getExecutionCancelSignal: () => new AbortController().signal }],
	])('comes after the timeout in %s', async (_, context) => {
		expect(await endedBy(context, 20)).toMatchObject({
			reason: { code: 'timed_out', message: expect.stringContaining('0.02 s') as string },
		});
	});

	test('comes when the execution is canceled', async () => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 20);
		const context = { getExecutionCancelSignal: () => controller.signal };
		expect(await endedBy(context, 60_000)).toMatchObject({ reason: { code: 'cancelled' } });
	});
});

test.each([
	['JSON', '{"ok":true}', { ok: true }],
	['text', 'OK', 'OK'],
	['incomplete JSON', '{"ok":tr', '{"ok":tr'],
	['empty', '', undefined],
	['only spaces', ' \n', undefined],
	['JSON after a byte order mark', '\ufeff{"ok":true}', { ok: true }],
	['not text', undefined, undefined],
])('reads a response body that is %s', async (_, body, expected) => {
	const reply = { statusCode: 200, body, headers: { 'X-Request-Id': 'r1' } };
	expect(await answerTo(reply)).toEqual({
		ok: true,
		value: { statusCode: 200, headers: { 'x-request-id': 'r1' }, body: expected },
	});
});

describe('a response that is too large', () => {
	const mebibyte = 1024 * 1024;
	const tooLong = 'x'.repeat(5 * mebibyte + 1);

	test('is read in full up to the limit', async () => {
		const text = tooLong.slice(1);
		expect(await answerTo({ statusCode: 200, body: text })).toEqual({
			ok: true,
			value: { statusCode: 200, headers: {}, body: text },
		});
	});

	test.each([
		['one line', 'x'.repeat(1024)],
		['lines of Base64', `${'x'.repeat(76)}\n`],
		['lines of one character', 'x\n'],
	])('is searched for secrets up to the limit if it is %s', async (_, unit) => {
		const body =
			`${'y'.repeat(9)}\n${unit.repeat(Math.ceil((5 * mebibyte) / unit.length))}`.slice(
				0,
				5 * mebibyte - 40,
			) + secret;
		const answer = await answerTo({ statusCode: 200, body });
		expect(answer).toMatchObject({ ok: true });
		expect(JSON.stringify(answer).includes(secret)).toBe(false);
	});

	test('is cut to a short beginning', async () => {
		const answer = await answerTo({ statusCode: 200, body: tooLong });
		expect(answer).toMatchObject({ ok: true, value: { isCut: true } });
		expect(JSON.stringify(answer).length).toBeLessThan(1_200);
	});

	test('hides a secret that the cut would leave a part of', async () => {
		const body = `${'x'.repeat(990)}${secret}${tooLong}`;
		expect(JSON.stringify(await answerTo({ statusCode: 200, body }))).not.toContain(secret.slice(0, 5));
	});

	test('that reports an error is cut earlier, and keeps its meaning', async () => {
		const body = JSON.stringify({ message: `No such user ${'x'.repeat(mebibyte)}` });
		expect(await answerTo({ statusCode: 400, body })).toMatchObject({
			ok: false,
			reason: { code: 'refused', message: expect.stringMatching(/No such user x+…$/) as string },
		});
	});

	test('is not read further than the limit', async () => {
		let chunks = 0;
		const body = Readable.from(
			(function* () {
				for (; chunks < 1_000; chunks++) yield Buffer.alloc(mebibyte, 'x');
			})(),
		);
		await answerTo({ statusCode: 200, body });
		expect(chunks).toBeLessThan(25);
		expect(body.destroyed).toBe(true);
	});
});

test('explains a failure with the service’s own message', async () => {
	expect(await answerTo({ statusCode: 400, body: '{"message":"no"}' })).toMatchObject({
		ok: false,
		reason: { code: 'refused', message: 'SuprSend refused the data (status 400): no' },
	});
});

test('explains a lost connection without secrets', async () => {
	const lost = Object.assign(new Error(`with ${secret}`), { code: 'ECONNREFUSED' });
	const answer = await answerTo(lost);
	expect(answer).toMatchObject({ ok: false, reason: { code: 'unreachable' } });
	expect(JSON.stringify(answer)).not.toContain(secret);
});

describe('a secret that the service returns is masked', () => {
	test.each([200, 207, 302, 400, 401, 403, 404, 429, 500, 503])('with status %d', async (statusCode) => {
		const text = JSON.stringify(await answerTo({ statusCode, body: `no workspace for ${secret}` }));
		expect(text).not.toContain(secret);
	});

	test('and the text around it is shown', async () => {
		const body = JSON.stringify({ message: `no workspace for ${secret}` });
		expect(await answerTo({ statusCode: 400, body })).toMatchObject({
			reason: { message: 'SuprSend refused the data (status 400): no workspace for •••' },
		});
	});

	test('even when the text is cut within it', async () => {
		const body = JSON.stringify({ message: `${'x'.repeat(290)}${secret}` });
		expect(JSON.stringify(await answerTo({ statusCode: 400, body }))).not.toContain(secret.slice(0, 5));
	});

	test.each([
		['with a slash escaped, as PHP does', '{"message":"no workspace for sk\\/live_0123456789"}'],
		['with letters escaped', '{"message":"no workspace for \\u0073k/live_0123456789"}'],
	])('%s', async (_, body) => {
		for (const statusCode of [200, 400]) {
			expect(JSON.stringify(await answerTo({ statusCode, body }))).not.toContain(secret);
		}
	});
});
