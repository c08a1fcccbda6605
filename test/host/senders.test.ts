import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { CanonicalEvent } from '../../nodes/shared/event';
import { launchBrowser, serveSite, type Site } from './browser';
import { runProgram } from './clients';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { panelLines } from './panel';
import type { Browser, Page } from './playwright';
import { startRecorder, type Exchange, type Recorder } from './recorder';
import { Trigger, type TriggerSettings } from './trigger';
import { waitFor } from './wait';

jest.setTimeout(90_000);

const writeKey = 'conformance-write-key';
const withWriteKey = { scheme: 'writeKey', writeKeySecret: writeKey };

let n8n: RunningN8n;
let recorder: Recorder;

beforeAll(async () => {
	n8n = await startN8n({ packages: [await packPackage()] });
	recorder = await startRecorder(n8n.url);
});
afterAll(async () => {
	await recorder?.close();
	await n8n?.stop();
});

/** Adds a trigger that keeps events it has seen, so that a test notices if one arrives twice. */
async function addTrigger({ options, ...settings }: TriggerSettings): Promise<Trigger> {
	return await Trigger.add(n8n, { ...settings, options: { duplicates: 'keep', ...options } });
}

function exchangesOf({ path }: Trigger): Exchange[] {
	return recorder.exchanges.filter((exchange) => exchange.path.startsWith(path));
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Returns the number that each event carries. */
function numbersOf(events: CanonicalEvent[]): unknown[] {
	return events
		.map(({ properties, traits }) => Number(properties.index ?? traits.index))
		.sort((a, b) => a - b);
}

interface Sdk {
	name: string;
	/** Name of the lines in the trigger's panel. */
	setUpFor: string;
	/** The app's code after those lines. */
	send: (count: number) => string;
	format: string;
	types: string[];
	/** Headers of its requests. */
	headers: Record<string, string>;
}

/** Code that makes calls of every type for 20 users in turn. */
const segmentCalls = (client: string, count: number) => `
	for (let index = 0; index < ${count}; index++) {
		const userId = 'user-' + (index % 20);
		const marked = { index };
		if (index % 10 === 0) ${client}.identify({ userId, traits: marked });
		else if (index % 10 === 1) ${client}.page({ userId, name: 'Pricing', properties: marked });
		else if (index % 10 === 2) ${client}.group({ userId, groupId: 'acme', traits: marked });
		else ${client}.track({ userId, event: 'Step ' + index, properties: marked });
	}`;

const sdks: Sdk[] = [
	{
		name: '@segment/analytics-node',
		setUpFor: 'segmentNode',
		send: (count) => `${segmentCalls('analytics', count)}
			await analytics.closeAndFlush();`,
		format: 'segment-batch',
		types: ['group', 'identify', 'page', 'track'],
		headers: { 'content-type': 'application/json' },
	},
	{
		name: '@rudderstack/rudder-sdk-node',
		setUpFor: 'rudderstack',
		send: (count) => `${segmentCalls('client', count)}
			await client.flush();`,
		format: 'segment-batch',
		types: ['group', 'identify', 'page', 'track'],
		headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' },
	},
	{
		name: 'posthog-node',
		setUpFor: 'posthog',
		send: (count) => `
			for (let index = 0; index < ${count}; index++) {
				const distinctId = 'user-' + (index % 20);
				if (index % 10 === 0) client.identify({ distinctId, properties: { index } });
				else if (index % 10 === 1)
					client.groupIdentify({ groupType: 'company', groupKey: 'acme', distinctId, properties: { index } });
				else client.capture({ distinctId, event: 'Step ' + index, properties: { index } });
				if (index % 20 === 19) await client.flush();
			}
			await client.shutdown();`,
		format: 'posthog',
		types: ['group', 'identify', 'track'],
		headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
	},
];

describe.each(sdks)(
	'$name, set up by the lines in the panel',
	({ setUpFor, send, format, types, headers }) => {
		async function runApp(trigger: Trigger, count: number): Promise<void> {
			const setUp = await panelLines(n8n, setUpFor, recorder.url + trigger.path, writeKey);
			await runProgram(`${setUp}\n${send(count)}`);
		}

		test('delivers 100 events of every type once', async () => {
			const trigger = await addTrigger({ credential: withWriteKey });
			await runApp(trigger, 100);
			const { events, rejected } = await trigger.given();

			expect(rejected).toEqual([]);
			expect(numbersOf(events)).toEqual(numbers(100));
			expect([...new Set(events.map(({ type }) => type))].sort()).toEqual(types);
			expect(new Set(events.map(({ userId }) => userId)).size).toBe(20);
			expect(new Set(events.map(({ _meta }) => _meta.format))).toEqual(new Set([format]));
			for (const exchange of exchangesOf(trigger)) expect(exchange.headers).toMatchObject(headers);
		});

		test('delivers 40 events once at a limit of 10 per second, waiting as 429 says', async () => {
			const trigger = await addTrigger({ credential: withWriteKey, options: { eventsPerSecond: 10 } });
			await runApp(trigger, 40);
			const { events, rejected } = await trigger.given();

			expect(rejected).toEqual([]);
			expect(numbersOf(events)).toEqual(numbers(40));
			expectObedience(exchangesOf(trigger));
		});
	},
);

/** Expects that some batches were refused with a wait, and that each came again after it and was accepted. */
function expectObedience(exchanges: Exchange[]): void {
	const posts = exchanges.filter(({ method }) => method === 'POST');
	const told = posts.filter(({ status }) => status === 429);
	expect(told.length).toBeGreaterThan(0);
	for (const exchange of told) {
		const next = posts.find(
			({ at, ...later }) => at > exchange.at && numbersIn(later) === numbersIn(exchange),
		);
		const refusedAt = exchange.answeredAt ?? Infinity;
		// Segment's SDK forgets the wait when another batch is accepted after the refusal.
		const forgets = posts.some(
			({ status, answeredAt = 0 }) =>
				status === 200 && answeredAt >= refusedAt && answeredAt <= (next?.at ?? 0),
		);
		if (forgets) continue;
		const waitedMs = (next?.at ?? 0) - refusedAt;
		const askedForMs = Number(exchange.answerHeaders?.['retry-after']) * 1000;
		expect(waitedMs).toBeGreaterThan(askedForMs - timerToleranceMs);
	}
	const batches = new Map(posts.map((exchange) => [numbersIn(exchange), exchange.status]));
	expect(new Set(batches.values())).toEqual(new Set([200]));
}

/** Timers start when the answer is read and may fire a little early. */
const timerToleranceMs = 20;

/** Identifies a batch by its events, which stay the same when it is sent again. */
function numbersIn({ headers, body }: Pick<Exchange, 'headers' | 'body'>): string {
	const json = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
	return (json.toString().match(/"index":\d+/g) ?? []).join();
}

describe('@segment/analytics-next in a browser, set up by the lines in the panel', () => {
	let browser: Browser;
	let site: Site;
	let page: Page;
	const errors: string[] = [];
	const strangers = new Set<string>();

	beforeAll(async () => {
		browser = await launchBrowser();
		site = await serveSite();
		page = await browser.newPage();
		page.on('pageerror', (error) => errors.push(error.message));
		page.on('request', (request) => {
			const { protocol, hostname } = new URL(request.url());
			if (protocol.startsWith('http') && hostname !== '127.0.0.1') strangers.add(hostname);
		});
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});

	/** A page of another origin than n8n's. */
	async function visit(trigger: Trigger, count: number): Promise<void> {
		const lines = await panelLines(n8n, 'segmentBrowser', recorder.url + trigger.path, writeKey);
		await page.goto(site.origin);
		await page.evaluate(`(async () => {
			${asInThePage(lines)}
			${browserCalls(count)}
		})()`);
	}

	const asInThePage = (lines: string) =>
		lines.replace(/^import (\{.*\}) from ('.*');/m, 'const $1 = await import($2);');

	const browserCalls = (count: number) => `
		for (let index = 0; index < ${count}; index++) {
			if (index % 10 === 0) analytics.identify('user-' + index, { index });
			else if (index % 10 === 1) analytics.page('Pricing', { index });
			else if (index % 10 === 2) analytics.group('acme', { index });
			else analytics.track('Step ' + index, { index });
		}`;

	async function arrived(trigger: Trigger, count: number) {
		await waitFor(
			async () => exchangesOf(trigger).filter(({ status }) => status === 200).length >= count || undefined,
			{ what: `${count} requests to be answered 200`, timeoutMs: 30_000 },
		);
		return await trigger.given();
	}

	test('delivers 30 events from a page of another origin once', async () => {
		const trigger = await addTrigger({
			credential: withWriteKey,
			options: { allowedOrigins: `https://shop.example, ${site.origin}` },
		});
		await visit(trigger, 30);
		const { events, rejected } = await arrived(trigger, 30);

		expect(rejected).toEqual([]);
		expect(numbersOf(events)).toEqual(numbers(30));
		expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([
			'group',
			'identify',
			'page',
			'track',
		]);
		expect(exchangesOf(trigger).map(({ method }) => method)).toContain('OPTIONS');
		expect([...strangers]).toEqual([]);
		expect(errors).toEqual([]);
	});

	test('delivers 8 events once at a limit of 2 per second, waiting as 429 says', async () => {
		const trigger = await addTrigger({ credential: withWriteKey, options: { eventsPerSecond: 2 } });
		await visit(trigger, 8);
		const { events, rejected } = await arrived(trigger, 8);

		expect(rejected).toEqual([]);
		expect(numbersOf(events)).toEqual(numbers(8));
		expectObedience(exchangesOf(trigger));
	});

	test('refuses a page of an origin that is not allowed, without an execution or an answer that the page can read', async () => {
		const trigger = await addTrigger({ options: { allowedOrigins: 'https://shop.example' } });
		await page.goto(site.origin);
		const sent = page.evaluate(`fetch("${recorder.url}${trigger.path}", { method: 'POST', body: '{}' })`);

		await expect(sent).rejects.toThrow('Failed to fetch');
		expect(exchangesOf(trigger).map(({ status }) => status)).toEqual([403]);
		expect(await trigger.executionCount()).toBe(0);
	});
});

describe('cloudevents, set up by the lines in the panel', () => {
	const apiKey = 'conformance-header-value';
	const inHeader = { scheme: 'header', headerName: 'X-Api-Key', headerValueSecret: apiKey };

	const cloudEvents = `
		import { Mode } from 'cloudevents';
		const headers = { 'x-api-key': '${apiKey}' };
		const events = Array.from({ length: 10 }, (_, index) => new CloudEvent({
			id: 'ce-' + index,
			type: 'com.example.order',
			source: '/shop',
			subject: 'user-' + index,
			data: { index },
		}));
		const transport = httpTransport(URL);`;

	test.each([
		[
			'binary',
			'cloudevents-binary',
			10,
			'for (const event of events) await emitterFor(transport)(event, { headers });',
		],
		[
			'structured',
			'cloudevents-structured',
			10,
			`for (const event of events)
				await emitterFor(transport, { mode: Mode.STRUCTURED })(event, { headers });`,
		],
		[
			'batch',
			'cloudevents-batch',
			1,
			`const body = JSON.stringify(events);
			await transport({ headers: { 'content-type': 'application/cloudevents-batch+json' }, body }, { headers });`,
		],
	])('delivers 10 events in %s mode once', async (_, format, requests, send) => {
		const trigger = await addTrigger({ credential: inHeader });
		const url = recorder.url + trigger.path;
		const [imports = ''] = (await panelLines(n8n, 'cloudevents', url, '')).split('\n', 1);
		await runProgram(`${imports}\n${cloudEvents.replace('URL', JSON.stringify(url))}\n${send}`);
		const { events, rejected } = await trigger.given();

		expect(rejected).toEqual([]);
		expect(exchangesOf(trigger)).toHaveLength(requests);
		const sent = numbers(10).map((index) => ({
			type: 'track',
			event: 'com.example.order',
			messageId: `ce-${index}`,
			userId: `user-${index}`,
			properties: { index },
		}));
		const byId = [...events].sort((a, b) => a.messageId.localeCompare(b.messageId));
		expect(byId).toMatchObject(sent);
		expect(new Set(events.map(({ _meta }) => _meta.format))).toEqual(new Set([format]));
	});

	test('sends one event with the last line of the panel', async () => {
		const trigger = await addTrigger({});
		await runProgram(await panelLines(n8n, 'cloudevents', recorder.url + trigger.path, ''));

		expect(await trigger.given()).toMatchObject({
			events: [{ event: 'order.completed', userId: 'u1', properties: { total: 42 } }],
			rejected: [],
		});
	});
});

describe('signed webhooks', () => {
	const secret = `whsec_${Buffer.from('32 bytes that nobody can guess..').toString('base64')}`;
	const { publicKey, privateKey } = generateKeyPairSync('ed25519');
	const spki = publicKey.export({ type: 'spki', format: 'der' });
	const shownPublicKey = `whpk_${spki.subarray(-32).toString('base64')}`;

	/** A program that prints the signature that a library makes for a request. */
	const signWith = (library: string) => async (id: string, sentAt: Date, body: string) => {
		const program = `
			import { Webhook } from '${library}';
			const signature = new Webhook('${secret}').sign('${id}', new Date('${sentAt.toISOString()}'), ${JSON.stringify(body)});
			console.log(signature);`;
		return (await runProgram(program)).trim();
	};
	/** Signs as the specification says, because no library of Standard Webhooks for Node.js has this scheme. */
	const signWithEd25519 = async (id: string, sentAt: Date, body: string) => {
		const message = `${id}.${Math.floor(sentAt.getTime() / 1000)}.${body}`;
		return `v1a,${sign(null, Buffer.from(message), privateKey).toString('base64')}`;
	};

	test.each([
		['svix', 'svix', secret, signWith('svix')],
		['standardwebhooks', 'webhook', secret, signWith('standardwebhooks')],
		['Ed25519, as Standard Webhooks specifies it', 'webhook', shownPublicKey, signWithEd25519],
	])('%s: delivers the event once, even if it is sent again', async (_, prefix, signingSecret, signed) => {
		const trigger = await Trigger.add(n8n, {
			credential: { scheme: 'standardWebhooks', signingSecret },
			parameters: { paths: { userId: 'data.customer.id' } },
		});
		const id = `msg_${randomUUID()}`;
		const sentAt = new Date();
		const body = JSON.stringify({
			type: 'invoice.paid',
			timestamp: sentAt.toISOString(),
			data: { customer: { id: 'user-1' }, total: 42 },
		});
		const headers = {
			'content-type': 'application/json',
			[`${prefix}-id`]: id,
			[`${prefix}-timestamp`]: String(Math.floor(sentAt.getTime() / 1000)),
			[`${prefix}-signature`]: await signed(id, sentAt, body),
		};
		const post = async (changes = {}) => {
			const response = await fetch(trigger.url, { method: 'POST', headers, body, ...changes });
			return { status: response.status, body: (await response.json()) as unknown };
		};

		expect(await post()).toMatchObject({ status: 200, body: { accepted: 1 } });
		expect(await post()).toMatchObject({ status: 200, body: { accepted: 0, duplicates: 1 } });
		expect(await post({ body: body.replace('42', '43') })).toMatchObject({ status: 401 });
		const { events, rejected } = await trigger.given();
		expect(rejected).toEqual([]);
		expect(events).toMatchObject([
			{
				event: 'invoice.paid',
				userId: 'user-1',
				messageId: id,
				_meta: { format: 'standard-webhooks', verified: 'standard-webhooks' },
			},
		]);
	});
});
