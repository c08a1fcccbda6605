import { compilePlan, type PlannedProperty, type PropertyType } from '../../../nodes/shared/rules';
import { accept, minimal } from '../event/helpers';

const order = (properties: Record<string, unknown>) =>
	accept({ ...minimal.track, event: 'Order Completed', properties });
const codesOf = (rows: PlannedProperty[], event = order({})) =>
	compilePlan(rows)
		.violationsOf(event)
		?.map(({ path, code }) => `${code} ${path}`);

test('returns undefined for an event that is not in the plan', () => {
	expect(codesOf([{ event: 'Signed Up' }])).toBeUndefined();
});

test('plans an event without requirements by a row without a property', () => {
	expect(codesOf([{ event: ' Order Completed ' }], order({ anything: 1 }))).toEqual([]);
});

test.each<[PropertyType, unknown[], unknown[]]>([
	['any', [0, 'a', {}, []], []],
	['text', ['a', '0'], [1, true, [], {}]],
	['number', [0, -1.5], ['1', true, [1]]],
	['boolean', [true, false], ['true', 0, 1]],
	[
		'date',
		['2026-01-31', '2026-01-31T12:00:00Z', '2026-01-31T12:00:00+02:00'],
		['31.1.2026', '2026-02-31', 1767323045],
	],
	['list', [[], [1]], ['a', {}, 1]],
	['object', [{}, { a: 1 }], [[], 'a', 1]],
])('checks a property of type %s', (type, good, bad) => {
	const rows = [{ event: 'Order Completed', property: 'value', type }];
	for (const value of good) expect([value, codesOf(rows, order({ value }))]).toEqual([value, []]);
	for (const value of bad) {
		expect([value, codesOf(rows, order({ value }))]).toEqual([value, ['plan_type properties.value']]);
	}
});

test.each([{}, { total: null }, { total: '' }])('finds a required property missing in %j', (properties) => {
	const rows = (required: boolean) => [{ event: 'Order Completed', property: 'total', required }];
	expect(codesOf(rows(true), order(properties))).toEqual(['plan_missing properties.total']);
	expect(codesOf(rows(false), order(properties))).toEqual([]);
});

test('accepts only the allowed values', () => {
	const rows = [{ event: 'Order Completed', property: 'currency', allowedValues: ['EUR', 'USD'] }];
	expect(codesOf(rows, order({ currency: 'EUR' }))).toEqual([]);
	expect(codesOf(rows, order({ currency: 'eur' }))).toEqual(['plan_value properties.currency']);
});

test.each([
	['an object that cannot be printed', { toString: 1 }],
	['an object that prints as an allowed value', { toString: 'EUR' }],
	['null among others', ['EUR', null]],
	['a list in a list', [['EUR']]],
])('does not accept %s as an allowed value', (_, currency) => {
	const rows = [{ event: 'Order Completed', property: 'currency', allowedValues: ['EUR', 'null'] }];
	expect(codesOf(rows, order({ currency }))).toEqual(['plan_value properties.currency']);
});

test.each([[['EUR', 'USD']], [5], [true], [['5', 5]]])('accepts %j as allowed values', (value) => {
	const rows = [{ event: 'Order Completed', property: 'value', allowedValues: ['EUR', 'USD', '5', 'true'] }];
	expect(codesOf(rows, order({ value }))).toEqual([]);
});

test('finds a property inside another one or with dots in its name', () => {
	const rows: PlannedProperty[] = [{ event: 'Order Completed', property: 'card.last4', type: 'text' }];
	expect(codesOf(rows, order({ card: { last4: 1234 } }))).toEqual(['plan_type properties.card.last4']);
	expect(codesOf(rows, order({ 'card.last4': '1234' }))).toEqual([]);
});

test('checks the traits of an identify event', () => {
	const rows: PlannedProperty[] = [{ event: 'identify', property: 'email', type: 'text', required: true }];
	const person = (traits: Record<string, unknown>) => accept({ ...minimal.identify, traits });
	expect(codesOf(rows, person({ email: 'a@b.c' }))).toEqual([]);
	expect(codesOf(rows, person({}))).toEqual(['plan_missing traits.email']);
});

test('finds all violations in the order of the rows', () => {
	const rows: PlannedProperty[] = [
		{ event: 'Order Completed', property: 'b', required: true },
		{ event: 'Signed Up', property: 'c', required: true },
		{ event: 'Order Completed', property: 'a', type: 'number' },
	];
	expect(codesOf(rows, order({ a: 'x' }))).toEqual(['plan_missing properties.b', 'plan_type properties.a']);
});

test('an error for a row without an event has its number', () => {
	expect(() => compilePlan([{ event: 'a' }, { event: ' ' }])).toThrow(/Row 2 .* has no event name/);
});

test.each<[title: string, PlannedProperty, properties: Record<string, unknown>, message: string]>([
	[
		'a missing property',
		{ event: 'Order Completed', property: 'total', required: true },
		{},
		"'properties.total' is missing, and the tracking plan requires it.",
	],
	[
		'another type',
		{ event: 'Order Completed', property: 'total', type: 'number' },
		{ total: 'much' },
		"'properties.total' must be a number.",
	],
	[
		'another value',
		{ event: 'Order Completed', property: 'currency', allowedValues: ['EUR', 'USD'] },
		{ currency: 'DM' },
		"'properties.currency' must be one of: EUR, USD.",
	],
])('the message about %s says what the plan requires', (_, row, properties, message) => {
	expect(compilePlan([row]).violationsOf(order(properties))).toMatchObject([{ message }]);
});

test('a row without a property requires nothing, even if it is marked as required', () => {
	expect(codesOf([{ event: 'Order Completed', required: true }])).toEqual([]);
});

test('spaces around the name of a property do not count', () => {
	const rows = [{ event: 'Order Completed', property: ' total ', required: true }];
	expect(codesOf(rows, order({ total: 1 }))).toEqual([]);
	expect(codesOf(rows, order({}))).toEqual(['plan_missing properties.total']);
});

test('the properties of a group event are its traits', () => {
	const rows = [{ event: 'group', property: 'plan', required: true }];
	expect(codesOf(rows, accept({ ...minimal.group, traits: { plan: 'pro' } }))).toEqual([]);
	expect(codesOf(rows, accept({ ...minimal.group, properties: { plan: 'pro' } }))).toEqual([
		'plan_missing traits.plan',
	]);
});

test('a row for "track" is about the track event of that name', () => {
	const rows = [{ event: 'track', property: 'total', required: true }];
	expect(codesOf(rows, accept({ ...minimal.track, event: 'track' }))).toEqual([
		'plan_missing properties.total',
	]);
	expect(codesOf(rows, order({}))).toBeUndefined();
});

test('a row without an event is an error', () => {
	expect(() => compilePlan([{ event: 'a' }, { event: ' ' }])).toThrow(
		'Row 2 of the tracking plan has no event name',
	);
});

describe('a property in a list', () => {
	const plan = (property: string, required = false) =>
		compilePlan([{ event: 'Order Completed', property, type: 'number', required }]);
	const codes = (products: unknown, ...args: Parameters<typeof plan>) =>
		plan(...args)
			.violationsOf(accept({ ...minimal.track, properties: { products } }))
			?.map(({ code }) => code);

	test.each(['products.price', 'products[].price'])('named %s is checked in each entry', (property) => {
		expect(codes([{ price: 1 }, { price: 2 }], property, true)).toEqual([]);
		expect(codes([{ price: 1 }, { price: '2' }], property)).toEqual(['plan_type']);
		expect(codes([{ price: 1 }, {}], property, true)).toEqual(['plan_missing']);
		expect(codes([], property, true)).toEqual(['plan_missing']);
		expect(codes({ price: '1' }, property)).toEqual(['plan_type']);
	});

	test('named by its position is checked there', () => {
		expect(codes([{ price: '1' }, { price: 2 }], 'products[1].price', true)).toEqual([]);
		expect(codes([{ price: 1 }], 'products.1.price', true)).toEqual(['plan_missing']);
	});

	test.each(['products.', 'products.*.price', 'Total [EUR]'])('named %s is refused', (property) => {
		expect(() => plan(property)).toThrow(`has the property '${property}', which is not a path`);
	});

	test('named in brackets and quotes can have any name', () => {
		const total = accept({ ...minimal.track, properties: { 'Total [EUR]': 'x' } });
		expect(plan('["Total [EUR]"]').violationsOf(total)).toMatchObject([{ code: 'plan_type' }]);
	});
});
