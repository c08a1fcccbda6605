import { z } from 'zod/v4';
import { checkNamed, checkPart, pathPart } from '../../../nodes/shared/service/schemas';

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
		['one dot', '.', 'An ID of dots alone cannot be part of an address'],
		['two dots', ' .. ', 'An ID of dots alone cannot be part of an address'],
		['half an emoji', 'a\ud83d', 'An ID with half of an emoji cannot be part of an address'],
	])('rejects %s', (_, value, message) => {
		expect(issuesOf(id.safeParse(value))).toEqual([['', message]]);
	});
});
