import fc from 'fast-check';
import { checkVerification, verifySender, type Verification } from '../../../nodes/shared/signatures';
import {
	bodyOnly,
	hmacPresets,
	newPrivateKey,
	publicKeyOf,
	signEd25519,
	signHmac,
	standardMessage,
} from './helpers';

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const json = fc.json({ maxDepth: 3 }).map((text) => Buffer.from(text));
const body = fc.oneof(bytes, json);
const now = fc.integer({ min: 1e12, max: 2e12 });
const key = fc.uint8Array({ minLength: 16, maxLength: 64 }).map((array) => Buffer.from(array));
const secret = fc.string({ minLength: 16, maxLength: 40 });
const anySecrets = fc.array(
	fc.oneof(
		fc.constant(''),
		secret,
		key.map((each) => `whsec_${each.toString('base64')}`),
		fc.string().map((text) => `whsec_${text}`),
		fc.string().map((text) => `whpk_${text}`),
		fc
			.uint8Array({ minLength: 32, maxLength: 32 })
			.map((array) => `whpk_${Buffer.from(array).toString('base64')}`),
	),
	{ maxLength: 3 },
);
const id = fc.stringMatching(/^[\w-]{1,40}$/);
const template = fc.oneof(
	fc.string(),
	fc.array(fc.constantFrom('{id}', '{timestamp}', '{body}', '.', ':', 'v0')).map((parts) => parts.join('')),
);

const anyVerification: fc.Arbitrary<Verification> = fc.oneof(
	fc.record({ scheme: fc.constant('write-key' as const), writeKeys: anySecrets }),
	fc.record({
		scheme: fc.constant('standard-webhooks' as const),
		secrets: anySecrets,
		toleranceSeconds: fc.double(),
	}),
	fc.record({ scheme: fc.constant('segment' as const), secrets: anySecrets }),
	fc.record({ scheme: fc.constant('header' as const), name: fc.string(), values: anySecrets }),
	fc.record({ scheme: fc.constant('basic' as const), user: fc.string(), passwords: anySecrets }),
	fc.record({
		scheme: fc.constant('hmac' as const),
		format: fc.oneof(
			fc.constantFrom(...hmacPresets),
			fc.record({
				name: fc.constant('hmac'),
				algorithm: fc.constantFrom('sha1' as const, 'sha256' as const, 'sha512' as const),
				encoding: fc.constantFrom('hex' as const, 'base64' as const),
				signatureHeader: fc.oneof(fc.string(), fc.constantFrom('x-signature', '__proto__')),
				signaturePrefix: fc.string(),
				template,
				idHeader: fc.oneof(fc.string(), fc.constant('webhook-id')),
				timestampHeader: fc.oneof(fc.string(), fc.constant('webhook-timestamp')),
				timestampPrefix: fc.string({ maxLength: 2 }),
			}),
		),
		secrets: anySecrets,
		toleranceSeconds: fc.double(),
	}),
);

const headerName = fc.oneof(
	fc.string(),
	fc.constantFrom(
		...['authorization', 'x-write-key', 'x-signature', 'x-segment-signature', '__proto__', 'constructor'],
		...['id', 'timestamp', 'signature'].flatMap((name) => [`webhook-${name}`, `svix-${name}`]),
		...hmacPresets.map(({ signatureHeader }) => signatureHeader.toLowerCase()),
	),
);
const headerText = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary', maxLength: 50 }),
	fc.constantFrom('Basic Og==', 'v1,', 'v1,=', 'v1a,AAAA', 't=1,v1=', 'sha256=', ','),
	fc.base64String().map((text) => `v1,${text} v1a,${text}`),
	now.map((time) => String(Math.floor(time / 1000))),
);
const headers = fc.dictionary(headerName, fc.oneof(headerText, fc.array(headerText), fc.constant(undefined)));

test('refuses any unsigned request without throwing', () => {
	fc.assert(
		fc.property(
			anyVerification,
			headers,
			body,
			now,
			fc.jsonValue(),
			(verification, sent, rawBody, at, parsed) => {
				const check = verifySender(
					{ headers: sent, rawBody, now: at, parseBody: () => parsed },
					verification,
				);
				expect(check).toMatchObject({ ok: false, reason: { message: expect.stringMatching(/./) } });
				expect(() => checkVerification(verification)).not.toThrow();
			},
		),
		{ numRuns: 2000 },
	);
});

/** A request of an honest sender. */
interface Signed {
	verification: Verification;
	headers: Record<string, string>;
	rawBody: Buffer;
	now: number;
	/** Headers that are completely signed. */
	exact: readonly string[];
}

const standard = fc.record({ id, key, rawBody: body, now, prefix: fc.constantFrom('webhook', 'svix') });

const signedStandard = standard.map(({ id, key, rawBody, now, prefix }): Signed => {
	const timestamp = String(Math.floor(now / 1000));
	const signature = signHmac('sha256', key, standardMessage(id, timestamp, rawBody)).toString('base64');
	return {
		verification: {
			scheme: 'standard-webhooks',
			secrets: [`whsec_${key.toString('base64')}`],
			toleranceSeconds: 300,
		},
		headers: {
			[`${prefix}-id`]: id,
			[`${prefix}-timestamp`]: timestamp,
			[`${prefix}-signature`]: `v1,${signature}`,
		},
		rawBody,
		now,
		exact: [`${prefix}-id`, `${prefix}-timestamp`, `${prefix}-signature`],
	};
});

const privateKey = newPrivateKey();
const signedAsymmetric = standard.map(({ id, rawBody, now, prefix }): Signed => {
	const timestamp = String(Math.floor(now / 1000));
	return {
		verification: {
			scheme: 'standard-webhooks',
			secrets: [publicKeyOf(privateKey)],
			toleranceSeconds: 300,
		},
		headers: {
			[`${prefix}-id`]: id,
			[`${prefix}-timestamp`]: timestamp,
			[`${prefix}-signature`]: signEd25519(privateKey, standardMessage(id, timestamp, rawBody)),
		},
		rawBody,
		now,
		exact: [`${prefix}-id`, `${prefix}-timestamp`],
	};
});

const signedSegment = fc
	.record({ secret, event: fc.dictionary(fc.string(), fc.jsonValue()), more: fc.array(fc.jsonValue()), now })
	.map(({ secret, event, more, now }): Signed => {
		const rawBody = Buffer.from(JSON.stringify([event, ...more]));
		return {
			verification: { scheme: 'segment', secrets: [secret] },
			headers: { 'x-signature': signHmac('sha1', secret, JSON.stringify(event)).toString('hex') },
			rawBody,
			now,
			exact: ['x-signature'],
		};
	});

const signedHmac = fc
	.record({
		secret,
		id,
		rawBody: body,
		now,
		algorithm: fc.constantFrom('sha1' as const, 'sha256' as const, 'sha512' as const),
		encoding: fc.constantFrom('hex' as const, 'base64' as const),
		prefix: fc.constantFrom('', 'sha256=', 'v1='),
	})
	.map(({ secret, id, rawBody, now, algorithm, encoding, prefix }): Signed => {
		const timestamp = String(now);
		const message = Buffer.concat([Buffer.from(`${id}|${timestamp}|`), rawBody, Buffer.from('|')]);
		return {
			verification: {
				scheme: 'hmac',
				format: {
					...bodyOnly,
					algorithm,
					encoding,
					signaturePrefix: prefix,
					template: '{id}|{timestamp}|{body}|',
					idHeader: 'x-id',
					timestampHeader: 'x-time',
				},
				secrets: ['another secret', secret],
				toleranceSeconds: 300,
			},
			headers: {
				'x-id': id,
				'x-time': timestamp,
				'x-signature': prefix + signHmac(algorithm, secret, message).toString(encoding),
			},
			rawBody,
			now,
			exact: ['x-id', 'x-time'],
		};
	});

describe.each([
	['Standard Webhooks', signedStandard],
	['Standard Webhooks with public keys', signedAsymmetric],
	['Segment', signedSegment],
	['Custom HMAC', signedHmac],
])('%s', (name, signed) => {
	test('accepts a signed request', () => {
		fc.assert(
			fc.property(signed, ({ verification, ...request }) => {
				expect(verifySender(request, verification)).toMatchObject({ ok: true });
			}),
		);
	});

	test('refuses another secret', () => {
		fc.assert(
			fc.property(signed, ({ verification, ...request }) => {
				const others = { ...verification, secrets: ['some other secret'] } as Verification;
				expect(verifySender(request, others)).toMatchObject({ ok: false });
			}),
		);
	});

	test('refuses a body with one bit flipped', () => {
		fc.assert(
			fc.property(signed, fc.nat(), ({ verification, ...request }, at) => {
				// Segment signs only the first event of a batch.
				const covered = name === 'Segment' ? firstEventOf(request.rawBody) : request.rawBody;
				fc.pre(covered.length > 0);
				const rawBody = flipped(
					request.rawBody,
					request.rawBody.indexOf(covered) * 8 + (at % (covered.length * 8)),
				);
				expect(verifySender({ ...request, rawBody }, verification)).toMatchObject({ ok: false });
			}),
		);
	});

	test('refuses a header with one bit flipped', () => {
		fc.assert(
			fc.property(signed, fc.nat(), fc.nat(), ({ verification, exact, ...request }, which, at) => {
				const header = exact[which % exact.length] as string;
				const value = Buffer.from(request.headers[header] as string);
				const changed = flipped(value, at % (value.length * 8)).toString('latin1');
				// Hex can be in either case.
				fc.pre(changed.toLowerCase() !== value.toString().toLowerCase());
				const headers = { ...request.headers, [header]: changed };
				expect(verifySender({ ...request, headers }, verification)).toMatchObject({ ok: false });
			}),
		);
	});
});

function firstEventOf(batch: Buffer): Buffer {
	return Buffer.from(JSON.stringify((JSON.parse(batch.toString()) as unknown[])[0]));
}

function flipped(buffer: Buffer, bit: number): Buffer {
	const copy = Buffer.from(buffer);
	copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return copy;
}
