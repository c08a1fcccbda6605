import { asProperties, valueAt } from '../../../nodes/shared/formats/paths';

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
