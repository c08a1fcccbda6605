import { secretsOf, type Verification } from '../../../nodes/shared/signatures';
import { readStandardSecret } from '../../../nodes/shared/signatures/standard-secret';
import { bodyOnly, now, presetOf, signedAt, verify } from './helpers';

const secrets = ['a secret that is not real'];
const timed = { secrets, toleranceSeconds: 300 };
const stripe: Verification = { scheme: 'hmac', format: presetOf('stripe'), ...timed };
const signed = (time: number) => ({ 'stripe-signature': `t=${time},v1=${'0'.repeat(64)}` });
const missing = (name: string) => `The header ${name} is missing, or the request contains it more than once.`;
const noMatch =
	"The signature doesn't match the secret: the sender uses a different secret, or the body was changed in transit.";
const unusable = 'The credential has no usable secret. Open the credential and click Retry to see why.';

describe('the message of a refusal', () => {
	test.each<[title: string, Verification, headers: Record<string, string>, message: string]>([
		['no signature of Segment', { scheme: 'segment', secrets }, {}, missing('X-Signature')],
		[
			'no user and password',
			{ scheme: 'basic', user: 'n8n', passwords: secrets },
			{},
			missing('Authorization with Basic'),
		],
		['no header', { scheme: 'header', name: 'X-Key', values: secrets }, {}, missing('X-Key')],
		['no webhook-id', { scheme: 'standard-webhooks', ...timed }, {}, missing('webhook-id')],
		[
			'no svix-timestamp',
			{ scheme: 'standard-webhooks', ...timed },
			{ 'svix-id': 'a' },
			missing('svix-timestamp'),
		],
		['another secret', { scheme: 'header', name: 'X-Key', values: secrets }, { 'x-key': 'b' }, noMatch],
		['an empty secret', { scheme: 'header', name: 'X-Key', values: [''] }, { 'x-key': 'b' }, unusable],
		[
			'no write key',
			{ scheme: 'write-key', writeKeys: secrets },
			{},
			'The request has no valid write key. Send it as the user name of Basic authentication, in the header X-Write-Key, or as "writeKey" in the body.',
		],
		[
			'a signed text without the body',
			{ scheme: 'hmac', format: { ...bodyOnly, template: '' }, ...timed },
			{},
			"Add {body} to 'Signed Text' in the credential.",
		],
		[
			'an old time',
			stripe,
			signed(signedAt - 301),
			'The signed time is 301 seconds in the past, and the limit is 300 seconds. The request was resent, or a clock is wrong.',
		],
		[
			'a time in the future',
			stripe,
			signed(signedAt + 400),
			'The signed time is 400 seconds in the future, and the limit is 300 seconds. A clock is wrong.',
		],
		[
			'an unreadable time',
			stripe,
			{ 'stripe-signature': 't=soon,v1=0' },
			'The signed time is neither epoch seconds nor ISO 8601.',
		],
	])('says what is wrong with %s', (_, verification, headers, message) => {
		expect(verify(verification, { headers, now })).toMatchObject({ ok: false, reason: { message } });
	});
});

test.each<[Verification, readonly string[]]>([
	[{ scheme: 'write-key', writeKeys: ['a', 'b'] }, ['a', 'b']],
	[{ scheme: 'header', name: 'X-Key', values: ['a'] }, ['a']],
	[{ scheme: 'basic', user: 'n8n', passwords: ['a'] }, ['a']],
	[{ scheme: 'segment', secrets: ['a'] }, ['a']],
	[stripe, secrets],
])('returns the secrets of %j', (verification, hidden) => {
	expect(secretsOf(verification)).toEqual(hidden);
});

test('reads keys of only one kind from a secret', () => {
	const base64 = Buffer.alloc(32, 7).toString('base64');

	expect(readStandardSecret(`whpk_${base64}`)).toMatchObject({
		hmacKeys: [],
		publicKeys: [{ type: 'public' }],
	});
	expect(readStandardSecret(`whsec_${base64}`)).toMatchObject({
		hmacKeys: [{ type: 'secret' }],
		publicKeys: [],
	});
	expect(readStandardSecret(`${base64}`)).toMatchObject({ hmacKeys: [{}, {}], publicKeys: [] });
});
