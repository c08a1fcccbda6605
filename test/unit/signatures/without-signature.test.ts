import { verify } from './helpers';

const refusedAs = (code: string) => ({ ok: false, reason: { code, message: expect.stringMatching(/./) } });
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

describe('a header with a secret', () => {
	const verification = { scheme: 'header', name: 'X-Hook-Key', values: ['old value', 'new value'] } as const;

	test.each(['old value', 'new value'])('is accepted with the %s', (value) => {
		const request = { headers: { 'x-hook-key': value } };
		expect(verify(verification, request)).toEqual({ ok: true, value: 'header' });
	});

	test.each(['other', 'old', 'old valuex', 'OLD VALUE', 'old value,new value', ' old value'])(
		'is refused with %j',
		(value) => {
			expect(verify(verification, { headers: { 'x-hook-key': value } })).toEqual(refusedAs('no_match'));
		},
	);

	test.each([undefined, '', ['old value']])('is missing with %j', (value) => {
		expect(verify(verification, { headers: { 'x-hook-key': value } })).toEqual(refusedAs('missing_header'));
	});

	test('is missing if it has another name', () => {
		expect(verify(verification, { headers: { 'x-key': 'old value' } })).toEqual(refusedAs('missing_header'));
	});

	test.each([[[]], [['']]])('is refused if the credential has the values %j', (values) => {
		const request = { headers: { 'x-hook-key': 'a' } };
		expect(verify({ ...verification, values }, request)).toEqual(refusedAs('not_configured'));
	});
});

describe('Basic Auth', () => {
	const verification = { scheme: 'basic', user: 'n8n', passwords: ['old pässword', 'new:password'] } as const;

	test.each(['n8n:old pässword', 'n8n:new:password'])('is accepted with %s', (text) => {
		expect(verify(verification, { headers: basic(text) })).toEqual({ ok: true, value: 'basic' });
	});

	test('is accepted with "Basic" in any case', () => {
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
	])('is refused with %j', (text) => {
		expect(verify(verification, { headers: basic(text) })).toEqual(refusedAs('no_match'));
	});

	test.each([
		{},
		{ authorization: 'Bearer bjhuOm5ldzpwYXNzd29yZA==' },
		{ authorization: 'Not Basic bjhuOm5ldzpwYXNzd29yZA==' },
		{ authorization: ['Basic'] },
	])('is missing with %j', (headers) => {
		expect(verify(verification, { headers })).toEqual(refusedAs('missing_header'));
	});

	test('is refused with an empty password', () => {
		for (const passwords of [[], ['']]) {
			const request = { headers: basic('n8n:') };
			expect(verify({ ...verification, passwords }, request)).toEqual(refusedAs('not_configured'));
		}
	});
});

describe('a write key', () => {
	const verification = { scheme: 'write-key', writeKeys: ['wk_live_4f9c2b7e1d'] } as const;
	const accepted = { ok: true, value: 'write-key' };

	test('in a header is accepted without parsing the body', () => {
		const parseBody = jest.fn();
		expect(verify(verification, { headers: basic('wk_live_4f9c2b7e1d:'), parseBody })).toEqual(accepted);
		expect(parseBody).not.toHaveBeenCalled();
	});

	test('in the body is accepted', () => {
		const parseBody = () => ({ writeKey: 'wk_live_4f9c2b7e1d' });
		expect(verify(verification, { headers: basic('wrong:'), parseBody })).toEqual(accepted);
	});

	test('is required', () => {
		expect(verify(verification, { headers: {} })).toEqual(refusedAs('no_match'));
		expect(verify(verification, { headers: {}, parseBody: () => undefined })).toEqual(refusedAs('no_match'));
	});
});
