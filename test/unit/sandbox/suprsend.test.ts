import { credentials, type Sandbox, startSandbox } from '../../sandbox';
import { send, signedHeaders, suprsendAuth } from './http';

const HOUR = 60 * 60 * 1000;
const { workspaceKey } = credentials.suprsend;

let sandbox: Sandbox;
let clock: number;
beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock });
});
afterAll(() => sandbox.close());
beforeEach(() => {
	clock = 1735787045678;
	sandbox.reset();
});

const event = (more: object = {}) => ({ distinct_id: 'u1', event: 'order', ...more });
const post = (body: unknown, headers: Record<string, string> = suprsendAuth) =>
	send(`${sandbox.baseUrl('suprsend')}/event/`, { body, headers });

describe('credentials', () => {
	const refusal = {
		status: 401,
		body: 'Not Authenticated - could not find Workspace details',
		headers: expect.objectContaining({ 'content-type': expect.stringMatching(/^text\/plain/) }),
	};

	test('accept an API key', async () => {
		expect(await post(event())).toMatchObject({ status: 202, body: 'OK' });
	});

	test('accept a signature over the bytes, the date and the full path', async () => {
		const body = JSON.stringify(event({ env: workspaceKey, properties: { name: 'Zoë 🦊' } }));
		expect(await post(body, signedHeaders(body))).toMatchObject({ status: 202, body: 'OK' });
	});

	test('include the query in the signature of a request without a body', async () => {
		const path = '/v1/user/?limit=1';
		const headers = signedHeaders('', { path, method: 'GET' });
		expect((await send(sandbox.baseUrl('suprsend') + path, { headers })).status).toBe(200);
		const other = `${sandbox.baseUrl('suprsend')}/v1/user/?limit=2`;
		expect(await send(other, { headers })).toMatchObject(refusal);
	});

	test.each([
		['no credentials', {}],
		['another API key', { authorization: 'Bearer another' }],
		['an API key with more behind it', { authorization: `${suprsendAuth.authorization}x` }],
		['a bare workspace key', { authorization: workspaceKey }],
	])('%s: 401, in plain text, and nothing is stored', async (_title, headers) => {
		expect(await post(event({ env: workspaceKey }), headers)).toMatchObject(refusal);
		expect(sandbox.records()).toEqual([]);
	});

	test('refuse another body, date, secret or workspace than the signed one', async () => {
		const body = JSON.stringify(event({ env: workspaceKey }));
		const good = signedHeaders(body);
		const [, signature] = good.authorization.split(':');
		const forged = [
			await post(`${body} `, good),
			await post(body, { ...good, date: 'Thu, 02 Jan 2025 03:04:06 GMT' }),
			await post(body, { ...good, 'content-type': 'application/json' }),
			await post(body, signedHeaders(body, { secret: 'another secret' })),
			await post(body, { ...good, authorization: `another-workspace-key:${signature}` }),
			await post(body, { ...good, authorization: `${good.authorization}:more` }),
		];
		expect(forged.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
		expect((await post(body, good)).status).toBe(202);
	});

	test('require the signing workspace in a signed event', async () => {
		const body = JSON.stringify([event({ env: workspaceKey }), event({ env: 'another-workspace-key' })]);
		expect((await post(body, signedHeaders(body))).status).toBe(400);
		expect(sandbox.records()).toEqual([]);
	});
});

describe('events', () => {
	test('count an array as one request and a record per event, in order', async () => {
		const events = Array.from({ length: 100 }, (_, n) => event({ distinct_id: `u${n}` }));
		expect((await post(events)).status).toBe(202);
		expect(sandbox.requests('suprsend')).toHaveLength(1);
		expect(sandbox.records('suprsend', 'event').map(({ body }) => body)).toEqual(events);
		expect(sandbox.records()[99]).toMatchObject({ name: 'order', user: 'u99', request: 0, kind: 'event' });
	});

	test.each([
		['101 events', Array.from({ length: 101 }, () => event())],
		['no event at all', []],
		['what is not JSON', '{"event":'],
	])('%s: 400', async (_title, body) => {
		expect((await post(body)).status).toBe(400);
		expect(sandbox.records()).toEqual([]);
	});

	test('accept 819,200 bytes and no more, counted in UTF-8', async () => {
		const empty = Buffer.byteLength(JSON.stringify(event({ properties: { pad: '' } })));
		const room = 819_200 - empty;
		const pad = 'é'.repeat(Math.floor(room / 2)) + 'x'.repeat(room % 2);
		expect((await post(event({ properties: { pad } }))).status).toBe(202);
		expect((await post(event({ properties: { pad: `${pad}x` } }))).status).toBe(400);
	});

	test.each([
		{ distinct_id: undefined },
		{ distinct_id: '  ' },
		{ distinct_id: 1 },
		{ event: undefined },
		{ event: ' x ' },
		{ event: '$foo' },
		{ event: ' $foo' },
		{ event: 'SS_foo' },
		{ properties: [1] },
		{ properties: null },
		{ properties: 'x' },
		{ $idempotency_key: 'k'.repeat(256) },
		{ $idempotency_key: 5 },
		{ tenant_id: 't'.repeat(65) },
		{ brand_id: 't'.repeat(65) },
		{ $time: 1640995199999 },
		{ $time: 1735787045678.5 },
		{ $time: '1735787045678' },
	])('%j spoils the whole request', async (flaw) => {
		const reply = await post([event(), event(flaw)]);
		const answer = JSON.parse(reply.body) as { message: string; detail: unknown };
		expect(reply.status).toBe(400);
		expect(answer).toMatchObject({ code: 400, error_code: 'error', type: 'ValidationError' });
		expect(answer.detail).toEqual({ [Object.keys(flaw)[0] ?? '']: [expect.any(String)] });
		expect(JSON.parse(answer.message)).toEqual(answer.detail);
		expect(sandbox.records()).toEqual([]);
	});

	test.each([
		{ event: 'ab' },
		{ event: '$user_login' },
		{ event: 'ssorder' },
		{ event: 'press_$' },
		{ properties: {} },
		{ $idempotency_key: 'k'.repeat(255) },
		{ tenant_id: '🦊'.repeat(64) },
		{ $time: 1640995200000 },
	])('%j is fine', async (more) => {
		expect((await post(event(more))).status).toBe(202);
		expect(sandbox.records()).toHaveLength(1);
	});
});

describe('idempotency', () => {
	test('answers a known key with success, counts it and stores nothing', async () => {
		const keyed = (n: number, key?: string) => event({ distinct_id: `u${n}`, $idempotency_key: key });
		await post(keyed(1, 'a'));
		const repeat = await post([keyed(2, ' a '), keyed(3, 'b'), keyed(4, 'b'), keyed(5), keyed(6)]);
		expect(repeat).toMatchObject({ status: 202, body: 'OK' });
		expect(sandbox.records().map(({ user }) => user)).toEqual(['u1', 'u3', 'u5', 'u6']);
		expect(sandbox.deduplicated()).toBe(2);
		expect(sandbox.deduplicated('relationkit')).toBe(0);
	});

	test('keeps a key free after a refusal', async () => {
		await post([event({ $idempotency_key: 'a' }), event({ event: 'x' })]);
		await post(event({ $idempotency_key: 'a' }));
		expect(sandbox.records()).toHaveLength(1);
	});

	test('frees a key 24 hours after its first use', async () => {
		const keyed = event({ $idempotency_key: 'a' });
		await post(keyed);
		clock += 24 * HOUR - 1;
		await post(keyed);
		expect(sandbox.records()).toHaveLength(1);
		clock += 1;
		await post(keyed);
		expect(sandbox.records()).toHaveLength(2);
	});
});

test('answers 404 to an unknown path and 405 to another method', async () => {
	const url = sandbox.baseUrl('suprsend');
	expect((await send(`${url}/event`, { body: event(), headers: suprsendAuth })).status).toBe(404);
	const wrongMethod = await send(`${url}/event/`, { headers: suprsendAuth });
	expect(wrongMethod).toMatchObject({ status: 405, headers: { allow: 'POST' } });
});
