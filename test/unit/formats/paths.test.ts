import { asProperties, Fields, valueAt } from '../../../nodes/shared/formats/paths';

const root = { a: { b: [null, { c: 1 }] }, nothing: null, text: 'x', 'd.e': 2 };

test.each([
	['a.b[1].c', 1],
	['a.b.1.c', 1],
	['["d.e"]', 2],
	[' text ', 'x'],
	['nothing', null],
	['nothing.b', undefined],
	['a.b[0].c', undefined],
	['text.length', undefined],
	['a.constructor', undefined],
	['d.e', undefined],
	['', undefined],
	[' ', undefined],
	[undefined, undefined],
])('finds the value at %j', (path, expected) => {
	expect(valueAt(root, path)).toBe(expected);
});

test.each([
	[{ a: 1 }, { a: 1 }],
	[undefined, {}],
	[null, {}],
	[5, { data: 5 }],
	[['a'], { data: ['a'] }],
])('reads %j as properties', (value, expected) => {
	expect(asProperties(value)).toStrictEqual(expected);
});

test.each([
	['authorization', 'secret'],
	['proxy-authorization', 'secret'],
	['x-forwarded-authorization', 'secret'],
	['x-authorization-2', 'secret'],
	['cookie', 'a=b'],
	['x-original-cookie', 'a=b'],
	['set-cookie2', 'a=b'],
	['x-write-key', 'secret'],
	['x-forwarded-token', 'Basic dTpw'],
	['x-jwt', 'Bearer abc'],
	['x-jwt', ' bearer abc'],
])('finds nothing in the header %s: %s', (name, value) => {
	const surroundings = { body: {}, headers: { [name]: value } };
	const fields = new Fields(surroundings, { event: `header:${name}`, messageId: `header:${name}` });
	expect([fields.at({}, 'event'), fields.find({}, `header:${name}`), fields.requestId()]).toEqual([
		undefined,
		undefined,
		undefined,
	]);
});

test('finds text in other headers', () => {
	const headers = { 'x-author': 'Bearers of news', 'x-plan': 'Basic' };
	const fields = new Fields({ body: {}, headers }, { event: 'header:X-Author', messageId: 'header:x-plan' });
	expect(fields.at({}, 'event')).toBe('Bearers of news');
	expect(fields.requestId()).toBe('Basic');
});
