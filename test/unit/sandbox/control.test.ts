import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { credentials, providerNames, type Sandbox, startSandbox } from '../../sandbox';
import { secrets } from '../../sandbox/credentials';
import { providers } from '../../sandbox/providers';
import { rehookAuth, relationkitAuth, send, suprsendAuth } from './http';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const control = (path: string, options?: Parameters<typeof send>[1]) =>
	send(`${sandbox.url}/sandbox${path}`, options);
const read = async (path: string): Promise<unknown> => JSON.parse((await control(path)).body);
const sendEvent = (name: string) =>
	send(`${sandbox.baseUrl('relationkit')}/events`, { body: { event: { name } }, headers: relationkitAuth });
const sendToSuprsend = (more: object = {}) =>
	send(`${sandbox.baseUrl('suprsend')}/event/`, {
		body: { distinct_id: 'u1', event: 'order', ...more },
		headers: suprsendAuth,
	});
const simonEvent = {
	...credentials.simondata,
	clientId: 'c1',
	sentAt: 1718000000000,
	type: 'track',
	event: 'page_view',
	context: {},
	properties: {},
	traits: { email: 'ada@example.test' },
};
const sendToSimon = (more: object = {}) =>
	send(`${sandbox.baseUrl('simondata')}/http/v1/collect`, { body: { ...simonEvent, ...more } });

describe('control over HTTP', () => {
	test('returns the same records and counts as the sandbox object', async () => {
		await sendEvent('first');
		await sendToSuprsend();
		expect(await read('/records')).toEqual(sandbox.records());
		expect(await read('/records?provider=suprsend&kind=event')).toEqual(sandbox.records('suprsend'));
		expect(await read('/records?kind=customer')).toEqual([]);
		expect(await read('/counts?provider=relationkit')).toEqual(sandbox.counts('relationkit'));
		expect(sandbox.counts('relationkit').records).toBe(1);
	});

	test('masks the authorization of requests in any form', async () => {
		await sendEvent('first');
		const headers = { authorization: 'Bearer a-real-one-by-mistake' };
		await send(`${sandbox.baseUrl('suprsend')}/event/`, { body: {}, headers });
		const requests = await read('/requests');
		expect(requests).toMatchObject([
			{ provider: 'relationkit', headers: { authorization: '•••' }, status: 200 },
			{ provider: 'suprsend', headers: { authorization: '•••' }, status: 401 },
		]);
		expect(JSON.stringify(requests)).not.toContain('a-real-one-by-mistake');
		expect(sandbox.requests()[0]?.headers.authorization).toBe(relationkitAuth.authorization);
	});

	test('returns dropped records with the reason', async () => {
		await sendToSimon({ event: 'unheard_of' });
		expect(await read('/dropped?provider=simondata')).toMatchObject([
			{ provider: 'simondata', name: 'unheard_of', reason: 'Unknown event type: collect.track' },
		]);
		expect(await read('/dropped?provider=suprsend')).toEqual([]);
	});

	test.each([
		['a good secret', credentials.simondata.partnerSecret, ''],
		['another’s secret', 'a-real-"one"-by-mistake', ''],
		['another’s secret in what is not JSON', 'a-real-one-by-mistake', ',,'],
	])('%s in a body is masked', async (_title, partnerSecret, spoiled) => {
		const body = JSON.stringify({ ...simonEvent, partnerSecret }) + spoiled;
		await send(`${sandbox.baseUrl('simondata')}/http/v1/collect`, { body });
		const page = await openPage(sandbox);
		const told = JSON.stringify((await page.next()).data);
		page.close();
		for (const text of [told, (await control('/requests')).body, (await control('/records')).body]) {
			expect(text).not.toMatch(/by-mistake|sandbox-simon-secret/);
		}
		expect(told).toContain('•••');
		expect(sandbox.requests()[0]?.rawBody).toBe(body);
	});

	test('masks HTTP Basic everywhere', async () => {
		const [, token = ''] = rehookAuth.authorization.split(' ');
		await sendEvent(`my key is ${token}`);
		expect((await control('/records')).body).toContain('my key is •••');
	});

	test('masks secrets everywhere', async () => {
		for (const secret of secrets) await sendEvent(`my key is ${secret}`);
		for (const path of ['/requests', '/records']) {
			const { body } = await control(path);
			expect(body).toContain('my key is •••');
			for (const secret of secrets) expect(body).not.toContain(secret);
		}
	});

	test('sets and removes faults', async () => {
		const fault = { times: 'always', do: { status: 503 } };
		expect((await control('/faults', { body: fault })).status).toBe(204);
		expect((await sendEvent('first')).status).toBe(503);
		expect((await control('/faults', { method: 'DELETE' })).status).toBe(204);
		expect((await sendEvent('second')).status).toBe(200);
	});

	test('removes everything on reset', async () => {
		await sendEvent('first');
		expect((await control('/reset', { method: 'POST' })).status).toBe(204);
		expect([sandbox.requests(), sandbox.records()]).toEqual([[], []]);
	});

	test('explains mistakes in requests', async () => {
		expect(await control('/records?provider=nobody')).toMatchObject({
			status: 400,
			body: expect.stringContaining('nobody'),
		});
		expect((await control('/faults', { body: { do: { nothing: true } } })).status).toBe(400);
		expect((await control('/faults', { body: '{"do":' })).status).toBe(400);
		expect((await control('/record')).status).toBe(404);
		expect((await send(`${sandbox.url}/nobody/event`)).status).toBe(404);
	});
});

interface LiveMessage {
	event: string;
	data: {
		hint?: string;
		providers?: unknown;
		counts: Record<string, object>;
		rows: Array<Record<string, unknown>>;
	};
}

/** Reads the page's stream, one message per call. */
async function openPage(from: Sandbox) {
	const hangUp = new AbortController();
	const { body, headers } = await fetch(`${from.url}/sandbox/live`, { signal: hangUp.signal });
	const chunks = body?.pipeThrough(new TextDecoderStream()).getReader();
	let text = '';
	const next = async (): Promise<LiveMessage> => {
		while (!text.includes('\n\n')) text += (await chunks?.read())?.value ?? '';
		const [first = '', ...rest] = text.split('\n\n');
		text = rest.join('\n\n');
		const [, event = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(first) ?? [];
		return { event, data: JSON.parse(data) as LiveMessage['data'] };
	};
	return { next, type: headers.get('content-type'), close: () => hangUp.abort() };
}

describe('a page elsewhere', () => {
	test.each([
		['a name of its own that leads here', { host: 'evil.example:4010' }],
		['another origin', { origin: 'https://evil.example' }],
		['no origin that it tells', { origin: 'null' }],
	])('with %s can neither read nor change anything', async (_, headers) => {
		await sendEvent('first');
		expect(await control('/reset', { method: 'POST', headers })).toMatchObject({ status: 403 });
		expect(await control('/records', { headers })).toMatchObject({ status: 403 });
		expect(await send(sandbox.url, { headers })).toMatchObject({ status: 403 });
		const url = `${sandbox.baseUrl('relationkit')}/events`;
		const body = { event: { name: 'second' } };
		expect(await send(url, { body, headers: { ...relationkitAuth, ...headers } })).toMatchObject({
			status: 403,
		});
		expect(sandbox.records()).toHaveLength(1);
	});

	test('is not the sandbox’s own page, under either name of this machine', async () => {
		const { port } = new URL(sandbox.url);
		for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
			const headers = { host, origin: `http://${host}` };
			expect(await control('/reset', { method: 'POST', headers })).toMatchObject({ status: 204 });
		}
	});
});

describe('the page', () => {
	test('is one file without external resources', async () => {
		const { status, headers, body } = await send(`${sandbox.url}/`);
		expect(status).toBe(200);
		expect(headers['content-type']).toBe('text/html; charset=utf-8');
		expect(body).toContain("new EventSource('/sandbox/live')");
		expect(body).not.toMatch(/(src|href)="(?!data:)|https?:|@import|url\(/);
	});

	test('gets earlier events first, then new ones', async () => {
		await sendEvent('before');
		const page = await openPage(sandbox);
		expect(page.type).toBe('text/event-stream');
		expect(await page.next()).toMatchObject({
			event: 'state',
			data: {
				hint: expect.stringContaining('Base URL'),
				providers: providerNames.map((name) => ({
					name,
					title: providers[name].title,
					baseUrl: sandbox.baseUrl(name),
				})),
				counts: { relationkit: { records: 1 }, suprsend: { records: 0 } },
				rows: [{ provider: 'relationkit', outcome: 'stored', kind: 'event', name: 'before' }],
			},
		});

		await sendToSuprsend({ $idempotency_key: 'a' });
		await sendToSuprsend({ $idempotency_key: 'a' });
		await sendToSuprsend({ event: 'x' });
		sandbox.misbehave({ do: { reset: 'after-storing' } });
		await expect(sendEvent('lost')).rejects.toThrow();
		await send(`${sandbox.baseUrl('suprsend')}/v1/user/`, { headers: suprsendAuth });
		await sendToSimon({ sentAt: 'now' });
		const rows: Array<Record<string, unknown>> = [];
		let counts = {};
		while (rows.length < 7) {
			const { event, data } = await page.next();
			expect(event).toBe('news');
			rows.push(...data.rows);
			counts = data.counts;
		}
		expect(rows).toMatchObject([
			{ outcome: 'stored', name: 'order', user: 'u1', json: expect.stringContaining('"event": "order"') },
			{ outcome: 'repeated', name: 'order' },
			{
				outcome: 'refused',
				kind: '400',
				name: 'POST /event/',
				answer: expect.stringContaining('length of 2'),
			},
			{ outcome: 'stored', name: 'lost' },
			{ outcome: 'refused', kind: 'connection reset', name: 'POST /api/v1/events' },
			{ outcome: 'answered', kind: '200', name: 'GET /v1/user/' },
			{ outcome: 'dropped', kind: 'event', name: 'page_view', reason: expect.stringContaining('sentAt') },
		]);
		expect(counts).toMatchObject({
			relationkit: { records: 2, failed: 1 },
			suprsend: { records: 1, deduplicated: 1, failed: 1 },
			simondata: { records: 0, dropped: 1, failed: 0 },
		});
		page.close();
	});

	test('shows the latest 500 lines, shortens long ones, and has exact counts', async () => {
		const events = Array.from({ length: 100 }, (_, n) => ({ distinct_id: `u${n}`, event: 'order' }));
		const page = await openPage(sandbox);
		await page.next();
		for (let n = 0; n < 12; n++) {
			await send(`${sandbox.baseUrl('suprsend')}/event/`, { body: events, headers: suprsendAuth });
		}
		await sendEvent('x'.repeat(50_000));
		const late = await openPage(sandbox);
		const { data } = await late.next();
		expect(data.counts).toMatchObject({ suprsend: { records: 1200 }, relationkit: { records: 1 } });
		expect(data.rows).toHaveLength(500);
		expect(String(data.rows[499]?.json).length).toBeLessThan(11_000);

		let last = 0;
		while (last < 1)
			last = (await page.next()).data.rows.filter((row) => row.provider === 'relationkit').length;
		expect(last).toBe(1);
		page.close();
		late.close();
	});

	test('starts anew after a reset', async () => {
		await sendEvent('first');
		const page = await openPage(sandbox);
		expect((await page.next()).data.rows).toHaveLength(1);
		sandbox.misbehave({ do: { delayMs: 50 } });
		sandbox.misbehave({ do: { status: 500 } });
		const underWay = sendEvent('forgotten');
		while (sandbox.requests().length < 2) await new Promise(setImmediate);
		sandbox.reset();
		let message = await page.next();
		while (message.event === 'news') message = await page.next();
		expect(message).toMatchObject({
			event: 'state',
			data: { rows: [], counts: { relationkit: { requests: 0 } } },
		});
		expect((await underWay).status).toBe(500);
		await sendEvent('second');
		expect((await page.next()).data.rows).toMatchObject([{ name: 'second' }]);
		page.close();
	});

	test('can ask for the made-up keys, by their labels in n8n', async () => {
		const { body } = await control('/keys');
		expect(JSON.parse(String(body))).toMatchObject({
			relationkit: { 'API Token': credentials.relationkit.apiToken },
			simondata: { 'Partner ID': expect.any(String), 'Partner Secret': expect.any(String) },
		});
		for (const [name, value] of [
			['host', 'example.com'],
			['origin', 'https://example.com'],
		] as const) {
			expect(await control('/keys', { headers: { [name]: value } })).toMatchObject({ status: 403 });
		}
	});

	test('never gets a secret in what it shows live', async () => {
		for (const secret of secrets) await sendEvent(`my key is ${secret}`);
		const page = await openPage(sandbox);
		const told = JSON.stringify((await page.next()).data);
		expect(told).toContain('my key is •••');
		for (const secret of secrets) expect(told).not.toContain(secret);
		page.close();
	});
});

test('replaces the page’s hint', async () => {
	const own = await startSandbox({ hint: 'Press “Test workflow”.' });
	const page = await openPage(own);
	expect((await page.next()).data.hint).toBe('Press “Test workflow”.');
	await own.close();
});

test('prints the URL and credentials and stops on a signal', async () => {
	const main = join(__dirname, '../../sandbox/main.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', main], { stdio: ['ignore', 'pipe', 'inherit'] });
	const exited = once(child, 'exit');
	let printed = '';
	const lastLine =
		Object.values(credentials)
			.flatMap((fields): string[] => Object.values(fields))
			.at(-1) ?? '';
	for await (const chunk of child.stdout) {
		printed += String(chunk);
		if (printed.includes(lastLine)) break;
	}
	for (const provider of providerNames) {
		expect(printed).toMatch(new RegExp(`baseUrl: http://127\\.0\\.0\\.1:\\d+/${provider}`));
		for (const value of Object.values(credentials[provider])) expect(printed).toContain(value);
	}
	const url = /http:\S+/.exec(printed)?.[0] ?? '';
	expect((await send(`${url}/sandbox/records`)).body).toBe('[]');

	await send(`${url}/sandbox/faults`, { body: { do: { delayMs: 60_000 } } });
	const hanging = expect(send(`${url}/suprsend/event/`, { body: {} })).rejects.toThrow();
	while ((await send(`${url}/sandbox/requests`)).body === '[]');
	child.kill('SIGTERM');
	await hanging;
	expect(await exited).toEqual([0, null]);
});
