import { NodeApiError, type INode } from 'n8n-workflow';
import { answerFailure, connectionFailure } from '../../../nodes/shared/delivery/send/explain-failure';
import type { Failure } from '../../../nodes/shared/service/failure';
import type { ProviderResponse } from '../../../nodes/shared/service/definition';
import { anyOf } from '../../../nodes/shared/redact';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';

const secret = 'sk_live_0123456789';
const connection = {
	baseUrl: 'https://hub.suprsend.com',
	secrets: anyOf([secret]),
	shownHeaders: {},
	key: '',
	account: {},
};
const node: INode = {
	id: '1',
	name: 'SuprSend',
	type: 'suprSend',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const answer = (
	statusCode: number,
	body?: unknown,
	headers: Record<string, string> = {},
): ProviderResponse => ({
	statusCode,
	body,
	headers,
});
const now = Date.UTC(2026, 0, 1);
const explain = (response: ProviderResponse) => answerFailure(response, suprSend, now);

/** The failure that an answer must have. */
function failure(statusCode: number, body?: unknown, headers?: Record<string, string>): Failure {
	const found = explain(answer(statusCode, body, headers));
	if (found === undefined) throw new Error('No failure');
	return found;
}

describe('a successful answer', () => {
	test.each([
		['with JSON', answer(200, { success: true })],
		['with text', answer(202, 'OK', { 'content-type': 'text/plain' })],
		['without a body', answer(204)],
		['that is partial', answer(207, { records: [] })],
		['with the last status of success', answer(299)],
		['with text that has a tag inside', answer(200, 'a <b>bold</b> move')],
	])('%s is not a failure', (_, response) => {
		expect(explain(response)).toBeUndefined();
	});

	test.each([
		['by any tag', answer(200, '<div>Sign in</div>', { 'content-type': 'text/html; charset=utf-8' })],
		['by its doctype', answer(200, '\n<!DOCTYPE html><title>Sign in</title>')],
		['by its tag', answer(203, '<HTML><body></body></HTML>')],
	])('that is a web page, recognized %s, is an unexpected answer', (_, response) => {
		expect(explain(response)).toEqual({
			code: 'unexpected_answer',
			message: 'Received a web page instead of a response from SuprSend',
			description: expect.stringMatching(/Nothing was accepted.*'Base URL'/) as string,
			statusCode: response.statusCode,
			retryable: false,
		});
	});
});

test('accepts a plain OK that a server labels as HTML', () => {
	expect(explain(answer(202, 'OK', { 'content-type': 'text/html; charset=utf-8' }))).toBeUndefined();
});

test.each([100, 199, 300])('status %d is not a success', (statusCode) => {
	expect(failure(statusCode).code).toBe('unexpected_answer');
});

test('uses the shared text when the service explains nothing', () => {
	expect(answerFailure(answer(400), { displayName: 'Beacon' }, now)).toEqual({
		code: 'refused',
		message: 'Beacon refused the data (status 400)',
		description: expect.any(String) as string,
		statusCode: 400,
		retryable: false,
	});
});

test('replaces the shared text with the service’s own', () => {
	const explain = () => ({ description: 'Ask Beacon.' });
	expect(answerFailure(answer(400), { displayName: 'Beacon', explain }, now)).toMatchObject({
		code: 'refused',
		description: 'Ask Beacon.',
	});
});

describe('an error response', () => {
	test('with an undocumented body shows the body as it is', () => {
		const body = { errors: { name: ["can't be blank"] } };
		expect(failure(422, body).message).toContain(': {"errors":{"name":["can\'t be blank"]}}');
		expect(failure(422, {}).message).toMatch(/\(status 422\)$/);
	});

	test.each([
		[401, 'unauthorized', false, /did not accept the credential/, /Open this node's SuprSend credential/],
		[403, 'unauthorized', false, /did not allow this/, /permissions of the keys in the SuprSend credential/],
		[404, 'not_found', false, /couldn't find this/, /'Base URL'/],
		[405, 'not_found', false, /couldn't find this/, /'Base URL'/],
		[408, 'timed_out', true, /408/, /SuprSend might have.*Check SuprSend before/],
		[425, 'unavailable', true, /is not available/, /Nothing was accepted.*SuprSend's side.*later/],
		[
			429,
			'rate_limited',
			true,
			/too many requests/,
			/Nothing was accepted.*'Requests per Second'.*'Max Wait/,
		],
		[500, 'unavailable', true, /could not handle/, /might have accepted the data.*check SuprSend before/],
		[502, 'unavailable', true, /could not handle/, /might have accepted the data.*check SuprSend before/],
		[503, 'unavailable', true, /is not available/, /Nothing was accepted.*SuprSend's side.*later/],
		[504, 'unavailable', true, /could not handle/, /might have accepted the data.*check SuprSend before/],
		[400, 'refused', false, /refused the data/, /Correct the item/],
		[409, 'refused', false, /refused the data/, /Correct the item/],
		[413, 'refused', false, /refused the data/, /Correct the item/],
		[422, 'refused', false, /refused the data/, /Correct the item/],
		[301, 'unexpected_answer', false, /another address/, /'Base URL'/],
		[302, 'unexpected_answer', false, /another address/, /'Base URL'/],
		[304, 'unexpected_answer', false, /another address/, /'Base URL'/],
		[308, 'unexpected_answer', false, /another address/, /'Base URL'/],
	] as const)('with status %d is %s', (statusCode, code, retryable, message, description) => {
		const found = failure(statusCode, { message: 'in their words' });
		expect(found).toMatchObject({ code, statusCode, retryable });
		expect(found.message).toMatch(message);
		expect(found.message).toContain(`status ${statusCode}`);
		expect(found.description).toMatch(description);
	});

	test.each([
		['{ message }', { code: 400, message: 'invalid_request_error' }, 'invalid_request_error'],
		['{ message } with other fields', { status: 'fail', message: 'BAD REQUEST', detail: {} }, 'BAD REQUEST'],
		['{ error }', { error: 'Unknown event type' }, 'Unknown event type'],
		['{ detail }', { detail: 'Not found.' }, 'Not found.'],
		['{ error: { message } }', { error: { message: 'name is too long' } }, 'name is too long'],
		['{ errors: [text] }', { errors: ['name is missing'] }, 'name is missing'],
		['{ errors: [{ message }] }', { errors: [{ message: 'name is missing' }] }, 'name is missing'],
		['text', 'Not Authenticated - could not find Workspace details', 'Not Authenticated'],
	])('shows the service’s own message from %s', (_, body, words) => {
		expect(failure(400, body).message).toContain(`(status 400): ${words}`);
	});

	test.each([
		['empty', undefined],
		['null', null],
		['a number', 5],
		['an empty list', []],
		['an object without fields', {}],
	])('has no message of the service when the body is %s', (_, body) => {
		expect(failure(400, body).message).toBe('SuprSend refused the data (status 400)');
	});

	test.each([
		['only spaces', '  ', 'SuprSend refused the data (status 400)'],
		[
			'an empty message before the real one',
			{ message: '', detail: 'name is missing' },
			'SuprSend refused the data (status 400): name is missing',
		],
	])('is a complete sentence when the body is %s', (_, body, message) => {
		expect(failure(400, body).message).toBe(message);
	});

	test('from a proxy does not show the HTML of its web page', () => {
		const page = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body>…</body></html>';
		expect(failure(502, page, { 'content-type': 'text/html' }).message).not.toContain('<');
	});

	test.each([
		[300, 'x'.repeat(300)],
		[301, `${'x'.repeat(299)}…`],
	])('of %d characters is cut after 300', (length, expected) => {
		expect(failure(400, { message: ` ${'x'.repeat(length)} ` }).message).toBe(
			`SuprSend refused the data (status 400): ${expected}`,
		);
	});

	test('that is a list with HTML is not a web page', () => {
		expect(failure(400, ['<p>']).message).toContain(': <p>');
	});

	test('is one line of about 300 characters', () => {
		const { message } = failure(400, { message: `first\n\t second ${'x'.repeat(1000)}` });
		expect(message).toContain(': first second xxx');
		expect(message.length).toBeLessThan(350);
		expect(message).toMatch(/…$/);
	});

	test.each([
		[500, true],
		[502, true],
		[504, true],
		[599, true],
		[408, true],
		[425, undefined],
		[405, undefined],
		[503, undefined],
		[429, undefined],
		[401, undefined],
		[404, undefined],
		[400, undefined],
		[302, undefined],
	])('with status %d may have been received: %s', (statusCode, expected) => {
		expect(failure(statusCode).mayHaveBeenReceived).toBe(expected);
	});

	test.each([400, 401, 404, 429, 500, 503])('with status %d has the time in Retry-After', (statusCode) => {
		expect(failure(statusCode, '', { 'retry-after': '7' }).retryAfterMs).toBe(7000);
		const date = 'Thu, 01 Jan 2026 00:00:09 GMT';
		expect(failure(statusCode, '', { 'retry-after': date }).retryAfterMs).toBe(9000);
		expect(failure(statusCode)).not.toHaveProperty('retryAfterMs');
	});

	test.each([
		['request_id of the body', { message: 'no', request_id: 'r-1' }, {}, 'r-1'],
		['requestId of the body', { message: 'no', requestId: 'r-2' }, {}, 'r-2'],
		['x-request-id header', { message: 'no' }, { 'x-request-id': 'r-3' }, 'r-3'],
		['x-request-id header when the body has none', 'no', { 'x-request-id': 'r-3' }, 'r-3'],
	])('has the service’s request ID from the %s', (_, body, headers, requestId) => {
		expect(failure(500, body, headers).requestId).toBe(requestId);
	});

	test('has no request ID when the service gives none', () => {
		expect(failure(500, { message: 'no', request_id: 5 })).not.toHaveProperty('requestId');
	});
});

/** An error as the HTTP client throws it, with Node's error as its cause. */
function clientError(code: string, message = `failed with ${code}`): Error {
	const cause = Object.assign(new Error(message), { code, syscall: 'connect' });
	return Object.assign(new Error(message, { cause }), {
		name: 'AxiosError',
		code,
		config: { headers: { Authorization: `Bearer ${secret}` } },
	});
}

const withoutCause = (error: Error) => Object.defineProperty(error, 'cause', { value: undefined });

const connectionOf = (error: unknown) => connectionFailure(error, suprSend, connection, 30_000);

describe('a failed connection', () => {
	const nothingSent = /^Nothing was sent\./;
	const perhapsReceived = /might have received/;

	test.each([
		['ECONNREFUSED', 'unreachable', true, /cannot be reached at hub\.suprsend\.com/, nothingSent],
		['ENOTFOUND', 'unreachable', true, /cannot be reached at hub\.suprsend\.com/, nothingSent],
		['EAI_AGAIN', 'unreachable', true, /cannot be reached at hub\.suprsend\.com/, nothingSent],
		['EHOSTUNREACH', 'unreachable', true, /cannot be reached at hub\.suprsend\.com/, nothingSent],
		['ENETUNREACH', 'unreachable', true, /cannot be reached at hub\.suprsend\.com/, nothingSent],
		['CERT_HAS_EXPIRED', 'bad_certificate', false, /certificate from hub\.suprsend\.com/, nothingSent],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'bad_certificate', false, /certificate/, nothingSent],
		['SELF_SIGNED_CERT_IN_CHAIN', 'bad_certificate', false, /certificate/, nothingSent],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'bad_certificate', false, /certificate/, nothingSent],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'bad_certificate', false, /certificate/, nothingSent],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'bad_certificate', false, /certificate/, nothingSent],
		['EPROTO', 'unreachable', true, /cannot be reached at hub\.suprsend\.com/, nothingSent],
		['ERR_INVALID_URL', 'unreachable', true, /cannot be reached at hub\.suprsend\.com/, nothingSent],
		['ESOCKETTIMEDOUT', 'timed_out', true, /did not respond within 30 s/, perhapsReceived],
		['ECONNABORTED', 'timed_out', true, /did not respond within 30 s/, perhapsReceived],
		['ETIMEDOUT', 'timed_out', true, /did not respond within 30 s/, perhapsReceived],
		['ECONNRESET', 'connection_lost', true, /was lost/, perhapsReceived],
		['EPIPE', 'connection_lost', true, /was lost/, perhapsReceived],
		['HPE_INVALID_CONSTANT', 'connection_lost', true, /was lost/, perhapsReceived],
		['ERR_CANCELED', 'cancelled', true, /was stopped/, perhapsReceived],
	] as const)('%s is %s', (networkCode, code, retryable, message, description) => {
		const found = connectionOf(new NodeApiError(node, clientError(networkCode) as never));
		expect(found).toMatchObject({ code, retryable });
		expect(found.message).toMatch(message);
		expect(found.description).toMatch(description);
		expect(found.mayHaveBeenReceived ?? false).toBe(description === perhapsReceived);
	});

	test.each([
		['as Node.js throws it', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
		['as the HTTP client throws it', clientError('ECONNREFUSED')],
		['as n8n throws it', new NodeApiError(node, clientError('ECONNREFUSED') as never)],
		['as n8n 1 throws it', withoutCause(new NodeApiError(node, clientError('ECONNREFUSED') as never))],
		[
			'when only the innermost error has the code',
			new Error('a', { cause: new Error('b', { cause: clientError('ECONNREFUSED') }) }),
		],
		[
			'when outer errors have an empty code',
			Object.assign(new Error('a', { cause: clientError('ECONNREFUSED') }), { code: '' }),
		],
		[
			'when outer errors have a number as their code',
			Object.assign(new Error('a', { cause: clientError('ECONNREFUSED') }), { code: 500 }),
		],
		[
			'when several addresses were tried',
			Object.assign(new AggregateError([clientError('ECONNREFUSED'), clientError('ECONNREFUSED')]), {
				code: 'ECONNREFUSED',
			}),
		],
	])('is recognized %s', (_, error) => {
		expect(connectionOf(error).code).toBe('unreachable');
	});

	const circular = new Error('round');
	circular.cause = circular;
	test.each([
		['an error without a code', new Error('boom')],
		['an error that is its own cause', circular],
		['text', 'boom'],
		['empty', undefined],
		['null', null],
		['a plain object', { code: 'ECONNREFUSED' }],
	])('that is reported by %s was never made, so nothing was sent', (_, error) => {
		const found = connectionOf(error);
		expect(found).toMatchObject({ code: 'misconfigured', retryable: false });
		expect(found.mayHaveBeenReceived).toBeUndefined();
	});

	test('counts as lost when its code is unknown, which is the most careful assumption', () => {
		const found = connectionOf(clientError('EWHATEVER'));
		expect(found).toMatchObject({ code: 'connection_lost', mayHaveBeenReceived: true });
	});

	/** An error within this many others. */
	const inside = (depth: number, error: Error): Error =>
		depth === 0 ? error : inside(depth - 1, new Error('around', { cause: error }));
	const withoutCode = () => Object.assign(new Error('socket closed'), { name: 'AxiosError' });

	test.each([0, 1, 4])(
		'may have been used when the HTTP client’s error has no code and is %d levels deep',
		(depth) => {
			const found = connectionOf(inside(depth, withoutCode()));
			expect(found).toMatchObject({ code: 'connection_lost', retryable: true, mayHaveBeenReceived: true });
			expect(found.description).toMatch(/send the failed items again\.$/);
		},
	);

	test('is recognized up to five levels deep', () => {
		expect(connectionOf(inside(4, clientError('ECONNREFUSED'))).code).toBe('unreachable');
		expect(connectionOf(inside(5, withoutCode())).code).toBe('misconfigured');
		expect(connectionOf(inside(5, Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).code).toBe(
			'misconfigured',
		);
	});

	test.each(['ECONNREFUSED', 'CERT_HAS_EXPIRED', 'ECONNRESET'])(
		'with the code %s names it in the description',
		(code) => {
			expect(connectionOf(clientError(code)).description).toContain(`(Network code: ${code}.)`);
		},
	);

	test.each(['XECONNREFUSED', 'ECONNREFUSEDX', 'XETIMEDOUT', 'ETIMEDOUTX', 'XERR_CANCELED', 'ERR_CANCELEDX'])(
		'with the code %s, which only resembles a known one, counts as lost',
		(code) => {
			expect(connectionOf(clientError(code)).code).toBe('connection_lost');
		},
	);

	test('shows the text of an error before the request without secrets', () => {
		const error = Object.assign(new Error(`No key ${secret}`), { description: `Replace ${secret}.` });
		expect(connectionOf(error)).toEqual({
			code: 'misconfigured',
			message: 'No key •••',
			description: 'Replace •••.',
			retryable: false,
		});
	});

	test('names only the host and the port of the address', () => {
		const own = { ...connection, baseUrl: 'http://127.0.0.1:8080/api/v1' };
		const found = connectionFailure(clientError('ECONNREFUSED'), suprSend, own, 30_000);
		expect(found.message).toBe('SuprSend cannot be reached at 127.0.0.1:8080');
	});

	test('names how many seconds it waited', () => {
		const found = connectionFailure(clientError('ECONNABORTED'), suprSend, connection, 1500);
		expect(found.message).toContain('within 1.5 s');
	});

	test('never shows parts of the request from n8n’s error', () => {
		const found = connectionOf(new NodeApiError(node, clientError('ECONNRESET', `with ${secret}`) as never));
		expect(JSON.stringify(found)).not.toContain(secret);
	});
});

test('reads an answer of any depth', () => {
	let body: object = { message: 'too deep to be meant for people' };
	for (let level = 0; level < 50_000; level++) body = level % 2 === 0 ? { error: body } : { errors: [body] };
	const found = answerFailure(answer(400, body), { displayName: 'SuprSend' }, now);
	expect(found?.message).toBe('SuprSend refused the data (status 400)');
});

describe('n8n shows our own message for', () => {
	const answers = [301, 400, 401, 403, 404, 429, 500, 502, 503].map(
		(statusCode) => [`status ${statusCode}`, failure(statusCode, { message: 'in their words' })] as const,
	);
	const connections = [
		'ECONNREFUSED',
		'ENOTFOUND',
		'CERT_HAS_EXPIRED',
		'ETIMEDOUT',
		'ECONNRESET',
		'ERR_CANCELED',
	].map((code) => [code, connectionOf(clientError(code))] as const);

	test.each([...answers, ...connections])('%s', (_, { message, description, statusCode }) => {
		const error = new NodeApiError(node, {}, { message, description, httpCode: statusCode?.toString() });
		expect(error).toMatchObject({ message, description });
	});
});
