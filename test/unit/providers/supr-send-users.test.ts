import fc from 'fast-check';
import { insertId } from '../../../nodes/SuprSend/insert-id';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { minimal, prototypeKeyPaths, type JsonObject } from '../event/helpers';
import { assignments, findOperation, limitsOf, tryOut, whenOn } from './helpers';

const { identify: person } = minimal;
const identify = findOperation(suprSend, 'user', 'identify');
const edit = findOperation(suprSend, 'user', 'edit');
const inBulk = (operation: typeof identify) => whenOn(operation, 'sendInBulk');
const withPhone = (...phoneChannels: string[]) =>
	tryOut(suprSend, identify, {}, { options: { phoneChannels } });

describe('traits of an event', () => {
	const bodyOf = (traits: JsonObject) => withPhone().body({ ...person, traits });

	test.each<[string, JsonObject, JsonObject]>([
		[
			'are sent as properties',
			{ name: 'Jane', plan: 'pro', logins: 5 },
			{ name: 'Jane', plan: 'pro', logins: 5 },
		],
		['send an email as a channel', { email: 'jane@example.com' }, { $email: ['jane@example.com'] }],
		[
			'send a list of emails as that channel',
			{ email: ['a@b.co', 'c@d.co'] },
			{ $email: ['a@b.co', 'c@d.co'] },
		],
		[
			'send the email before SuprSend’s own name for it, each address once',
			{ email: 'a@b.co', $email: ['c@d.co', ' a@b.co '] },
			{ $email: ['a@b.co', 'c@d.co'] },
		],
		['send a phone number as a property', { phone: '(555) 555-5555' }, { phone: '(555) 555-5555' }],
		[
			'send the time zone and the locale in their own fields',
			{ timezone: 'Asia/Kolkata', locale: 'hi' },
			{ $timezone: 'Asia/Kolkata', $locale: 'hi' },
		],
		['prefer SuprSend’s own names', { locale: 'hi', $locale: 'en-GB' }, { $locale: 'en-GB' }],
		['keep the name of the preferred language', { $preferred_language: 'en' }, { $preferred_language: 'en' }],
		['leave out empty values', { email: '', phone: null, timezone: null, locale: '', $sms: [] }, {}],
		['may be empty', {}, {}],
	])('%s', (_, traits, expected) => {
		expect(bodyOf(traits)).toEqual(expected);
	});

	test.each<[string[], JsonObject]>([
		[['sms'], { $sms: ['+15555555555'] }],
		[['whatsapp'], { $whatsapp: ['+15555555555'] }],
		[['sms', 'whatsapp'], { $sms: ['+15555555555'], $whatsapp: ['+15555555555'] }],
		[['fax'], { phone: '+15555555555' }],
	])('send a phone number to the channels %j', (channels, expected) => {
		expect(withPhone(...channels).body({ ...person, traits: { phone: '+15555555555' } })).toEqual(expected);
	});

	test('are all sent exactly once', () => {
		const name = fc
			.string({ minLength: 1 })
			.filter((key) => !/^(\$|ss_)|^(email|phone|timezone|locale)$/i.test(key));
		fc.assert(
			fc.property(fc.dictionary(name, fc.jsonValue(), { noNullPrototype: true }), (traits) => {
				// Reading an event removes keys that reach a prototype, at any depth.
				fc.pre(prototypeKeyPaths(traits).length === 0);
				expect(bodyOf(JSON.parse(JSON.stringify(traits)) as JsonObject)).toEqual(
					JSON.parse(JSON.stringify(traits)),
				);
			}),
		);
	});
});

describe('a user in one request and in bulk', () => {
	const traits = {
		...{ name: 'Jane', email: ['jane@example.com', 'j@example.com'], timezone: 'America/New_York' },
		$slack: { user_id: 'U01ABCDE2F3', access_token: 'xoxb-1' },
	};
	const bulk = tryOut(suprSend, inBulk(identify), { env: 'ws_key_0123456789abcdef' });

	test('is the same, with properties set together and channels appended one by one', () => {
		expect(bulk.body({ ...person, traits })).toEqual({
			$schema: '2',
			$insert_id: insertId('derived-id'),
			$time: 1735787045678,
			env: 'ws_key_0123456789abcdef',
			distinct_id: 'u1',
			$user_operations: [
				{ $set: { name: 'Jane', $timezone: 'America/New_York' } },
				{ $append: { $email: 'jane@example.com' } },
				{ $append: { $email: 'j@example.com' } },
				{ $append: { $slack: { user_id: 'U01ABCDE2F3', access_token: 'xoxb-1' } } },
			],
			properties: {},
		});
	});

	test('is resendable either way', () => {
		expect(withPhone().prepared({ ...person, traits }).resendable).toBe(true);
		expect(bulk.prepared({ ...person, traits }).resendable).toBe(true);
	});

	test('is checked by the same rules', () => {
		expect(bulk.prepared({ ...person, traits: { plan: 'pro', email: 'jane' } })).toMatchObject({
			record: { $user_operations: [{ $set: { plan: 'pro' } }] },
			warnings: [{ path: '$user_operations.channels.$email.0', code: 'unusable_value' }],
		});
		expect(bulk.prepared({ ...person, traits: { plan: 'pro', $browser: 'x' } })).toMatchObject({
			record: { $user_operations: [{ $set: { plan: 'pro' } }] },
			warnings: [{ path: 'properties.$browser', code: 'reserved_name' }],
		});
		expect(bulk.prepared({ ...person, traits: { plan: 'pro', locale: 'English!' } })).toMatchObject({
			record: { $user_operations: [{ $set: { plan: 'pro' } }] },
			warnings: [{ path: '$user_operations.$locale', code: 'unusable_value' }],
		});
	});

	test('has no spaces around special values', () => {
		const blank = { email: ' jane@example.com', timezone: 'America/New_York ', $preferred_language: ' en ' };
		const single = { $email: ['jane@example.com'], $timezone: 'America/New_York', $preferred_language: 'en' };
		const { $email, ...set } = single;
		expect(withPhone().body({ ...person, traits: blank })).toEqual(single);
		expect(bulk.body({ ...person, traits: blank }).$user_operations).toEqual([
			{ $set: set },
			...$email.map((value) => ({ $append: { $email: value } })),
		]);
	});

	test('has no fields for which an expression finds nothing', () => {
		const values = { ...{ distinctId: 'u1', channels: {}, additionalFields: {} } };
		const fields = { ...values, properties: assignments({ name: 'Jane', plan: undefined }) };
		expect(withPhone().bodyOfFields(fields)).toEqual({ name: 'Jane' });
		expect(bulk.bodyOfFields(fields).$user_operations).toEqual([{ $set: { name: 'Jane' } }]);
		expect(bulk.verdictOfFields({ ...values, properties: assignments({ plan: undefined }) })).toMatch(
			/nothing to change/,
		);
	});

	test('shares a request with up to 400 records of 10 KiB each and 800 KiB together', () => {
		const limits = { maxRecords: 400, recordBytes: 10_240, maxBytes: 819_200 };
		expect(limitsOf(inBulk(identify))).toEqual(limits);
		expect(limitsOf(inBulk(edit))).toEqual(limits);
		expect(limitsOf(identify)).toEqual({});
	});
});

describe('a value of a channel', () => {
	const each = (channel: string, ...values: unknown[]) =>
		values.map((value): [string, unknown] => [channel, value]);
	const users = tryOut(suprSend, identify);
	const withChannel = (channel: string, value: unknown) => ({
		...person,
		traits: { plan: 'pro', [channel]: [value] },
	});
	const token = { access_token: 'xoxb-1' };
	const teams = { tenant_id: 't', service_url: 'https://smba.trafficmanager.net/amer' };
	const keys = { auth: 'a', p256dh: 'p' };

	test.each([
		...each('$email', 'jane@example.com', ' jane@example.com ', 'jané@exämple.com'),
		...each('$email', 'a@b.co', `${'x'.repeat(308)}@example.com`),
		...each('$sms', '+15555555555', '+447911123456', '+123456789012345'),
		...each('$slack', { channel_id: 'C02', ...token }, { email: 'jane@example.com', ...token }),
		...each('$slack', { incoming_webhook: { url: 'https://hooks.slack.com/services/T/B/X' } }),
		...each('$ms_teams', { ...teams, user_id: 'u' }, { ...teams, conversation_id: 'c' }),
		...each('$ms_teams', { incoming_webhook: { url: 'https://w.webhook.office.com/webhookb2/X' } }),
		...each('$webpush', { endpoint: 'https://e.com', expirationTime: null, keys }),
	])('%s may be %j', (channel, value) => {
		expect(users.prepared(withChannel(channel, value)).warnings).toEqual([]);
	});

	test.each([
		['+1 555 555 5555', '+15555555555'],
		[' +1 (555) 555-5555 ', '+15555555555'],
		['+49.30.1234567', '+49301234567'],
		['+44 (0)20 7946 0958', '+442079460958'],
		['+39 (0)6 1234 5678', '+390612345678'],
		['(+39) (0)6/1234-5678', '+390612345678'],
		['+39-333-1234567', '+393331234567'],
		['+49 (0)30/1234567', '+49301234567'],
		['tel:+1-555-555-5555', '+15555555555'],
		['TEL: +1 555 555 5555', '+15555555555'],
		['+1\u2011555\u00a05555555', '+15555555555'],
		['\u202a+15555555555\u202c', '+15555555555'],
		['\uff0b1 555 555 5555', '+15555555555'],
	])('of a phone number loses what people put between the digits: %j', (number, sent) => {
		const phone = tryOut(suprSend, identify, {}, { options: { phoneChannels: ['sms'] } });
		expect(phone.body({ ...person, traits: { phone: number } })).toEqual({ $sms: [sent] });
		const fields = { distinctId: 'u1', properties: {}, additionalFields: {} };
		const channels = { channel: [{ channel: 'sms', phoneNumber: number }] };
		expect(users.bodyOfFields({ ...fields, channels })).toEqual({ $sms: [sent] });
	});

	test.each([
		...each('$email', 'jane', 'jane@', 'jane@example', 'a@b.c', 'jane doe@example.com', 42),
		...each('$email', 'a@b.co,', 'a@b.co;c@d.co', '<jane@example.com>', 'mailto:jane'),
		...each('$email', `${'x'.repeat(310)}@example.com`),
		...each('$whatsapp', '5555555555', '+1 555 x', '+0155555555', '+', '+1234567890123456', 15555555555),
		...each('$iospush', { token: 'tok' }),
		...each('$slack', 'U01', { user_id: 'U01' }, { channel_id: '', ...token }),
		...each('$ms_teams', { tenant_id: 't', conversation_id: 'c' }, teams),
		...each('$webpush', { endpoint: '', keys }, { endpoint: 'https://e.com', keys: { ...keys, auth: '' } }),
	])('is left out with a warning, and the user is sent: %s, %j', (channel, value) => {
		const { record, warnings } = users.prepared(withChannel(channel, value));
		expect(record).toMatchObject({ properties: { plan: 'pro' }, channels: {} });
		expect((record as JsonObject).channels).not.toHaveProperty([channel, 0]);
		expect(warnings).toMatchObject([{ path: `channels.${channel}.0`, code: 'unusable_value' }]);
	});

	test('is sent without the mailto: of a link', () => {
		const traits = { email: 'mailto:jane@example.com' };
		expect(users.body({ ...person, traits })).toEqual({ $email: ['jane@example.com'] });
	});

	test('may be null or blank in a list, and counts as missing', () => {
		const traits = { email: [' ', 'a@b.co', null, ''] };
		expect(users.prepared({ ...person, traits }).warnings).toEqual([]);
		expect(users.body({ ...person, traits })).toEqual({ $email: ['a@b.co'] });
		expect(users.body({ ...person, traits: { email: ' ', plan: 'pro' } })).toEqual({ plan: 'pro' });
	});

	test('that is unusable in a field is left out, and the warning names it', () => {
		const fields = { distinctId: 'u1', properties: {}, additionalFields: { timezone: 'soon' } };
		const channels = { channel: [{ channel: 'sms', phoneNumber: { number: 1 } }] };
		const { warnings } = users.preparedFromFields({ ...fields, channels });
		expect(warnings.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				/^'Channels' was left out, because an object can't be used: Enter a phone number/,
			),
			"'Timezone' was left out, because \"soon\" can't be used: Enter an IANA time zone, e.g. America/New_York",
		]);
	});
});

test.each([
	['$timezone', 'America/New_York', true],
	['$timezone', 'UTC', true],
	['$timezone', 'UTC+5:30', false],
	['$timezone', '+05:30', false],
	['$timezone', 'Mars/Olympus', false],
	['$locale', 'en', true],
	['$locale', 'en_GB', true],
	['$locale', 'zh-Hant-TW', true],
	['$locale', 'english', false],
	['$locale', 'en GB', false],
	['$preferred_language', 'hi', true],
	['$preferred_language', 'Hindi!', false],
])('%s %s: %s', (name, value, good) => {
	const { body, prepared } = tryOut(suprSend, identify);
	const received = { ...person, traits: { [name]: value } };
	expect(body(received)).toEqual(good ? { [name]: value } : {});
	const reason = name === '$timezone' ? /Enter an IANA time zone/ : /Enter a language/;
	expect(prepared(received).warnings.map(({ message }) => message)).toEqual(
		good ? [] : [expect.stringMatching(reason)],
	);
});

describe('an edit', () => {
	const { bodyOfFields, verdictOfFields, preparedFromFields } = tryOut(suprSend, edit);
	const json = (operations: unknown) => ({
		...{ distinctId: 'u1', operationsInput: 'json' },
		operationsJson: typeof operations === 'string' ? operations : JSON.stringify(operations),
	});

	test.each([
		['a list', [{ $set: { a: 1 } }]],
		['the whole body', { operations: [{ $set: { a: 1 } }] }],
		['a single operation', { $set: { a: 1 } }],
	])('as JSON may be %s', (_, given) => {
		expect(bodyOfFields(json(given))).toEqual({ operations: [{ $set: { a: 1 } }] });
	});

	test('has the SDKs’ name for an operation, not that of the reference', () => {
		expect(bodyOfFields(json([{ $increment: { login_count: 1 } }]))).toEqual({
			operations: [{ $add: { login_count: 1 } }],
		});
	});

	test('may append several values to a channel at once', () => {
		const operations = [{ $append: { $email: ['team@example.com', 'devs@example.com'] } }];
		expect(bodyOfFields(json(operations))).toEqual({ operations });
	});

	test.each<[string, JsonObject, JsonObject]>([
		['an email', { $append: { $email: ' jane@example.com ' } }, { $append: { $email: 'jane@example.com' } }],
		['numbers', { $remove: { $sms: ['+15555555555 '] } }, { $remove: { $sms: ['+15555555555'] } }],
		['a time zone', { $set: { $timezone: ' UTC', a: 1 } }, { $set: { $timezone: 'UTC', a: 1 } }],
		[
			'only known values, not properties',
			{ $set_once: { ' plan ': ' pro ' } },
			{ $set_once: { ' plan ': ' pro ' } },
		],
	])('is sent without spaces around %s', (_, operation, expected) => {
		expect(bodyOfFields(json([operation]))).toEqual({ operations: [expected] });
	});

	test.each<[string, unknown, RegExp]>([
		['incomplete JSON', '[{"$set": ', /'Changes' is not valid JSON/],
		['an empty list', [], /nothing to change/],
		['an empty operation', [{}], /A change must be an object with \$set/],
		['text', ['$set'], /A change must be an object with \$set/],
		['a reserved property', [{ $set_once: { ss_a: 1 } }], /SuprSend reserves/],
		['a channel that is set', [{ $set: { $sms: '+15555555555' } }], /Channels can't be set/],
		['an unknown time zone', [{ $set: { $timezone: 'EST5' } }], /IANA time zone/],
		['an empty value of a channel', [{ $append: { $email: '' } }], /Enter an email address/],
		['one bad value of a list', [{ $remove: { $sms: ['+15555555555', '1'] } }], /E\.164/],
		['names that are not a list', [{ $unset: 'plan' }], /\$unset must be a list of names/],
		['an amount that is text', [{ $increment: { a: '1' } }], /\$add requires numbers/],
		['an increment of a reserved property', [{ $add: { $a: 1 } }], /SuprSend reserves/],
	])('is rejected with %s', (_, operations, message) => {
		expect(verdictOfFields(json(operations))).toMatch(message);
	});

	test.each<[JsonObject, boolean]>([
		[{ $set: { a: 1 } }, true],
		[{ $set_once: { a: 1 } }, true],
		[{ $unset: ['a'] }, true],
		[{ $remove: { a: 1 } }, true],
		[{ $append: { $email: 'jane@example.com' } }, true],
		[{ $append: { $iospush: 'tok', $id_provider: 'apns', $bundle_id: 'com.app' } }, true],
		[{ $append: { games: 'chess' } }, false],
		[{ $append: { $email: 'jane@example.com', games: 'chess' } }, false],
		[{ $add: { logins: 1 } }, false],
	])('with %j is resendable: %s', (operation, resendable) => {
		expect(preparedFromFields(json([{ $set: { b: 1 } }, operation])).resendable).toBe(resendable);
		const bulk = tryOut(suprSend, inBulk(edit)).preparedFromFields(json([operation]));
		expect(bulk.resendable).toBe(resendable);
	});

	const change = (operation: JsonObject) =>
		bodyOfFields({ distinctId: 'u1', operationsInput: 'fields', operations: { operation: [operation] } })
			.operations;

	test.each<[JsonObject, JsonObject]>([
		[{ property: 'plan', value: 5 }, { $set: { plan: 5 } }],
		[{ change: 'increment', property: 'logins', by: '2' }, { $add: { logins: 2 } }],
		[
			{ change: 'addChannel', channel: 'androidpush', pushToken: 'tok' },
			{ $append: { $androidpush: 'tok', $id_provider: 'fcm' } },
		],
		[
			{ change: 'removeChannel', channel: 'iospush', pushToken: 'tok' },
			{ $remove: { $iospush: 'tok', $id_provider: 'apns' } },
		],
		[
			{
				change: 'addChannel',
				channel: 'webpush',
				subscription: { endpoint: 'https://e.com', keys: { auth: 'a', p256dh: 'p' } },
			},
			{
				$append: {
					$webpush: { endpoint: 'https://e.com', keys: { auth: 'a', p256dh: 'p' } },
					$id_provider: 'vapid',
				},
			},
		],
		[
			{
				...{ change: 'addChannel', channel: 'ms_teams', teamsBy: 'user_id', teamsId: 'u' },
				...{ teamsTenantId: 't', teamsServiceUrl: 'https://smba.trafficmanager.net/amer' },
			},
			{
				$append: {
					$ms_teams: {
						...{ tenant_id: 't', service_url: 'https://smba.trafficmanager.net/amer', user_id: 'u' },
					},
				},
			},
		],
		[{ change: 'addChannel', channel: 'inbox', inboxId: 'i1' }, { $append: { $inbox: 'i1' } }],
		[{ change: 'unsetChannel', channel: 'ms_teams' }, { $unset: ['$ms_teams'] }],
	])('can be filled in as %j', (filledIn, expected) => {
		expect(change(filledIn)).toEqual([expected]);
	});

	test.each([
		['no property to unset', { change: 'unset', property: '' }, /\$unset must be a list of names/],
		['no property to set', { change: 'set', value: 'pro', property: ' ' }, /Enter the name of the property/],
		['no value', { change: 'set', property: 'plan' }, /Enter a value for the property/],
		['no list to append to', { change: 'append', value: 'pro' }, /Enter the name of the property/],
		['no property to increment', { change: 'increment', by: 1 }, /Enter the name of the property/],
		['no amount', { change: 'increment', property: 'logins', by: undefined }, /\$add requires numbers/],
		['no email address', { change: 'addChannel', channel: 'email', email: '' }, /Enter an email address/],
		['no push token', { change: 'addChannel', channel: 'iospush' }, /A push token must be text/],
		['no Slack user', { change: 'addChannel', channel: 'slack', slackBy: 'email' }, /Enter a Slack channel/],
	])('filled in with %s is rejected', (_, operation, message) => {
		const values = { distinctId: 'u1', operationsInput: 'fields', operations: { operation: [operation] } };
		expect(verdictOfFields(values)).toMatch(message);
	});
});

describe('the ID that SuprSend’s SDKs give each record', () => {
	test('is the same UUID for the same message', () => {
		expect(insertId('m-1')).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
		expect(insertId('m-1')).toBe(insertId('m-1'));
		expect(insertId('m-1')).not.toBe(insertId('m-2'));
	});

	test('is that of the message when it is a UUID', () => {
		const uuid = '00070e15-1c23-4a31-b83f-464d545b6269';
		expect(insertId(uuid)).toBe(uuid);
	});
});

describe('a color of a tenant', () => {
	const tenant = tryOut(suprSend, findOperation(suprSend, 'tenant', 'upsert'));
	const sent = (primaryColor: unknown) =>
		tenant.bodyOfFields({
			...{ tenantId: 't', tenantName: 'T', properties: {} },
			additionalFields: { primaryColor },
		}).primary_color;

	test.each([
		['#1A73E8', '#1A73E8'],
		['#FFF', '#FFFFFF'],
		[' #1ae ', '#11aaee'],
		['red', undefined],
		['#FFFF', undefined],
		['', undefined],
	])('written as %j is sent as %j', (given, expected) => {
		expect(sent(given)).toBe(expected);
	});
});
