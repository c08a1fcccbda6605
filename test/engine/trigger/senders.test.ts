import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { Trigger } from './trigger';

const event = { type: 'track', event: 'Order Completed', userId: 'u1' };
const body = JSON.stringify(event);
const secret = 'a-secret-that-is-not-real';
const now = () => String(Math.floor(Date.now() / 1000));
const basic = (credentials: string) => ({ authorization: `Basic ${btoa(credentials)}` });

type Sign = (key: string) => Record<string, string>;

const hmac = (
	key: string | Buffer,
	message: string,
	algorithm = 'sha256',
	encoding: 'hex' | 'base64' = 'hex',
) => createHmac(algorithm, key).update(message).digest(encoding);

/** Signs as Standard Webhooks does, under the names of another header family where a prefix is given. */
function signStandard(signature: (message: string) => string, prefix = 'webhook'): Record<string, string> {
	const timestamp = now();
	return {
		[`${prefix}-id`]: 'msg_1',
		[`${prefix}-timestamp`]: timestamp,
		[`${prefix}-signature`]: signature(`msg_1.${timestamp}.${body}`),
	};
}

const whsec = (key: string) => `whsec_${Buffer.from(key).toString('base64')}`;
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const whpk = `whpk_${Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')}`;

interface Scheme {
	title: string;
	/** What a user enters; `key` is the secret. */
	credential: (key: string) => ICredentialDataDecryptedObject;
	/** The headers of an honest sender. */
	headers: Sign;
	verified: string;
	/** Whether the proof covers the body. */
	signsBody: boolean;
}

const signing = (scheme: string, more: object = {}) => ({
	credential: (key: string) => ({ scheme, signingSecret: key, ...more }),
	signsBody: true,
});

const schemes: Scheme[] = [
	{
		title: 'Write Key as the user of Basic Auth',
		credential: (key) => ({ scheme: 'writeKey', writeKeySecret: key }),
		headers: (key) => basic(`${key}:`),
		verified: 'write-key',
		signsBody: false,
	},
	{
		title: 'Write Key in X-Write-Key, with the scheme never changed',
		credential: (key) => ({ writeKeySecret: key }),
		headers: (key) => ({ 'X-Write-Key': key }),
		verified: 'write-key',
		signsBody: false,
	},
	{
		title: 'Header',
		credential: (key) => ({ scheme: 'header', headerName: ' X-Key ', headerValueSecret: key }),
		headers: (key) => ({ 'X-Key': key }),
		verified: 'header',
		signsBody: false,
	},
	{
		title: 'Basic Auth',
		credential: (key) => ({ scheme: 'basicAuth', basicUser: 'n8n', basicPassword: key }),
		headers: (key) => basic(`n8n:${key}`),
		verified: 'basic',
		signsBody: false,
	},
	...['webhook', 'svix'].map((prefix) => ({
		title: `Standard Webhooks in ${prefix}-* headers`,
		credential: (key: string) => ({ scheme: 'standardWebhooks', signingSecret: whsec(key) }),
		headers: (key: string) =>
			signStandard((message) => `v1,${hmac(key, message, 'sha256', 'base64')}`, prefix),
		verified: 'standard-webhooks',
		signsBody: true,
	})),
	{
		...signing('segment'),
		title: 'Segment over the whole body',
		headers: (key) => ({ 'X-Segment-Signature': hmac(key, body, 'sha1') }),
		verified: 'segment',
	},
	{
		...signing('github'),
		title: 'GitHub',
		headers: (key) => ({ 'X-Hub-Signature-256': `sha256=${hmac(key, body)}` }),
		verified: 'github',
	},
	{
		...signing('stripe'),
		title: 'Stripe',
		headers: (key) => {
			const time = now();
			return { 'Stripe-Signature': `t=${time},v1=${hmac(key, `${time}.${body}`)}` };
		},
		verified: 'stripe',
	},
	{
		...signing('shopify'),
		title: 'Shopify',
		headers: (key) => ({ 'X-Shopify-Hmac-SHA256': hmac(key, body, 'sha256', 'base64') }),
		verified: 'shopify',
	},
	{
		...signing('customerIo'),
		title: 'Customer.io',
		headers: (key) => {
			const time = now();
			return { 'X-CIO-Timestamp': time, 'X-CIO-Signature': hmac(key, `v0:${time}:${body}`) };
		},
		verified: 'customer-io',
	},
	{
		...signing('outpost'),
		title: 'Hookdeck Outpost',
		headers: (key) => ({ 'X-Outpost-Signature': `v0=${hmac(key, body)}` }),
		verified: 'outpost',
	},
	...[
		{ title: 'the defaults: SHA-256 in hex', algorithm: 'sha256', encoding: 'hex' as const, chosen: {} },
		...['sha1', 'sha256', 'sha512'].flatMap((algorithm) =>
			(['hex', 'base64'] as const).map((encoding) => ({
				title: `${algorithm} in ${encoding}`,
				...{ algorithm, encoding },
				chosen: { hmacAlgorithm: algorithm, hmacEncoding: encoding },
			})),
		),
	].map(({ title, algorithm, encoding, chosen }) => ({
		...signing('customHmac', { signatureHeader: 'X-Signature', signedTemplate: '{body}', ...chosen }),
		title: `Custom HMAC with ${title}`,
		headers: (key: string) => ({ 'X-Signature': hmac(key, body, algorithm, encoding) }),
		verified: 'hmac',
	})),
	{
		...signing('customHmac', {
			signatureHeader: 'X-Signature',
			signaturePrefix: 'v9=',
			signedTemplate: '{id}/{timestamp}/{body}',
			timestampHeader: 'X-Time',
			timestampPrefix: 't=',
			idHeader: 'X-Id',
		}),
		title: 'Custom HMAC with every field',
		headers: (key) => {
			const time = now();
			return {
				...{ 'X-Id': 'i1', 'X-Time': `a=b,t=${time}` },
				'X-Signature': `v9=${hmac(key, `i1/${time}/${body}`)}`,
			};
		},
		verified: 'hmac',
	},
];

describe.each(schemes)('$title', ({ credential, headers, verified, signsBody }) => {
	const send = async (stored: ICredentialDataDecryptedObject, sent: Record<string, string>, content = body) =>
		await new Trigger({ credential: stored }).post(content, { headers: sent });

	test('accepts a sender with the secret, and says in the events how it proved itself', async () => {
		const reply = await send(credential(secret), headers(secret));

		expect(reply.status).toBe(200);
		expect(reply.events).toMatchObject([{ event: 'Order Completed', _meta: { verified } }]);
	});

	test('refuses a sender with another secret, and one without', async () => {
		const refused = { status: 401, runs: false };

		expect(await send(credential(secret), headers('another-secret-not-real'))).toMatchObject(refused);
		expect(await send(credential(secret), {})).toMatchObject(refused);
	});

	test('refuses a body that was changed on the way, if the body is signed', async () => {
		const changed = body.replace('u1', 'u2');

		expect((await send(credential(secret), headers(secret), changed)).status).toBe(signsBody ? 401 : 200);
	});

	test('accepts the old and the new secret while one replaces the other', async () => {
		const several = { ...credential(secret) };
		for (const [name, value] of Object.entries(several)) {
			const old = credential('the-old-secret-not-real')[name];
			if (old !== value) several[name] = ` ${String(old)} , ${String(value)} ,`;
		}

		expect((await send(several, headers(secret))).status).toBe(200);
		expect((await send(several, headers('the-old-secret-not-real'))).status).toBe(200);
		expect((await send(several, headers('some-other-secret-not-real'))).status).toBe(401);
	});

	test('refuses every request while the credential is empty', async () => {
		const { scheme } = credential('');
		const empty = { ...(scheme !== undefined && { scheme }) };

		expect((await send(empty, headers(''))).status).toBe(401);
	});
});

describe('Write Key in the body', () => {
	const credential = { scheme: 'writeKey', writeKeySecret: secret };
	const post = async (more: object, headers?: Record<string, string>) =>
		await new Trigger({ credential }).post(JSON.stringify({ ...event, ...more }), { headers });

	test.each(['writeKey', 'api_key'])('accepts it as %s, and keeps it out of the events', async (name) => {
		const reply = await post({ [name]: secret });

		expect(reply.events).toMatchObject([{ _meta: { verified: 'write-key' } }]);
		expect(JSON.stringify(reply.events)).not.toContain(secret);
	});

	test('accepts it in JSON that is labeled as text', async () => {
		expect((await post({ writeKey: secret }, { 'content-type': 'text/plain' })).status).toBe(200);
	});

	test('accepts it where posthog-js has it, alone and in a list', async () => {
		const received = { event: 'x', properties: { token: secret, distinct_id: 'u1' } };
		for (const sent of [received, [received]]) {
			const reply = await new Trigger({ credential }).post(sent);
			expect(reply.events).toMatchObject([{ userId: 'u1', _meta: { verified: 'write-key' } }]);
			expect(JSON.stringify(reply.events)).not.toContain(secret);
		}
	});

	test('refuses another key, and a body that is not JSON', async () => {
		expect((await post({ writeKey: 'another-key-not-real' })).status).toBe(401);
		const headers = { 'content-type': 'text/plain' };
		expect((await new Trigger({ credential }).post('{oops', { headers })).status).toBe(401);
	});
});

describe('Write Key in the URL', () => {
	const trigger = () => new Trigger({ credential: { scheme: 'writeKey', writeKeySecret: secret } });

	test('is accepted, as RudderStack\u2019s beacon sends it, and reaches no item', async () => {
		const headers = { 'content-type': 'text/plain' };
		const path = `/beacon/v1/batch?writeKey=${secret}`;
		const reply = await trigger().post(JSON.stringify({ batch: [event, { type: 'track' }] }), {
			path,
			headers,
		});

		expect(reply.events).toMatchObject([{ _meta: { verified: 'write-key' } }]);
		expect(JSON.stringify([reply.events, reply.rejected, reply.text])).not.toContain(secret);
	});

	test.each(['', '?writeKey=another-key-not-real', `?writekey=${secret}`, `?writeKey[]=${secret}`])(
		'is refused if it is wrong: %j',
		async (query) => {
			expect((await trigger().post(event, { path: `/beacon/v1/batch${query}` })).status).toBe(401);
		},
	);

	test('does not count for another scheme', async () => {
		const credential = { scheme: 'header', headerName: 'X-Key', headerValueSecret: secret };
		expect((await new Trigger({ credential }).post(event, { path: `?writeKey=${secret}` })).status).toBe(401);
	});
});

test.each([{ 'x-write-key': `web:${secret}` }, basic(`web:${secret}`), basic(`web:${secret}:`)])(
	'accepts a write key with a colon, as Jitsu wants it: %j',
	async (headers) => {
		const credential = { scheme: 'writeKey', writeKeySecret: `web:${secret}` };
		expect((await new Trigger({ credential }).post(event, { headers })).status).toBe(200);
	},
);

test('Segment accepts a signature over the first event of a batch', async () => {
	const trigger = new Trigger({ credential: { scheme: 'segment', signingSecret: secret } });
	const headers = { 'X-Signature': hmac(secret, body, 'sha1') };
	const reply = await trigger.post(`[${body},${JSON.stringify({ ...event, event: 'Added' })}]`, { headers });

	expect(reply.events).toMatchObject([
		{ _meta: { verified: 'segment-first-event' } },
		{ event: 'Added', _meta: { verified: 'segment-first-event' } },
	]);
});

describe('Standard Webhooks with a public key', () => {
	const post = async (signature: (message: string) => string, sent = body) => {
		const trigger = new Trigger({ credential: { scheme: 'standardWebhooks', signingSecret: whpk } });
		return (await trigger.post(sent, { headers: signStandard(signature) })).status;
	};
	const signed = (message: string) =>
		`v1a,${sign(null, Buffer.from(message), privateKey).toString('base64')}`;

	test('accepts what its private key signed, and nothing else', async () => {
		expect(await post(signed)).toBe(200);
		expect(await post((message) => signed(`${message} `))).toBe(401);
	});

	test('accepts one valid signature of several, as while the sender replaces its key', async () => {
		const other = generateKeyPairSync('ed25519').privateKey;
		const othersSignature = (message: string) =>
			`v1a,${sign(null, Buffer.from(message), other).toString('base64')}`;

		expect(await post((message) => `${othersSignature(message)} ${signed(message)}`)).toBe(200);
		expect(await post((message) => `${signed(message)} ${othersSignature(message)}`)).toBe(200);
		expect(await post((message) => `${othersSignature(message)} ${othersSignature(message)}`)).toBe(401);
	});
});

describe('Tolerance (Seconds)', () => {
	const stripe = (age: number, toleranceSeconds: number | undefined) => {
		const time = Math.floor(Date.now() / 1000) - age;
		const headers = { 'Stripe-Signature': `t=${time},v1=${hmac(secret, `${time}.${body}`)}` };
		const credential = {
			scheme: 'stripe',
			signingSecret: secret,
			toleranceSeconds: toleranceSeconds as number,
		};
		return new Trigger({ credential }).post(body, { headers });
	};

	test.each([
		[280, undefined, 200],
		[320, undefined, 401],
		[-280, undefined, 200],
		[-320, undefined, 401],
		[20, 10, 401],
		[900, 1_000, 200],
	])('a time signed %d s ago, with a tolerance of %j: status %d', async (age, tolerance, status) => {
		expect((await stripe(age, tolerance)).status).toBe(status);
	});
});

test('a scheme of a newer version refuses every request', async () => {
	const credential = { scheme: 'quantum', writeKeySecret: secret, signingSecret: secret };

	expect((await new Trigger({ credential }).post(body, { headers: basic(`${secret}:`) })).status).toBe(401);
});

test('Authentication: None accepts every sender, and says so in the events', async () => {
	const reply = await new Trigger().post(body);

	expect(reply.status).toBe(200);
	expect(reply.events).toMatchObject([{ _meta: { verified: false } }]);
});

test('ignores a sender that claims to be verified', async () => {
	const _meta = {
		...{ format: 'x', transport: 'webhook', batchIndex: 0, batchSize: 1, verified: 'github' },
		warnings: [],
	};
	const { events } = await new Trigger().post({ ...event, _meta });

	expect(events).toMatchObject([{ _meta: { verified: false, format: 'segment' } }]);
});
