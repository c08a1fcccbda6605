import { once } from 'node:events';
import { createConnection } from 'node:net';
import { type Sandbox, startSandbox } from '../../sandbox';
import { brokenBy, relationkitAuth, send, suprsendAuth } from './http';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const sendEvent = (name: string, signal?: AbortSignal) =>
	send(`${sandbox.baseUrl('relationkit')}/events`, {
		body: { event: { name } },
		headers: relationkitAuth,
		signal,
	});

test('keeps requests and answers, also of refused requests', async () => {
	const before = Date.now();
	await sendEvent('first');
	const url = `${sandbox.baseUrl('suprsend')}/event/?dry=1`;
	await send(url, { body: '{"not json', headers: { ...suprsendAuth, 'x-trace': 'abc' } });
	await send(`${sandbox.url}/elsewhere`, { body: {} });

	const [first, second, ...more] = sandbox.requests();
	expect(more).toEqual([]);
	expect(first).toMatchObject({
		index: 0,
		provider: 'relationkit',
		method: 'POST',
		path: '/api/v1/events',
		query: '',
		headers: relationkitAuth,
		rawBody: '{"event":{"name":"first"}}',
		body: { event: { name: 'first' } },
		brought: 1,
		status: 200,
		answer: undefined,
		ending: 'answered',
	});
	expect(second).toMatchObject({
		index: 1,
		provider: 'suprsend',
		path: '/event/',
		query: '?dry=1',
		headers: { 'x-trace': 'abc' },
		rawBody: '{"not json',
		body: undefined,
		brought: 0,
		status: 400,
		answer: expect.stringContaining('ValidationError'),
	});
	expect(first?.at).toBeGreaterThanOrEqual(before);
	expect(second?.at).toBeLessThanOrEqual(Date.now());
	expect(sandbox.requests('suprsend')).toEqual([second]);
	expect(sandbox.counts()).toMatchObject({ requests: 2, failed: 1, records: 1 });
});

test('lists records in order of arrival, even if they are answered later', async () => {
	sandbox.misbehave({ when: { 'event.name': 'slow' }, do: { delayMs: 100 } });
	const slow = sendEvent('slow');
	while (sandbox.records().length === 0) await new Promise(setImmediate);
	await sendEvent('quick');
	await slow;
	expect(sandbox.records().map(({ name, request }) => [name, request])).toEqual([
		['slow', 0],
		['quick', 1],
	]);
});

test('tells connections apart and counts them', async () => {
	const connect = () => {
		const socket = createConnection(Number(new URL(sandbox.url).port), '127.0.0.1');
		const ask = async () => {
			socket.write('GET /suprsend/v1/user/ HTTP/1.1\r\nHost: localhost\r\n\r\n');
			await once(socket, 'data');
		};
		const close = async () => {
			socket.destroy();
			await once(socket, 'close');
		};
		return { ask, close };
	};
	const one = connect();
	const other = connect();
	await one.ask();
	await other.ask();
	await one.ask();
	const [a, b, c] = sandbox.requests().map(({ connection }) => connection);
	expect(a).toBe(c);
	expect(a).not.toBe(b);
	expect(sandbox.counts()).toMatchObject({ requests: 3, connections: 2 });
	expect(sandbox.counts('relationkit')).toMatchObject({ requests: 0, connections: 0 });
	await one.close();
	const third = connect();
	await third.ask();
	expect(sandbox.counts()).toMatchObject({ connections: 3, peakConnections: 2 });
	await other.close();
	await third.close();
});

test('counts the peak of unanswered requests per service', async () => {
	sandbox.misbehave({ times: 5, do: { delayMs: 60_000 } });
	const leaving = new AbortController();
	const waiting = Array.from({ length: 5 }, (_, n) => brokenBy(sendEvent(`event ${n}`, leaving.signal)));
	while (sandbox.peakInFlight() < 5) await new Promise(setImmediate);
	expect(sandbox.peakInFlight('relationkit')).toBe(5);
	expect(sandbox.peakInFlight('suprsend')).toBe(0);

	leaving.abort();
	await Promise.all(waiting);
	while (sandbox.requests().some(({ ending }) => ending === 'pending')) await new Promise(setImmediate);
	await sendEvent('alone');
	expect(sandbox.peakInFlight()).toBe(5);
});

test('counts sequential requests as one in flight', async () => {
	for (let n = 0; n < 50; n++) await sendEvent(`event ${n}`);
	expect(sandbox.peakInFlight()).toBe(1);
});

test('removes everything on reset, including running requests', async () => {
	const keyed = { distinct_id: 'u1', event: 'order', $idempotency_key: 'a' };
	const suprsend = () =>
		send(`${sandbox.baseUrl('suprsend')}/event/`, { body: keyed, headers: suprsendAuth });
	await suprsend();
	sandbox.misbehave({ do: { delayMs: 100 } });
	const underWay = sendEvent('late');
	while (sandbox.records().length < 2) await new Promise(setImmediate);
	sandbox.misbehave({ times: 'always', do: { status: 500 } });

	sandbox.reset();
	await underWay;
	expect([sandbox.requests(), sandbox.records()]).toEqual([[], []]);
	expect(sandbox.counts()).toEqual({
		requests: 0,
		failed: 0,
		records: 0,
		deduplicated: 0,
		dropped: 0,
		connections: 0,
		peakConnections: 0,
		peakInFlight: 0,
	});
	expect((await suprsend()).status).toBe(202);
	expect(sandbox.records()).toHaveLength(1);
});

test('closes connections at once and frees the port', async () => {
	const own = await startSandbox();
	own.misbehave({ do: { delayMs: 60_000 } });
	const hanging = send(`${own.baseUrl('relationkit')}/events`, { body: {}, headers: relationkitAuth });
	const outcome = expect(hanging).rejects.toThrow();
	while (own.requests().length === 0) await new Promise(setImmediate);
	await own.close();
	await outcome;
	const again = await startSandbox({ port: Number(new URL(own.url).port) });
	await expect(startSandbox({ port: Number(new URL(again.url).port) })).rejects.toThrow('EADDRINUSE');
	await again.close();
});
