import { toAttributes } from '../../../nodes/RelationKit/attributes';
import { relationKit } from '../../../nodes/RelationKit/relation-kit.provider';
import type { Warning } from '../../../nodes/shared';
import { minimal } from '../event/helpers';
import { assignments, findOperation, tryOut, partsOf } from './helpers';

const { track, identify, page, screen, group, alias } = minimal;
const send = findOperation(relationKit, 'event', 'send');
const identifyCustomer = findOperation(relationKit, 'customer', 'identify');
const event = tryOut(relationKit, send);
const customer = tryOut(relationKit, identifyCustomer);

describe('Event: Send', () => {
	test.each([
		['track', { ...track, properties: { total: 42 } }, 'order-completed', { total: 42 }],
		['identify', { ...identify, traits: { plan: 'pro' } }, 'user-identified', { plan: 'pro' }],
		[
			'page',
			{ ...page, name: 'Pricing', category: 'Docs' },
			'page-viewed',
			{ name: 'Pricing', category: 'Docs' },
		],
		['screen', { ...screen, properties: { a: 1 } }, 'screen-viewed', { a: 1 }],
		['group', { ...group, traits: { plan: 'team' } }, 'group-joined', { groupId: 'g1', plan: 'team' }],
		['alias', alias, 'user-aliased', { previousId: 'a1' }],
	])('maps an event of the type %s', (_, received, name, metadata) => {
		expect(event.body(received)).toEqual({ event: { user_id: 'u1', name, metadata } });
	});

	test('sends the request of RelationKit’s guide for an event', () => {
		const received = { type: 'track', event: 'visted-endpoint', userId: 'your-unique-user-id-here' };
		expect(partsOf(send, event.prepared(received))).toEqual({
			body: '{"event":{"user_id":"your-unique-user-id-here","name":"visted-endpoint","metadata":{}}}',
		});
	});

	const fields = {
		userId: 'your-unique-user-id-here',
		eventName: 'Visted Endpoint',
		metadataInput: 'fields',
		metadata: assignments({}),
	};

	test('sends the request of RelationKit’s guide for fields', () => {
		expect(event.bodyOfFields(fields)).toEqual({
			event: { user_id: 'your-unique-user-id-here', name: 'visted-endpoint', metadata: {} },
		});
	});

	test('keeps the types of metadata from fields', () => {
		const metadata = {
			total: 42,
			paid: true,
			tags_list: ['a', 'b'],
			docs_url: { title: 'Docs', url: 'https://e.com' },
		};
		const { event: sent } = event.bodyOfFields({ ...fields, metadata: assignments(metadata) });
		expect(sent).toMatchObject({ metadata });
	});

	test.each([
		['of an anonymous user', { ...track, userId: null, anonymousId: 'a1' }, /user ID/],
		['that excludes RelationKit', { ...track, integrations: { RelationKit: false } }, /exclude RelationKit/],
	])('does not send an event %s', (_, received, reason) => {
		expect(event.verdict(received)).toMatch(reason);
	});

	test.each([
		['no user ID', { userId: '' }, /user ID/],
		['a user ID of spaces', { userId: ' ' }, /user ID/],
		['no name', { eventName: '' }, /needs a name/],
		['metadata as a list', { metadataInput: 'json', metadataJson: '[1]' }, /Metadata must be an object/],
		[
			'metadata that are not JSON',
			{ metadataInput: 'json', metadataJson: '{"a"' },
			/'Metadata' is not valid JSON/,
		],
	])('rejects fields with %s', (_, changed, message) => {
		expect(event.verdictOfFields({ ...fields, ...changed })).toMatch(message);
	});

	// An expression can return anything.
	test.each([[undefined], [null], [{}]])(
		'rejects fields when an expression returns %j as the name',
		(eventName) => {
			expect(event.verdictOfFields({ ...fields, eventName })).toMatch(/needs a name/);
		},
	);

	test('accepts a number as the user ID', () => {
		expect(event.bodyOfFields({ ...fields, userId: 42 })).toMatchObject({ event: { user_id: '42' } });
	});

	test('sends one record in each request, as documented', () => {
		expect([send.bulk, identifyCustomer.bulk]).toEqual([undefined, undefined]);
	});
});

describe('Customer: Identify', () => {
	const guide =
		'{"customer":{"user_id":"your-app-unique-user-id-here","name":"USER NAME","email":"email@example.com","custom_attributes":{}}}';

	test('sends the request of RelationKit’s guide for an event', () => {
		const traits = { name: 'USER NAME', email: 'email@example.com' };
		const received = { type: 'identify', userId: 'your-app-unique-user-id-here', traits };
		expect(partsOf(identifyCustomer, customer.prepared(received))).toEqual({
			body: guide,
		});
	});

	const fields = {
		userId: 'your-app-unique-user-id-here',
		customerName: 'USER NAME',
		email: 'email@example.com',
		customAttributesInput: 'fields',
		customAttributes: assignments({}),
	};

	test('sends the request of RelationKit’s guide for fields', () => {
		expect(customer.bodyOfFields(fields)).toEqual(JSON.parse(guide));
	});

	test('leaves out empty fields', () => {
		expect(customer.bodyOfFields({ ...fields, customerName: '', email: '' })).toEqual({
			customer: { user_id: 'your-app-unique-user-id-here', custom_attributes: {} },
		});
	});

	test('accepts a number as the user ID', () => {
		expect(customer.bodyOfFields({ ...fields, userId: 42 })).toMatchObject({ customer: { user_id: '42' } });
	});

	test.each([
		['all other traits', { name: 'Ada', email: 'a@e.com', plan: 'pro', seats: 3 }, { plan: 'pro', seats: 3 }],
		['the first and the last name, too', { firstName: 'Ada', age: 36 }, { firstName: 'Ada', age: 36 }],
		['dates as UNIX seconds', { signed_up_at: '2025-01-02T03:04:05Z' }, { signed_up_at: 1735787045 }],
	])('sends as custom attributes %s', (_, traits, expected) => {
		expect(customer.body({ ...identify, traits })).toMatchObject({
			customer: { custom_attributes: expected },
		});
	});

	test.each([
		['the name', { name: 'Ada Lovelace', firstName: 'A.' }, 'Ada Lovelace'],
		['the first and the last name', { firstName: 'Ada', lastName: 'Lovelace' }, 'Ada Lovelace'],
		['the first name alone', { firstName: 'Ada' }, 'Ada'],
		['the last name alone', { lastName: 'Lovelace', firstName: '' }, 'Lovelace'],
		['the names in snake case', { first_name: 'Ada', last_name: 'Lovelace' }, 'Ada Lovelace'],
		['the names instead of a blank one', { name: ' ', firstName: ' Ada ', lastName: null }, 'Ada'],
		['none', { firstName: {}, name: ' ' }, undefined],
	])('sends as the name %s', (_, traits, expected) => {
		const { customer: sent } = customer.body({ ...identify, traits });
		expect((sent as { name?: string }).name).toBe(expected);
	});

	test('sends the first and the last name when the name is empty', () => {
		const traits = { name: '', firstName: 'Ada', lastName: 'Lovelace' };
		expect(customer.body({ ...identify, traits })).toMatchObject({ customer: { name: 'Ada Lovelace' } });
	});

	test.each([[null], [''], [' ']])('leaves out an email that is %j', (email) => {
		const { customer: sent } = customer.body({ ...identify, traits: { email } });
		expect(sent).toEqual({ user_id: 'u1', custom_attributes: {} });
	});

	test.each(['track', 'page', 'screen', 'group', 'alias'] as const)('skips a %s event', (type) => {
		expect(customer.verdict(minimal[type])).toMatch(new RegExp(`this is an? ${type} event`));
	});

	test.each([['of an anonymous user', { type: 'identify', anonymousId: 'a1' }, /user ID/]])(
		'rejects an identify event %s',
		(_, received, message) => {
			expect(customer.verdict(received)).toMatch(message);
		},
	);
});

test.each([
	['email', 'Email', 'email'],
	['name', 'Name', 'customerName'],
])('sends the customer without an unusable %s in both mapping modes, and warns', (key, label, parameter) => {
	const ofEvent = customer.prepared({ ...identify, traits: { [key]: { a: 1 }, plan: 'pro' } });
	const fields = { userId: 'u1', customAttributes: assignments({ plan: 'pro' }) };
	const ofFields = customer.preparedFromFields({ ...fields, [parameter]: { a: 1 } });
	for (const { record } of [ofEvent, ofFields]) {
		expect(JSON.parse(JSON.stringify(record))).toEqual({ user_id: 'u1', custom_attributes: { plan: 'pro' } });
	}
	const because = `was left out, because an object can't be used: The ${key} must be text`;
	expect(ofEvent.warnings).toEqual([{ path: key, code: 'unusable_value', message: `'${key}' ${because}` }]);
	expect(ofFields.warnings).toEqual([
		{ path: key, code: 'unusable_value', message: `'${label}' ${because}` },
	]);
});

test('rejects a user ID that was rounded, and says so', () => {
	expect(event.verdictOfFields({ userId: 12345678901234567890, eventName: 'e' })).toBe(
		"The item cannot be sent: 'User ID' (user_id): 12345678901234567000 has lost its last digits, because numbers above 9007199254740991 are rounded. Send it as text",
	);
});

test('keeps the order of one user’s events', () => {
	expect(event.prepared({ ...track, anonymousId: 'a1' }).orderKey).toBe('u1');
	expect(customer.prepared(identify).orderKey).toBe('u1');
});

describe('sends an attribute whose name ends in _at as UNIX seconds', () => {
	const seconds = 1735787045;
	const warnings: Warning[] = [];
	const convert = (values: Record<string, unknown>, timeZone = 'utc') =>
		toAttributes('metadata', values, { timeZone, warn: (warning) => void warnings.push(warning) });
	beforeEach(() => void warnings.splice(0));

	test.each([
		['ISO 8601', '2025-01-02T03:04:05Z', seconds],
		['ISO 8601 with a zone', '2025-01-02T05:04:05+02:00', seconds],
		['ISO 8601 without a zone, which means UTC', '2025-01-02T03:04:05', seconds],
		['a date and time with a space between them', '2025-01-02 03:04:05', seconds],
		['a date', '2025-01-02', 1735776000],
		['fractions of a second', '2025-01-02T03:04:05.999Z', seconds],
		['milliseconds', 1735787045678, seconds],
		['seconds as they are', seconds, seconds],
		['seconds with a fraction', 1735787045.678, seconds],
		['a date with UTC after a space', '2025-01-02 03:04:05 UTC', seconds],
		['RFC 2822', 'Thu, 02 Jan 2025 03:04:05 GMT', seconds],
	])('from %s', (_, value, expected) => {
		expect(convert({ paid_at: value })).toEqual({ paid_at: expected });
	});

	test.each([
		['words', 'soon'],
		['text that starts like a date', '2025-01-02 or later'],
		['a date that does not exist', '2025-02-30'],
		['an American date', '05/01/2024'],
		['true', true],
		['an object', { date: 1 }],
		['a list', [1]],
	])('but leaves %s as it is, with a warning', (_, value) => {
		expect(convert({ paid_at: value })).toEqual({ paid_at: value });
		expect(warnings).toMatchObject([{ path: 'metadata.paid_at', code: 'unreadable_time' }]);
	});

	test.each([[45720.595], [0], [5], [-86_400]])(
		'but sends the number %d as text, with a warning, so that it does not become a date in 1970',
		(value) => {
			expect(convert({ paid_at: value })).toEqual({ paid_at: String(value) });
			expect(warnings[0]?.message).toContain(`because ${value} can't be read as a date`);
		},
	);

	test.each([[null], [''], [undefined]])('but leaves %j as it is without a warning', (value) => {
		expect(convert({ paid_at: value })).toEqual({ paid_at: value });
		expect(warnings).toEqual([]);
	});

	test('in the workflow’s time zone from fields, and in UTC from events', () => {
		const paid_at = '2025-01-02 03:04:05';
		const fields = {
			userId: 'u',
			eventName: 'e',
			metadataInput: 'fields',
			metadata: assignments({ paid_at }),
		};
		expect(event.bodyOfFields(fields)).toMatchObject({
			event: { metadata: { paid_at: seconds + 5 * 3600 } },
		});
		const received = { ...track, properties: { paid_at } };
		expect(event.body(received)).toMatchObject({ event: { metadata: { paid_at: seconds } } });
		expect(event.prepared({ ...track, properties: { paid_at: 'soon' } }).warnings).toMatchObject([
			{ path: 'metadata.paid_at', code: 'unreadable_time' },
		]);
	});

	test('with a warning that holds the path in the record of a customer', () => {
		expect(customer.prepared({ ...identify, traits: { paid_at: 'soon' } }).warnings).toMatchObject([
			{ path: 'custom_attributes.paid_at', code: 'unreadable_time' },
		]);
	});

	test.each(['paid', 'at', 'paid_at_office', 'paidAt', 'format', 'docs_url', 'tags_list'])(
		'but not with the name "%s"',
		(name) => {
			expect(convert({ [name]: '2025-01-02T03:04:05Z' })).toEqual({ [name]: '2025-01-02T03:04:05Z' });
		},
	);

	test.each([
		['a Date from an expression', new Date(seconds * 1000), seconds],
		['a date before 1970', '1960-01-01', -315_619_200],
		['milliseconds as digits', '1735787045678', seconds],
	])('from %s', (_, value, expected) => {
		expect(convert({ born_at: value })).toEqual({ born_at: expected });
	});
});

test('hides the token of the credential', () => {
	expect(relationKit.readCredential({ apiToken: 'rk-token' }).secrets).toEqual(['rk-token']);
});
