import { z } from 'zod/v4';
import {
	checkNamed,
	checkPart,
	ifFilledIn,
	ifUsable,
	isUnusable,
	pathPart,
	textual,
	usableValues,
} from '../../../nodes/shared/service/schemas';

const issuesOf = ({ error }: { error?: z.ZodError }) =>
	(error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]);

describe('a part of a record', () => {
	const part = z.object({ name: z.string('Name it').trim() });
	const whole = (options?: { at?: string[]; instead?: string }) =>
		z.unknown().transform((value, context) => checkPart(context, part, value, options));

	test('is returned as its schema transforms it', () => {
		expect(whole().parse({ name: ' a ' })).toEqual({ name: 'a' });
	});

	test('reports broken rules at their own path', () => {
		expect(issuesOf(whole().safeParse({}))).toEqual([['name', 'Name it']]);
	});

	test('reports broken rules at the path of the part with another message', () => {
		const checked = whole({ at: ['event', 'data'], instead: 'The data is wrong' }).safeParse({});
		expect(issuesOf(checked)).toEqual([['event.data.name', 'The data is wrong']]);
	});
});

describe('named values', () => {
	const schemas = {
		plan: z.string('The plan must be text').trim(),
		seats: z.number('Seats must be a number'),
	};
	const named = z
		.record(z.string(), z.unknown())
		.transform((values, context) => checkNamed(context, schemas, values));

	test('are transformed by the schemas of their names, others stay', () => {
		expect(named.parse({ plan: ' pro ', other: ' x ' })).toEqual({ plan: 'pro', other: ' x ' });
	});

	test('may be missing', () => {
		expect(named.parse({})).toEqual({});
	});

	test('report broken rules under their names', () => {
		expect(issuesOf(named.safeParse({ plan: 5, seats: 'two' }))).toEqual([
			['plan', 'The plan must be text'],
			['seats', 'Seats must be a number'],
		]);
	});
});

describe('an ID in a URL path', () => {
	const id = pathPart('The ID is missing');

	test.each([
		['text', 'user-1', 'user-1'],
		['text with spaces around', ' user-1 ', 'user-1'],
		['dots among others', '..a', '..a'],
		['three dots', '...', '...'],
		['a whole emoji', '👋', '👋'],
	])('accepts %s', (_, value, expected) => {
		expect(id.parse(value)).toBe(expected);
	});

	test.each([
		['nothing', undefined, 'The ID is missing'],
		['spaces', '  ', 'The ID is missing'],
		['one dot', '.', "An ID can't consist only of dots, because it is part of a URL"],
		['two dots', ' .. ', "An ID can't consist only of dots, because it is part of a URL"],
		['half an emoji', 'a\ud83d', "An ID can't contain an incomplete emoji, because it is part of a URL"],
	])('rejects %s', (_, value, message) => {
		expect(issuesOf(id.safeParse(value))).toEqual([['', message]]);
	});
});

describe('text and IDs', () => {
	const id = textual(z.string('It must be text').min(1, 'It is empty'));

	test.each([
		[' a ', 'a'],
		[42, '42'],
	])('become trimmed text: %j', (value, expected) => {
		expect(id.parse(value)).toBe(expected);
	});

	test.each([[' '], [{}], [2 ** 53], [true], [null]])('are not %j', (value) => {
		expect(id.safeParse(value).success).toBe(false);
	});
});

describe('an optional value', () => {
	const seats = z.number('Seats must be a number');
	const whole = z.object({ seats: ifUsable(seats), id: ifFilledIn(seats), sizes: usableValues(seats) });

	test.each([[undefined], [null], [''], [' ']])('is missing if it is %j', (value) => {
		expect(whole.parse({ seats: value, id: value, sizes: [value] })).toEqual({});
	});

	test('is checked if it is there', () => {
		expect(whole.parse({ seats: 0, id: 1, sizes: [2, null] })).toEqual({ seats: 0, id: 1, sizes: [2] });
	});

	test('can be left out if its schema rejects it, unless it was said to be vital', () => {
		const { error } = whole.safeParse({ seats: 'x', id: 'x', sizes: [1, 'x'] });
		expect(error?.issues.map((issue) => [issue.path.join('.'), isUnusable(issue)])).toEqual([
			['seats', true],
			['id', false],
			['sizes.1', true],
		]);
	});

	test('loses only the part of it that cannot be used, if that is optional, too', () => {
		const { error } = z.object({ whole: ifUsable(whole) }).safeParse({ whole: { seats: 'x' } });
		expect(error?.issues.map((issue) => [issue.path.join('.'), isUnusable(issue)])).toEqual([
			['whole.seats', true],
		]);
		const vital = z.object({ whole: ifUsable(whole) }).safeParse({ whole: { seats: 'x', id: 'x' } });
		expect(vital.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['whole']);
	});

	test('can be blank where that means something', () => {
		expect(ifUsable(z.string(), '').parse(' ')).toBe('');
		expect(ifUsable(z.string(), '').parse(null)).toBeUndefined();
	});
});
