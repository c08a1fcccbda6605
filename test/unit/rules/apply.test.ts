import fc from 'fast-check';
import { canonicalEventSchema, normalize } from '../../../nodes/shared/event';
import {
	applyRules,
	compilePlan,
	propertyTypes,
	protectReject,
	type EventRules,
} from '../../../nodes/shared/rules';
import { anyEvent } from '../event/arbitraries';
import { accept, deepFreeze, minimal, origin, rejectOf } from '../event/helpers';

const order = accept({ ...minimal.track, messageId: 'm1', properties: { total: 'much', card: '4111' } });
const plan = compilePlan([{ event: 'Order Completed', property: 'total', type: 'number' }]);
const rules = (more: Partial<EventRules> = {}): EventRules => ({
	consent: [],
	unplanned: 'reject',
	violations: 'reject',
	privacy: { hash: [], drop: [] },
	...more,
});
const consenting = (categoryPreferences: unknown) =>
	accept({ ...minimal.track, context: { consent: { categoryPreferences } } });

test('does not change an event without rules', () => {
	expect(applyRules(order, rules())).toEqual({ ok: true, value: order });
});

describe('consent', () => {
	const asked = rules({ consent: ['Advertising', 'Analytics'] });

	test('accepts an event with all of it', () => {
		const event = consenting({ Advertising: true, Analytics: true, Other: false });
		expect(applyRules(event, asked)).toEqual({ ok: true, value: event });
	});

	test.each([
		['in part', { Advertising: true, Analytics: false }],
		['as something else than true', { Advertising: true, Analytics: 'true' }],
		['nowhere', undefined],
		['in a list', ['Advertising', 'Analytics']],
	])('rejects an event with consent %s', (_, preferences) => {
		const event = consenting(preferences);
		expect(applyRules(event, asked)).toMatchObject({
			ok: false,
			reason: {
				code: 'consent_missing',
				path: 'context.consent.categoryPreferences',
				message: expect.stringContaining('Analytics') as string,
				messageId: event.messageId,
				event,
			},
		});
	});
});

describe('an event that does not follow the plan', () => {
	test('is rejected with the first path and all reasons', () => {
		expect(applyRules(order, rules({ plan }))).toMatchObject({
			ok: false,
			reason: {
				code: 'plan_violation',
				path: 'properties.total',
				message: "'properties.total' must be a number.",
			},
		});
	});

	test('is accepted with a warning if the rules say so', () => {
		expect(applyRules(order, rules({ plan, violations: 'warn' }))).toMatchObject({
			ok: true,
			value: { _meta: { warnings: [{ path: 'properties.total', code: 'plan_type' }] } },
		});
	});
});

describe('an event that is not in the plan', () => {
	const signup = accept({ ...minimal.track, event: 'Signed Up' });

	test('is accepted', () => {
		expect(applyRules(signup, rules({ plan, unplanned: 'pass' }))).toEqual({ ok: true, value: signup });
	});

	test('is accepted with a warning', () => {
		expect(applyRules(signup, rules({ plan, unplanned: 'warn' }))).toMatchObject({
			ok: true,
			value: { _meta: { warnings: [{ code: 'unplanned_event' }] } },
		});
	});

	test('is rejected', () => {
		expect(applyRules(signup, rules({ plan }))).toMatchObject({
			ok: false,
			reason: {
				code: 'unplanned_event',
				message:
					"The tracking plan has no event 'Signed Up'. Add it to 'Planned Events', or correct its name.",
			},
		});
	});
});

test('checks the plan before it protects private fields', () => {
	const fine = compilePlan([{ event: 'Order Completed', property: 'card', allowedValues: ['4111'] }]);
	const privacy = { hash: [], drop: ['properties.card'] };
	expect(applyRules(order, rules({ plan: fine, privacy }))).toMatchObject({
		ok: true,
		value: { properties: { total: 'much' } },
	});
	expect(JSON.stringify(applyRules(order, rules({ plan: fine, privacy })))).not.toContain('4111');
});

test('protects private fields in rejects, too', () => {
	const privacy = { hash: [], drop: ['properties.card'] };
	expect(JSON.stringify(applyRules(order, rules({ plan, privacy })))).not.toContain('4111');
});

describe('the reject of an event that was not normalized', () => {
	const privacy = { hash: ['traits.email'], drop: ['properties.card'] };
	const secrets = { traits: { email: 'ada@example.com' }, properties: { card: '4111', total: 1 } };
	const shown = (received: unknown, privacyRules = privacy) =>
		protectReject(rejectOf(received), rules({ privacy: privacyRules })).event;

	test('is protected if its fields are like those of an event', () => {
		expect(shown({ ...minimal.track, ...secrets, event: '' })).toMatchObject({ properties: { total: 1 } });
		expect(JSON.stringify(shown({ ...secrets }))).not.toMatch(/ada@|4111/);
	});

	test.each([70, 5_000, 100_000])('is protected as text if it is nested %d deep', (depth) => {
		const deep: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
		const event = shown({ ...minimal.track, ...secrets, context: { deep } });
		expect(typeof event).toBe('string');
		expect(event).not.toMatch(/ada@|4111/);
		if (depth === 70)
			expect(JSON.parse(event as string)).toMatchObject({ userId: 'u1', properties: { total: 1 } });
	});

	test('is protected if it is the JSON text of an event', () => {
		const event = JSON.stringify({ ...minimal.track, ...secrets });
		expect(shown(event)).not.toMatch(/ada@|4111/);
		expect(shown(event, { hash: [], drop: ['properties.missing'] })).toBe(event);
		const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
		expect(shown(event.replace('{', `{"deep":${deep},`))).not.toMatch(/ada@|4111/);
	});

	test.each([
		['[', ']'],
		['{"a":', '}'],
	])('is not shown if the field to hash is nested very deep in %s', (open, close) => {
		const email = `${open.repeat(100_000)}"ada@example.com"${close.repeat(100_000)}`;
		const event = JSON.stringify(minimal.identify).replace('{', `{"traits":{"email":${email}},`);
		expect(shown(event, { hash: ['traits.email'], drop: [] })).toMatch(/too deeply to be shown/);
	});

	test.each(['text', '[{"traits":1}]', '{"traits":', 5, null])(
		'is unchanged without such fields: %j',
		(received) => {
			expect(shown(received)).toEqual(received);
		},
	);
});

test('accepts or rejects any event by any rules', () => {
	const names = fc.constantFrom('email', 'a.b', 'toString', 'a["b"]', 'items[0]');
	const path = fc
		.constantFrom('traits', 'properties', 'context')
		.chain((field) => names.map((name) => `${field}.${name}`));
	const row = fc.record({
		event: fc.constantFrom('Order Completed', 'identify', 'page'),
		property: names,
		type: fc.constantFrom(...propertyTypes),
		required: fc.boolean(),
		allowedValues: fc.constantFrom([], ['EUR', '1']),
	});
	const anyRules = fc.record<EventRules>({
		consent: fc.constantFrom([], ['Advertising']),
		plan: fc.array(row, { maxLength: 4 }).map(compilePlan),
		unplanned: fc.constantFrom('pass', 'warn', 'reject'),
		violations: fc.constantFrom('warn', 'reject'),
		privacy: fc.record({ hash: fc.array(path, { maxLength: 3 }), drop: fc.array(path, { maxLength: 3 }) }),
	});
	const properties = fc.dictionary(
		names,
		fc.constantFrom<unknown>('EUR', 'x', 1, null, { toString: 1 }, [{ toString: 0 }]),
	);
	const event = fc.oneof(
		anyEvent,
		properties.map((properties) => ({ ...minimal.track, properties })),
	);
	const outcomes = new Set<string>();
	fc.assert(
		fc.property(event, anyRules, (received, rules) => {
			const normalized = normalize(deepFreeze(received), origin());
			if (!normalized.ok) {
				expect(protectReject(normalized.reason, rules).code).toBe(normalized.reason.code);
				return;
			}
			const checked = applyRules(deepFreeze(normalized.value), rules);
			outcomes.add(checked.ok ? 'accepted' : checked.reason.code);
			if (checked.ok) canonicalEventSchema.parse(checked.value);
		}),
		{ numRuns: 1000 },
	);
	expect([...outcomes].sort()).toEqual(['accepted', 'consent_missing', 'plan_violation', 'unplanned_event']);
});

describe('the reject', () => {
	test('names every category without consent', () => {
		const asked = rules({ consent: ['Advertising', 'Analytics'] });
		expect(applyRules(consenting({}), asked)).toMatchObject({
			reason: {
				message:
					'The event has no consent for: Advertising, Analytics. If the person consented, send this with the event: {"context":{"consent":{"categoryPreferences":{"Advertising":true,"Analytics":true}}}}',
			},
		});
	});

	test('lists everything that the plan finds wrong', () => {
		const strict = compilePlan([
			{ event: 'Order Completed', property: 'total', type: 'number' },
			{ event: 'Order Completed', property: 'currency', required: true },
		]);
		expect(applyRules(order, rules({ plan: strict }))).toMatchObject({
			reason: {
				code: 'plan_violation',
				message:
					"'properties.total' must be a number. 'properties.currency' is missing, and the tracking plan requires it.",
			},
		});
	});

	test.each([
		['an identify event by its type', minimal.identify, 'identify'],
		['a track event by its name', { ...minimal.track, event: 'Signed Up' }, 'Signed Up'],
	])('names %s that the plan does not have', (_, received, name) => {
		expect(applyRules(accept(received), rules({ plan }))).toMatchObject({
			reason: {
				code: 'unplanned_event',
				path: 'event',
				message: `The tracking plan has no event '${name}'. Add it to 'Planned Events', or correct its name.`,
			},
		});
	});
});

test('does not copy an event that no rule changes', () => {
	expect(applyRules(order, rules())).toMatchObject({ ok: true });
	const result = applyRules(order, rules());
	expect(result.ok && result.value === order).toBe(true);
});

test('keeps the spaces in the text of an event without private fields', () => {
	const event = '{ "type": "track",  "userId": "u1" }';
	const reject = protectReject(rejectOf(event), rules({ privacy: { hash: [], drop: ['properties.card'] } }));
	expect(reject.event).toBe(event);
});
