import { verify } from './helpers';

const key = 'wk_live_4f9c2b7e1d';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const basic = (text: string) => ({ authorization: `Basic ${base64(text)}` });

interface Request {
	headers: Record<string, string | string[]>;
	/** Parsed. */
	body?: unknown;
}

const isBelieved = ({ headers, body }: Request, writeKeys: readonly string[]) =>
	verify({ scheme: 'write-key', writeKeys }, { headers, parseBody: () => body }).ok;

describe('a write key is accepted', () => {
	test.each([
		['as the user of Basic authentication, with a colon', { headers: basic(`${key}:`) }],
		['as the user of Basic authentication, without one', { headers: basic(key) }],
		['as the user of Basic authentication, with a password', { headers: basic(`${key}:anything`) }],
		['as the user of Basic authentication, with a colon inside', { headers: basic('a:b:') }, 'a:b'],
		['with "Basic" in any case', { headers: { authorization: `bASIC ${base64(`${key}:`)}` } }],
		['in X-Write-Key', { headers: { 'x-write-key': key } }],
		['as writeKey in the body', { headers: {}, body: { writeKey: key } }],
		['as writeKey in the body of a batch', { headers: {}, body: { batch: [], writeKey: key } }],
		['next to a wrong one elsewhere', { headers: { ...basic('wrong:'), 'x-write-key': key } }],
	])('%s', (_, request, known = key) => {
		expect(isBelieved(request, [known])).toBe(true);
	});

	test.each([0, 1, 2])('if it is one of several: number %d', (position) => {
		const keys = ['wk_old_0000000000', 'wk_new_1111111111', 'wk_alt_2222222222'];
		expect(isBelieved({ headers: basic(`${keys[position]}:`) }, keys)).toBe(true);
	});

	test('with letters beyond ASCII', () => {
		expect(isBelieved({ headers: basic('clé-sécrète-ü:') }, ['clé-sécrète-ü'])).toBe(true);
	});

	test('as api_key in the body', () => {
		expect(isBelieved({ headers: {}, body: { api_key: key, event: 'e' } }, [key])).toBe(true);
	});
});

describe('a request is refused', () => {
	test.each([
		['with nothing', { headers: {} }],
		['with another key', { headers: basic('wk_live_4f9c2b7e1e:') }],
		['with a key in another case', { headers: basic(`${key.toUpperCase()}:`) }],
		['with the beginning of the key', { headers: basic(`${key.slice(0, -1)}:`) }],
		['with more than the key', { headers: basic(`${key}x:`) }],
		['with a space after the key', { headers: { 'x-write-key': `${key} ` } }],
		['with a very long key', { headers: { 'x-write-key': key.repeat(10_000) } }],
		['with the key as the password', { headers: basic(`user:${key}`) }],
		['with the key in the clear', { headers: { authorization: `Basic ${key}` } }],
		['with the key as a bearer token', { headers: { authorization: `Bearer ${base64(`${key}:`)}` } }],
		['with the key and no scheme', { headers: { authorization: base64(`${key}:`) } }],
		['with a scheme alone', { headers: { authorization: 'Basic' } }],
		['with a scheme and nothing after it', { headers: { authorization: 'Basic ' } }],
		['with text that is not base64', { headers: { authorization: 'Basic ***===***' } }],
		['with base64 that is cut off', { headers: { authorization: `Basic ${base64(`${key}:`).slice(0, 9)}` } }],
		['with bytes that are not text', { headers: { authorization: 'Basic //79/A==' } }],
		['with a list for Authorization', { headers: { authorization: [`Basic ${base64(`${key}:`)}`] } }],
		['with a list for X-Write-Key', { headers: { 'x-write-key': [key] } }],
		['with a body that is a list', { headers: {}, body: [{ writeKey: key }] }],
		['with a body that is text', { headers: {}, body: key }],
		['with the key deeper in the body', { headers: {}, body: { batch: [{ writeKey: key }] } }],
		['with a number in the body', { headers: {}, body: { writeKey: 5 } }],
		['with a list in the body', { headers: {}, body: { writeKey: [key] } }],
		['with null for a body', { headers: {}, body: null }],
	])('%s', (_, request) => {
		expect(isBelieved(request, [key])).toBe(false);
	});

	test('if the credential has no key', () => {
		expect(isBelieved({ headers: basic(`${key}:`) }, [])).toBe(false);
	});
});

describe('an empty key never matches', () => {
	test.each([
		['nothing', { headers: {} }],
		['an empty user', { headers: basic(':') }],
		['an empty user beside a password', { headers: basic(':password') }],
		['an empty header', { headers: { 'x-write-key': '' } }],
		['an empty text in the body', { headers: {}, body: { writeKey: '' } }],
	])('%s', (_, request) => {
		expect(isBelieved(request, [''])).toBe(false);
		expect(isBelieved(request, ['', key])).toBe(false);
	});

	test('but another one still does', () => {
		expect(isBelieved({ headers: basic(`${key}:`) }, ['', key])).toBe(true);
	});
});

test('a number in the body is not a key', () => {
	expect(isBelieved({ headers: {}, body: { writeKey: 5 } }, ['5'])).toBe(false);
});
