import { compilePlan, importPlan } from '../../../nodes/shared/rules';
import { accept, minimal } from '../event/helpers';

const rowsOf = (plan: unknown) => importPlan(plan)?.filter(({ property }) => property !== undefined);

const orderSchema = {
	$schema: 'http://json-schema.org/draft-07/schema#',
	title: 'Order Completed',
	type: 'object',
	properties: {
		total: { type: ['number', 'null'] },
		quantity: { type: 'integer' },
		currency: { type: 'string', enum: ['EUR', 'USD', null] },
		orderedAt: { type: 'string', format: 'date-time' },
		gift: { type: 'boolean', const: true },
		tags: { type: 'array', items: { enum: ['new', 'sale'] } },
		address: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
		products: {
			type: 'array',
			items: { type: 'object', properties: { price: { type: 'number' } }, required: ['price'] },
		},
		'Total [EUR]': true,
		anything: { type: ['string', 'number'] },
	},
	required: ['total', 'currency', 'products'],
};

test('reads a JSON Schema', () => {
	const event = 'Order Completed';
	expect(rowsOf(orderSchema)).toEqual([
		// Null counts as missing, so a value that may be null is not required.
		{ event, property: 'total', type: 'number', required: false },
		{ event, property: 'quantity', type: 'number', required: false },
		{ event, property: 'currency', type: 'text', required: true, allowedValues: ['EUR', 'USD'] },
		{ event, property: 'orderedAt', type: 'date', required: false },
		{ event, property: 'gift', type: 'boolean', required: false, allowedValues: ['true'] },
		{ event, property: 'tags', type: 'list', required: false, allowedValues: ['new', 'sale'] },
		{ event, property: 'address', type: 'object', required: false },
		{ event, property: 'address.city', type: 'text', required: 'withParent' },
		{ event, property: 'products', type: 'list', required: true },
		{ event, property: 'products[].price', type: 'number', required: 'withParent' },
		{ event, property: '["Total [EUR]"]', type: 'any', required: false },
		{ event, property: 'anything', type: 'any', required: false },
	]);
});

test('requires what is inside an object or an entry only where that is there', () => {
	const plan = compilePlan(importPlan(orderSchema) ?? []);
	const violations = (properties: Record<string, unknown>) =>
		plan
			.violationsOf(
				accept({
					...minimal.track,
					event: 'Order Completed',
					properties: { currency: 'EUR', ...properties },
				}),
			)
			?.map(({ code, path }) => `${code} ${path}`);

	expect(violations({ products: [] })).toEqual([]);
	expect(violations({ products: [{ price: 1 }, {}] })).toEqual(['plan_missing properties.products[].price']);
	expect(violations({ products: [], address: {} })).toEqual(['plan_missing properties.address.city']);
	expect(violations({ products: [], address: { city: 5 } })).toEqual(['plan_type properties.address.city']);
	expect(violations({})).toEqual(['plan_missing properties.products']);
});

test.each([
	['a list of schemas', [orderSchema, { title: 'Signed Up', type: 'object' }]],
	['schemas by name', { 'Order Completed': orderSchema, 'Signed Up': { type: 'object' } }],
])('reads %s', (_, plan) => {
	const names = importPlan(plan)?.map(({ event }) => event);
	expect([...new Set(names)]).toEqual(['Order Completed', 'Signed Up']);
});

/** As Segment's SDKs for its APIs and its Typewriter have them. */
const envelope = (properties: object, traits: object = {}) => ({
	$schema: 'http://json-schema.org/draft-07/schema#',
	type: 'object',
	properties: {
		context: {},
		properties: { type: 'object', ...properties },
		traits: { type: 'object', ...traits },
	},
});
const total = { properties: { total: { type: 'number' } }, required: ['total'] };
const email = { properties: { email: { type: 'string' } }, required: ['email'] };

describe('a tracking plan of Segment Protocols', () => {
	const rules = [
		{ type: 'TRACK', key: 'Order Completed', version: 1, jsonSchema: envelope({}) },
		{ type: 'TRACK', key: 'Order Completed', version: 2, jsonSchema: envelope(total) },
		{ type: 'IDENTIFY', version: 1, jsonSchema: envelope({}, email) },
		{ type: 'PAGE', key: 'Pricing', version: 1, jsonSchema: envelope(total) },
		{ type: 'COMMON', version: 1, jsonSchema: envelope({ properties: { shop: { type: 'string' } } }) },
	];
	const expected = [
		{ event: 'Order Completed' },
		{ event: 'Order Completed', property: 'total', type: 'number', required: true },
		{ event: 'Order Completed', property: 'shop', type: 'text', required: false },
		{ event: 'identify' },
		{ event: 'identify', property: 'email', type: 'text', required: true },
		// The rules of one page don't hold for others.
		{ event: 'page' },
		{ event: 'page', property: 'shop', type: 'text', required: false },
	];

	test.each([
		['its rules', rules],
		['an answer of the Public API', { data: { rules, pagination: { current: 'MA==' } } }],
		['a plan with its rules', { id: 'tp_1', name: 'Shop', rules }],
	])('is read from %s', (_, plan) => {
		expect(importPlan(plan)).toEqual(expected);
	});

	test('is read from an answer of the Config API', () => {
		const plan = {
			name: 'workspaces/w/tracking-plans/rs_1',
			display_name: 'Shop',
			rules: {
				events: [{ name: 'Order Completed', version: 1, rules: envelope(total) }],
				global: envelope({ properties: { shop: { type: 'string' } } }),
				identify: envelope({}, email),
				group: {},
			},
		};
		expect(importPlan(plan)).toEqual([...expected.slice(0, 5), { event: 'group' }]);
	});

	test('may have the properties of the event at the top, as Typewriter stores them', () => {
		const plan = { rules: [{ type: 'TRACK', key: 'A', jsonSchema: { type: 'object', ...total } }] };
		expect(rowsOf(plan)).toEqual([{ event: 'A', property: 'total', type: 'number', required: true }]);
	});
});

test.each([
	[[{ event: 'A', property: 'b', type: 'object' }]],
	[[{ event: 'A' }]],
	[{ a: 1 }],
	['text'],
	[null],
	[{}],
])('leaves anything else: %j', (plan) => {
	expect(importPlan(plan)).toBeUndefined();
});

test('says what a schema without a name needs', () => {
	expect(() => importPlan({ type: 'object', properties: {} })).toThrow('has no title');
});

test('reads a schema of any depth', () => {
	let schema: object = { type: 'object' };
	for (let level = 0; level < 5_000; level++) schema = { type: 'object', properties: { a: schema } };
	const rows = rowsOf({ title: 'Deep', ...schema }) ?? [];
	expect(rows).toHaveLength(20);
	expect(() => compilePlan(rows)).not.toThrow();
});
