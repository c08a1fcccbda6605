import type { HmacFormat } from '../../../nodes/shared/signatures';
import { hmacSchemes, presetOf, bodyOnly, now, signedAt, signHmac, verify } from './helpers';

const secret = 'hush-hush-hush-hush';
const body = '{"test": 2432232314}';

const accepting = (format: HmacFormat, ...secrets: string[]) =>
	({ scheme: 'hmac', format, secrets, toleranceSeconds: 300 }) as const;
const refusedAs = (code: string) => ({ ok: false, reason: { code, message: expect.stringMatching(/./) } });

/** From the sender's documentation, its own library or `openssl dgst -hmac`. */
const vectors = {
	/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation */
	github: {
		secret: "It's a Secret to Everybody",
		body: 'Hello, World!',
		headers: {
			'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
		},
	},
	/** `generateTestHeaderString` of stripe 23.1.0, with the body and the secret of its own tests */
	stripe: {
		secret: 'whsec_test_secret',
		body: '{\n  "id": "evt_test_webhook",\n  "object": "event"\n}',
		headers: {
			'stripe-signature': 't=1614265330,v1=af4ead0627a34a8cca29808e8de9ada8e41a92e6237c63cef6eacf51d36cca34',
		},
	},
	/** openssl */
	shopify: {
		secret,
		body,
		headers: { 'x-shopify-hmac-sha256': 'jmgxSurHPImAOWqTU3wqe2Lqpx2hdgkVcv4DrfNpaac=' },
	},
	/** openssl */
	customerIo: {
		secret,
		body,
		headers: {
			'x-cio-timestamp': '1614265330',
			'x-cio-signature': '8590d04d8383bf46c2bc25b1c633bceb70fb12b67e22f0884caff9a6846a31cc',
		},
	},
	/** https://github.com/hookdeck/outpost, internal/destregistry/providers/destwebhook/signature_test.go */
	outpost: {
		secret: 'test-secret',
		body: '1234567890.{"hello":"world"}',
		headers: {
			'x-outpost-signature': 'v0=7054f74dae9f73e82b56ca73e8f81450097c698eeda0b00bb8728e89796baf2d',
		},
	},
	/** openssl */
	woocommerce: {
		secret,
		body,
		headers: { 'x-wc-webhook-signature': 'jmgxSurHPImAOWqTU3wqe2Lqpx2hdgkVcv4DrfNpaac=' },
	},
	/** openssl */
	typeform: {
		secret,
		body,
		headers: { 'typeform-signature': 'sha256=jmgxSurHPImAOWqTU3wqe2Lqpx2hdgkVcv4DrfNpaac=' },
	},
	/** openssl */
	calendly: {
		secret,
		body,
		headers: {
			'calendly-webhook-signature':
				't=1614265330,v1=e701fd7b3c111598690020ed396f27a4d5660d4c4f6555d22e37de3b478c9e98',
		},
	},
	/** openssl */
	paddle: {
		secret,
		body,
		headers: {
			'paddle-signature': 'ts=1614265330;h1=5a2c1e54e8c9b93849dfe48a5b76673d7ed03c88a0a7e552166cb80d8764d176',
		},
	},
	/** openssl */
	intercom: {
		secret,
		body,
		headers: { 'x-hub-signature': 'sha1=1bcf965ada81c5f71c9377971a5c86904e3859f3' },
	},
	/** openssl */
	slack: {
		secret,
		body,
		headers: {
			'x-slack-request-timestamp': '1614265330',
			'x-slack-signature': 'v0=8590d04d8383bf46c2bc25b1c633bceb70fb12b67e22f0884caff9a6846a31cc',
		},
	},
	/** openssl */
	hubspot: {
		secret,
		body,
		method: 'POST',
		urls: () => ['https://elsewhere.example/1', 'https://n8n.example/webhook/1'],
		headers: {
			'x-hubspot-request-timestamp': '1614265330',
			'x-hubspot-signature-v3': 'qciDGjhpuuqdj10UI3PY48gDya7oM2TfK83Em/tnF+w=',
		},
	},
	/** openssl, as in Hookdeck's own tests: https://github.com/hookdeck/webhook-skills */
	hookdeck: {
		secret,
		body,
		headers: { 'x-hookdeck-signature': 'jmgxSurHPImAOWqTU3wqe2Lqpx2hdgkVcv4DrfNpaac=' },
	},
	/** openssl */
	webflow: {
		secret,
		body,
		headers: {
			'x-webflow-timestamp': '1614265330000',
			'x-webflow-signature': '636fb28e816ad22a7a110be4c10312c75991f0a2841337e57937b588f65428ec',
		},
	},
	/** https://www.twilio.com/docs/usage/webhooks/webhooks-security */
	twilio: {
		secret: '12345',
		body: 'Digits=1234&To=%2B18005551212&From=%2B12349013030&CallSid=CA1234567890ABCDE&Caller=%2B12349013030',
		urls: () => ['https://mycompany.com/myapp.php?foo=1&bar=2'],
		headers: {
			'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
			'x-twilio-signature': '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
		},
	},
};

test('every sender that signs with HMAC has a vector', () => {
	expect(Object.keys(vectors).sort()).toEqual([...hmacSchemes].sort());
});

describe('a signed URL', () => {
	test.each(['hubspot', 'twilio'] as const)('must be the one that was called: %s', (preset) => {
		const other = { ...vectors[preset], urls: () => ['https://n8n.example/webhook/2'] };
		expect(verify(accepting(presetOf(preset), other.secret), other)).toEqual(refusedAs('no_match'));
		const unknown = { ...vectors[preset], urls: undefined };
		expect(verify(accepting(presetOf(preset), unknown.secret), unknown)).toMatchObject({ ok: false });
	});
});

test('fields of a form are signed only in a form: other bodies would not be covered', () => {
	const { headers, ...vector } = vectors.twilio;
	for (const type of ['application/json', '']) {
		const request = { ...vector, headers: { ...headers, 'content-type': type } };
		expect(verify(accepting(presetOf('twilio'), vector.secret), request)).toEqual(refusedAs('no_match'));
	}
});

describe.each(Object.entries(vectors))('%s', (preset, vector) => {
	const format = presetOf(preset);
	const header = format.signatureHeader.toLowerCase();
	const headers: Record<string, string> = vector.headers;
	const signature = headers[header] ?? '';
	const post = (change: Partial<Parameters<typeof verify>[1]>, ...secrets: string[]) =>
		verify(accepting(format, ...(secrets.length === 0 ? [vector.secret] : secrets)), {
			...vector,
			...change,
		});

	test('accepts its test vector', () => {
		expect(post({})).toEqual({ ok: true, value: format.name });
	});

	test('accepts an old and a new secret', () => {
		expect(post({}, 'another', vector.secret)).toMatchObject({ ok: true });
		expect(post({}, vector.secret, 'another')).toMatchObject({ ok: true });
		expect(post({}, 'another')).toEqual(refusedAs('no_match'));
		expect(post({}, '')).toEqual(refusedAs('not_configured'));
	});

	test('refuses another body', () => {
		expect(post({ body: `${vector.body}\n` })).toEqual(refusedAs('no_match'));
		expect(post({ body: '' })).toEqual(refusedAs('no_match'));
	});

	const proofs = Object.keys(headers).filter((name) => name !== 'content-type');
	test.each(proofs)('refuses a request without %s or with two of them', (name) => {
		for (const value of [undefined, '', [signature], [signature, signature]]) {
			const headers = { ...vector.headers, [name]: value };
			expect(post({ headers })).toEqual(refusedAs('missing_header'));
		}
	});

	test('refuses another signature', () => {
		for (const wrong of [
			'.',
			'ff',
			signature.slice(0, -1),
			`${signature}0`,
			signature.replace(/\d(?=\D*$)/, 'x'),
		]) {
			expect(post({ headers: { ...vector.headers, [header]: wrong } })).toMatchObject({ ok: false });
		}
	});

	const timed = format.template.includes('{timestamp}');
	test.each([-301, -300, 300, 301])(
		`checks the time, if it is signed: %d seconds ago${timed ? '' : ', not signed'}`,
		(age) => {
			const inTime = !timed || Math.abs(age) <= 300;
			expect(post({ now: now + age * 1000 })).toMatchObject({ ok: inTime });
		},
	);
});

describe('a signature in capitals', () => {
	const upper = (text: string) => text.replace(/[0-9a-f]{64}/, (hex) => hex.toUpperCase());

	test.each(['github', 'stripe', 'customerIo', 'outpost'] as const)('is accepted in hex: %s', (preset) => {
		const { headers, ...rest } = vectors[preset];
		const inCapitals = Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name, upper(value)]),
		);
		const request = { ...rest, headers: inCapitals };
		expect(verify(accepting(presetOf(preset), rest.secret), request)).toMatchObject({ ok: true });
	});

	test('is refused in base64', () => {
		const signature = vectors.shopify.headers['x-shopify-hmac-sha256'];
		const request = { body, headers: { 'x-shopify-hmac-sha256': signature.toUpperCase() } };
		expect(verify(accepting(presetOf('shopify'), secret), request)).toEqual(refusedAs('no_match'));
	});
});

/** Rewritten from the tests of stripe-node, `Webhook.spec.ts`: https://github.com/stripe/stripe-node */
describe('Stripe-Signature', () => {
	const { secret: stripeSecret, body: event, headers } = vectors.stripe;
	const [time, signature] = (headers['stripe-signature'] as string).split(',') as [string, string];
	const post = (header: string | undefined, more = {}) =>
		verify(accepting(presetOf('stripe'), stripeSecret), {
			body: event,
			headers: { 'stripe-signature': header },
			...more,
		});

	test.each([
		['one of several signatures', `${time},${signature},v1=potato`],
		['one of several, in another order', `v1=potato,${signature},${time}`],
		['spaces between', `${time}, ${signature}`],
		['behind more signatures than half of what is read', `${time}, ${'v1=potato, '.repeat(15)}${signature}`],
		['a signature of the test scheme', `${time},${signature},v0=${'6f'.repeat(32)}`],
	])('is accepted with %s', (_, header) => {
		expect(post(header)).toEqual({ ok: true, value: 'stripe' });
	});

	test.each([
		['no such header', "I'm not even a real signature header", 'missing_header'],
		['no time', signature, 'missing_header'],
		['no signature', time, 'no_match'],
		['another scheme', `${time},${signature.replace('v1', 'v0')}`, 'no_match'],
		['a wrong signature', `${time},v1=bad_signature`, 'no_match'],
		['another time', `t=${signedAt - 1},${signature}`, 'no_match'],
		['a time that is none', `t=soon,${signature}`, 'timestamp_unreadable'],
	])('is refused with %s', (_, header, code) => {
		expect(post(header)).toEqual(refusedAs(code));
	});

	test('is refused outside the tolerance', () => {
		expect(post(`${time},${signature}`, { now: now + 301_000 })).toEqual(refusedAs('timestamp_too_old'));
		expect(post(`${time},${signature}`, { now: now - 301_000 })).toEqual(refusedAs('timestamp_too_new'));
	});
});

describe('Outpost, while a sender replaces its secret,', () => {
	const format = presetOf('outpost');
	const sign = (key: string) => signHmac('sha256', key, body).toString('hex');
	const headers = { 'x-outpost-signature': `v0=${sign('the new secret')},${sign('the old secret')}` };

	test.each(['the new secret', 'the old secret'])('accepts %s', (known) => {
		expect(verify(accepting(format, known), { body, headers })).toMatchObject({ ok: true });
	});
});

describe('other senders', () => {
	const key = 'a secret of theirs';
	const sign = (algorithm: string, message: string, encoding: 'hex' | 'base64' = 'hex') =>
		signHmac(algorithm, key, message).toString(encoding);

	test.each<[string, Partial<HmacFormat>, Record<string, string>]>([
		['SHA-1', { algorithm: 'sha1' }, { 'x-signature': sign('sha1', body) }],
		['SHA-512', { algorithm: 'sha512' }, { 'x-signature': sign('sha512', body) }],
		['Base64', { encoding: 'base64' }, { 'x-signature': sign('sha256', body, 'base64') }],
		[
			'Base64 with padding, behind a prefix',
			{ algorithm: 'sha1', encoding: 'base64', signaturePrefix: 'sha1=' },
			{ 'x-signature': `sha1=${sign('sha1', body, 'base64')}` },
		],
		[
			'a scheme in Authorization',
			{ signatureHeader: 'Authorization', signaturePrefix: 'HMAC' },
			{ authorization: `HMAC ${sign('sha256', body)}` },
		],
		[
			'an id and a time in ISO 8601, as Twitch sends them',
			{
				signaturePrefix: 'sha256=',
				template: '{id}{timestamp}{body}',
				idHeader: 'X-Id',
				timestampHeader: 'X-Time',
			},
			{
				'x-id': 'e76c6bd4-55c9-4987-8304-da1588d8988b',
				'x-time': '2021-02-25T15:02:10.123456789Z',
				'x-signature': `sha256=${sign('sha256', `e76c6bd4-55c9-4987-8304-da1588d8988b2021-02-25T15:02:10.123456789Z${body}`)}`,
			},
		],
		[
			'a time with a space in it, alone in its header',
			{ template: '{timestamp}.{body}', timestampHeader: 'X-Time' },
			{
				'x-time': '2021-02-25 15:02:10Z',
				'x-signature': sign('sha256', `2021-02-25 15:02:10Z.${body}`),
			},
		],
		[
			'milliseconds, and a semicolon between',
			{
				template: '{timestamp}:{body}',
				timestampHeader: 'X-Signature',
				timestampPrefix: 'ts=',
				signaturePrefix: 'h1=',
			},
			{ 'x-signature': `ts=${now};h1=${sign('sha256', `${now}:${body}`)}` },
		],
		[
			'the body twice, and words that mean something to JavaScript',
			{ template: 'constructor{body}__proto__{body}{other}' },
			{ 'x-signature': sign('sha256', `constructor${body}__proto__${body}{other}`) },
		],
		[
			'a time that is not signed',
			{ timestampHeader: 'X-Time' },
			{ 'x-time': '1', 'x-signature': sign('sha256', body) },
		],
	])('are accepted with %s', (_, changes, headers) => {
		const verification = accepting({ ...bodyOnly, ...changes }, key);
		expect(verify(verification, { body, headers })).toEqual({ ok: true, value: 'hmac' });
		expect(verify(verification, { body: `${body} `, headers })).toEqual(refusedAs('no_match'));
	});

	test.each<[string, Partial<HmacFormat>, string]>([
		['no body in what is signed', { template: '{timestamp}', timestampHeader: 'x-time' }, 'not_configured'],
		['nothing that is signed', { template: '' }, 'not_configured'],
		['a signed time, but no header for it', { template: '{timestamp}{body}' }, 'missing_header'],
		['a signed id, but no header for it', { template: '{id}{body}' }, 'missing_header'],
		['no header for the signature', { signatureHeader: '' }, 'missing_header'],
		['a header that every object has', { signatureHeader: '__proto__' }, 'missing_header'],
	])('are refused if the format has %s', (_, changes, code) => {
		const headers = { 'x-time': String(signedAt), 'x-signature': sign('sha256', body) };
		expect(verify(accepting({ ...bodyOnly, ...changes }, key), { body, headers })).toEqual(refusedAs(code));
	});
});
