import { Analytics } from '@segment/analytics-node';
import { embeddables } from '../../../nodes/Embeddables/embeddables.provider';
import { rehook } from '../../../nodes/Rehook/rehook.provider';
import { relationKit } from '../../../nodes/RelationKit/relation-kit.provider';
import type { CanonicalEvent, Warning } from '../../../nodes/shared/event';
import type { Provider } from '../../../nodes/shared/service/definition';
import { simonData } from '../../../nodes/SimonData/simon-data.provider';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { accept, minimal } from '../event/helpers';
import { convertAll } from '../formats/helpers';
import { findOperation, tryOut } from '../providers/helpers';

const { track, identify, page, screen, group, alias } = minimal;

const flow = { embeddableId: 'flow_1', identifierKey: 'email' };

function warningsOf(provider: Provider, [resource, name]: [string, string], event: unknown, settings = {}) {
	const operation = findOperation(provider, resource, name);
	return tryOut(provider, operation, { projectId: 'pr_1' }, { ...flow, ...settings }).prepared(event)
		.warnings;
}
const sent = (event: unknown) => warningsOf(rehook, ['event', 'send'], event);
const identified = (event: unknown) => warningsOf(relationKit, ['customer', 'identify'], event);

test.each([
	['a screen whose event is its name', { ...screen, event: 'Home', name: 'Home' }],
	[
		'a screen whose event is the name in its properties',
		{ ...screen, event: 'Home', properties: { name: 'home' } },
	],
	['an identify event whose event is its type', { ...identify, event: 'Identify' }],
])('there is no warning about %s', (_, event) => {
	const operation: [string, string] =
		event.event === 'Identify' ? ['customer', 'identify'] : ['event', 'send'];
	expect(warningsOf(relationKit, operation, event)).toEqual([]);
});

describe('a warning', () => {
	test('names what a track event holds that no event has, and where to put it', () => {
		const event = {
			userId: 'u1',
			event: 'signup',
			referral_code: 'KBLGPN',
			total_amount: 250,
		};
		expect(sent(event)).toEqual([
			{
				path: '',
				code: 'field_ignored',
				message: expect.stringMatching(/"referral_code", "total_amount".*"properties"/) as string,
			},
		]);
		const { referral_code, total_amount, ...rest } = event;
		expect(sent({ ...rest, properties: { referral_code, total_amount } })).toEqual([]);
	});

	test('names what an identify event holds outside of its traits', () => {
		const event = { ...identify, email: 'ada@example.com', name: 'Ada', plan: 'pro' };
		const messages = identified(event).map(({ message }) => message);
		expect(messages).toEqual([
			expect.stringMatching(
				/^RelationKit doesn't receive these fields of the identify event: "name"\. To keep a field, put it under "traits"/,
			),
			expect.stringMatching(/"email", "plan"\. To keep a field, put it under "traits"/),
		]);
	});

	test.each([
		['the traits of a track event', { ...track, traits: { plan: 'pro' } }, 'traits.plan', '"properties"'],
		['the name of a track event', { ...track, name: 'Order' }, 'name', '"properties"'],
		['the group of a track event', { ...track, groupId: 'acme' }, 'groupId', '"properties"'],
		['the traits of a page event', { ...page, traits: { plan: 'pro' } }, 'traits.plan', '"properties"'],
		[
			'the properties of an identify event',
			{ ...identify, properties: { total: 1 } },
			'properties.total',
			'"traits"',
		],
		['the event name of an identify event', { ...identify, event: 'Signed Up' }, 'event', '"traits"'],
		[
			'the properties of a group event',
			{ ...group, properties: { seats: 5 } },
			'properties.seats',
			'"traits"',
		],
		['the traits of an alias event', { ...alias, traits: { plan: 'pro' } }, 'traits.plan', 'identify event'],
	])('names %s', (_, event, path, place) => {
		expect(sent(event)).toMatchObject([
			{ path, code: 'field_ignored', message: expect.stringContaining(`"${path}"`) as string },
		]);
		expect(sent(event)[0]?.message).toContain(place);
	});

	test('names only the values that the service did not use', () => {
		const event = { ...track, traits: { email: 'ada@example.com', plan: 'pro' } };
		expect(warningsOf(embeddables, ['event', 'send'], event)).toMatchObject([{ path: 'traits.plan' }]);
		const byField = { identifierFrom: 'field', identifierField: 'groupId' };
		expect(warningsOf(embeddables, ['event', 'send'], { ...track, groupId: 'acme' }, byField)).toEqual([]);
		const traits = { email: 'ada@example.com', firstName: 'Ada' };
		expect(warningsOf(simonData, ['event', 'send'], { ...track, event: 'Demo Booked', traits })).toEqual([]);
	});

	test('stays short for an event with thousands of unknown fields', () => {
		const names = Array.from({ length: 5_000 }, (_, index) => `${'x'.repeat(500)}${index}`);
		const values = Object.fromEntries(names.map((name) => [name, 1]));
		const warnings = sent({ ...track, ...values, traits: values });
		expect(warnings).toHaveLength(2);
		expect(warnings[0]?.message).toContain(' and 4980 more');
		expect(JSON.stringify(warnings).length).toBeLessThan(4_000);
	});
});

describe('no warning', () => {
	test.each([
		['values that say nothing', { ...track, name: '', category: null, traits: {}, extra: null, more: [] }],
		['an event as the nodes return it', { ...accept(track), error: { message: 'No' } }],
		['a page with its own fields', { ...page, name: 'Pricing', category: 'Docs', properties: { a: 1 } }],
		['a screen with its own fields', { ...screen, name: 'Home', properties: { a: 1 } }],
		['an identify event with traits', { ...identify, traits: { plan: 'pro' } }],
		['a group event with traits', { ...group, traits: { plan: 'team' } }],
		['an alias event', alias],
	])('about %s', (_, event) => {
		expect(sent(event)).toEqual([]);
	});

	test.each(['identify', 'track', 'page', 'screen', 'group', 'alias'])(
		'about the %s events of SDKs, at any service',
		async (type) => {
			const events = (await eventsOfSdks()).filter((event) => event.type === type);
			expect(events.length).toBeGreaterThan(0);
			for (const event of events) {
				expect(event._meta.warnings).toEqual([]);
				for (const provider of [relationKit, embeddables, rehook, suprSend, simonData])
					expect(ignoredAt(provider, event)).toEqual([]);
			}
		},
	);
});

function ignoredAt(provider: Provider, event: CanonicalEvent): Warning[] {
	const operations = provider.operations.filter(
		({ record: { fromEvent, skips }, summary }) =>
			summary !== true && fromEvent !== undefined && skips?.(event) === undefined,
	);
	expect(operations.length).toBeGreaterThan(0);
	return operations
		.flatMap(({ resource, operation }) => {
			const settings = { workflow: 'w', identifierFrom: 'userId', customEventName: 'user_identified' };
			return warningsOf(provider, [resource, operation], event, settings);
		})
		.filter(({ code }) => code === 'field_ignored');
}

/** The events of several SDKs, as the trigger emits them. */
async function eventsOfSdks(): Promise<CanonicalEvent[]> {
	const bodies = [...(await bodiesOfSegmentNode()), ...documentedBodies];
	return bodies.flatMap((body) => {
		const { events, rejected } = convertAll({ body });
		expect(rejected).toEqual([]);
		return events;
	});
}

/** What Segment's own SDK posts. */
async function bodiesOfSegmentNode(): Promise<unknown[]> {
	const bodies: unknown[] = [];
	const httpClient = {
		makeRequest: async ({ body }: { body?: unknown }) => {
			bodies.push(JSON.parse(String(body)));
			return await Promise.resolve({ status: 200, statusText: 'OK', ok: true, json: () => ({}) });
		},
	};
	const analytics = new Analytics({ writeKey: 'key', httpClient: httpClient as never });
	const who = { userId: 'u1', context: { traits: { email: 'ada@example.com' }, groupId: 'acme' } };
	analytics.track({
		...who,
		event: 'Order Completed',
		properties: { total: 1 },
		integrations: { All: true },
	});
	analytics.identify({ ...who, traits: { email: 'ada@example.com', plan: 'pro' } });
	analytics.page({ ...who, name: 'Pricing', category: 'Docs', properties: { url: 'https://example.com' } });
	analytics.screen({ ...who, name: 'Home', properties: { a: 1 } });
	analytics.group({ ...who, groupId: 'acme', traits: { plan: 'team' } });
	analytics.alias({ userId: 'u1', previousId: 'a1' });
	await analytics.closeAndFlush();
	return bodies;
}

const who = { anonymousId: 'a-1', userId: 'u1' };
const email = 'ada@example.com';
const device = { $lib: 'web', $browser: 'Firefox', $current_url: 'https://example.com', utm_source: 'x' };
const initial = { $initial_referrer: 'https://example.com' };

/** Shapes of bodies that other SDKs and pipelines document. */
const documentedBodies: unknown[] = [
	// Segment's server hands events on like this.
	{
		...{ ...who, type: 'track', event: 'Order Completed', properties: { total: 1 }, version: 2 },
		...{ channel: 'server', projectId: 'p', writeKey: 'k', _metadata: { nodeVersion: '20' } },
		...{ sentAt: null, receivedAt: '2025-01-01T00:00:00Z', originalTimestamp: '2025-01-01T00:00:00Z' },
	},
	// RudderStack
	{
		...{ ...who, type: 'identify', channel: 'web', rudderId: 'r', request_ip: '203.0.113.7' },
		...{ context: { traits: { email }, sessionId: 1 }, properties: null, event: null, user_properties: null },
		...{ integrations: { All: true }, originalTimestamp: '2025-01-01T00:00:00Z' },
	},
	{
		...{ ...who, type: 'page', name: 'Home', category: null, channel: 'web', event: null },
		...{
			properties: { name: 'Home', path: '/', url: 'https://example.com/' },
			context: { traits: { email } },
		},
	},
	// Jitsu
	{
		...{ ...who, type: 'track', event: 'signup', requestIp: '203.0.113.7', writeKey: 'k', traits: {} },
		...{ context: { traits: { email }, page: { path: '/' } }, properties: { plan: 'pro' } },
	},
	// PostHog: https://posthog.com/docs/api/capture
	{
		api_key: 'phc_1',
		batch: [
			{ event: 'signed up', distinct_id: 'u1', properties: { ...device, $set_once: initial } },
			{ event: '$pageview', distinct_id: 'u1', properties: { ...device, $set_once: initial } },
			{ event: '$screen', distinct_id: 'u1', properties: { ...device, $screen_name: 'Home' } },
			{ event: '$identify', distinct_id: 'u1', properties: { ...device, $set: { email } } },
			{ event: '$create_alias', distinct_id: 'a1', properties: { ...device, alias: 'u1' } },
			{
				event: '$groupidentify',
				distinct_id: 'u1',
				properties: { ...device, $group_type: 'company', $group_key: 'acme', $group_set: { name: 'A' } },
			},
		],
	},
];
