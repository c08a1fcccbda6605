import { type Fault, type Sandbox, startSandbox } from '../../sandbox';
import { Faults } from '../../sandbox/faults';
import { brokenBy, rehookAuth, relationkitAuth, send, suprsendAuth } from './http';

let sandbox: Sandbox;
let clock: number;
beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock });
});
afterAll(() => sandbox.close());
beforeEach(() => {
	clock = 1735787045250;
	sandbox.reset();
});

const sendEvent = (name = 'order', more: { signal?: AbortSignal } = {}) =>
	send(`${sandbox.baseUrl('relationkit')}/events`, {
		body: { event: { user_id: 'u1', name } },
		headers: relationkitAuth,
		...more,
	});
const suprsendEvents = (...names: string[]) =>
	send(`${sandbox.baseUrl('suprsend')}/event/`, {
		body: names.map((event) => ({ distinct_id: 'u1', event })),
		headers: suprsendAuth,
	});
async function statuses(count: number): Promise<number[]> {
	const seen: number[] = [];
	for (let n = 0; n < count; n++) seen.push((await sendEvent()).status);
	return seen;
}

describe('kinds of faults', () => {
	test('answers a status with its headers and body and stores nothing', async () => {
		const body = { error: 'down' };
		sandbox.misbehave({ do: { status: 503, headers: { 'retry-after': '7' }, body } });
		const reply = await sendEvent();
		expect(reply).toMatchObject({ status: 503, headers: { 'retry-after': '7' }, body: JSON.stringify(body) });
		expect(reply.headers['content-type']).toBe('application/json');
		expect(sandbox.records()).toEqual([]);
		expect(sandbox.requests()).toMatchObject([{ status: 503, ending: 'answered', brought: 0 }]);
	});

	test('sends a text as it is, so an answer can be invalid JSON', async () => {
		sandbox.misbehave({
			do: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"oops' },
		});
		expect(await sendEvent()).toMatchObject({
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: '{"oops',
		});
	});

	test.each(['json', 'text'] as const)(
		'a reflection tells the request back as %s, keys and all',
		async (as) => {
			sandbox.misbehave({ do: { reflect: { status: 400, as } } });
			const { status, headers, body } = await sendEvent('tulips');
			const { authorization } = relationkitAuth;
			expect(status).toBe(400);
			expect(headers).toMatchObject({ 'x-request-id': authorization });
			for (const part of [authorization, 'tulips', Buffer.from('POST /relationkit').toString('hex')]) {
				expect(body).toContain(part);
			}
			expect(sandbox.records()).toEqual([]);
		},
	);

	test('answers late and as usual after a delay', async () => {
		sandbox.misbehave({ do: { delayMs: 150 } });
		const start = performance.now();
		expect((await sendEvent()).status).toBe(200);
		expect(performance.now() - start).toBeGreaterThan(145);
		expect(sandbox.records()).toHaveLength(1);
	});

	test('stores the records of a client that gives up during a delay', async () => {
		sandbox.misbehave({ do: { delayMs: 20_000 } });
		const leaving = new AbortController();
		const broken = brokenBy(sendEvent('order', { signal: leaving.signal }));
		while (sandbox.records().length === 0) await new Promise(setImmediate);
		leaving.abort();
		expect(await broken).toBe('ABORT_ERR');
		expect(sandbox.records()).toHaveLength(1);
		while (sandbox.requests()[0]?.ending === 'pending') await new Promise(setImmediate);
		expect(sandbox.requests()).toMatchObject([{ ending: 'aborted', status: undefined }]);
	});

	test.each([
		['before-reading', '', 0],
		['after-reading', '{"event":{"user_id":"u1","name":"order"}}', 0],
		['after-storing', '{"event":{"user_id":"u1","name":"order"}}', 1],
	] as const)('a reset %s leaves no answer', async (reset, rawBody, stored) => {
		sandbox.misbehave({ do: { reset } });
		expect(await brokenBy(sendEvent())).toBe('ECONNRESET');
		expect(sandbox.requests()).toMatchObject([{ rawBody, ending: 'reset', status: undefined }]);
		expect(sandbox.records()).toHaveLength(stored);
		expect((await sendEvent()).status).toBe(200);
	});

	test.each([
		['an empty answer', () => sendEvent()],
		['an answer with a body', () => suprsendEvents('order')],
	])('truncating cuts %s short of its Content-Length', async (_title, go) => {
		sandbox.misbehave({ do: { truncate: true } });
		expect(await brokenBy(go())).toBe('ECONNRESET');
		expect(sandbox.requests()).toMatchObject([{ ending: 'truncated' }]);
		expect(sandbox.requests()[0]?.status).toBeLessThan(300);
		expect(sandbox.records()).toHaveLength(1);
	});

	test('cuts the service’s own answer', async () => {
		sandbox.misbehave({ do: { truncate: true } });
		const url = `${sandbox.baseUrl('suprsend')}/v1/user/?limit=1`;
		const answer = await fetch(url, { headers: suprsendAuth });
		let received = '';
		const readOn = async () => {
			for await (const chunk of answer.body ?? []) received += Buffer.from(chunk).toString();
		};
		await expect(readOn()).rejects.toThrow();
		expect(JSON.parse(received)).toMatchObject({ results: [] });
	});

	test('drips until the client closes the connection', async () => {
		sandbox.misbehave({ do: { dripMs: 1 } });
		const leaving = new AbortController();
		const url = `${sandbox.baseUrl('suprsend')}/v1/user/?limit=1`;
		const answer = await fetch(url, { headers: suprsendAuth, signal: leaving.signal });
		let received = '';
		const readOn = async () => {
			for await (const chunk of answer.body ?? []) {
				received += Buffer.from(chunk).toString();
				if (received.endsWith('   ')) leaving.abort();
			}
		};
		await expect(readOn()).rejects.toThrow();
		expect(JSON.parse(received)).toMatchObject({ results: [] });
		while (sandbox.requests()[0]?.ending === 'pending') await new Promise(setImmediate);
		expect(sandbox.requests()).toMatchObject([{ ending: 'aborted', status: undefined }]);
	});

	test('lets requests of one second through, then as many as the rate allows', async () => {
		sandbox.misbehave({ do: { rate: { perSecond: 2, retryAfter: 'seconds' } } });
		expect(await statuses(4)).toEqual([200, 200, 429, 429]);
		clock += 499;
		expect(await statuses(1)).toEqual([429]);
		clock += 1;
		expect(await statuses(2)).toEqual([200, 429]);
		clock += 60_000;
		expect(await statuses(3)).toEqual([200, 200, 429]);
		expect(sandbox.records()).toHaveLength(5);
		sandbox.behave();
		expect(await statuses(1)).toEqual([200]);
	});

	test.each([
		['seconds', '2'],
		// The clock is at …05.250 and a token is due at …07.250. Dates have no milliseconds.
		['date', 'Thu, 02 Jan 2025 03:04:08 GMT'],
		['none', undefined],
	] as const)('a 429 says when to come back: %s', async (retryAfter, expected) => {
		sandbox.misbehave({ do: { rate: { perSecond: 0.5, retryAfter } } });
		await sendEvent();
		const refused = await sendEvent();
		expect(refused.status).toBe(429);
		expect(refused.headers['retry-after']).toBe(expected);
	});
});

describe('requests that a fault applies to', () => {
	const refuse = { status: 500 };

	test('those of a service or a path', async () => {
		sandbox.misbehave({ provider: 'suprsend', times: 'always', do: refuse });
		sandbox.misbehave({ path: '/api/v1/ping', times: 'always', do: refuse });
		const ping = { body: { customer: {} }, headers: relationkitAuth };
		expect((await sendEvent()).status).toBe(200);
		expect((await suprsendEvents('order')).status).toBe(500);
		expect((await send(`${sandbox.baseUrl('relationkit')}/ping`, ping)).status).toBe(500);
	});

	test('those of a documented path with parameters', async () => {
		sandbox.misbehave({ path: '/v1/user/{distinct_id}/', times: 'always', do: refuse });
		const url = `${sandbox.baseUrl('suprsend')}/v1/user/`;
		const user = { body: { name: 'Ada' }, headers: suprsendAuth };
		expect((await send(`${url}a%2Fb/`, user)).status).toBe(500);
		expect((await send(url, { headers: suprsendAuth })).status).toBe(200);
		expect(JSON.parse((await send(url, { headers: suprsendAuth })).body)).toMatchObject({ results: [] });
	});

	test('a bad record among edits and workflows', async () => {
		sandbox.misbehave({ when: { distinct_id: 'bad' }, times: 'always', do: refuse });
		sandbox.misbehave({ when: { workflow: 'bad' }, times: 'always', do: refuse });
		const edits = ['good', 'bad'].map((id) => ({ distinct_id: id, $user_operations: [{ $set: { a: 1 } }] }));
		const triggers = ['good', 'bad'].map((workflow) => ({ workflow, recipients: ['u1'] }));
		const post = (path: string, body: unknown) =>
			send(sandbox.baseUrl('suprsend') + path, { body, headers: suprsendAuth });
		expect((await post('/event/', edits)).status).toBe(500);
		expect((await post('/event/', edits.slice(0, 1))).status).toBe(202);
		expect((await post('/trigger/', triggers)).status).toBe(500);
		expect((await post('/trigger/', triggers.slice(0, 1))).status).toBe(207);
		expect(sandbox.records().map(({ kind }) => kind)).toEqual(['user', 'workflow']);
	});

	test('a bad name in a list of names', async () => {
		sandbox.misbehave({ when: { distinct_ids: 'bad' }, times: 'always', do: refuse });
		const add = (...ids: string[]) =>
			send(`${sandbox.baseUrl('suprsend')}/v1/subscriber_list/newsletter/subscriber/add/`, {
				body: { distinct_ids: ids },
				headers: suprsendAuth,
			});
		expect((await add('good', 'bad')).status).toBe(500);
		expect((await add('good')).status).toBe(201);
	});

	test('keep what the service remembers for a refusal, but not for a reset after storing', async () => {
		const wallet = `${sandbox.baseUrl('rehook')}/wallets/customer/KMN@123/transactions/waty_sandboxPoints`;
		const credit = { method: 'PUT', body: { type: 'credit', points: 5 }, headers: rehookAuth };
		sandbox.misbehave({ provider: 'rehook', do: refuse });
		expect((await send(wallet, credit)).status).toBe(500);
		expect((await send(wallet, { headers: rehookAuth })).body).toBe('[]');
		sandbox.misbehave({ provider: 'rehook', do: { reset: 'after-storing' } });
		expect(await brokenBy(send(wallet, credit))).toBe('ECONNRESET');
		expect(JSON.parse((await send(wallet, { headers: rehookAuth })).body)).toHaveLength(1);
	});

	test('those with these values in the body or in one of its elements', async () => {
		sandbox.misbehave({ when: { 'event.name': 'bad' }, times: 'always', do: refuse });
		sandbox.misbehave({ when: { event: 'bad', distinct_id: 'u1' }, times: 'always', do: refuse });
		expect((await sendEvent('good')).status).toBe(200);
		expect((await sendEvent('bad')).status).toBe(500);
		expect((await suprsendEvents('good', 'fine')).status).toBe(202);
		expect((await suprsendEvents('good', 'bad')).status).toBe(500);
	});
});

describe('how often a fault applies', () => {
	test.each<[string, Fault[], number[]]>([
		['once unless told', [{ do: { status: 500 } }], [500, 200, 200, 200]],
		['some times', [{ times: 2, do: { status: 500 } }], [500, 500, 200, 200]],
		['always', [{ times: Infinity, do: { status: 500 } }], [500, 500, 500, 500]],
		['after letting some through', [{ after: 2, do: { status: 500 } }], [200, 200, 500, 200]],
		['one after the other', [{ do: { status: 500 } }, { do: { status: 503 } }], [500, 503, 200, 200]],
	])('%s', async (_title, faults, expected) => {
		for (const fault of faults) sandbox.misbehave(fault);
		expect(await statuses(4)).toEqual(expected);
	});

	test('continues after a delay to the next fault, but not to the next delay', async () => {
		const faults = new Faults(() => clock);
		faults.add({ do: { delayMs: 60 } });
		faults.add({ do: { delayMs: 61 } });
		faults.add({ times: 3, do: { status: 500 } });
		const plans = Array.from({ length: 4 }, () =>
			faults.planFor({ provider: 'relationkit', path: '/events' }),
		);
		expect(plans.map(({ delayMs, refusal }) => [delayMs, refusal?.status])).toEqual([
			[60, 500],
			[61, 500],
			[0, 500],
			[0, undefined],
		]);
	});
});

test.each([
	{ do: { status: 42 } },
	{ do: { status: 500, delayMs: 1 } },
	{ do: {} },
	{ provider: 'nobody', do: { status: 500 } },
	{ times: 0, do: { status: 500 } },
	{ times: 2, do: { rate: { perSecond: 1, retryAfter: 'none' } } },
	{ when: { event: 'bad' }, do: { reset: 'before-reading' } },
	{ wen: { event: 'bad' }, do: { status: 500 } },
])('%j is no fault', (nonsense) => {
	expect(() => sandbox.misbehave(nonsense as Fault)).toThrow();
});
