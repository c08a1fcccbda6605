import fc from 'fast-check';
import { asList, entriesOf, readJson, readKeyValues, timeOrNow, type Warning } from '../../../nodes/shared';
import { contextWith } from './helpers';

/** A row as the editor stores it: lists and objects as text, the value of an expression as it is. */
const row = (type: string | undefined, value: unknown) => ({
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
	['string', true, 'true'],
	['string', null, null],
	['string', { a: 1 }, { a: 1 }],
	['dateTime', '2026-01-02', '2026-01-02'],
	[undefined, 5, 5],
	['any', { a: 1 }, { a: 1 }],
	['number', null, null],
])('reads a value of the type %s, stored as %j, as %j', (type, stored, expected) => {
	expect(read(row(type, stored))).toEqual({ x: expected });
});

test.each([
	['array', 'a, b', '"a, b"'],
	['object', '{"a":', JSON.stringify('{"a":')],
	['number', 'many', '"many"'],
	['number', [], 'a list of length 0'],
	['number', [5], 'a list of length 1'],
	['boolean', 'perhaps', '"perhaps"'],
	['boolean', [], 'a list of length 0'],
])('rejects a value that is not of the type %s (%j), and shows it', (type, value, shown) => {
	expect(() => read(row(type, value))).toThrow(
		`'x' doesn't match the type that you chose: ${type} (found ${shown})`,
	);
});

test('does not change a prototype through a name', () => {
	const stored = {
		valuesInput: 'fields',
		values: { assignments: [{ id: '1', name: '__proto__', value: '{"bad":1}', type: 'object' }] },
	};
	read(stored);
	expect(({} as { bad?: number }).bad).toBeUndefined();
});

test.each([[undefined], ['text'], [{}], [{ assignments: 'text' }], [[{ name: 'x' }]]])(
	'reads no values from %j instead of assignments',
	(values) => {
		expect(read({ valuesInput: 'fields', values })).toEqual({});
	},
);

test.each([
	['{"a":1}', { a: 1 }],
	['[1]', [1]],
	[{ a: 1 }, { a: 1 }],
	[0, 0],
	['', undefined],
	[' ', undefined],
	['null', undefined],
	[null, undefined],
	[undefined, undefined],
])('reads the JSON %j as %j', (json, expected) => {
	expect(readJson(json, 'Values')).toEqual(expected);
	expect(read({ valuesInput: 'json', valuesJson: json })).toEqual(expected ?? {});
});

test.each([
	['{ "name": "say "hi"" }', 'line 1, column 17: found "h", after the key "name"'],
	['{"a":1,}', 'line 1, column 8: found "}", after the key "a"'],
	['{"a": 2026-01-02T03:04}', 'line 1, column 11: found "-", after the key "a"'],
	['{\n\t"a": yes\n}', 'line 2, column 7: found "y", after the key "a"'],
	["{'a': 1}", 'line 1, column 2: found "\'"'],
	['{"a" 1}', 'line 1, column 6: found "1"'],
	['{"a": 1 "b": 2}', 'line 1, column 9: found \'"\', after the key "a"'],
	['[1, 2}', 'line 1, column 6: found "}"'],
	['{"a": 1}, {"b": 2}', 'line 1, column 9: found ",", after the key "a"'],
	['{"a": "\\x"}', 'line 1, column 8: found "\\", after the key "a"'],
	['{"a": "1\n2"}', 'line 1, column 9: found a line break, after the key "a"'],
	['[object Object]', 'line 1, column 2: found "o"'],
	['\ufeff{}', 'line 1, column 1: found a byte order mark'],
	[`${'['.repeat(100_000)}x`, 'line 1, column 100001: found "x"'],
])('says where JSON breaks: %j', (json, place) => {
	expect(() => readJson(json, 'Values')).toThrow(`'Values' is not valid JSON at ${place}`);
});

test.each([['{"a"'], ['{"a":'], ['{"a": "b'], ['{"a": 1'], ['['], ['[1,'], ['-'], ['{"a": tru']])(
	'says that JSON ends too early: %j',
	(json) => {
		expect(() => readJson(json, 'Values')).toThrow(
			/'Values' is not valid JSON(?:: the text ends too early| at line)/,
		);
	},
);

test.each([
	["{'a': 1}", /double quotes/],
	['{“a”: 1}', /typographic quotes/],
	['{"a": 1,}', /Remove the comma before "}"/],
	['{"a": [object Object]}', /Wrap the expression in JSON.stringify/],
	['\ufeff{}', /Remove the invisible character: a byte order mark/],
	['{\u00a0"a": 1}', /Remove the invisible character: a no-break space/],
	['{a: 1}', /Put keys and text in double quotes/],
])('says why JSON breaks and what to do: %j', (json, advice) => {
	expect(() => readJson(json, 'Values')).toThrow(
		expect.objectContaining({ description: expect.stringMatching(advice) as string }) as Error,
	);
});

test.each([
	['{"password": "hunter2xyz" "a": 1}'],
	['{"password": "hunter2xyz"'],
	['{"password": "hunt"hunter2xyz"}'],
	['{"password": hunter2xyz}'],
])('does not show a value of broken JSON: %j', (json) => {
	expect(() => readJson(json, 'Values')).toThrow(/^(?!.*unter2).*after the key "password"$/);
});

test('finds a place in all text that is not JSON', () => {
	const part = fc.constantFrom(
		'{',
		'}',
		'[',
		']',
		',',
		':',
		'"',
		'"a"',
		'1',
		'-',
		'true',
		'nul',
		' ',
		'\\',
		'.',
	);
	fc.assert(
		fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
			const json = parts.join('');
			fc.pre(json.trim() !== '' && !isJson(json));
			expect(() => readJson(json, 'Values')).toThrow(
				/^'Values' is not valid JSON(?:: the text ends| at line)/,
			);
		}),
		{ numRuns: 2000 },
	);
});

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

test('says how to correct broken JSON, with the labels of the form', () => {
	const description = (action: () => unknown) => {
		try {
			action();
		} catch (error) {
			return (error as { description?: string }).description;
		}
		return undefined;
	};
	const advice =
		'Correct the JSON. To insert text from an item, write {{ JSON.stringify($json.name) }} without quotes around it';
	expect(description(() => readJson('{', 'Values'))).toBe(`${advice}.`);
	expect(description(() => read({ valuesInput: 'json', valuesJson: '{' }))).toBe(
		`${advice}, or set 'Specify Values' to 'Using Fields Below'.`,
	);
});

test.each(['number', 'boolean', 'array', 'object'])('leaves out blank text of the type %s', (type) => {
	expect(JSON.stringify(read(row(type, '')))).toBe('{}');
	expect(JSON.stringify(read(row(type, ' ')))).toBe('{}');
});

test.each([
	[
		['a', 'b'],
		['a', 'b'],
	],
	[[], []],
	['a', ['a']],
	[0, [0]],
	[undefined, []],
	[null, []],
])('makes a list of %j: %j', (value, expected) => {
	expect(asList(value)).toEqual(expected);
});

test.each([
	[{ row: [{ a: 1 }, 'text', { a: 2 }] }, [{ a: 1 }, { a: 2 }]],
	[{ row: { a: 1 } }, [{ a: 1 }]],
	[{ other: [{ a: 1 }] }, []],
	[{}, []],
	['', []],
	[undefined, []],
])('finds the entries of the collection %j: %j', (collection, expected) => {
	expect(entriesOf(collection, 'row')).toEqual(expected);
});

describe('when something happened', () => {
	const read = (value: unknown) => {
		const warnings: Warning[] = [];
		const warn = (warning: Warning) => void warnings.push(warning);
		const time = timeOrNow(value, 'sentAt', contextWith({ timeZone: 'America/New_York', warn }));
		return { time: new Date(time).toISOString(), warnings };
	};
	beforeEach(() => void jest.useFakeTimers({ now: Date.UTC(2026, 0, 2) }));
	afterEach(() => void jest.useRealTimers());

	test.each([
		['2026-01-02T03:04:05', '2026-01-02T08:04:05.000Z'],
		['2026-07-01', '2026-07-01T04:00:00.000Z'],
		['2026-01-02T03:04:05+01:00', '2026-01-02T02:04:05.000Z'],
		[1767323045, '2026-01-02T03:04:05.000Z'],
	])('is %j in the workflow’s time zone', (value, time) => {
		expect(read(value)).toEqual({ time, warnings: [] });
	});

	test.each([[''], [' '], [null], [undefined]])('is now if the field holds %j', (value) => {
		expect(read(value)).toEqual({ time: '2026-01-02T00:00:00.000Z', warnings: [] });
	});

	test.each([
		['05/01/2024', '"05/01/2024"'],
		[45720.595, '45720.595'],
		[{}, 'an object'],
	])('is now, with a warning, if the field holds %j', (value, shown) => {
		expect(read(value)).toEqual({
			time: '2026-01-02T00:00:00.000Z',
			warnings: [
				{
					path: 'sentAt',
					code: 'unreadable_time',
					message: expect.stringContaining(
						`'Sent At' was set to the time of this run, because ${shown} can't`,
					),
				},
			],
		});
	});
});
