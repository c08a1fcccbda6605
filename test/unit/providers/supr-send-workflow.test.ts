import type { INodeProperties } from 'n8n-workflow';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { minimal, type JsonObject } from '../event/helpers';
import { assignments, findOperation, tryOut, limitsOf } from './helpers';

const trigger = findOperation(suprSend, 'workflow', 'trigger');
const { track, group, identify } = minimal;
const workflow = 'order-shipped';
const withMore = (additionalFields: JsonObject = {}, options: JsonObject = {}) =>
	tryOut(suprSend, trigger, {}, { workflow, additionalFields, options });

const asJson = (recipients: unknown) => ({
	...{ recipientsInput: 'json', recipientsJson: recipients, data: assignments({}) },
});

describe('the recipient of an event', () => {
	const recipientOf = (event: JsonObject, options: JsonObject = {}) =>
		(withMore({}, options).body(event).recipients as unknown[])[0];
	const context = { traits: { email: 'jane@example.com', phone: '+15555555555', plan: 'pro' } };

	test.each<[string, JsonObject, unknown]>([
		['is the user by their ID', track, 'u1'],
		['is an anonymous user by their anonymous ID', { ...track, userId: null, anonymousId: 'a1' }, 'a1'],
		[
			'has the channels from the traits, but no other traits',
			{ ...track, context },
			{ distinct_id: 'u1', $email: ['jane@example.com'] },
		],
		[
			'has the channels of an identify event',
			{ ...identify, context, traits: { email: 'j@example.com', $inbox: 'i1' } },
			{ distinct_id: 'u1', $email: ['j@example.com'], $inbox: ['i1'] },
		],
		['has no channels of a group', { ...group, traits: { email: 'team@example.com' } }, 'u1'],
	])('%s', (_, event, expected) => {
		expect(recipientOf(event)).toEqual(expected);
	});

	test('has a phone number for the chosen channels', () => {
		expect(recipientOf({ ...track, context }, { phoneChannels: ['sms'] })).toEqual({
			...{ distinct_id: 'u1', $email: ['jane@example.com'], $sms: ['+15555555555'] },
		});
	});
});

test('sends the properties of an event as its data, or what its type has instead', () => {
	const { body } = withMore();
	expect(body({ ...track, properties: { total: 42 } }).data).toEqual({ total: 42 });
	expect(body({ ...group, traits: { plan: 'team' } }).data).toEqual({ groupId: 'g1', plan: 'team' });
});

describe('empty fields are not sent', () => {
	const sent = { workflow, recipients: ['u1'], data: {}, $idempotency_key: 'derived-id:order-shipped' };

	test.each<[string, JsonObject]>([
		['nothing', {}],
		['empty fields', { actor: ' ', cancellationKey: '', metadata: '{}', tenantId: '', idempotencyKey: '' }],
	])('with %s', (_, options) => {
		expect(withMore(options).body(track)).toEqual(sent);
		const fields = { recipientsInput: 'ids', recipientIds: 'u1', data: assignments({}) };
		expect(withMore(options).bodyOfFields(fields)).toEqual(sent);
	});
});

test.each<[unknown, unknown]>([
	['user-7', 'user-7'],
	[7, '7'],
	['{"distinct_id": "user-7", "name": "Ada"}', { distinct_id: 'user-7', name: 'Ada' }],
	['{"distinct_id": 7, "$email": " ada@example.com "}', { distinct_id: '7', $email: 'ada@example.com' }],
	[
		{ is_transient: true, name: 'Ada' },
		{ is_transient: true, name: 'Ada' },
	],
])('sends the actor %j as %j', (actor, expected) => {
	expect(withMore({ actor }).body(track).actor).toEqual(expected);
});

test.each<[string, JsonObject, RegExp]>([
	['an actor without an ID', { actor: { name: 'Ada' } }, /The actor must be a distinct ID/],
	['an actor in broken JSON', { actor: '{"distinct_id": ' }, /'Actor' is not valid JSON/],
	['metadata as a list', { metadata: '[1]' }, /Metadata must be an object/],
	['metadata in broken JSON', { metadata: '{"a": ' }, /'Metadata' is not valid JSON/],
	['a tenant ID of 65 characters', { tenantId: 't'.repeat(65) }, /up to 64/],
	['an idempotency key of 256 characters', { idempotencyKey: 'k'.repeat(256) }, /up to 255/],
])('rejects %s', (_, options, message) => {
	expect(withMore(options).verdict(track)).toMatch(message);
});

describe('recipients', () => {
	const verdictOf = (recipients: unknown) => withMore().verdictOfFields(asJson(recipients));
	const preparedWith = (recipients: unknown) => withMore().preparedFromFields(asJson(recipients));
	const phones = (count: number) => Array.from({ length: count }, (_, index) => `+1555555${1000 + index}`);

	test.each<[string, unknown]>([
		['IDs', ['u1', 'u2']],
		['100 of them', Array.from({ length: 100 }, (_, index) => `u${index}`)],
		['a user with all fields', [{ distinct_id: 'u1', $email: 'a@b.co', $channels: ['email'], plan: 'pro' }]],
		['an object', [{ object_type: 'teams', id: 'finance', $skip_create: true }]],
		['a user with empty channels', [{ distinct_id: 'u1', $email: null, $sms: '' }]],
		['10 numbers', [{ distinct_id: 'u1', $sms: phones(10) }]],
		['a push token with its provider', [{ distinct_id: 'u1', $iospush: [{ token: 't', provider: 'apns' }] }]],
	])('may be %s', (_, recipients) => {
		expect(verdictOf(recipients)).toBe('sent');
	});

	test('that an expression broke are warned of, and so is such an actor', () => {
		const { warnings } = preparedWith(['u1', 'undefined', { distinct_id: 'null', $email: 'a@b.co' }]);
		expect(warnings).toMatchObject([
			{ path: 'recipients', code: 'suspicious_id' },
			{ path: 'recipients', code: 'suspicious_id' },
		]);
		const byNobody = withMore({ actor: 'NaN' }).preparedFromFields(asJson(['u1']));
		expect(byNobody.warnings).toMatchObject([{ path: 'actor', code: 'suspicious_id' }]);
	});

	test.each<[string, unknown, RegExp]>([
		['broken JSON', '["u1"', /'Recipients' is not valid JSON/],
		['an object instead of a list', { distinct_id: 'u1' }, /Recipients must be a list/],
		['neither text nor an object', [true], /A recipient must be a distinct ID/],
		['an empty ID', [''], /A recipient must be a distinct ID/],
		['half an object', [{ object_type: 'teams' }], /A recipient must be a distinct ID/],
		['11 numbers', [{ distinct_id: 'u1', $sms: phones(11) }], /up to 10 values per channel/],
		['anonymous without a usable channel', [{ is_transient: true, $sms: ['5555'] }], /E\.164/],
	])('may not be %s', (_, recipients, message) => {
		expect(verdictOf(recipients)).toMatch(message);
	});

	test.each([
		[
			'time zone',
			{ $timezone: 'EST5' },
			/^'Recipients' was left out, because "EST5" can't be used: Enter an/,
		],
		['push token', { $androidpush: [{ token: 't', provider: 'apns' }] }, /fcm, xiaomi or oppo/],
		['phone number', { $sms: '5555' }, /E\.164/],
	])('are notified without a %s that cannot be used', (_, detail, message) => {
		const recipients = [{ distinct_id: 'u1', ...detail }];
		const { record, warnings } = preparedWith(recipients);
		expect(JSON.parse(JSON.stringify(record))).toMatchObject({ recipients: [{ distinct_id: 'u1' }] });
		expect(warnings.map((warning) => warning.message)).toEqual([expect.stringMatching(message)]);
	});
});

describe('recipients are sent', () => {
	const sentOf = (recipients: unknown) => withMore().bodyOfFields(asJson(recipients)).recipients;

	test.each<[string, unknown[], unknown[]]>([
		['an ID', [' user-1 '], ['user-1']],
		['the ID of a user', [{ distinct_id: ' u1 ' }], [{ distinct_id: 'u1' }]],
		[
			'the ID of an object',
			[{ object_type: ' teams', id: 'finance ' }],
			[{ object_type: 'teams', id: 'finance' }],
		],
		[
			'channels, one value or a list',
			[{ distinct_id: 'u1', $email: 'jane@example.com ', $sms: [' +15555555555'] }],
			[{ distinct_id: 'u1', $email: 'jane@example.com', $sms: ['+15555555555'] }],
		],
		[
			'a push token',
			[{ distinct_id: 'u1', $iospush: [{ token: ' t ', provider: 'apns' }] }],
			[{ distinct_id: 'u1', $iospush: [{ token: 't', provider: 'apns' }] }],
		],
		[
			'a time zone and a language',
			[{ distinct_id: 'u1', $timezone: 'Asia/Kolkata ', $preferred_language: ' en' }],
			[{ distinct_id: 'u1', $timezone: 'Asia/Kolkata', $preferred_language: 'en' }],
		],
		[
			'known values, not custom properties',
			[{ distinct_id: 'u1', plan: ' pro ' }],
			[{ distinct_id: 'u1', plan: ' pro ' }],
		],
	])('without spaces around %s', (_, recipients, expected) => {
		expect(sentOf(recipients)).toEqual(expected);
	});

	test.each<[string, unknown[], unknown[]]>([
		['of a user', [42, { distinct_id: 42 }], ['42', { distinct_id: '42' }]],
		['of an object', [{ object_type: 'teams', id: 7 }], [{ object_type: 'teams', id: '7' }]],
		['unless it is a property', [{ distinct_id: 'u1', id: 7 }], [{ distinct_id: 'u1', id: 7 }]],
	])('with an ID that is a number as text: %s', (_, recipients, expected) => {
		expect(sentOf(recipients)).toEqual(expected);
	});

	test('as they were checked, also from fields and from an event', () => {
		const sent = { distinct_id: 'u1', $email: ['jane@example.com'] };
		const recipient = { type: 'user', distinctId: 'u1', email: 'jane@example.com ' };
		const fields = { ...{ recipientsInput: 'fields', recipients: { recipient: [recipient] } }, data: {} };
		const event = { ...identify, traits: { email: ' jane@example.com' } };
		expect(withMore().bodyOfFields(fields).recipients).toEqual([sent]);
		expect(withMore().body(event).recipients).toEqual([sent]);
	});
});

describe('distinct IDs', () => {
	const fields = (recipientIds: unknown) => ({ recipientsInput: 'ids', recipientIds, data: assignments({}) });

	test.each<[unknown, unknown[]]>([
		['u1, u2,', ['u1', 'u2']],
		[
			['a, b', 7],
			['a, b', '7'],
		],
		['["a, b", 7]', ['a, b', '7']],
		[' ["u1"] ', ['u1']],
	])('may be given as %j', (given, expected) => {
		expect(withMore().bodyOfFields(fields(given)).recipients).toEqual(expected);
	});

	test('may not be text that only starts like a list', () => {
		expect(withMore().verdictOfFields(fields('["u1", "u2'))).toMatch(/'Distinct IDs' is not valid JSON/);
	});

	test('leave out empty entries, and name one that was rounded', () => {
		expect(withMore().bodyOfFields(fields(['u1', null, ' ', 2])).recipients).toEqual(['u1', '2']);
		expect(withMore().verdictOfFields(fields(2 ** 60))).toMatch(/has lost its last digits/);
	});
});

describe('triggers are sent one after the other', () => {
	const orderKeyOf = (...recipients: unknown[]) => withMore().preparedFromFields(asJson(recipients)).orderKey;

	test('for one user, in every form', () => {
		expect(orderKeyOf('42', 'u2')).toBe('42');
		expect(orderKeyOf({ distinct_id: 42, $email: ['jane@example.com'] })).toBe('42');
	});

	test('for one object', () => {
		const finance = orderKeyOf({ object_type: 'teams', id: 'finance' });
		expect(finance).toBe(orderKeyOf({ object_type: 'teams', id: 'finance', name: 'Finance' }));
		expect(finance).not.toBe(orderKeyOf({ object_type: 'offices', id: 'finance' }));
	});

	test('but not without a recipient', () => {
		expect(orderKeyOf({ is_transient: true, $email: ['jane@example.com'] })).toBeUndefined();
	});
});

test('limits a request to 100 triggers and 800 KiB, and a trigger so that SuprSend’s additions fit', () => {
	expect(limitsOf(trigger)).toEqual({ maxRecords: 100, maxBytes: 819_200, recordBytes: 819_000 });
});

test('resends a trigger that may have arrived under the same key', () => {
	expect(withMore().prepared({ ...track, messageId: 'm1' })).toMatchObject({
		resendable: true,
		record: { $idempotency_key: 'm1:order-shipped' },
	});
});

test('shares settings between many triggers, but no keys or files', () => {
	const [, more] = findOperation(suprSend, 'workflow', 'triggerMany').record.settings ?? [];
	const fields = (more?.options ?? []) as INodeProperties[];
	expect(fields.filter(({ displayOptions }) => displayOptions === undefined).map(({ name }) => name)).toEqual(
		[...['actor', 'cancellationKey', 'metadata', 'tenantId']],
	);
});
