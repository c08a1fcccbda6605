import {
	publicKeyOf,
	newPrivateKey,
	now,
	signedAt,
	signEd25519,
	signHmac,
	standardMessage,
	verify,
} from './helpers';

/**
 * Rewritten from the reference test suites:
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/webhook.test.ts
 * https://github.com/standard-webhooks/standard-webhooks/tree/main/libraries/go
 * https://github.com/svix/svix-webhooks/blob/main/javascript/src/webhook.test.ts
 * https://github.com/svix/svix-webhooks/blob/main/go/webhook_test.go
 */
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const body = '{"test": 2432232314}';
const secret = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const someoneElses = 'Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=';

const signature = (key: string | Buffer = Buffer.from(secret, 'base64'), timestamp = String(signedAt)) =>
	`v1,${signHmac('sha256', key, standardMessage(id, timestamp, body)).toString('base64')}`;

const accepting = (...secrets: string[]) =>
	({ scheme: 'standard-webhooks', secrets, toleranceSeconds: 300 }) as const;

const accepted = { ok: true, value: 'standard-webhooks' };
const refusedAs = (code: string) => ({ ok: false, reason: { code, message: expect.stringMatching(/./) } });

describe.each(['webhook', 'svix'])('with the headers %s-*', (prefix) => {
	const headers = (changes: Record<string, string | string[] | undefined> = {}) => {
		const whole = { id, timestamp: String(signedAt), signature: signature(), ...changes };
		return Object.fromEntries(Object.entries(whole).map(([name, value]) => [`${prefix}-${name}`, value]));
	};

	test('accepts a valid signature', () => {
		expect(verify(accepting(secret), { body, headers: headers() })).toEqual(accepted);
	});

	test.each(['id', 'timestamp', 'signature'])('refuses a request without %s', (name) => {
		for (const value of [undefined, '', ['a', 'b']]) {
			const request = { body, headers: headers({ [name]: value }) };
			expect(verify(accepting(secret), request)).toEqual(refusedAs('missing_header'));
		}
	});

	test.each(['hello', '-1', '1e9', '0x6037bf72', 'NaN', '1614265330abc', '9'.repeat(400), '16:14'])(
		'refuses the unreadable time %s',
		(timestamp) => {
			const signed = headers({ timestamp, signature: signature(undefined, timestamp) });
			expect(verify(accepting(secret), { body, headers: signed })).toEqual(refusedAs('timestamp_unreadable'));
		},
	);

	test.each([
		['of no one', 'v1,dawfeoifkpqwoekfpqoekf'],
		['of someone else', `v1,${someoneElses}`],
		['cut off', signature().slice(0, 8)],
		['without its last sign', signature().slice(0, -1)],
		['with a sign too many', `${signature()}=`],
		['empty', 'v1,'],
		['without a version', signature().slice('v1,'.length)],
		['of another version', signature().replace('v1', 'v2')],
		['marked as asymmetric', signature().replace('v1', 'v1a')],
		['in another case', signature().toLowerCase()],
	])('refuses a signature %s', (_, wrong) => {
		const request = { body, headers: headers({ signature: wrong }) };
		expect(verify(accepting(secret), request)).toEqual(refusedAs('no_match'));
	});

	test.each([
		[-301, 'timestamp_too_new'],
		[-300, undefined],
		[-299, undefined],
		[0, undefined],
		[299, undefined],
		[300, undefined],
		[301, 'timestamp_too_old'],
	])('checks the time: %d seconds ago', (age, code) => {
		for (const fraction of [0, 999]) {
			const request = { body, headers: headers(), now: now + age * 1000 + fraction };
			expect(verify(accepting(secret), request)).toEqual(code === undefined ? accepted : refusedAs(code));
		}
	});

	test('has the tolerance in the credential', () => {
		const late = { body, headers: headers(), now: now + 11_000 };
		const allowing = (toleranceSeconds: number) => ({ ...accepting(secret), toleranceSeconds });
		expect(verify(allowing(10), late)).toEqual(refusedAs('timestamp_too_old'));
		expect(verify(allowing(11), late)).toEqual(accepted);
		expect(verify(allowing(NaN), late)).toEqual(refusedAs('timestamp_too_old'));
	});

	test.each([-301, 0, 301])('accepts any time with an infinite tolerance: %d seconds ago', (age) => {
		const patient = { ...accepting(secret), toleranceSeconds: Infinity };
		const request = { body, headers: headers(), now: now + age * 1000 };
		expect(verify(patient, request)).toEqual(accepted);
		const changed = { ...request, headers: headers({ timestamp: '946684800' }) };
		expect(verify(patient, changed)).toEqual(refusedAs('no_match'));
	});

	test('accepts one valid signature of several', () => {
		const several = [`v1,${someoneElses}`, `v2,${someoneElses}`, signature(), `v1,${someoneElses}`].join(' ');
		expect(verify(accepting(secret), { body, headers: headers({ signature: several }) })).toEqual(accepted);
	});

	test('refuses a valid signature after more than a sender can have', () => {
		const several = `${`v1,${someoneElses} `.repeat(20)}${signature()}`;
		const request = { body, headers: headers({ signature: several }) };
		expect(verify(accepting(secret), request)).toEqual(refusedAs('no_match'));
	});

	test.each([
		['another id', { headers: headers({ id: 'msg_other' }) }],
		['another time', { headers: headers({ timestamp: String(signedAt + 1) }) }],
		['another body', { body: '{"test": 2432232315}' }],
		['no body', { body: '' }],
	])('refuses a signature for %s', (_, change) => {
		expect(verify(accepting(secret), { body, headers: headers(), ...change })).toEqual(refusedAs('no_match'));
	});
});

test('accepts the test vector of the sign function', () => {
	expect(signature()).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

describe('the ID of the request is the signed one', () => {
	const svix = { 'svix-id': id, 'svix-timestamp': String(signedAt), 'svix-signature': signature() };

	test('and no other ID can be added', () => {
		const request = { body, headers: { ...svix, 'webhook-id': 'msg_forged' } };
		expect(verify(accepting(secret), request)).toEqual(refusedAs('missing_header'));
	});

	test('and headers of both kinds are accepted', () => {
		const webhook = Object.entries(svix).map(([name, value]) => [name.replace('svix', 'webhook'), value]);
		const request = { body, headers: { ...svix, ...Object.fromEntries(webhook) } };
		expect(verify(accepting(secret), request)).toEqual(accepted);
	});
});

describe('secrets', () => {
	const headers = { 'webhook-id': id, 'webhook-timestamp': String(signedAt) };
	const signedWith = (key: string | Buffer) => ({ ...headers, 'webhook-signature': signature(key) });

	test('are accepted with and without whsec_', () => {
		const request = { body, headers: signedWith(Buffer.from(secret, 'base64')) };
		expect(verify(accepting(secret), request)).toEqual(accepted);
		expect(verify(accepting(`whsec_${secret}`), request)).toEqual(accepted);
	});

	test('are accepted without padding', () => {
		const request = { body, headers: signedWith(Buffer.alloc(25, 1)) };
		const padded = Buffer.alloc(25, 1).toString('base64');
		expect(verify(accepting(`whsec_${padded}`), request)).toEqual(accepted);
		expect(verify(accepting(`whsec_${padded.replace(/=/g, '')}`), request)).toEqual(accepted);
	});

	test.each(['a plain text, not base64', secret])('are accepted as plain text: %s', (raw) => {
		expect(verify(accepting(raw), { body, headers: signedWith(raw) })).toEqual(accepted);
	});

	test('with whsec_ are never plain text', () => {
		const request = { body, headers: signedWith(`whsec_${secret}`) };
		expect(verify(accepting(`whsec_${secret}`), request)).toEqual(refusedAs('no_match'));
	});

	test.each([0, 1, 2])('are all accepted: number %d signs', (position) => {
		const keys = [1, 2, 3].map((byte) => Buffer.alloc(24, byte));
		const secrets = keys.map((key) => `whsec_${key.toString('base64')}`);
		const request = { body, headers: signedWith(keys[position] as Buffer) };
		expect(verify(accepting(...secrets), request)).toEqual(accepted);
	});

	test.each([
		[''],
		['whsec_'],
		['whsec_not base64!'],
		['whsec_AAAA'],
		['whpk_'],
		[`whpk_${secret}`],
		[`whsk_${secret}`],
	])('%j accepts no signature', (broken) => {
		const key = Buffer.from(broken.replace(/^wh\w+?_/, ''), 'base64');
		for (const guess of [key, broken, Buffer.alloc(0)]) {
			const request = { body, headers: signedWith(guess) };
			expect(verify(accepting(broken), request)).toEqual(refusedAs('not_configured'));
		}
	});

	test('an empty list accepts no signature', () => {
		expect(verify(accepting(), { body, headers: signedWith('') })).toEqual(refusedAs('not_configured'));
	});
});

describe('public keys', () => {
	const headers = { 'webhook-id': id, 'webhook-timestamp': String(signedAt) };
	const signedBy = (...signatures: string[]) => ({ ...headers, 'webhook-signature': signatures.join(' ') });

	/**
	 * From Svix's server (`test_asymmetric_key_signing`) and the Go library (`TestAsymmetricWebhookSign`), with the public
	 * keys that belong to their private keys.
	 */
	const vectors = [
		[
			'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=',
			'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
		],
		[
			'whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=',
			'v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==',
		],
	] as const;
	const [[publicKey, ofSvix], [otherKey, ofGo]] = vectors;

	test.each(vectors)('%s accepts its test vector', (key, made) => {
		expect(verify(accepting(key), { body, headers: signedBy(made) })).toEqual(accepted);
	});

	test.each([
		['of another key', ofGo],
		['marked as symmetric', ofSvix.replace('v1a', 'v1')],
		['cut off', ofSvix.slice(0, 40)],
		['of a secret', `v1a,${someoneElses}`],
		['empty', 'v1a,'],
	])('refuse a signature %s', (_, wrong) => {
		expect(verify(accepting(publicKey), { body, headers: signedBy(wrong) })).toEqual(refusedAs('no_match'));
	});

	test('refuse a signature for another body', () => {
		const request = { body: `${body} `, headers: signedBy(ofSvix) };
		expect(verify(accepting(publicKey), request)).toEqual(refusedAs('no_match'));
	});

	test.each([
		['first', [ofSvix, ofGo]],
		['last', [ofGo, ofSvix]],
	])('accept one valid signature of two, the %s', (_, several) => {
		expect(verify(accepting(publicKey), { body, headers: signedBy(...several) })).toEqual(accepted);
	});

	test('refuse an old signature', () => {
		const request = { body, headers: signedBy(ofSvix), now: now + 301_000 };
		expect(verify(accepting(publicKey), request)).toEqual(refusedAs('timestamp_too_old'));
	});

	test('are accepted next to secrets while one replaces the other', () => {
		for (const made of [ofSvix, ofGo, signature()]) {
			const several = signedBy(`v1,${someoneElses}`, made);
			expect(verify(accepting(otherKey, secret, publicKey), { body, headers: several })).toEqual(accepted);
		}
	});

	test('refuse a signature made with the public key as a secret', () => {
		for (const key of [publicKey, Buffer.from(publicKey.slice('whpk_'.length), 'base64')]) {
			const request = { body, headers: signedBy(signature(key)) };
			expect(verify(accepting(publicKey), request)).toEqual(refusedAs('no_match'));
		}
	});

	test('accept a signature of a new key pair', () => {
		const privateKey = newPrivateKey();
		const made = signEd25519(privateKey, standardMessage(id, String(signedAt), body));
		expect(verify(accepting(publicKeyOf(privateKey)), { body, headers: signedBy(made) })).toEqual(accepted);
	});
});
