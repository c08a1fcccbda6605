import { createHash } from 'node:crypto';
import { authorization } from '../../../nodes/SuprSend/signature';
import { contentType, date, vectors, workspaceKey, workspaceSecret } from './supr-send-vectors';

test.each(vectors)('signs $name like SuprSend’s own SDK', ({ body, md5, signature, ...request }) => {
	const bytes = Buffer.from(body);
	expect(createHash('md5').update(bytes).digest('hex')).toBe(md5);
	const parts = { ...request, contentType, date, body: bytes };
	expect(authorization(parts, workspaceKey, workspaceSecret)).toBe(`${workspaceKey}:${signature}`);
});

describe('a signature covers', () => {
	const parts = { method: 'POST', requestUri: '/event/', contentType, date, body: Buffer.from('{}') };
	const sign = (changed: Partial<typeof parts>, secret = workspaceSecret) =>
		authorization({ ...parts, ...changed }, workspaceKey, secret);

	test.each([
		['the method', { method: 'PATCH' }],
		['the path', { requestUri: '/event' }],
		['the query', { requestUri: '/event/?limit=1' }],
		['the content type', { contentType: 'application/json' }],
		['the date', { date: 'Thu, 02 Jan 2025 03:04:06 GMT' }],
		['the body', { body: Buffer.from('{ }') }],
		['whether there is a body', { body: Buffer.alloc(0) }],
	])('%s', (_, changed) => {
		expect(sign(changed)).not.toBe(sign({}));
	});

	test('the secret', () => {
		expect(sign({}, `${workspaceSecret}x`)).not.toBe(sign({}));
	});

	test('the bytes of the body, not its characters', () => {
		expect(sign({ body: Buffer.from('é', 'latin1') })).not.toBe(sign({ body: Buffer.from('é', 'utf8') }));
	});
});

test('does not put the secret into the header', () => {
	const parts = { method: 'GET', requestUri: '/', contentType, date, body: Buffer.alloc(0) };
	expect(authorization(parts, workspaceKey, workspaceSecret)).not.toContain(workspaceSecret);
});
