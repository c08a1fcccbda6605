import { Trigger } from './trigger';

const key = 'a-write-key-that-is-not-real';
const credential = { scheme: 'writeKey', writeKeySecret: `an-older-key-not-real, ${key}` };
const headers = { 'x-write-key': key };
const track = (more: object = {}) => ({ type: 'track', event: 'Order Completed', userId: 'u1', ...more });

test.each([
	[
		'events',
		track({ properties: { token: key, list: [`my ${key}!`], [key]: 1 } }),
		{ '•••': 1, token: '•••', list: ['my •••!'] },
	],
	[
		'escaped text',
		`{"type":"track","event":"x","userId":"u1","properties":{"a":"\\u0061${key.slice(1)}"}}`,
		{ a: '•••' },
	],
])('hides a write key in %s', async (_, body, properties) => {
	const { events } = await new Trigger({ credential }).post(body, { headers });

	expect(events).toMatchObject([{ properties }]);
	expect(JSON.stringify(events)).not.toContain(key);
});

test('hides a write key in rejects, in what a batch shares and in the id of the request', async () => {
	const body = { batch: [track(), { type: 'track', properties: { key } }], context: { key } };
	const reply = await new Trigger({ credential }).post(body, {
		headers: { ...headers, 'webhook-id': `id-${key}` },
	});

	expect(reply.events).toMatchObject([
		{ context: { key: '•••' }, messageId: 'id-•••:0', _meta: { webhookId: 'id-•••' } },
	]);
	expect(reply.rejected).toMatchObject([{ event: { properties: { key: '•••' } } }]);
	expect(reply.text + JSON.stringify([reply.events, reply.rejected])).not.toContain(key);
});

test('hides an older key of the credential, too', async () => {
	const { events } = await new Trigger({ credential }).post(
		track({ properties: { k: 'an-older-key-not-real' } }),
		{ headers },
	);

	expect(events).toMatchObject([{ properties: { k: '•••' } }]);
});

test.each([
	['a signing secret', { scheme: 'github', signingSecret: key }],
	['a header value', { scheme: 'header', headerName: 'x-write-key', headerValueSecret: key }],
	['a password', { scheme: 'basicAuth', basicUser: 'n8n', basicPassword: key }],
])('never repeats %s to a sender that it refuses', async (_, stored) => {
	for (const mode of ['webhook', 'manual'] as const) {
		const trigger = new Trigger({ credential: stored, mode });
		const reply = await trigger.post(track({ key }));

		expect(reply.status).toBe(401);
		expect(reply.text + JSON.stringify(trigger.logged)).not.toContain(key);
	}
});

test('hides the value of a header and a password in the events of their senders', async () => {
	const header = { scheme: 'header', headerName: 'x-write-key', headerValueSecret: key };
	const basic = { scheme: 'basicAuth', basicUser: 'n8n', basicPassword: key };
	const body = track({ properties: { key } });

	expect((await new Trigger({ credential: header }).post(body, { headers })).events).toMatchObject([
		{ properties: { key: '•••' } },
	]);
	const authorization = `Basic ${btoa(`n8n:${key}`)}`;
	expect(
		(await new Trigger({ credential: basic }).post(body, { headers: { authorization } })).events,
	).toMatchObject([{ properties: { key: '•••' } }]);
});

test('leaves events as they are without authentication', async () => {
	const { events } = await new Trigger().post(track({ properties: { key } }), { headers });

	expect(events).toMatchObject([{ properties: { key } }]);
});

test('keeps deep events out of the Events output, in full and without the key', async () => {
	const deep = (levels: number) =>
		`{"type":"track","userId":"u1","event":"x","properties":${'{"a":'.repeat(levels)}${JSON.stringify(`two\nlines ${key}`)}${'}'.repeat(levels)}}`;
	const reply = await new Trigger({ credential }).post(
		`[${JSON.stringify(track())},${deep(100)},${deep(5_000)}]`,
		{ headers },
	);

	expect(reply.json()).toMatchObject({
		accepted: 1,
		rejected: [
			{ index: 1, code: 'too_deep' },
			{ index: 2, code: 'too_deep' },
		],
	});
	expect(reply.rejected).toMatchObject([
		{ event: expect.stringContaining('lines •••') as string },
		{ event: expect.any(String) as string },
	]);
	expect(JSON.stringify(reply.rejected)).not.toContain(key);
});

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

test.each([
	[
		'an object nested 10,000 deep',
		'too_deep',
		`{"type":"track","userId":"u1","event":"x","properties":${nested(10_000)}}`,
	],
	['an object of no known format nested 80,000 deep', 'too_deep', nested(80_000)],
	['lists nested 250,000 deep', 'not_an_object', `{"batch":[${'['.repeat(250_000)}${']'.repeat(250_000)}]}`],
])('rejects %s as %s, and emits it as text', async (_, code, body) => {
	const reply = await new Trigger({ credential }).post(body, {
		headers: { ...headers, 'content-type': 'text/plain' },
	});

	expect(reply.json()).toMatchObject({ accepted: 0, rejected: [{ index: 0, code }] });
	expect(reply.events).toEqual([]);
	expect(reply.rejected).toMatchObject([{ index: 0, code, event: expect.any(String) as string }]);
});

test.each<[string, string, Record<string, string>]>([
	[
		'base64 of Google Pub/Sub',
		JSON.stringify({
			message: { data: btoa(JSON.stringify(track({ properties: { key } }))), messageId: 'm' },
			subscription: 's',
		}),
		{},
	],
	[
		'a form',
		`kind=x&userId=u1&a=${key.replace('a', '%61')}`,
		{ 'content-type': 'application/x-www-form-urlencoded' },
	],
	['text in text', JSON.stringify(JSON.stringify(track({ properties: { key } }))), {}],
	[
		'a number beside it that keeps its digits',
		`{"type":"track","event":"x","userId":820982911946154508,"properties":{"a":"${key}"}}`,
		{},
	],
])('hides a write key in %s', async (_, body, more) => {
	const { events } = await new Trigger({ credential }).post(body, { headers: { ...headers, ...more } });

	expect(events).toHaveLength(1);
	expect(JSON.stringify(events)).toContain('•••');
	expect(JSON.stringify(events)).not.toContain(key);
});

test('hides a write key in what paths find in headers', async () => {
	const paths = { event: 'header:x-topic', userId: 'header:x-write-key, id', messageId: 'header:x-id' };
	const trigger = new Trigger({ credential, parameters: { paths } });
	const { events } = await trigger.post(
		{ id: 1 },
		{ headers: { ...headers, 'x-topic': `t ${key}`, 'x-id': key } },
	);

	expect(events).toMatchObject([{ event: 't •••', userId: '1', messageId: '•••' }]);
});
