import { deflateSync, gzipSync } from 'node:zlib';
import { decodeBody, inflateGzip } from '../../../nodes/shared/formats';

const form = 'application/x-www-form-urlencoded';

function decode(body: string | Buffer, contentType = 'text/plain') {
	return decodeBody(Buffer.from(body), { contentType });
}

function bodyOf(body: string | Buffer, contentType?: string): unknown {
	const decoded = decode(body, contentType);
	return decoded === undefined ? 'not_json' : decoded.body;
}

describe('JSON', () => {
	test.each<[string, string, unknown]>([
		['an object', '{"a":1}', { a: 1 }],
		['behind a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
		['null', 'null', null],
		['cut off', '{"a":', 'not_json'],
		['nothing', '', 'not_json'],
	])('is read: %s', (_, body, expected) => {
		expect(bodyOf(body)).toEqual(expected);
	});

	test('is read from what n8n has parsed', () => {
		const parsed = { a: 1 };
		const decoded = decodeBody(Buffer.from('{"a":1}'), { contentType: 'application/json', parsed });
		expect(decoded?.body).toBe(parsed);
	});
});

describe('numbers that JSON parsing rounds', () => {
	const exact = (json: string) => decode(json)?.exactBody;

	test.each([
		['{"id":820982911946154508}', { id: '820982911946154508' }],
		['{"id": -820982911946154508 }', { id: '-820982911946154508' }],
		['[9007199254740993,9007199254740991]', ['9007199254740993', 9007199254740991]],
		[
			'{"text":"\\"820982911946154508","id":820982911946154508}',
			{ text: '"820982911946154508', id: '820982911946154508' },
		],
	])('have their own text beside the body: %s', (json, expected) => {
		expect(exact(json)).toEqual(expected);
	});

	test.each([
		['{"id":9007199254740991}'],
		['{"id":"820982911946154508"}'],
		['{"time":1700000000000,"rate":0.12345678901234567890}'],
		['{"big":1e30,"other":820982911946154508.5}'],
		['{"12345678901234567890":1}'],
	])('are not in %s', (json) => {
		expect(exact(json)).toBeUndefined();
	});

	test('are found wherever they are', () => {
		for (let length = 0; length < 40; length++) {
			const json = `{"${'x'.repeat(length)}":12,"id":9007199254740993}`;
			expect(exact(json)).toMatchObject({ id: '9007199254740993' });
		}
	});
});

describe('one JSON value per line', () => {
	test.each([
		['two lines', '{"a":1}\n{"a":2}', [{ a: 1 }, { a: 2 }]],
		['Windows line ends and empty lines', '\uFEFF{"a":1}\r\n\r\n{"a":2}\r\n', [{ a: 1 }, { a: 2 }]],
	])('is a list: %s', (_, body, expected) => {
		expect(bodyOf(body, 'application/x-ndjson')).toEqual(expected);
		expect(bodyOf(body, 'text/plain')).toEqual(expected);
	});

	test('is a list of other values only if it is labeled', () => {
		expect(bodyOf('1\n2', 'application/x-ndjson')).toEqual([1, 2]);
		expect(bodyOf('1\n2')).toBe('not_json');
	});

	test.each(['{"a":', '{"a":[1\n2]}', '{"a":1}{"a":2}'])('is refused if no line is JSON: %j', (body) => {
		expect(bodyOf(body, 'application/x-ndjson')).toBe('not_json');
	});

	test('keeps the text and the number of a line that is not JSON', () => {
		const lines = '{"a":1}\n\n {"a": \r\n{"a":9007199254740993}\n{"a":\n';
		expect(decode(lines, 'application/x-ndjson')).toMatchObject({
			body: [{ a: 1 }, '{"a":', { a: 9007199254740992 }, '{"a":'],
			exactBody: [{ a: 1 }, '{"a":', { a: '9007199254740993' }, '{"a":'],
			brokenLines: new Map([['{"a":', 3]]),
		});
		expect(bodyOf(lines)).toBe('not_json');
	});
});

describe('a form', () => {
	test.each<[string, unknown]>([
		['a=1&b[c]=2', { a: '1', b: { c: '2' } }],
		['a=1&a=2', { a: ['1', '2'] }],
		['a[]=1&a[]=2', { a: ['1', '2'] }],
		['a[0][x]=1&a[1][x]=2', { a: [{ x: '1' }, { x: '2' }] }],
		['a[0]=x&a[]=y', { a: ['x', 'y'] }],
		['a[]=x&a[1]=y&a[]=z', { a: ['x', 'y', 'z'] }],
		['a[0][b]=x&a[][b]=y', { a: [{ b: 'x' }, { b: 'y' }] }],
		['a[5]=x&a[]=y', { a: { 5: 'x', 6: 'y' } }],
		['a[01]=x&a[b]=y&a[]=z', { a: { '01': 'x', b: 'y', 0: 'z' } }],
		['0=a&1=b', { 0: 'a', 1: 'b' }],
		['0[]=a', { 0: ['a'] }],
		['a[1]=x', { a: { 1: 'x' } }],
		['data%5Bmerges%5D%5BEMAIL%5D=ada%40example.com', { data: { merges: { EMAIL: 'ada@example.com' } } }],
		['a=1+2&b=%E2%9C%93&c', { a: '1 2', b: '✓', c: '' }],
		['a=%&b=%zz', { a: '%', b: '%zz' }],
		['a=1&a[b]=2', { a: { '': '1', b: '2' } }],
		['a[b=1&[c]=2&d]=3', { 'a[b': '1', '[c]': '2', 'd]': '3' }],
		['a[999999999]=1', { a: { 999999999: '1' } }],
		['x=a=b', { x: 'a=b' }],
	])('%s', (body, expected) => {
		expect(bodyOf(body, form)).toEqual(expected);
	});

	test.each(['__proto__[x]=1', 'a[__proto__][x]=1', 'a[constructor][prototype][x]=1', '__proto__=1'])(
		'cannot change what objects inherit: %s',
		(body) => {
			const read = bodyOf(`${body}&ok=1`, form);
			expect(({} as Record<string, unknown>).x).toBeUndefined();
			expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
		},
	);

	test('nests only so deep', () => {
		expect(JSON.stringify(bodyOf(`a${'[b]'.repeat(100)}=1&c=2`, form))).toMatch(
			/^(\{"[ab]":){20}\{"b\]\[b\]\[b/,
		);
	});

	test.each<[string, string, unknown]>([
		['JSON', `payload=${encodeURIComponent('{"type":"order.paid"}')}`, { type: 'order.paid' }],
		['a list in JSON', `x=${encodeURIComponent('[{"a":1}]')}`, [{ a: 1 }]],
		[
			'JSON in base64, as posthog-js sends it',
			`data=${encodeURIComponent(btoa('{"event":"e"}'))}`,
			{ event: 'e' },
		],
		[
			'JSON in base64 with its compression',
			`data=${btoa('[{"a":">>>"}]')}&compression=base64`,
			[{ a: '>>>' }],
		],
		['a number', 'x=1', { x: '1' }],
		['text in base64 under another name', `x=${btoa('{"a":1}')}`, { x: btoa('{"a":1}') }],
	])('with a lone field of %s', (_, body, expected) => {
		expect(bodyOf(body, form)).toEqual(expected);
	});

	test('with several fields keeps JSON in them as text', () => {
		expect(bodyOf('a=%7B%7D&b=1', form)).toEqual({ a: '{}', b: '1' });
	});

	test.each(['{"a":1', 'hello', '<a href="x=1">', ''])('is not %j, whatever its label', (body) => {
		expect(bodyOf(body, form)).toBe('not_json');
	});

	test('is JSON if it is JSON, whatever its label', () => {
		expect(bodyOf('{"a":"b=c"}', form)).toEqual({ a: 'b=c' });
	});

	test('is not read without its label', () => {
		expect(bodyOf('a=1&b=2')).toBe('not_json');
	});
});

describe('gzip without a label', () => {
	const inflate = async (bytes: Buffer) => await inflateGzip(bytes, 1_000);

	test('is inflated', async () => {
		expect(await inflate(gzipSync('{"a":1}'))).toEqual({ ok: true, value: Buffer.from('{"a":1}') });
	});

	test('may not inflate to more than the limit', async () => {
		expect(await inflate(gzipSync('x'.repeat(1_000)))).toMatchObject({ ok: true });
		expect(await inflate(gzipSync('x'.repeat(1_001)))).toEqual({ ok: false, reason: 'too_large' });
		expect(await inflate(gzipSync(Buffer.alloc(20_000_000)))).toEqual({ ok: false, reason: 'too_large' });
	});

	test.each([
		['is cut off', gzipSync('{"a":1}').subarray(0, 15)],
		['is only its first bytes', Buffer.from([0x1f, 0x8b])],
	])('is broken if it %s', async (_, bytes) => {
		expect(await inflate(bytes)).toEqual({ ok: false, reason: 'broken' });
	});

	test.each([deflateSync('{"a":1}'), Buffer.from('{"a":1}'), Buffer.alloc(0)])(
		'is not what other bytes are',
		async (bytes) => {
			expect(await inflate(bytes)).toEqual({ ok: true, value: bytes });
		},
	);
});

test('warns of bytes that are not UTF-8', () => {
	const latin1 = Buffer.from('{"name":"Zoë"}', 'latin1');
	expect(decode(latin1)).toMatchObject({
		body: { name: 'Zo\uFFFD' },
		warnings: [{ path: '', code: 'invalid_utf8' }],
	});
	expect(decode('\uFEFF{"name":"Zoë \uFFFD"}')).toMatchObject({ warnings: [] });
});
