import { Trigger } from './trigger';

const secret = 'a-secret-that-is-not-real';
const credential = { scheme: 'writeKey', writeKeySecret: secret };
const key = { 'x-write-key': secret };

describe('a service that asks whether the URL is there', () => {
	test.each(['GET', 'HEAD'])('gets the status 200 for %s, and no execution starts', async (method) => {
		const reply = await new Trigger({ credential }).post('', { method });

		expect(reply).toMatchObject({ status: 200, runs: false });
		expect(reply.text).toBe(method === 'GET' ? 'Ready to receive events with POST.' : '');
	});

	test.each(['challenge', 'hub.challenge', 'validationToken'])('gets its %s back as text', async (name) => {
		const path = `?hub.mode=subscribe&${name}=${encodeURIComponent('<b>1234</b> é')}`;
		const reply = await new Trigger({ credential }).post('', { method: 'GET', path });

		expect(reply).toMatchObject({ status: 200, text: '<b>1234</b> é', runs: false });
		expect(reply.headers.get('content-type')).toBe('text/plain; charset=utf-8');
		expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
	});

	test.each([`?challenge=${'x'.repeat(2_001)}`, '?challenge=', '?other=1'])(
		'gets no text back that is no challenge',
		async (path) => {
			const reply = await new Trigger().post('', { method: 'GET', path });
			expect(reply.text).toBe('Ready to receive events with POST.');
		},
	);

	test.each(['?event=Order+Completed&userId=u1', '?data=eyJldmVudCI6IngifQ==', '?distinct_id=u1&writeKey=x'])(
		'is told that an event in the query is not accepted: %s',
		async (path) => {
			for (const method of ['GET', 'HEAD']) {
				const reply = await new Trigger({ credential }).post('', { method, path });
				expect(reply).toMatchObject({ status: 405, runs: false });
				expect(reply.headers.get('allow')).toBe('POST');
			}
			const reply = await new Trigger({ credential }).post('', { method: 'GET', path });
			expect(reply.json()).toMatchObject({ error: { code: 'method_not_allowed' } });
		},
	);

	test('can ask by POST without a body', async () => {
		const reply = await new Trigger({ credential }).post('', { path: '?validationToken=abc' });

		expect(reply).toMatchObject({ status: 200, text: 'abc', runs: false });
	});

	test('cannot hide events behind a challenge', async () => {
		const event = { type: 'track', event: 'e', userId: 'u1' };
		expect((await new Trigger().post(event, { path: '?challenge=abc' })).events).toHaveLength(1);
	});

	test('is refused at an address that is not allowed', async () => {
		const reply = await new Trigger({ options: { ipAllowList: '10.0.0.0/8' } }).post('', { method: 'GET' });
		expect(reply.status).toBe(403);
	});
});

describe("WooCommerce's ping, which it doesn't sign", () => {
	const wooCommerce = { scheme: 'woocommerce', signingSecret: secret };
	const form = { 'content-type': 'application/x-www-form-urlencoded' };

	test('gets the status 200, and no execution starts', async () => {
		for (const more of [{ credential: wooCommerce }, { credential }, {}]) {
			const reply = await new Trigger(more).post('webhook_id=7', { headers: form });
			expect(reply).toMatchObject({ status: 200, runs: false, text: 'Ready to receive events with POST.' });
		}
	});

	test.each(['webhook_id=7&user_id=1', 'webhook_id=', 'webhook_id=a', 'x=webhook_id=7'])(
		'is nothing else: %s',
		async (body) => {
			const reply = await new Trigger({ credential: wooCommerce }).post(body, { headers: form });
			expect(reply.status).toBe(401);
		},
	);

	test('is a form', async () => {
		const reply = await new Trigger({ credential: wooCommerce }).post('webhook_id=7', {
			headers: { 'content-type': 'text/plain' },
		});
		expect(reply.status).toBe(401);
	});
});

describe('a body that is a challenge', () => {
	const slack = { token: 'legacy', challenge: 'abc', type: 'url_verification' };

	test.each([[slack], [{ challenge: 'abc' }], [{ challenge: 'abc', type: 'url_verification' }]])(
		'is sent back to a sender that is verified: %j',
		async (body) => {
			const reply = await new Trigger({ credential }).post(body, { headers: key });

			expect(reply).toMatchObject({ status: 200, runs: false });
			expect(reply.json()).toEqual({ challenge: 'abc' });
		},
	);

	test('is not sent back to anybody else', async () => {
		expect((await new Trigger({ credential }).post(slack)).status).toBe(401);
	});

	test.each([
		[{ ...slack, event: 'paid' }],
		[{ ...slack, type: 'paid' }],
		[{ ...slack, challenge: 5 }],
		[{ ...slack, challenge: 'x'.repeat(2_001) }],
		[[slack]],
	])('is an event if it has anything else: %j', async (body) => {
		expect(await new Trigger().post(body)).toMatchObject({ runs: true });
	});
});
