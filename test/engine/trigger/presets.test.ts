import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { Trigger } from './trigger';

const secret = 'a-secret-that-is-not-real';
const hmac = (algorithm: string, message: string, encoding: 'hex' | 'base64') =>
	createHmac(algorithm, secret).update(message).digest(encoding);
const signedBy = (scheme: string, more: object = {}) =>
	new Trigger({ credential: { scheme, signingSecret: secret }, ...more });

describe('the scheme of a sender that is known', () => {
	const star = JSON.stringify({ action: 'created', sender: { id: 1 } });
	const githubHeaders = {
		'x-github-event': 'star',
		'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
		'x-hub-signature-256': `sha256=${hmac('sha256', star, 'hex')}`,
	};

	test('says where its events have their parts, without any path', async () => {
		const reply = await signedBy('github').post(star, { headers: githubHeaders });

		expect(reply.json()).toMatchObject({ format: 'github', detectedBy: 'the sender is GitHub' });
		expect(reply.events).toMatchObject([
			{
				...{ event: 'star.created', userId: '1', messageId: githubHeaders['x-github-delivery'] },
				_meta: { verified: 'github', format: 'github', webhookId: githubHeaders['x-github-delivery'] },
			},
		]);
	});

	test('recognizes a repetition by its ID', async () => {
		const trigger = signedBy('github');
		await trigger.post(star, { headers: githubHeaders });
		const again = await trigger.post(star, { headers: githubHeaders });

		expect(again.json()).toMatchObject({ accepted: 0, duplicates: 1 });
	});

	test('tells two topics of Shopify apart', async () => {
		const body = JSON.stringify({ id: 820982911946, customer: { id: 11531062 } });
		const headers = (topic: string) => ({
			'x-shopify-topic': topic,
			'x-shopify-event-id': 'e1',
			'x-shopify-hmac-sha256': hmac('sha256', body, 'base64'),
		});
		const trigger = signedBy('shopify');

		for (const topic of ['orders/paid', 'orders/cancelled']) {
			expect((await trigger.post(body, { headers: headers(topic) })).events).toMatchObject([
				{ event: topic, userId: '11531062', messageId: `e1:${topic}` },
			]);
		}
		const again = await trigger.post(body, { headers: headers('orders/paid') });
		expect(again.json()).toMatchObject({ accepted: 0, duplicates: 1 });
	});

	test('leaves the last word to Format and Paths', async () => {
		const post = async (parameters: object) =>
			(await signedBy('github', { parameters }).post(star, { headers: githubHeaders })).events;

		expect(await post({ paths: { event: 'action' } })).toMatchObject([{ event: 'created', userId: '1' }]);
		expect(await post({ format: 'generic', paths: { userId: 'sender.id' } })).toMatchObject([
			{ event: 'webhook_received', _meta: { format: 'generic' } },
		]);
	});
});

test('Format chooses a sender that proves itself in another way', async () => {
	const credential = { scheme: 'header', headerName: 'Authorization', headerValueSecret: `Bearer ${secret}` };
	const reply = await new Trigger({ credential, parameters: { format: 'braze' } }).post(
		{ events: [{ event_type: 'users.messages.email.Open', id: 'b1', user: { external_user_id: 'u1' } }] },
		{ headers: { authorization: `Bearer ${secret}` } },
	);

	expect(reply.events).toMatchObject([{ event: 'users.messages.email.Open', userId: 'u1', messageId: 'b1' }]);
});

test('Mailchimp has its write key in the URL and its event in a form', async () => {
	const trigger = new Trigger({
		credential: { scheme: 'writeKey', writeKeySecret: secret },
		parameters: { format: 'mailchimp' },
	});
	const body = 'type=subscribe&fired_at=2009-03-26+21%3A35%3A57&data%5Bemail%5D=ada%40example.com';
	const headers = { 'content-type': 'application/x-www-form-urlencoded' };
	const reply = await trigger.post(body, { path: `?writeKey=${secret}`, headers });

	expect(reply.events).toMatchObject([
		{ event: 'subscribe', userId: 'ada@example.com', timestamp: '2009-03-26T21:35:57.000Z' },
	]);
	expect((await trigger.post(body, { headers })).status).toBe(401);
});

describe('a sender that signs the URL', () => {
	const form = 'MessageStatus=delivered&To=%2B15558675310';
	const twilio = (url: string) => ({
		'content-type': 'application/x-www-form-urlencoded',
		'x-twilio-signature': hmac('sha1', `${url}MessageStatusdeliveredTo+15558675310`, 'base64'),
	});

	test('may have the one that n8n shows, with a query', async () => {
		const trigger = signedBy('twilio');
		const headers = twilio(`${trigger.url}?a=b`);

		expect((await trigger.post(form, { path: '?a=b', headers })).events).toMatchObject([
			{ event: 'delivered', userId: '+15558675310', _meta: { verified: 'twilio' } },
		]);
		expect((await trigger.post(form, { path: '?a=c', headers })).status).toBe(401);
	});

	test('may have the one that a proxy names', async () => {
		const trigger = signedBy('twilio');
		const url = trigger.url.replace('n8n.example', 'hooks.example');
		const proxy = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'hooks.example' };

		expect((await trigger.post(form, { headers: { ...twilio(url), ...proxy } })).status).toBe(200);
		expect((await trigger.post(form, { headers: twilio(url) })).status).toBe(401);
	});

	test('is accepted with the method and the body in the signature, as HubSpot does it', async () => {
		const body = JSON.stringify([{ eventId: 1, subscriptionType: 'contact.creation', objectId: 123 }]);
		const time = String(Date.now());
		const trigger = signedBy('hubspot');
		const headers = {
			'x-hubspot-request-timestamp': time,
			'x-hubspot-signature-v3': hmac('sha256', `POST${trigger.url}${body}${time}`, 'base64'),
		};

		expect((await trigger.post(body, { headers })).events).toMatchObject([
			{ event: 'contact.creation', userId: '123', messageId: '1:contact.creation:123' },
		]);
		expect((await trigger.post(body.replace('123', '124'), { headers })).status).toBe(401);
	});
});

test('SendGrid signs with a private key', async () => {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
	const trigger = new Trigger({ credential: { scheme: 'sendgrid', signingSecret: key } });
	const body = JSON.stringify([
		{ email: 'ada@example.com', event: 'open', sg_event_id: 's1', timestamp: 1735787045 },
	]);
	const time = String(Math.floor(Date.now() / 1000));
	const headers = {
		'x-twilio-email-event-webhook-timestamp': time,
		'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(time + body), privateKey).toString(
			'base64',
		),
	};

	expect((await trigger.post(body, { headers })).events).toMatchObject([
		{ event: 'open', userId: 'ada@example.com', messageId: 's1', _meta: { verified: 'sendgrid' } },
	]);
	expect((await trigger.post(`${body} `, { headers })).status).toBe(401);
});

test('Slack asks for its challenge, and only with its signature', async () => {
	const body = JSON.stringify({ token: 'legacy', challenge: 'abc', type: 'url_verification' });
	const time = String(Math.floor(Date.now() / 1000));
	const headers = {
		'x-slack-request-timestamp': time,
		'x-slack-signature': `v0=${hmac('sha256', `v0:${time}:${body}`, 'hex')}`,
	};

	expect((await signedBy('slack').post(body, { headers })).json()).toEqual({ challenge: 'abc' });
	expect((await signedBy('slack').post(body)).status).toBe(401);
});
