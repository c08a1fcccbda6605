import { now, nowIso, parsed, prototypeKeyPaths } from '../event/helpers';
import { event, read, reject, convertAll } from './helpers';

const api_key = 'phc_0123456789';
const distinct_id = 'user distinct id';

test('reads a single event as documented', () => {
	const body = {
		api_key,
		event: 'event name',
		distinct_id,
		properties: { account_type: 'pro' },
		timestamp: '2020-08-16T09:03:11.913767',
		uuid: '0191f7d3-7a3c-7b0e-9f5e-000000000001',
	};
	expect(event({ body })).toMatchObject({
		type: 'track',
		event: 'event name',
		userId: distinct_id,
		anonymousId: null,
		messageId: body.uuid,
		properties: { account_type: 'pro' },
		timestamp: '2020-08-16T09:03:11.913Z',
		_meta: { format: 'posthog', warnings: [] },
	});
});

test('reads a batch as documented, with what the SDKs add', () => {
	const inProperties = { distinct_id, account_type: 'pro' };
	const body = {
		api_key,
		historical_migration: false,
		sent_at: '2025-01-02T03:04:00.000Z',
		batch: [
			{ event: 'batched_event_name_1', properties: inProperties, timestamp: '2025-01-02T03:00:00.000Z' },
			{ event: 'batched_event_name_2', properties: inProperties, type: 'capture', library: 'posthog-node' },
		],
	};
	expect(convertAll({ body, subPath: 'batch' }).events).toMatchObject([
		{
			event: 'batched_event_name_1',
			userId: distinct_id,
			properties: { account_type: 'pro' },
			sentAt: '2025-01-02T03:04:00.000Z',
			// The sender's clock was 5.678 seconds behind.
			timestamp: '2025-01-02T03:00:05.678Z',
			_meta: { format: 'posthog', batchIndex: 0, batchSize: 2, warnings: [] },
		},
		{ event: 'batched_event_name_2', timestamp: nowIso, _meta: { warnings: [] } },
	]);
});

describe('an event with a special name:', () => {
	const one = (name: string, properties: object, more: object = {}) =>
		event({ body: { api_key, event: name, distinct_id, properties, ...more } });

	test('$identify', () => {
		const properties = { $set: { is_cool: 'true' }, $set_once: { first: 1, is_cool: 'no' } };
		expect(one('$identify', properties)).toMatchObject({
			type: 'identify',
			userId: distinct_id,
			traits: { is_cool: 'true', first: 1 },
			properties: {},
		});
	});

	test('$identify with traits next to the properties and with the previous ID', () => {
		const identify = one('$identify', { $anon_distinct_id: 'a-1' }, { $set: { plan: 'pro' } });
		expect(identify).toMatchObject({ userId: distinct_id, anonymousId: 'a-1', traits: { plan: 'pro' } });
	});

	test('$pageview', () => {
		const properties = { $current_url: 'https://posthog.com/docs/api/capture' };
		expect(one('$pageview', properties)).toMatchObject({ type: 'page', properties });
	});

	test('$screen', () => {
		const properties = { $screen_name: 'TheScreen' };
		expect(one('$screen', properties)).toMatchObject({ type: 'screen', name: 'TheScreen', properties });
	});

	test('$create_alias', () => {
		const body = { api_key, event: '$create_alias', distinct_id: '123', properties: { alias: '456' } };
		expect(event({ body })).toMatchObject({ type: 'alias', userId: '456', previousId: '123' });
	});

	test('$groupidentify', () => {
		const properties = { $group_type: 'company', $group_key: 'acme', $group_set: { name: 'Acme' } };
		expect(one('$groupidentify', properties)).toMatchObject({
			type: 'group',
			userId: distinct_id,
			groupId: 'acme',
			traits: { name: 'Acme' },
			properties: { $group_type: 'company' },
		});
	});

	test.each([
		[
			'as an SDK makes it',
			'company',
			'acme',
			'$company_acme',
			{ userId: null, anonymousId: '$company_acme' },
		],
		['of a number', 'company', 5, '$company_5', { userId: null, anonymousId: '$company_5' }],
		[
			'of another group',
			'company',
			'acme',
			'$company_other',
			{ userId: '$company_other', anonymousId: null },
		],
		['of a type that is no text', { toString: 0 }, 'k', 'u', { userId: 'u', anonymousId: null }],
	])('$groupidentify with the ID of a group or a user: %s', (_, $group_type, $group_key, id, people) => {
		const body = {
			api_key,
			event: '$groupidentify',
			distinct_id: id,
			properties: { $group_type, $group_key },
		};
		expect(event({ body })).toMatchObject({ type: 'group', ...people });
	});

	test('$groupidentify with a key that is not text rejects only its own event', () => {
		const properties = { $group_type: 'company', $group_key: parsed('{"toString":0,"valueOf":1}') };
		const batch = [
			{ event: '$groupidentify', distinct_id, properties },
			{ event: 'x', distinct_id },
		];
		expect(convertAll({ body: { api_key, batch } })).toMatchObject({
			events: [{ event: 'x' }],
			rejected: [{ index: 0, code: 'id_not_text', path: 'groupId' }],
		});
	});

	test.each(['$autocapture', '$pageleave', 'survey sent'])('%s is a track event', (name) => {
		expect(one(name, { $survey_id: '5' })).toMatchObject({ type: 'track', event: name });
	});

	test('a track event keeps what it sets', () => {
		expect(one('Order Completed', { total: 42, $set: { plan: 'pro' } })).toMatchObject({
			properties: { total: 42 },
			traits: { plan: 'pro' },
		});
	});
});

test('reads a user without a person profile as anonymous', () => {
	const body = { api_key, event: 'x', distinct_id, properties: { $process_person_profile: false } };
	expect(event({ body })).toMatchObject({ userId: null, anonymousId: distinct_id });
});

test.each(['capture', 'e', 'i/v0/e'])('detects PostHog by the path "%s"', (subPath) => {
	const body = [{ event: '$pageview', properties: { distinct_id, token: api_key }, offset: 20 }];
	expect(read({ body, subPath })).toMatchObject({
		format: 'posthog',
		detectedBy: `the request was sent to "${subPath}"`,
	});
	expect(JSON.stringify(convertAll({ body, subPath }).events)).not.toContain(api_key);
});

test('the reject of an event without a user has the event without the key', () => {
	const { message, event: shown, ...rejected } = reject({ body: { api_key, event: 'x', properties: {} } });
	expect(rejected).toMatchObject({ code: 'no_user_anon_id' });
	expect(message).toContain('"distinct_id"');
	expect(shown).toEqual({ event: 'x', properties: {} });
});

test.each([['text'], [5], [[1]]])('rejects properties that are %j', (properties) => {
	const body = { api_key, event: 'x', distinct_id, properties };
	expect(reject({ body })).toMatchObject({ code: 'properties_not_object', event: { properties } });
});

test('drops keys that would change a prototype', () => {
	const $set = parsed('{"__proto__":{"polluted":true},"plan":"pro"}');
	const identified = event({ body: { api_key, event: '$identify', distinct_id, $set } });
	expect(prototypeKeyPaths(identified)).toEqual([]);
	expect(identified.traits).toEqual({ plan: 'pro' });
	expect(identified.traits.polluted).toBeUndefined();
	expect(identified._meta.warnings).toMatchObject([{ code: 'unsafe_key_dropped' }]);
});

describe('events of posthog-js', () => {
	test('happened so many milliseconds before their receipt as "offset" says', () => {
		const body = { event: 'x', distinct_id: 'u1', offset: 1500 };
		expect(event({ body }).timestamp).toBe(new Date(now - 1500).toISOString());
		expect(event({ body: { ...body, timestamp: '2025-01-01T00:00:00Z' } }).timestamp).toBe(
			'2025-01-01T00:00:00.000Z',
		);
		expect(event({ body: { ...body, offset: 'soon' } }).timestamp).toBe(new Date(now).toISOString());
	});

	test('that are named $set are identify events', () => {
		const body = {
			event: '$set',
			distinct_id: 'u1',
			properties: { $set: { plan: 'pro' }, $set_once: { plan: 'free', first: 1 } },
		};
		expect(event({ body })).toMatchObject({
			type: 'identify',
			userId: 'u1',
			traits: { plan: 'pro', first: 1 },
		});
	});
});

describe('what its webhook destination sends', () => {
	const body = {
		event: {
			event: 'paid',
			distinct_id: 'u1',
			uuid: 'm1',
			timestamp: '2025-01-01T00:00:00Z',
			properties: { total: 42 },
		},
		person: { id: 'p1', name: 'Ada', properties: { email: 'ada@example.com' } },
		project: { id: 1 },
	};

	test('is an event of its person', () => {
		expect(read({ body })).toMatchObject({
			format: 'posthog',
			detectedBy: 'the body has "event.event" and "event.distinct_id"',
		});
		expect(event({ body })).toMatchObject({
			...{
				type: 'track',
				event: 'paid',
				userId: 'u1',
				messageId: 'm1',
				timestamp: '2025-01-01T00:00:00.000Z',
			},
			properties: { total: 42 },
			context: {
				traits: { email: 'ada@example.com' },
				posthog: { person: { id: 'p1', name: 'Ada' }, project: { id: 1 } },
			},
		});
	});

	test('is recognized in a list, and without a person', () => {
		expect(read({ body: [body] }).format).toBe('posthog');
		expect(event({ body: { event: body.event } })).toMatchObject({ event: 'paid', context: {} });
	});

	test.each([{ event: { event: 'x' } }, { event: { distinct_id: 'u1' } }, { event: [body.event] }])(
		'is not %j',
		(body) => {
			expect(read({ body }).format).toBe('generic');
		},
	);
});
