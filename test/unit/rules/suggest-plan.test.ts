import { compilePlan, suggestPlan } from '../../../nodes/shared/rules';
import { accept, minimal } from '../event/helpers';

const order = (properties: Record<string, unknown>) =>
	accept({ ...minimal.track, event: 'Order Completed', properties });

test('infers names, types and which properties all events have', () => {
	const events = [
		order({ total: 42, currency: 'EUR', gift: true, tags: ['a'], day: '2026-01-31', mixed: 1, note: null }),
		order({ total: 1.5, currency: 'USD', gift: false, tags: [], day: '2026-02-01T00:00:00Z', mixed: 'x' }),
		order({ total: 7, coupon: 'SPRING', day: '2026-02-01' }),
		accept({ ...minimal.identify, traits: { email: 'ada@example.com' } }),
		accept({ ...minimal.track, event: 'Signed Up', properties: {} }),
	];
	const event = 'Order Completed';
	expect(suggestPlan(events)).toEqual([
		{ event, property: 'total', type: 'number', required: true },
		{ event, property: 'currency', type: 'text', required: false },
		{ event, property: 'gift', type: 'boolean', required: false },
		{ event, property: 'tags', type: 'list', required: false },
		{ event, property: 'day', type: 'date', required: true },
		{ event, property: 'mixed', type: 'any', required: false },
		{ event, property: 'coupon', type: 'text', required: false },
		{ event: 'identify', property: 'email', type: 'text', required: true },
		{ event: 'Signed Up' },
	]);
});

test('makes text of dates and other text', () => {
	expect(suggestPlan([order({ a: '2026-01-31' }), order({ a: 'soon' })])).toMatchObject([{ type: 'text' }]);
});

test('looks into objects, but not into those that are tables with IDs as names', () => {
	const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`id${index}`, 1]));
	expect(
		suggestPlan([order({ address: { city: 'Rome', geo: { lat: 1 } }, many }), order({ address: {} })]),
	).toEqual(
		[
			['address', 'object', true],
			['address.city', 'text', false],
			['address.geo', 'object', false],
			['address.geo.lat', 'number', false],
			['many', 'object', false],
		].map(([property, type, required]) => ({ event: 'Order Completed', property, type, required })),
	);
});

test('writes names that are not paths in brackets', () => {
	const names = ['Total [EUR]', 'card.last4', ' spaced ', '*', 'a["b', '', 'plain'];
	const events = [order(Object.fromEntries(names.map((name) => [name, 1])))];
	const rows = suggestPlan(events);

	expect(rows.map(({ property }) => property)).toEqual([
		...['["Total [EUR]"]', '["card.last4"]', '[" spaced "]', '["*"]', `['a["b']`, '[""]', 'plain'],
	]);
	expect(suggestPlan([order({ [`[both " and '`]: 1 })])).toEqual([{ event: 'Order Completed' }]);
});

test('gives a plan that the same events follow', () => {
	const events = [
		order({ total: 42, address: { city: 'Rome' }, 'a.b': 1, products: [{ price: 1 }] }),
		order({ total: 1, address: {}, products: [] }),
		accept({ ...minimal.group, traits: { plan: 'pro' } }),
		accept({ ...minimal.page, properties: { url: 'https://example.com' } }),
	];
	const plan = compilePlan(suggestPlan(events));
	expect(events.map((event) => plan.violationsOf(event))).toEqual(events.map(() => []));
});

test('of no events is empty', () => {
	expect(suggestPlan([])).toEqual([]);
});
