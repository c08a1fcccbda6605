import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { Trigger, type TriggerSettings } from './trigger';

jest.setTimeout(600_000);

/**
 * What n8n itself decides: which methods and paths reach the trigger, whether options reach it, and what n8n does with its
 * reply. `test/engine/trigger` tests the rest.
 */

const secret = 'a-write-key-that-is-not-real';

const track = (more: object = {}) => ({ type: 'track', event: 'Order Completed', userId: 'u1', ...more });

const unusable = [
	[{ ipAllowList: '10.0.0.0/99' }, "'10.0.0.0/99' isn't an IP address"],
	[{ allowedOrigins: 'shop.example' }, "'shop.example' is not a valid origin"],
] as const;

let n8n: RunningN8n;
/** n8n keeps trying to publish for half a minute before it gives up, so it starts before the other tests. */
let publishing: Array<Promise<unknown>>;

beforeAll(async () => {
	n8n = await startN8n({ packages: [await packPackage()] });
	publishing = unusable.map(([options]) => Trigger.add(n8n, { options }).catch((error: unknown) => error));
});
afterAll(async () => await n8n?.stop());

describe('methods, paths and replies', () => {
	let trigger: Trigger;

	beforeAll(async () => {
		trigger = await Trigger.add(n8n, { credential: { scheme: 'writeKey', writeKeySecret: secret } });
	});

	const request = async (path: string, init: RequestInit = {}) => {
		const response = await fetch(trigger.url + path, init);
		return { status: response.status, headers: response.headers, text: await response.text() };
	};

	test('GET and HEAD answer 200, with the challenge, and start no execution', async () => {
		expect(await request('')).toMatchObject({ status: 200, text: 'Ready to receive events with POST.' });
		expect(await request('', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
		const asked = await request('?hub.mode=subscribe&hub.challenge=12%3Cb%3E34');
		expect(asked).toMatchObject({ status: 200, text: '12<b>34' });
		expect(asked.headers.get('content-type')).toMatch('text/plain');
		expect(await trigger.executionCount()).toBe(0);
	});

	test.each([
		'/v1/import',
		'/v1/import/',
		'/import',
		'/api/s/track',
		'//v1/batch',
		'//batch/',
		'/beacon/v1/batch',
	])('%s is a path of the trigger, also for a web page that asks first', async (path) => {
		const origin = { origin: 'https://shop.example' };
		const preflight = { ...origin, 'access-control-request-method': 'POST' };
		expect((await request(path, { method: 'OPTIONS', headers: preflight })).status).toBe(204);
		const body = JSON.stringify({ type: 'track', event: path, userId: 'u1', writeKey: secret });
		const headers = { ...origin, 'content-type': 'text/plain' };
		expect(await request(path, { method: 'POST', headers, body })).toMatchObject({ status: 200 });
	});

	test('a key in the URL lets events in, and is nowhere in the execution', async () => {
		const body = JSON.stringify({ batch: [{ type: 'track', event: 'beacon', userId: 'u1' }] });
		const sent = await request(`/beacon/v1/batch?writeKey=${secret}`, { method: 'POST', body });
		expect(sent.status).toBe(200);
		const { events } = await trigger.given();
		expect(events.map(({ event }) => event)).toContain('beacon');
		expect(JSON.stringify(events)).not.toContain(secret);
	});

	test('a CloudEvent is answered with an empty body, and its execution starts', async () => {
		const headers = {
			'x-write-key': secret,
			'ce-specversion': '1.0',
			'ce-id': '1',
			'ce-source': '/',
			'ce-type': 'user.loggedin',
		};
		for (const more of [{ 'ce-subject': 'u1' }, { 'ce-subject': 'u2', 'ce-id': '2' }]) {
			expect(await request('', { method: 'POST', headers: { ...headers, ...more } })).toMatchObject({
				status: 200,
				text: '',
			});
		}
		const { events } = await trigger.given();
		expect(events.filter(({ event }) => event === 'user.loggedin')).toHaveLength(2);
	});

	test('a password that is missing is asked for', async () => {
		const { status, headers } = await request('', { method: 'POST', body: '{}' });
		expect([status, headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Customer Events"']);
	});
});

describe('options', () => {
	async function post(settings: TriggerSettings, body: unknown) {
		const trigger = await Trigger.add(n8n, settings);
		const response = await fetch(trigger.url, { method: 'POST', body: JSON.stringify(body) });
		return {
			trigger,
			status: response.status,
			type: response.headers.get('content-type'),
			text: await response.text(),
		};
	}

	test.each([
		['JSON', '{"ok": true}', '{"ok":true}', /^application\/json/],
		['text', 'Thank you <b>all</b>', 'Thank you <b>all</b>', /^text\/plain/],
	])('n8n sends the %s of Response Body and runs the workflow', async (_, responseBody, expected, type) => {
		const reply = await post({ options: { responseBody } }, [track(), { type: 'track' }]);

		expect(reply).toMatchObject({ status: 200, text: expected });
		expect(reply.type).toMatch(type);
		const { events, rejected } = await reply.trigger.given();
		expect([events.length, rejected.length]).toEqual([1, 1]);
	});

	test('n8n passes on options of every kind, and parameters outside of the options', async () => {
		const paths = { events: 'rows', event: 'what', userId: 'who.id' };
		const row = (what: string, id: number, more: object = {}) => ({ what, who: { id }, ...more });
		const options = { output: 'request', eventTypes: ['track'], eventNames: 'Paid, Left', maxEventSize: 1 };
		const { trigger, text } = await post(
			{ parameters: { format: 'generic', paths }, options },
			{
				rows: [row('Paid', 7), row('Asked', 8), row('Left', 9), row('Paid', 10, { text: 'x'.repeat(1_100) })],
			},
		);

		expect(JSON.parse(text)).toMatchObject({ accepted: 2, filtered: 1, format: 'generic' });
		const { events, rejected } = await trigger.given();
		expect(events).toMatchObject([
			{
				events: [
					{ event: 'Paid', userId: '7' },
					{ event: 'Left', userId: '9' },
				],
			},
		]);
		expect(rejected).toMatchObject([{ rejected: [{ index: 3, code: 'event_too_large' }] }]);
	});

	test('n8n starts no execution for a request whose events are all filtered', async () => {
		const { trigger, status } = await post({ options: { eventTypes: ['group'] } }, track());

		expect(status).toBe(200);
		expect(await trigger.executionCount()).toBe(0);
	});

	test('n8n does not publish a workflow whose trigger has an option that cannot be used, and says why', async () => {
		for (const [index, [, message]] of unusable.entries()) {
			expect(await publishing[index]).toMatchObject({ message: expect.stringContaining(message) as string });
		}
	});
});
