import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { createClient } from '../../../nodes/shared/delivery/send/client';
import { anyOf } from '../../../nodes/shared/redact';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';

const secret = 'sk/live_0123456789';
const connection = {
	baseUrl: 'https://hub.suprsend.com',
	secrets: anyOf([secret]),
	shownHeaders: {},
	account: {},
};

interface Reply {
	statusCode: number;
	body?: unknown;
	headers?: Record<string, string>;
}

/** A client whose requests end in this reply, or in an exception. */
function clientFor(reply: Reply | Error) {
	const requests: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => ({ credentials: { [suprSend.credentialType]: { id: '1', name: 'mine' } } }),
		helpers: {
			httpRequestWithAuthentication: async (_: string, request: IHttpRequestOptions) => {
				requests.push(request);
				if (reply instanceof Error) throw reply;
				return await Promise.resolve({ headers: {}, ...reply });
			},
		},
	} as unknown as IExecuteFunctions;
	const client = createClient(context, { provider: suprSend, connection, credential: {}, timeoutMs: 1500 });
	return { requests, send: async () => await client({ method: 'POST', path: '/event/', body: '{"é":1}' }) };
}

const answerTo = async (reply: Reply | Error) => await clientFor(reply).send();

test('sends the bytes of the body as they are, and follows nowhere', async () => {
	const { requests, send } = clientFor({ statusCode: 202, body: 'OK' });
	await send();
	expect(requests).toEqual([
		{
			method: 'POST',
			url: 'https://hub.suprsend.com/event/',
			headers: { 'Content-Type': 'application/json; charset=utf-8', Accept: 'application/json' },
			body: Buffer.from('{"é":1}'),
			encoding: 'text',
			timeout: 1500,
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		},
	]);
});

test.each([
	['JSON', '{"ok":true}', { ok: true }],
	['text', 'OK', 'OK'],
	['JSON that is cut short', '{"ok":tr', '{"ok":tr'],
	['nothing', '', undefined],
	['blanks', ' \n', undefined],
	['what is no text', undefined, undefined],
])('reads an answer of %s', async (_, body, expected) => {
	const reply = { statusCode: 200, body, headers: { 'X-Request-Id': 'r1' } };
	expect(await answerTo(reply)).toEqual({
		ok: true,
		value: { statusCode: 200, headers: { 'x-request-id': 'r1' }, body: expected },
	});
});

test('says what went wrong where the answer does', async () => {
	expect(await answerTo({ statusCode: 400, body: '{"message":"no"}' })).toMatchObject({
		ok: false,
		reason: { code: 'refused', message: 'SuprSend refused the data (status 400): no' },
	});
});

test('says what went wrong where there is no answer', async () => {
	const lost = Object.assign(new Error(`with ${secret}`), { code: 'ECONNREFUSED' });
	const answer = await answerTo(lost);
	expect(answer).toMatchObject({ ok: false, reason: { code: 'unreachable' } });
	expect(JSON.stringify(answer)).not.toContain(secret);
});

describe('a secret that the service repeats is not shown', () => {
	test.each([200, 207, 302, 400, 401, 403, 404, 429, 500, 503])('with status %d', async (statusCode) => {
		const text = JSON.stringify(await answerTo({ statusCode, body: `no workspace for ${secret}` }));
		expect(text).not.toContain(secret);
	});

	test('but the words around it are', async () => {
		const body = JSON.stringify({ message: `no workspace for ${secret}` });
		expect(await answerTo({ statusCode: 400, body })).toMatchObject({
			reason: { message: 'SuprSend refused the data (status 400): no workspace for •••' },
		});
	});

	test('not even half of it where the text is cut', async () => {
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
