import fc from 'fast-check';
import { DateTime, Settings } from 'luxon';
import { parseDate, parseTime } from '../../../nodes/shared/event';
import { printTime } from '../../../nodes/shared/event/time';
import { accept, minimal, now, nowIso, warnings } from './helpers';

const { track } = minimal;
const iso = (value: unknown): string | undefined => {
	const time = parseTime(value);
	return time === undefined ? undefined : new Date(time).toISOString();
};

// What a server's own zone is must not matter.
beforeAll(() => void (Settings.defaultZone = 'America/New_York'));
afterAll(() => void (Settings.defaultZone = 'system'));

describe('the time of an event', () => {
	test.each([
		['ISO 8601 in UTC', '2025-01-02T03:04:05.678Z', '2025-01-02T03:04:05.678Z'],
		['ISO 8601 without milliseconds', '2025-01-02T03:04:05Z', '2025-01-02T03:04:05.000Z'],
		['ISO 8601 to the minute', '2025-01-02T03:04Z', '2025-01-02T03:04:00.000Z'],
		['ISO 8601 with microseconds', '2025-01-02T03:04:05.678901Z', '2025-01-02T03:04:05.678Z'],
		['ISO 8601 with an offset to the east', '2025-01-02T08:34:05+05:30', '2025-01-02T03:04:05.000Z'],
		['ISO 8601 with an offset to the west', '2025-01-01T19:04:05-08:00', '2025-01-02T03:04:05.000Z'],
		['ISO 8601 without a zone: UTC', '2025-01-02T03:04:05', '2025-01-02T03:04:05.000Z'],
		['a blank in place of the T', '2025-01-02 03:04:05', '2025-01-02T03:04:05.000Z'],
		['small letters', '2025-01-02t03:04:05z', '2025-01-02T03:04:05.000Z'],
		['a date: midnight UTC', '2025-01-02', '2025-01-02T00:00:00.000Z'],
		['basic ISO 8601', '20250102T030405Z', '2025-01-02T03:04:05.000Z'],
		['a basic date: midnight UTC', '20250102', '2025-01-02T00:00:00.000Z'],
		['a basic date on a leap day', '20240229', '2024-02-29T00:00:00.000Z'],
		['a basic date as a number', 20250102, '2025-01-02T00:00:00.000Z'],
		['a space before the offset', '2016-12-02 20:21:04 +00:00', '2016-12-02T20:21:04.000Z'],
		['a space before a short offset', '2025-01-02 05:04:05.123456 +02', '2025-01-02T03:04:05.123Z'],
		['an offset without a colon', '2025-01-02T05:04:05+0200', '2025-01-02T03:04:05.000Z'],
		['UTC after a space', '2025-01-02 03:04:05 UTC', '2025-01-02T03:04:05.000Z'],
		['GMT after a space', '2025-01-02T03:04:05 GMT', '2025-01-02T03:04:05.000Z'],
		['UTC without a space', '2025-01-02 03:04:05UTC', '2025-01-02T03:04:05.000Z'],
		['Z after a space', '2025-01-02 03:04:05 Z', '2025-01-02T03:04:05.000Z'],
		['an offset and UTC, as Go prints it', '2025-01-02 03:04:05.6 +0000 UTC', '2025-01-02T03:04:05.600Z'],
		['a zone in brackets', '2025-01-02T04:04:05+01:00[Europe/Berlin]', '2025-01-02T03:04:05.000Z'],
		['RFC 2822 in GMT', 'Thu, 02 Jan 2025 03:04:05 GMT', '2025-01-02T03:04:05.000Z'],
		['RFC 2822 in UTC', 'Thu, 02 Jan 2025 03:04:05 UTC', '2025-01-02T03:04:05.000Z'],
		['RFC 2822 with an offset', 'Thu, 2 Jan 2025 05:04:05 +0200', '2025-01-02T03:04:05.000Z'],
		['RFC 2822 with a comment', 'Thu, 2 Jan 2025 05:04:05 +0200 (EET)', '2025-01-02T03:04:05.000Z'],
		['RFC 2822 without a weekday', '2 Jan 2025 03:04 +0000', '2025-01-02T03:04:00.000Z'],
		[
			'a Date as text',
			'Thu Jan 02 2025 05:04:05 GMT+0200 (Eastern European Standard Time)',
			'2025-01-02T03:04:05.000Z',
		],
		['epoch microseconds', 1735787045678901, '2025-01-02T03:04:05.679Z'],
		['epoch microseconds as digits', '1735787045678901', '2025-01-02T03:04:05.679Z'],
		['the smallest number of seconds', 100_000_000, '1973-03-03T09:46:40.000Z'],
		['the largest number of milliseconds', 99_999_999_999_999, '5138-11-16T09:46:39.999Z'],
		['the smallest number of microseconds', 100_000_000_000_000, '1973-03-03T09:46:40.000Z'],
		['a year', '2025', '2025-01-01T00:00:00.000Z'],
		['a year and week', '2025-W01-4', '2025-01-02T00:00:00.000Z'],
		['blanks around', ' 2025-01-02T03:04:05Z\n', '2025-01-02T03:04:05.000Z'],
		['the end of a day', '2025-01-01T24:00:00Z', '2025-01-02T00:00:00.000Z'],
		['a leap day', '2024-02-29', '2024-02-29T00:00:00.000Z'],
		['epoch seconds', 1735787045, '2025-01-02T03:04:05.000Z'],
		['epoch seconds with a fraction', 1735787045.678, '2025-01-02T03:04:05.678Z'],
		['epoch milliseconds', 1735787045678, '2025-01-02T03:04:05.678Z'],
		['epoch seconds as digits', '1735787045', '2025-01-02T03:04:05.000Z'],
		['epoch seconds with a fraction as digits', '1735787045.678', '2025-01-02T03:04:05.678Z'],
		['epoch milliseconds as digits', '1735787045678', '2025-01-02T03:04:05.678Z'],
		['the epoch as ISO 8601', '1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
		['a date of Luxon', DateTime.fromMillis(now), nowIso],
		['the largest number of seconds', 99_999_999_999, '5138-11-16T09:46:39.000Z'],
		['the largest number of seconds as digits', '99999999999', '5138-11-16T09:46:39.000Z'],
		['the smallest number of milliseconds', 100_000_000_000, '1973-03-03T09:46:40.000Z'],
		['the smallest number of milliseconds as digits', '100000000000', '1973-03-03T09:46:40.000Z'],
		['a Date', new Date(now), nowIso],
	])('%s', (_, value, expected) => {
		expect(iso(value)).toBe(expected);
	});

	test.each([
		['words', 'yesterday'],
		['no text', ''],
		['blanks', '   '],
		['a month that does not exist', '2025-13-01'],
		['a day that does not exist', '2025-02-30'],
		['a day that does not exist, with a time', '2025-02-30T00:00:00Z'],
		['an hour that does not exist', '2025-01-02T25:00:00.000Z'],
		['an American date', '01/02/2025'],
		['an American date with a time', '05/01/2024 10:00'],
		['a month in words', 'May 1, 2024'],
		['RFC 2822 on the wrong weekday', 'Fri, 02 Jan 2025 03:04:05 GMT'],
		['RFC 2822 without a zone', 'Thu, 02 Jan 2025 03:04:05'],
		['a date of a spreadsheet', 45720.595],
		['a date of a spreadsheet as digits', '45720.595'],
		['a day of a spreadsheet', 45720],
		['a day of a spreadsheet as digits', '45720'],
		['zero', 0],
		['zero as digits', '0'],
		['a number that is one less than the smallest number of seconds', 99_999_999],
		['a year as a number', 2025],
		['eight digits that are no date', '20250230'],
		['eight digits before 1970', '19691231'],
		['a date before 1970', '1969-12-31'],
		['no date of Luxon', DateTime.invalid('because')],
		['an object that claims to be a date', { isLuxonDateTime: true, toMillis: 1 }],
		['hexadecimal digits', '0x67760265'],
		['digits with a sign', '-1735787045'],
		['a date that is none', new Date('yesterday')],
		['NaN', NaN],
		['Infinity', Infinity],
		['a date after many spaces', `2025-01-02${' '.repeat(100)}UTC`],
		['nanoseconds since the epoch', '1735787045678901234'],
		['an offset that no zone has', '2025-01-02T03:04:05+25:00'],
		['such an offset after a space', '2025-01-02 03:04:05 -1530'],
		['such an offset in RFC 2822', 'Thu, 02 Jan 2025 03:04:05 +2400'],
		['true', true],
		['null', null],
		['undefined', undefined],
		['an object', { seconds: 1735787045 }],
		['a list', [1735787045]],
	])('%s is unreadable', (_, value) => {
		expect(parseTime(value)).toBeUndefined();
	});

	test('a day that does not exist is unreadable in every notation', () => {
		expect(iso('2025-02-30T00:00:00.000Z')).toBeUndefined();
	});

	test('a date without a zone is in the given one', () => {
		const inZone = (value: unknown) => parseDate(value, 'Asia/Tokyo');
		expect(inZone('2025-01-02 12:04:05')).toBe(Date.UTC(2025, 0, 2, 3, 4, 5));
		expect(inZone('2025-01-02')).toBe(Date.UTC(2025, 0, 1, 15));
		expect(inZone(20250102)).toBe(Date.UTC(2025, 0, 1, 15));
		expect(inZone('2025-01-02 03:04:05 UTC')).toBe(Date.UTC(2025, 0, 2, 3, 4, 5));
	});

	test('a date of birth before 1970 is a date, a zero date is none', () => {
		expect(parseDate('1960-01-01')).toBe(Date.UTC(1960, 0));
		expect(['0001-01-01T00:00:00Z', '1899-12-30'].map((zero) => parseDate(zero))).toEqual([
			undefined,
			undefined,
		]);
	});

	test('a time without a date is unreadable', () => {
		expect(iso('10:00')).toBeUndefined();
	});

	test('every readable time is printed with a year of four digits', () => {
		expect(iso(Date.UTC(10_000, 0) - 0.3) ?? 'unreadable').not.toMatch(/^\+/);
	});
});

describe.each(['originalTimestamp', 'sentAt', 'receivedAt', 'timestamp'] as const)('%s', (field) => {
	test.each([
		['ISO 8601', '2025-01-02T04:00:00+01:00'],
		['epoch seconds', 1735786800],
		['epoch milliseconds', 1735786800000],
		['digits', '1735786800'],
		['a Date', new Date(1735786800000)],
	])('sent as %s is returned as ISO 8601 in UTC with milliseconds', (_, time) => {
		expect(accept({ ...track, [field]: time })[field]).toBe('2025-01-02T03:00:00.000Z');
	});

	test.each([['yesterday'], [{}], [false]])(
		'%j gives a warning and is replaced with the time of receipt',
		(time) => {
			const received = { ...track, [field]: time };
			expect(accept(received)).toMatchObject({ timestamp: nowIso, receivedAt: nowIso });
			expect(warnings(received)).toEqual([`${field}: unreadable_time`]);
		},
	);

	test.each([[undefined], [null], ['']])('%j counts as missing', (time) => {
		const received = { ...track, [field]: time };
		expect(accept(received)).toEqual(accept(track));
	});
});

test('reads a day as the calendar has it, in every notation', () => {
	const part = (max: number) => fc.nat({ max }).map((value) => String(value).padStart(2, '0'));
	const year = fc.constantFrom('1970', '2000', '2023', '2024', '2100');
	const end = fc.constantFrom('Z', '.5Z', '.123456Z', '+05:30', '.001-11:00', '+14:00', '+00:60');
	fc.assert(
		fc.property(year, part(13), part(32), part(24), part(60), end, (year, month, day, hour, minute, end) => {
			const iso = `${year}-${month}-${day}T${hour}:${minute}:00${end}`;
			const known = DateTime.fromISO(iso, { zone: 'utc' });
			const expected = known.isValid && known.toMillis() >= 0 ? known.toMillis() : undefined;
			expect(parseTime(iso)).toBe(expected);
		}),
		{ numRuns: 2000 },
	);
});

test('reads a date the same in the basic and the extended form', () => {
	const day = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
	fc.assert(
		fc.property(day, (date) => {
			const extended = date.toISOString().slice(0, 10);
			expect(parseTime(extended.replaceAll('-', ''))).toBe(parseTime(extended));
		}),
	);
});

test('prints any time as toISOString does, after any other time', () => {
	const anyTime = fc.date({ noInvalidDate: true });
	const nearby = fc.integer({ min: -70_000, max: 70_000 });
	fc.assert(
		fc.property(anyTime, nearby, (date, shift) => {
			expect(printTime(date.getTime())).toBe(date.toISOString());
			const other = new Date(date.getTime() + shift);
			if (!Number.isNaN(other.getTime())) expect(printTime(other.getTime())).toBe(other.toISOString());
		}),
	);
});

describe('a leap second', () => {
	test.each([
		['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
		['2016-12-31T23:59:60.5Z', '2017-01-01T00:00:00.500Z'],
		['2017-01-01 08:59:60+09:00', '2017-01-01T00:00:00.000Z'],
		['Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00.000Z'],
	])('%s is the next second', (text, expected) => {
		expect(parseTime(text)).toBe(Date.parse(expected));
	});

	test.each([
		'2016-12-31T12:00:60Z',
		'2016-12-31T23:59:61Z',
		'2016-12-31T23:60:00Z',
		'2017-01-01T23:59:60+09:00',
	])('%s is none', (text) => {
		expect(parseTime(text)).toBeUndefined();
	});
});
