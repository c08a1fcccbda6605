import { verify } from './helpers';

const refusedAs = (code: string) => ({ ok: false, reason: { code, message: expect.stringMatching(/./) } });
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

describe('a header', () => {
	const verification = { scheme: 'header', name: 'X-Hook-Key', values: ['old value', 'new value'] } as const;

	test.each(['old value', 'new value'])('with the %s', (value) => {
		const request = { headers: { 'x-hook-key': value } };
		expect(verify(verification, request)).toEqual({ ok: true, value: 'header' });
	});

	test.each(['other', 'old', 'old valuex', 'OLD VALUE', 'old value,new value', ' old value'])(
		'with %j',
		(value) => {
			expect(verify(verification, { headers: { 'x-hook-key': value } })).toEqual(refusedAs('no_match'));
		},
	);

	test.each([undefined, '', ['old value']])('with %j', (value) => {
		expect(verify(verification, { headers: { 'x-hook-key': value } })).toEqual(refusedAs('missing_header'));
	});

	test('of another name', () => {
		expect(verify(verification, { headers: { 'x-key': 'old value' } })).toEqual(refusedAs('missing_header'));
	});

	test.each([[[]], [['']]])('where the values are %j', (values) => {
		const request = { headers: { 'x-hook-key': 'a' } };
		expect(verify({ ...verification, values }, request)).toEqual(refusedAs('not_configured'));
	});
});

describe('a user and a password', () => {
	const verification = { scheme: 'basic', user: 'n8n', passwords: ['old pässword', 'new:password'] } as const;

	test.each(['n8n:old pässword', 'n8n:new:password'])('%s', (text) => {
		expect(verify(verification, { headers: basic(text) })).toEqual({ ok: true, value: 'basic' });
	});

	test('whatever the case of "Basic"', () => {
		const headers = { authorization: basic('n8n:new:password').authorization.replace('Basic', 'bASIC') };
		expect(verify(verification, { headers })).toMatchObject({ ok: true });
	});

	test.each([
		'n8n',
		'n8n:',
		':',
		'',
		'n8n:wrong',
		'other:new:password',
		'N8N:new:password',
		'n8n:new:password ',
	])('%j', (text) => {
		expect(verify(verification, { headers: basic(text) })).toEqual(refusedAs('no_match'));
	});

	test.each([
		{},
		{ authorization: 'Bearer bjhuOm5ldzpwYXNzd29yZA==' },
		{ authorization: 'Not Basic bjhuOm5ldzpwYXNzd29yZA==' },
		{ authorization: ['Basic'] },
	])('%j', (headers) => {
		expect(verify(verification, { headers })).toEqual(refusedAs('missing_header'));
	});

	test('an empty password lets nobody in', () => {
		for (const passwords of [[], ['']]) {
			const request = { headers: basic('n8n:') };
			expect(verify({ ...verification, passwords }, request)).toEqual(refusedAs('not_configured'));
		}
	});
});

describe('a write key', () => {
	const verification = { scheme: 'write-key', writeKeys: ['wk_live_4f9c2b7e1d'] } as const;
	const accepted = { ok: true, value: 'write-key' };

	test('in a header: the body is not even parsed', () => {
		const parseBody = jest.fn();
		expect(verify(verification, { headers: basic('wk_live_4f9c2b7e1d:'), parseBody })).toEqual(accepted);
		expect(parseBody).not.toHaveBeenCalled();
	});

	test('in the body', () => {
		const parseBody = () => ({ writeKey: 'wk_live_4f9c2b7e1d' });
		expect(verify(verification, { headers: basic('wrong:'), parseBody })).toEqual(accepted);
	});

	test('nowhere', () => {
		expect(verify(verification, { headers: {} })).toEqual(refusedAs('no_match'));
		expect(verify(verification, { headers: {}, parseBody: () => undefined })).toEqual(refusedAs('no_match'));
	});
});
