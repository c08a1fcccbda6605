import { NodeApiError } from 'n8n-workflow';
import { findSecrets } from '../secret-scan';
import { nodeUnderTest } from './harness/run-node';

/** The search that runs after other tests must find a secret wherever it is. */
const secret = 'canary/key+with=odd "chars"';
const node = nodeUnderTest({ node: 'suprSend', parameters: {}, credentials: {} });
const hidden = Object.defineProperty(new Error('hidden'), 'config', {
	value: { key: secret },
	enumerable: false,
});

class WithGetter {
	get key() {
		return `key: ${secret}`;
	}
}

test.each<[string, unknown]>([
	['in an item', [{ json: { reason: { message: `wrong key ${secret}.` } } }]],
	['as a key', { json: { [secret]: true } }],
	['in an error’s message', new Error(secret)],
	['in the cause of an error', new Error('failed', { cause: new Error(secret) })],
	['in what an error hides', hidden],
	['in an error of n8n', new NodeApiError(node, { message: secret, statusCode: 401 })],
	['in the response that an error keeps', new NodeApiError(node, { response: { data: secret } } as never)],
	['in what is inherited', Object.create({ key: secret })],
	['in what is worked out when asked for', new WithGetter()],
	['under a symbol', { [Symbol('key')]: secret }],
	['in a map', new Map([['headers', { authorization: secret }]])],
	['in a set', new Set([secret])],
	['in bytes', { body: Buffer.from(`{"key":"${secret}"}`) }],
	['behind a circle', circle()],
	['escaped as JSON', JSON.stringify({ secret })],
	['escaped as JSON twice', JSON.stringify({ inner: JSON.stringify({ secret }) })],
	['encoded for a URL', `https://example.com/?key=${encodeURIComponent(secret)}`],
	['encoded as a form', new URLSearchParams({ secret }).toString()],
	['in hex', Buffer.from(`key ${secret}`).toString('hex')],
	...['', 'x', 'xx'].flatMap((before): Array<[string, unknown]> => [
		[`in Base64 after "${before}"`, Buffer.from(`${before}${secret} and more`).toString('base64')],
		[`in base64url after "${before}"`, Buffer.from(`${before}${secret} and more`).toString('base64url')],
	]),
])('finds a secret %s', (_, value) => {
	expect(findSecrets({ left: [value] }, ['another', secret])).not.toEqual([]);
});

test('says where a secret is and in which form', () => {
	expect(findSecrets({ output: [{ json: { message: 'no s3cr3t-key here' } }] }, ['s3cr3t-key'])).toEqual([
		`["output"][0]["json"]["message"] holds 's3cr3t-key' as it is: "no s3cr3t-key here"`,
	]);
});

test('finds nothing in a value without secrets', () => {
	const clean = {
		json: { message: 'wrong key •••' },
		error: new Error('failed'),
		list: [1, null, undefined],
	};
	expect(findSecrets(clean, [secret])).toEqual([]);
});

function circle(): object {
	const outer: Record<string, unknown> = {};
	outer.inner = { outer, key: secret };
	return outer;
}
