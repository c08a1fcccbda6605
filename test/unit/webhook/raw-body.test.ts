import { parseJson } from '../../../nodes/CustomerEvents/webhook/raw-body';

const key = 'a-key-of-16-chars-or-"more"';
const parse = (body: unknown, ...secrets: string[]) =>
	parseJson(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), secrets);

test('a secret is replaced wherever it is in a body', () => {
	const event = { event: 'paid', properties: { token: key, text: `my ${key}!`, [key]: 1 } };
	expect(parse(event, 'another-key-of-16', key)).toEqual({
		event: 'paid',
		properties: { token: '•••', text: 'my •••!', '•••': 1 },
	});
});

test.each([
	['slashes escaped, as PHP does', 'abcd/efgh+ijklmnop', '{"token":"abcd\\/efgh+ijklmnop"}'],
	['letters escaped, as Python does', 'schlüssel-für-alle', '{"token":"schl\\u00fcssel-f\\u00fcr-alle"}'],
])('a secret is replaced with %s', (_, secret, body) => {
	expect(parse(body, secret)).toEqual({ token: '•••' });
});

test('a number that is somebody’s secret stays a number', () => {
	expect(parse('{"orderId":1234567890123456}', '1234567890123456')).toEqual({ orderId: 1234567890123456 });
});

test('a word that is no safe secret stays, since events are full of such', () => {
	expect(parse({ event: 'paid' }, 'paid')).toEqual({ event: 'paid' });
});

test('a body that was parsed before is not parsed again, unless a secret is in it', () => {
	const parsed = { text: key, said: '"x"' };
	const raw = Buffer.from(JSON.stringify(parsed));

	expect(parseJson(raw, ['another-key-of-16'], parsed)).toBe(parsed);
	expect(parseJson(raw, [key], parsed)).toEqual({ text: '•••', said: '"x"' });
});

test('without secrets a body is parsed as it is', () => {
	expect(parse({ text: key })).toEqual({ text: key });
	expect(parse('\uFEFF{"a":1}')).toEqual({ a: 1 });
	expect(parse('{"a":')).toBeUndefined();
});
