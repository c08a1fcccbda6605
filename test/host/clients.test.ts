import { sdkPaths } from '../../nodes/shared/formats';
import { launchBrowser, serveSite, type Site } from './browser';
import { runProgram } from './clients';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import type { Browser, Page } from './playwright';
import { startRecorder, type Exchange, type Recorder } from './recorder';
import { Trigger } from './trigger';
import { waitFor } from './wait';

jest.setTimeout(90_000);

/** Clients with their default settings, each with 50 events: every event once, and every reply accepted as success. */

const count = 50;
/** Jitsu's keys have a colon. */
const writeKey = 'web:conformance-write-key';
const credential = { scheme: 'writeKey', writeKeySecret: writeKey };

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

const shownOf = ({ method, path, status }: Exchange) => `${method} ${path} ${status}`;

/** A trigger that keeps events it has seen, so that a test notices if one arrives twice. */
async function addTrigger(): Promise<Trigger> {
	return await Trigger.add(n8n, { credential, options: { duplicates: 'keep' } });
}

/** The requests with events. Others, such as PostHog's for feature flags, are for its service alone. */
function postsTo({ path }: Trigger): Exchange[] {
	const eventPaths = new Set(['', ...sdkPaths]);
	return recorder.exchanges.filter((exchange) => {
		const [called = ''] = exchange.path.split('?');
		const behind = called.slice(path.length).replace(/^\/|\/$/g, '');
		return exchange.method === 'POST' && called.startsWith(path) && eventPaths.has(behind);
	});
}

/** Expects that the events with a number have arrived once each, that nothing was rejected, and nothing refused. */
async function expectEachOnce(trigger: Trigger, format: string): Promise<void> {
	const { events, rejected } = await trigger.given();
	const numbers = events
		.map(({ properties }) => properties.index)
		.filter((index) => index !== undefined)
		.sort((a, b) => Number(a) - Number(b));

	expect(rejected).toEqual([]);
	expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index));
	expect(new Set(events.map(({ _meta }) => _meta.format))).toEqual(new Set([format]));
	const refused = postsTo(trigger).filter(({ status }) => status !== 200);
	expect(refused.map(shownOf)).toEqual([]);
}

describe('@amplitude/analytics-node', () => {
	test('delivers each event once, and gets the answer that it takes for success', async () => {
		const trigger = await addTrigger();
		const printed = await runProgram(`
			import { init, track, flush } from '@amplitude/analytics-node';
			await init('${writeKey}', { serverUrl: '${recorder.url + trigger.path}' }).promise;
			const sent = Array.from({ length: ${count} }, (_, index) =>
				track('Step ' + index, { index }, { user_id: 'user-' + (index % 5) }).promise);
			await flush().promise;
			const results = await Promise.all(sent);
			console.log(JSON.stringify([...new Set(results.map(({ code }) => code))]));`);

		expect(JSON.parse(printed.trim().split('\n').at(-1) ?? '')).toEqual([200]);
		await expectEachOnce(trigger, 'amplitude');
	});
});

describe('cloudevents, with a client that takes any body in the answer for a failure, as Knative does,', () => {
	const program = (url: string, send: string) => `
		import { CloudEvent, HTTP, emitterFor, Mode } from 'cloudevents';
		const post = async ({ headers, body }) => {
			const answer = await fetch('${url}', { method: 'POST', headers: { ...headers, 'x-write-key': '${writeKey}' }, body });
			const text = await answer.text();
			if (!answer.ok || text !== '') throw new Error(answer.status + ' ' + text);
		};
		const events = Array.from({ length: ${count} }, (_, index) => new CloudEvent({
			id: 'ce-' + index, type: 'com.example.step', source: '/shop', subject: 'user-' + index, data: { index },
		}));
		${send}`;

	test.each([
		[
			'binary',
			'cloudevents-binary',
			'for (const event of events) await emitterFor(post, { mode: Mode.BINARY })(event);',
		],
		[
			'structured',
			'cloudevents-structured',
			'for (const event of events) await emitterFor(post, { mode: Mode.STRUCTURED })(event);',
		],
		[
			'batch',
			'cloudevents-batch',
			`await post({ headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });`,
		],
	])('delivers each event once in %s mode', async (_, format, send) => {
		const trigger = await addTrigger();
		await runProgram(program(recorder.url + trigger.path, send));
		await expectEachOnce(trigger, format);
	});
});

describe('in a page of another origin,', () => {
	let browser: Browser;
	let site: Site;
	let page: Page;

	beforeAll(async () => {
		browser = await launchBrowser();
		site = await serveSite();
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});
	beforeEach(async () => {
		page = await browser.newPage();
		await page.goto(site.origin);
	});

	/** Waits until all numbered events are in requests that were answered. */
	async function arrived(trigger: Trigger): Promise<void> {
		await waitFor(
			async () => {
				await n8n.waitUntilIdle();
				const { events } = await trigger.given();
				return events.filter(({ properties }) => properties.index !== undefined).length >= count || undefined;
			},
			{
				what: () => `${count} events, after ${JSON.stringify(recorder.exchanges.map(shownOf).slice(-10))}`,
				timeoutMs: 60_000,
			},
		);
	}

	test.each([
		[
			'@jitsu/js',
			'segment',
			(url: string) => `
				const { jitsuAnalytics } = await import('/node_modules/@jitsu/js/dist/jitsu.es.js');
				const analytics = jitsuAnalytics({ host: '${url}', writeKey: '${writeKey}' });
				for (let index = 0; index < ${count}; index++) await analytics.track('Step ' + index, { index });`,
		],
		[
			'posthog-js',
			'posthog',
			(url: string) => `
				const { default: posthog } = await import('/node_modules/posthog-js/dist/module.js');
				// By default, it sends nothing from a browser that a program controls.
				posthog.init('${writeKey}', { api_host: '${url}', opt_out_useragent_filter: true });
				for (let index = 0; index < ${count}; index++) posthog.capture('Step ' + index, { index });`,
		],
		[
			'RudderStack JS with useBeacon',
			'segment-batch',
			(url: string) => `
				const { RudderAnalytics } = await import('/node_modules/@rudderstack/analytics-js/dist/npm/modern/bundled/esm/index.mjs');
				const analytics = new RudderAnalytics();
				analytics.load('${writeKey}', '${url}', {
					useBeacon: true,
					beaconQueueOptions: { flushQueueInterval: 500 },
					getSourceConfig: () => ({
						source: { id: 's', name: 's', writeKey: '${writeKey}', enabled: true, workspaceId: 'w', config: {}, destinations: [] },
					}),
				});
				for (let index = 0; index < ${count}; index++) analytics.track('Step ' + index, { index });`,
		],
	])('%s delivers each event once', async (_, format, send) => {
		const trigger = await addTrigger();
		await page.evaluate(`(async () => { ${send(recorder.url + trigger.path)} })()`);
		await arrived(trigger);
		await expectEachOnce(trigger, format);
	});
});
