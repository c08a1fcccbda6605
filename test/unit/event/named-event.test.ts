import { asNamedEvent, personTraits } from '../../../nodes/shared/event';
import { accept, minimal } from './helpers';

const { track, identify, page, screen, group, alias } = minimal;
const properties = { total: 42 };
const traits = { plan: 'pro' };

test.each([
	['a track event has its own name', { ...track, properties }, 'Order Completed', properties],
	['all page events have one name', { ...page, properties }, 'Page Viewed', properties],
	['all screen events have one name', { ...screen, properties }, 'Screen Viewed', properties],
	['an identify event has its traits as properties', { ...identify, traits }, 'User Identified', traits],
	[
		'a group event has its ID and traits as properties',
		{ ...group, traits },
		'Group Joined',
		{ groupId: 'g1', plan: 'pro' },
	],
	['an alias event has the previous ID as a property', alias, 'User Aliased', { previousId: 'a1' }],
])('%s', (_, received, name, expected) => {
	expect(asNamedEvent(accept(received))).toStrictEqual({ name, properties: expected });
});

test.each([
	['page', 'Page Viewed'],
	['screen', 'Screen Viewed'],
] as const)('the properties say which %s it was', (type, name) => {
	const event = accept({ ...minimal[type], name: 'Pricing', category: 'Docs', properties });
	expect(asNamedEvent(event)).toEqual({
		name,
		properties: { name: 'Pricing', category: 'Docs', total: 42 },
	});
});

describe('the traits of the person', () => {
	const context = { traits: { email: 'ada@example.com', plan: 'free' } };

	test.each([
		['an identify', { ...identify, traits }, { plan: 'pro' }],
		[
			'an identify with traits in the context',
			{ ...identify, context, traits },
			{ email: 'ada@example.com', plan: 'pro' },
		],
		['a track with traits in the context', { ...track, context }, context.traits],
		[
			'a track whose own traits are null',
			{ ...track, context, traits: { email: null, plan: 'pro' } },
			{ email: 'ada@example.com', plan: 'pro' },
		],
		['a track without traits', track, {}],
		['a track whose context has something else', { ...track, context: { traits: 'pro' } }, {}],
		[
			'a group, whose traits are not the person’s',
			{ ...group, context, traits: { size: 5 } },
			context.traits,
		],
		['a group without a context', { ...group, traits: { size: 5 } }, {}],
	])('of %s', (_, received, expected) => {
		expect(personTraits(accept(received))).toStrictEqual(expected);
	});
});
