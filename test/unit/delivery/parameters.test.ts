import { readNumber } from '../../../nodes/shared';

test.each([
	[42, 42],
	[' 4.50 ', 4.5],
	['1e3', 1000],
	['', ''],
	[' ', ' '],
	['12 €', '12 €'],
	['Infinity', 'Infinity'],
	[true, true],
	[null, null],
	[undefined, undefined],
	[[1], [1]],
])('reads the number in %j as %j', (value, expected) => {
	expect(readNumber(value)).toEqual(expected);
});
