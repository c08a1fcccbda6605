import { asNamedEvent, personTraits } from '../../../nodes/shared/event';
import { accept, minimal } from './helpers';

const { track, identify, page, screen, group, alias } = minimal;
const properties = { total: 42 };
const traits = { plan: 'pro' };

test.each([
	['a track by its own name', { ...track, properties }, 'Order Completed', properties],
	['a page by one name for all', { ...page, properties }, 'Page Viewed', properties],
	['a screen by one name for all', { ...screen, properties }, 'Screen Viewed', properties],
	['an identify, with its traits', { ...identify, traits }, 'User Identified', traits],
	['a group, with its id and traits', { ...group, traits }, 'Group Joined', { groupId: 'g1', plan: 'pro' }],
	['an alias, with the id until now', alias, 'User Aliased', { previousId: 'a1' }],
])('%s', (_, received, name, expected) => {
	expect(asNamedEvent(accept(received))).toStrictEqual({ name, properties: expected });
});

test.each([
	['page', 'Page Viewed'],
	['screen', 'Screen Viewed'],
] as const)('which %s it was stands in the properties', (type, name) => {
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
