import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { Trigger } from './trigger';

jest.setTimeout(600_000);

/** What n8n itself decides: which methods and paths reach the trigger, and what becomes of its reply. */

let n8n: RunningN8n;
let trigger: Trigger;
const secret = 'a-write-key-that-is-not-real';

beforeAll(async () => {
	n8n = await startN8n({ packages: [await packPackage()] });
	trigger = await Trigger.add(n8n, { credential: { scheme: 'writeKey', writeKeySecret: secret } });
});
afterAll(async () => await n8n?.stop());

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
