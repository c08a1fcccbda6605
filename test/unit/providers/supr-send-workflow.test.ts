import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { minimal, type JsonObject } from '../event/helpers';
import { assignments, findOperation, namesIn, tryOut, limitsOf } from './helpers';

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
		['is somebody unknown by their anonymous ID', { ...track, userId: null, anonymousId: 'a1' }, 'a1'],
		[
			'has the channels among the traits, and no other traits',
			{ ...track, context },
			{ distinct_id: 'u1', $email: ['jane@example.com'] },
		],
		[
			'has those of an identify event itself',
			{ ...identify, context, traits: { email: 'j@example.com', $inbox: 'i1' } },
			{ distinct_id: 'u1', $email: ['j@example.com'], $inbox: ['i1'] },
		],
		['has none of its group', { ...group, traits: { email: 'team@example.com' } }, 'u1'],
	])('%s', (_, event, expected) => {
		expect(recipientOf(event)).toEqual(expected);
	});

	test('has a phone number on the channels that are chosen', () => {
		expect(recipientOf({ ...track, context }, { phoneChannels: ['sms'] })).toEqual({
			...{ distinct_id: 'u1', $email: ['jane@example.com'], $sms: ['+15555555555'] },
		});
	});
});

test('the data of an event are its properties, or what its type has in their place', () => {
	const { body } = withMore();
	expect(body({ ...track, properties: { total: 42 } }).data).toEqual({ total: 42 });
	expect(body({ ...group, traits: { plan: 'team' } }).data).toEqual({ groupId: 'g1', plan: 'team' });
});

describe('what is not filled in', () => {
	const sent = { workflow, recipients: ['u1'], data: {}, $idempotency_key: 'derived-id:order-shipped' };

	test.each<[string, JsonObject]>([
		['nothing', {}],
		['empty fields', { actor: ' ', cancellationKey: '', metadata: '{}', tenantId: '', idempotencyKey: '' }],
	])('is not sent: %s', (_, options) => {
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
])('the actor %j goes out as %j', (actor, expected) => {
	expect(withMore({ actor }).body(track).actor).toEqual(expected);
});

test.each<[string, JsonObject, RegExp]>([
	['an actor of no name', { actor: { name: 'Ada' } }, /The actor is a distinct ID/],
	['an actor in broken JSON', { actor: '{"distinct_id": ' }, /The actor is a distinct ID/],
	['metadata that are a list', { metadata: '[1]' }, /Metadata must be an object/],
	['metadata in broken JSON', { metadata: '{"a": ' }, /Metadata must be an object/],
	['a tenant ID of 65 characters', { tenantId: 't'.repeat(65) }, /at most 64/],
	['an idempotency key of 256 characters', { idempotencyKey: 'k'.repeat(256) }, /at most 255/],
])('%s is refused', (_, options, message) => {
	expect(withMore(options).verdict(track)).toMatch(message);
});

describe('recipients', () => {
	const verdictOf = (recipients: unknown) => withMore().verdictOfFields(asJson(recipients));
	const phones = (count: number) => Array.from({ length: count }, (_, index) => `+1555555${1000 + index}`);

	test.each<[string, unknown]>([
		['IDs', ['u1', 'u2']],
		['100 of them', Array.from({ length: 100 }, (_, index) => `u${index}`)],
		[
			'a user with all there is',
			[{ distinct_id: 'u1', $email: 'a@b.co', $channels: ['email'], plan: 'pro' }],
		],
		['an object', [{ object_type: 'teams', id: 'finance', $skip_create: true }]],
		['a user without the channel that is named', [{ distinct_id: 'u1', $email: null, $sms: '' }]],
		['10 numbers', [{ distinct_id: 'u1', $sms: phones(10) }]],
		['a push token and whose it is', [{ distinct_id: 'u1', $iospush: [{ token: 't', provider: 'apns' }] }]],
	])('may be %s', (_, recipients) => {
		expect(verdictOf(recipients)).toBe('sent');
	});

	test.each<[string, unknown, RegExp]>([
		['broken JSON', '["u1"', /Recipients are a list/],
		['no list', { distinct_id: 'u1' }, /Recipients are a list/],
		['neither text nor an object', [true], /A recipient is a distinct ID/],
		['an empty ID', [''], /A recipient is a distinct ID/],
		['half an object', [{ object_type: 'teams' }], /A recipient is a distinct ID/],
		['11 numbers', [{ distinct_id: 'u1', $sms: phones(11) }], /at most 10 values of a channel/],
		[
			'a wrong time zone',
			[{ distinct_id: 'u1', $timezone: 'EST5' }],
			/'Recipients' \(recipients\.0\.\$timezone\): Enter an IANA/,
		],
		[
			'a push token of nobody',
			[{ distinct_id: 'u1', $androidpush: [{ token: 't', provider: 'apns' }] }],
			/fcm, xiaomi or oppo/,
		],
	])('may not be %s', (_, recipients, message) => {
		expect(verdictOf(recipients)).toMatch(message);
	});
});

describe('recipients go out', () => {
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
			'no property of the sender’s own',
			[{ distinct_id: 'u1', plan: ' pro ' }],
			[{ distinct_id: 'u1', plan: ' pro ' }],
		],
	])('without blanks around %s', (_, recipients, expected) => {
		expect(sentOf(recipients)).toEqual(expected);
	});

	test.each<[string, unknown[], unknown[]]>([
		['of a user', [42, { distinct_id: 42 }], ['42', { distinct_id: '42' }]],
		['of an object', [{ object_type: 'teams', id: 7 }], [{ object_type: 'teams', id: '7' }]],
		['unless it is a property', [{ distinct_id: 'u1', id: 7 }], [{ distinct_id: 'u1', id: 7 }]],
	])('with an ID that is a number as text: %s', (_, recipients, expected) => {
		expect(sentOf(recipients)).toEqual(expected);
	});

	test('as they were checked, also those of fields and of an event', () => {
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

	test('are no text that starts like a list and is none', () => {
		expect(withMore().verdictOfFields(fields('["u1", "u2'))).toMatch(/Recipients are a list/);
	});
});

describe('triggers go out one after the other', () => {
	const laneOf = (...recipients: unknown[]) => withMore().preparedFromFields(asJson(recipients)).orderKey;

	test('for one user, however they are written', () => {
		expect(laneOf('42', 'u2')).toBe('42');
		expect(laneOf({ distinct_id: 42, $email: ['jane@example.com'] })).toBe('42');
	});

	test('for one object', () => {
		const finance = laneOf({ object_type: 'teams', id: 'finance' });
		expect(finance).toBe(laneOf({ object_type: 'teams', id: 'finance', name: 'Finance' }));
		expect(finance).not.toBe(laneOf({ object_type: 'offices', id: 'finance' }));
	});

	test('unless nobody knows for whom', () => {
		expect(laneOf({ is_transient: true, $email: ['jane@example.com'] })).toBeUndefined();
	});
});

test('a request has 100 triggers at most, and 800 KiB together; each leaves room for what SuprSend adds', () => {
	expect(limitsOf(trigger)).toEqual({ maxRecords: 100, maxBytes: 819_200, recordBytes: 819_000 });
});

test('what may have arrived is sent again under its key', () => {
	expect(withMore().prepared({ ...track, messageId: 'm1' })).toMatchObject({
		resendable: true,
		record: { $idempotency_key: 'm1:order-shipped' },
	});
});

test('many at once share what is the same for all, and no key', () => {
	const [, more] = findOperation(suprSend, 'workflow', 'triggerMany').record.settings ?? [];
	expect(namesIn(more?.options)).toEqual(['actor', 'cancellationKey', 'metadata', 'tenantId']);
});
