import { readKeyValues } from '../../../nodes/shared';

/** As the editor stores one row: lists and objects as text, an expression's value as it came. */
const row = (type: string, value: unknown) => ({
	valuesInput: 'fields',
	values: { assignments: [{ id: '1', name: 'x', value, type }] },
});
const read = (stored: Record<string, unknown>) => readKeyValues((name) => stored[name], 'values');

test.each([
	['array', '["a","b"]', ['a', 'b']],
	['array', ['a'], ['a']],
	['object', '{"a":{"b":1}}', { a: { b: 1 } }],
	['object', { a: 1 }, { a: 1 }],
	['number', '250', 250],
	['number', 2.5, 2.5],
	['boolean', 'true', true],
	['boolean', false, false],
	['string', 'a', 'a'],
	['string', 7, '7'],
	['string', '', ''],
	['any', { a: 1 }, { a: 1 }],
	['number', null, null],
])('a value of type %s, stored as %j, is %j', (type, stored, expected) => {
	expect(read(row(type, stored))).toEqual({ x: expected });
});

test.each([
	['array', 'a, b'],
	['object', '{"a":'],
	['number', 'many'],
	['boolean', 'perhaps'],
])('a value that is no %s is refused by its name', (type, value) => {
	expect(() => read(row(type, value))).toThrow(`'x' is not of the type that was chosen for it: ${type}`);
});

test('names that would reach a prototype change nothing', () => {
	const stored = {
		valuesInput: 'fields',
		values: { assignments: [{ id: '1', name: '__proto__', value: '{"bad":1}', type: 'object' }] },
	};
	read(stored);
	expect(({} as { bad?: number }).bad).toBeUndefined();
});
