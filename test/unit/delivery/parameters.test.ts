import { DateTime } from 'luxon';
import { readNumber, readTime } from '../../../nodes/shared';

function read(value: unknown, timeZone = 'America/New_York'): string | undefined {
	const time = readTime(() => value, 'time', timeZone);
	return time === undefined ? undefined : new Date(time).toISOString();
}

describe('reads a time', () => {
	test.each([
		['from the date picker in the workflow’s time zone', '2026-01-02T03:04:05', '2026-01-02T08:04:05.000Z'],
		['with a space between date and time', ' 2026-01-02 03:04 ', '2026-01-02T08:04:00.000Z'],
		['as a date at midnight in the workflow’s time zone', '2026-07-01', '2026-07-01T04:00:00.000Z'],
		['with its own time zone', '2026-01-02T03:04:05+01:00', '2026-01-02T02:04:05.000Z'],
		['in UTC', '2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678Z'],
		['soon after 1970', '1970-01-02T00:00:00Z', '1970-01-02T00:00:00.000Z'],
		['as epoch seconds', 1767323045, '2026-01-02T03:04:05.000Z'],
		['as epoch milliseconds in digits', '1767323045678', '2026-01-02T03:04:05.678Z'],
		['as a Date', new Date(1767323045678), '2026-01-02T03:04:05.678Z'],
		[
			'from an expression with $now',
			DateTime.fromISO('2026-01-02T03:04:05', { zone: 'Asia/Tokyo' }),
			'2026-01-01T18:04:05.000Z',
		],
	])('%s', (_, value, expected) => {
		expect(read(value)).toBe(expected);
	});

	test.each([[''], ['soon'], ['2026-02-30'], ['12:30'], [null], [undefined], [{}], [true]])(
		'but not from %j',
		(value) => {
			expect(read(value)).toBeUndefined();
		},
	);
});

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
