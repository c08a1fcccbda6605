import type { CanonicalEvent } from '../../../nodes/shared/event';
import type { MappingContext, Operation } from '../../../nodes/shared/service/definition';
import {
	asSummary,
	ensureCustomerExists,
	identifyEventsOnly,
	listOf,
	manyEvents,
} from '../../../nodes/shared/service/operations';
import { operation } from '../delivery/helpers';

const property = (name: string) => ({ displayName: name, name, type: 'string' as const, default: '' });

describe('an operation as a summary', () => {
	const settings = [property('list')];
	const single: Operation = {
		...operation,
		record: { ...operation.record, settings, properties: [property('name')], maxBytes: 7 },
	};

	test('has the form of the operation', () => {
		expect(asSummary(single, manyEvents)).toEqual({
			...single,
			operation: 'sendMany',
			...manyEvents,
			summary: true,
			record: single.record,
		});
	});

	test('can have other settings', () => {
		expect(asSummary(single, manyEvents, []).record.settings).toEqual([]);
	});
});

test('Identify skips all events but identify events, and says why', () => {
	expect(identifyEventsOnly({ type: 'identify' } as CanonicalEvent)).toBeUndefined();
	expect(identifyEventsOnly({ type: 'track' } as CanonicalEvent)).toMatch(/track event$/);
});

describe('the option Ensure Customer Exists', () => {
	const option = ensureCustomerExists<{ who: string }>({
		description: 'One more request',
		customerOf: ({ who }) => who,
		request: (id) => ({ method: 'PUT', path: '/customers/{id}', params: { id } }),
	});
	const prerequisite = (ensure: unknown) =>
		option.prerequisite?.({ who: 'u1' }, {
			options: { ensureCustomerExists: ensure },
		} as unknown as MappingContext);

	test('is off by default', () => {
		expect(option.property).toEqual({
			displayName: 'Ensure Customer Exists',
			name: 'ensureCustomerExists',
			type: 'boolean',
			default: false,
			description: 'One more request',
		});
		expect(prerequisite(undefined)).toBeUndefined();
		expect(prerequisite(false)).toBeUndefined();
	});

	test.each([[true], ['true']])('adds a request for each customer when it is %j', (on) => {
		expect(prerequisite(on)).toEqual({
			purpose: 'Ensure Customer Exists',
			once: 'u1',
			request: { method: 'PUT', path: '/customers/{id}', params: { id: 'u1' } },
		});
	});
});

test.each([
	[
		[1, 2],
		[1, 2],
	],
	[[], []],
	[undefined, []],
	[null, []],
	[{ a: 1 }, [{ a: 1 }]],
])('the entries of %j are %j', (body, expected) => {
	expect(listOf(body)).toEqual(expected);
});
