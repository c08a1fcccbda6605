import { checkVerification } from '../../../nodes/shared/signatures';
import { hmacPresets } from './helpers';
import { bodyOnly } from './helpers';

const long = 'long enough not to be guessed';
const key24 = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const timed = { toleranceSeconds: 300 };
const standard = (...secrets: string[]) => ({ scheme: 'standard-webhooks', secrets, ...timed }) as const;
const custom = (changes: object) =>
	({ scheme: 'hmac', format: { ...bodyOnly, ...changes }, secrets: [long], ...timed }) as const;

test.each([
	{ scheme: 'write-key', writeKeys: [long] },
	{ scheme: 'segment', secrets: [long, long] },
	{ scheme: 'header', name: 'X-Hook-Key', values: [long] },
	{ scheme: 'basic', user: 'n8n', passwords: [long, 'schlüssel-für-alle'] },
	{ scheme: 'segment', secrets: ['schlüssel-für-alle', 'just-16-letters!'] },
	standard(`whsec_${key24}`),
	standard(key24, long, 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4='),
	...hmacPresets.map((format) => ({ scheme: 'hmac', format, secrets: [long], ...timed }) as const),
	custom({ template: '{timestamp}.{body}', timestampHeader: 'X-Time' }),
	custom({ template: '{id}.{body}', idHeader: 'X-Id' }),
] as const)('accepts %j', (verification) => {
	expect(checkVerification(verification)).toBeUndefined();
});

test.each([
	[{ scheme: 'write-key', writeKeys: [] }, 'Enter a write key'],
	[{ scheme: 'write-key', writeKeys: [long, 'short'] }, 'Use a write key of at least 16 characters'],
	[{ scheme: 'write-key', writeKeys: ['schlüssel-für-alle'] }, 'Use a write key with ASCII characters only'],
	[{ scheme: 'write-key', writeKeys: ['ü'] }, 'Use a write key of at least 16 characters'],
	[{ scheme: 'segment', secrets: [] }, 'Enter a signing secret'],
	[{ scheme: 'segment', secrets: ['abc123'] }, 'Use a signing secret of at least 16 characters'],
	[{ scheme: 'header', name: '', values: [long] }, "Enter the 'Header Name'"],
	[{ scheme: 'header', name: 'X Key', values: [long] }, "'Header Name' must be the name of a header"],
	[{ scheme: 'header', name: 'X-Key: abc', values: [long] }, "'Header Name' must be the name of a header"],
	[{ scheme: 'header', name: 'X-Key', values: [] }, 'Enter a header value'],
	[
		{ scheme: 'header', name: 'X-Key', values: [long, 'schlüssel-für-alle'] },
		'Use a header value with ASCII characters only',
	],
	[{ scheme: 'header', name: 'X-Key', values: ['two lines in\none value'] }, 'with ASCII characters only'],
	[{ scheme: 'basic', user: '', passwords: [long] }, 'Enter a user'],
	[{ scheme: 'basic', user: 'a:b', passwords: [long] }, 'Remove the colon'],
	[{ scheme: 'basic', user: 'n8n', passwords: ['short'] }, 'Use a password of at least 16 characters'],
	[standard(), 'Enter a signing secret'],
	[standard('whsec_'), 'Use a signing secret of at least 16 characters'],
	[standard(key24, 'whsec_this is not base64'), 'whsec_ must be followed by base64'],
	[standard('whsec_MfKQ9r8GKYqrTw=='), 'whsec_ must be followed by base64'],
	[standard(`whsec_${key24}!`), 'whsec_ must be followed by base64'],
	[standard(`whsec_!${key24}`), 'whsec_ must be followed by base64'],
	[standard(`whpk_${key24}`), 'whpk_ must be followed by 32 bytes'],
	[standard('whsk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4='), "the sender's private key (whsk_)"],
	[{ ...custom({}), secrets: [] }, 'Enter a signing secret'],
	[custom({ signatureHeader: '' }), "Enter the 'Signature Header'"],
	[custom({ signatureHeader: 'X-Signature:' }), "'Signature Header' must be the name of a header"],
	[custom({ template: '' }), "'Signed Text' must contain {body}"],
	[custom({ template: '{timestamp}.{body}' }), "Enter the 'Timestamp Header'"],
	[
		custom({ timestampHeader: 'X-Time' }),
		"'Timestamp Header' has no effect until 'Signed Text' contains {timestamp}",
	],
	[custom({ template: '{id}.{body}' }), "Enter the 'ID Header'"],
	[custom({ idHeader: 'X-Id' }), "'ID Header' has no effect until 'Signed Text' contains {id}"],
] as const)('finds the problem in %j', (verification, message) => {
	expect(checkVerification(verification)).toContain(message);
});

test('no message shows the secret', () => {
	for (const secret of ['whsec_hush hush hush', 'whpk_hush-hush-hush', 'whsk_hush-hush-hush', 'hush']) {
		expect(checkVerification(standard(secret))).not.toContain('hush');
	}
});
