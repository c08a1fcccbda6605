import { characters, firstGiven, isGiven, isObject, text, withoutSecrets } from '../../../nodes/shared/event';
import { accept, minimal } from './helpers';

test.each([
	['', 0],
	['abc', 3],
	['🎉é', 2],
])('%j has %d characters', (value, count) => {
	expect(characters(value)).toBe(count);
});

test.each([
	[' a ', 'a'],
	[7, '7'],
	[2 ** 53, undefined],
	[-(2 ** 53), undefined],
	[2 ** 53 - 1, '9007199254740991'],
	[' \n', undefined],
	[true, undefined],
	[null, undefined],
])('the text of %j is %j', (value, expected) => {
	expect(text(value)).toBe(expected);
});

test('a value that is missing, null or empty is not given', () => {
	expect([undefined, null, '', ' ', 0, false].map(isGiven)).toEqual([false, false, false, true, true, true]);
	expect(firstGiven(undefined, ' ', '', 0, 'a')).toBe(0);
	expect(firstGiven(null, '')).toBeUndefined();
});

test('only JSON objects are objects', () => {
	expect([{}, [], null, 'a', undefined].map(isObject)).toEqual([true, false, false, false, false]);
});

test.each([
	[{ writeKey: 'k', a: 1 }, { a: 1 }],
	[{ api_key: 'k', a: 1 }, { a: 1 }],
	['k', 'k'],
])('%j without secrets is %j', (received, expected) => {
	expect(withoutSecrets(received)).toEqual(expected);
});

test('an object without secrets is not copied', () => {
	const received = { a: 1 };
	expect(withoutSecrets(received)).toBe(received);
});

test('an event without a name or category has no such field', () => {
	const event = accept({ ...minimal.page, name: ' ', category: null });
	expect(event).not.toHaveProperty('name');
	expect(event).not.toHaveProperty('category');
});
