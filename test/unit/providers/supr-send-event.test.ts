import type { INodeProperties } from 'n8n-workflow';
import { insertId } from '../../../nodes/SuprSend/insert-id';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { batchesOf } from '../delivery/helpers';
import { minimal, now, type JsonObject } from '../event/helpers';
import { assignments, findOperation, tryOut, partsOf } from './helpers';

const env = 'ws_key_0123456789abcdef';
const operation = findOperation(suprSend, 'event', 'send');
const { prepared, body, verdict, bodyOfFields, verdictOfFields } = tryOut(suprSend, operation, { env });
const { track, identify, page, screen, group, alias } = minimal;
const reserved = /SuprSend reserves/;

describe('an event of each type', () => {
	const common = {
		$time: now,
		env,
		$insert_id: insertId('derived-id'),
		$idempotency_key: 'derived-id',
		distinct_id: 'u1',
	};

	test.each([
		['track', { ...track, properties: { total: 42 } }, 'Order Completed', { total: 42 }],
		['identify', { ...identify, traits: { plan: 'pro' } }, 'User Identified', { plan: 'pro' }],
		[
			'page',
			{ ...page, name: 'Pricing', properties: { url: '/p' } },
			'Page Viewed',
			{ name: 'Pricing', url: '/p' },
		],
		['screen', { ...screen, category: 'Docs' }, 'Screen Viewed', { category: 'Docs' }],
		['group', { ...group, traits: { plan: 'team' } }, 'Group Joined', { groupId: 'g1', plan: 'team' }],
		['alias', alias, 'User Aliased', { previousId: 'a1' }],
	])('%s', (_, received, event, properties) => {
		expect(body(received)).toEqual({ ...common, event, properties });
	});
});

test('sends the request of SuprSend’s own SDK, without its name and with an idempotency key', () => {
	const messageId = '00070e15-1c23-4a31-b83f-464d545b6269';
	const received = {
		...{ type: 'track', event: 'product_purchased', userId: 'user_1', messageId },
		...{ timestamp: '2025-01-02T03:04:05.678Z', properties: { amount: 10, currency: 'USD' } },
	};
	expect(partsOf(operation, prepared(received))).toEqual({
		body: `{"$insert_id":"${messageId}","$time":1735787045678,"event":"product_purchased","env":"${env}","distinct_id":"user_1","properties":{"amount":10,"currency":"USD"},"$idempotency_key":"${messageId}"}`,
	});
});

test('sends no workspace with an API key', () => {
	expect(tryOut(suprSend, operation).body(track)).not.toHaveProperty('env');
});

test.each([
	['the userId', { userId: 'u1', anonymousId: 'a1' }, 'u1'],
	['the anonymousId of an anonymous user', { userId: null, anonymousId: 'a1' }, 'a1'],
])('uses %s as the distinct ID and the order key', (_, ids, expected) => {
	expect(body({ ...track, ...ids }).distinct_id).toBe(expected);
	expect(prepared({ ...track, ...ids }).orderKey).toBe(expected);
});

describe('event names', () => {
	test.each([
		...['Order Completed', 'ab', '注文', 'ssl_renewed', 'ss', 'pay_$5', 'class_ss_1', 'x$'],
		...['$identify', '$notification_delivered', '$notification_dismiss', '$notification_clicked'],
		...['$app_launched', '$user_login', '$user_logout'],
	])('may be "%s"', (event) => {
		expect(body({ ...track, event }).event).toBe(event);
	});

	test.each([
		['$foo', reserved],
		['$', /at least 2 characters/],
		['$$', reserved],
		['$Identify', reserved],
		['$identify2', reserved],
		['ss_foo', reserved],
		['SS_foo', reserved],
		['Ss_', reserved],
		['x', /at least 2 characters/],
		[' x ', /at least 2 characters/],
		['😀', /at least 2 characters/],
	])('may not be "%s"', (event, message) => {
		expect(verdict({ ...track, event })).toMatch(message);
	});
});

describe('properties', () => {
	test.each(['amount', 'ssn', 'ss', 'a_ss_b', 'a$b', ''])('may have a key "%s"', (key) => {
		expect(body({ ...track, properties: { [key]: 1 } }).properties).toEqual({ [key]: 1 });
	});

	test.each(['$set', '$', 'ss_source', 'ss_', '$lib'])(
		'of an event lose the key "%s" with a warning',
		(key) => {
			const event = { ...track, properties: { amount: 1, [key]: 1 } };
			expect(body(event).properties).toEqual({ amount: 1 });
			expect(prepared(event).warnings).toMatchObject([{ path: `properties.${key}`, code: 'reserved_name' }]);
		},
	);

	test('may have any key in nested objects', () => {
		const properties = { order: { $id: 1, ss_id: 2, list: [{ $a: 1 }] } };
		expect(body({ ...track, properties }).properties).toEqual(properties);
	});

	test('may have attachments as documented', () => {
		const properties = {
			$attachments: [{ filename: 'a.pdf', contentType: 'application/pdf', url: 'https://e.com/a.pdf' }],
		};
		expect(body({ ...track, properties }).properties).toEqual(properties);
	});
});

test.each([
	['2022-01-01T00:00:00.000Z', 'sent'],
	['2021-12-31T23:59:59.999Z', /before 2022/],
])('checks the time of an event: %s is %s', (timestamp, expected) => {
	expect(verdict({ ...track, timestamp })).toMatch(expected);
});

test('blames the credential, not the event, for a workspace key of 19 characters', () => {
	const credential = { authentication: 'workspace', workspaceKey: 'k'.repeat(19), workspaceSecret: 's' };
	expect(() => suprSend.readCredential(credential)).toThrow(/'Workspace Key'.*shorter than 20/);
	expect(() => suprSend.readCredential({ ...credential, workspaceKey: 'k'.repeat(20) })).not.toThrow();
});

describe('one event', () => {
	const empty = Buffer.byteLength(prepared({ ...track, properties: { text: '' } }).json);
	const ofBytes = (bytes: number) => ({ ...track, properties: { text: 'x'.repeat(bytes - empty) } });

	test('may have 100 KiB, as documented', () => {
		expect(prepared(ofBytes(102_400)).bytes).toBe(102_400);
	});

	test('may not have one byte more', () => {
		expect(verdict(ofBytes(102_401))).toMatch(/is 101 KiB, and the service accepts up to 100 KiB/);
	});
});

describe('a request', () => {
	const events = (count: number) =>
		Array.from({ length: count }, (_, i) => prepared({ ...track, userId: `u${i}`, messageId: `m${i}` }));

	const bodyOf = (batch: ReturnType<typeof events>) => partsOf(operation, ...batch).body ?? '';
	const limits = operation.bulk ?? { maxRecords: 1 };

	test('of one event is an object', () => {
		expect(bodyOf(events(1))).toMatch(/^\{.*\}$/);
	});

	test('of several events is a list in order', () => {
		expect(operation.endpoint).toMatchObject({ method: 'POST', path: '/event/' });
		expect(JSON.parse(bodyOf(events(3)))).toMatchObject([
			{ distinct_id: 'u0' },
			{ distinct_id: 'u1' },
			{ distinct_id: 'u2' },
		]);
	});

	test('has up to 100 events, and the 101st makes another request', () => {
		const batches = batchesOf(events(101), limits);
		expect(batches.map(({ length }) => length)).toEqual([100, 1]);
	});

	test('has up to exactly 800 KiB, and one more byte makes another request', () => {
		const fill = (total: number) => {
			const eight = Array.from({ length: 8 }, () =>
				prepared({ ...track, properties: { t: 'x'.repeat(101_000) } }),
			);
			const rest = total - Buffer.byteLength(bodyOf(eight)) - 1;
			const without = Buffer.byteLength(prepared({ ...track, properties: { t: '' } }).json);
			return [...eight, prepared({ ...track, properties: { t: 'x'.repeat(rest - without) } })];
		};
		const full = fill(819_200);
		expect(Buffer.byteLength(bodyOf(full))).toBe(819_200);
		expect(batchesOf(full, limits)).toHaveLength(1);
		expect(batchesOf(fill(819_201), limits)).toHaveLength(2);
	});
});

describe('fields', () => {
	const given = {
		distinctId: '0fxxx8f74-xxxx-41c5-8752-xxxcb6911fb08',
		eventName: 'product_purchased',
		propertiesInput: 'fields',
		properties: assignments({ first_name: 'User', spend_amount: '$10', nested: { key: { deep: 1 } } }),
	};
	const sent = {
		$insert_id: insertId('derived-id'),
		event: 'product_purchased',
		env,
		distinct_id: '0fxxx8f74-xxxx-41c5-8752-xxxcb6911fb08',
		properties: { first_name: 'User', spend_amount: '$10', nested: { key: { deep: 1 } } },
		$idempotency_key: 'derived-id',
	};

	test('make the event of SuprSend’s guide', () => {
		expect(bodyOfFields(given)).toEqual(sent);
	});

	test.each([
		['text that is an object', '{"amount": 10}', { amount: 10 }],
		['an object', { amount: 10 }, { amount: 10 }],
		['empty text', '', {}],
	])('accept properties as JSON: %s', (_, propertiesJson, properties) => {
		expect(bodyOfFields({ ...given, propertiesInput: 'json', propertiesJson }).properties).toEqual(
			properties,
		);
	});

	test.each([['[1]'], ['"text"'], ['5']])('reject %s as properties', (propertiesJson) => {
		const values = { ...given, propertiesInput: 'json', propertiesJson };
		expect(verdictOfFields(values)).toMatch(/Properties must be an object/);
	});

	test.each([
		['no distinct ID', { distinctId: '' }, /Fill in the distinct ID/],
		['a distinct ID of spaces', { distinctId: '  ' }, /Fill in the distinct ID/],
		['no name', { eventName: '' }, /needs (a name|at least 2 characters)/],
		['a reserved name', { eventName: '$foo' }, reserved],
		['a reserved property', { properties: assignments({ $set: 1 }) }, reserved],
	])('with %s are rejected', (_, changed, message) => {
		expect(verdictOfFields({ ...given, ...changed })).toMatch(message);
	});

	// An expression can return anything.
	test.each([[undefined], [null], [{}]])(
		'are rejected when an expression returns %j as the name',
		(eventName) => {
			expect(verdictOfFields({ ...given, eventName })).toMatch(/needs a name/);
		},
	);

	test('accept a number as the distinct ID', () => {
		expect(bodyOfFields({ ...given, distinctId: 42 })).toMatchObject({ distinct_id: '42' });
	});

	test('are sent without spaces around them', () => {
		const changed = { ...given, distinctId: ' u1 ', eventName: ' signed_up ' };
		expect(bodyOfFields(changed)).toMatchObject({ distinct_id: 'u1', event: 'signed_up' });
	});
});

describe('additional fields', () => {
	const withMore = (additionalFields: JsonObject) =>
		tryOut(suprSend, operation, { env }, { additionalFields });
	const given = { distinctId: 'u1', eventName: 'signed_up', propertiesInput: 'json', propertiesJson: '{}' };

	test('set an idempotency key and a tenant for fields and for events', () => {
		const options = { idempotencyKey: 'user147-new-comment-1687437670', tenantId: 'acme' };
		const expected = { $idempotency_key: 'user147-new-comment-1687437670', tenant_id: 'acme' };
		expect(withMore(options).bodyOfFields(given)).toMatchObject(expected);
		expect(withMore(options).body(track)).toMatchObject(expected);
	});

	test.each([[''], ['  ']])('that are %j count as empty', (blank) => {
		const options = { idempotencyKey: blank, tenantId: blank };
		expect(withMore(options).bodyOfFields(given)).toEqual(bodyOfFields(given));
	});

	test('may be numbers', () => {
		const { bodyOfFields: body } = withMore({ idempotencyKey: 42, tenantId: 7 });
		expect(body(given)).toMatchObject({ $idempotency_key: '42', tenant_id: '7' });
	});

	test.each([
		['an idempotency key of 255 characters', { idempotencyKey: 'k'.repeat(255) }, /^sent$/],
		['an idempotency key of 255 characters and spaces', { idempotencyKey: ` ${'k'.repeat(255)} ` }, /^sent$/],
		['an idempotency key of 256 characters', { idempotencyKey: 'k'.repeat(256) }, /up to 255/],
		['a tenant ID of 64 characters', { tenantId: 't'.repeat(64) }, /^sent$/],
		['a tenant ID of 64 emoji', { tenantId: '🏠'.repeat(64) }, /^sent$/],
		['a tenant ID of 65 characters', { tenantId: 't'.repeat(65) }, /up to 64/],
	])('with %s: %s', (_, options, expected) => {
		expect(withMore(options).verdictOfFields(given)).toMatch(expected);
	});

	test('of Send Many that differ for each event are there for Define Below only', () => {
		const sendMany = findOperation(suprSend, 'event', 'sendMany');
		const fields = (sendMany.record.settings?.[0]?.options ?? []) as INodeProperties[];
		const onlyBelow = { show: { '/mappingMode': ['defineBelow'] } };
		expect(fields.map(({ name, displayOptions }) => [name, displayOptions])).toEqual([
			['attachments', onlyBelow],
			['idempotencyKey', onlyBelow],
			['tenantId', undefined],
		]);
		expect(sendMany.options).toBeUndefined();
	});
});

describe('attachments', () => {
	const attach = (...attachment: JsonObject[]) =>
		tryOut(suprSend, operation, { env }, { additionalFields: { attachments: { attachment } } });
	const url = 'https://www.adobe.com/sample_file.pdf';
	const byUrl = (more: JsonObject = {}) => ({
		...{ contentType: null, data: null, url, ignore_if_error: false },
		...more,
	});

	test('have the form of SuprSend’s SDK and come after those of the event', () => {
		const own = { filename: 'a.pdf', contentType: 'application/pdf', url: 'https://e.com/a.pdf' };
		const event = { ...track, properties: { amount: 1, $attachments: [own] } };
		expect(attach({ source: 'url', url, fileName: 'b.pdf' }).body(event).properties).toEqual({
			amount: 1,
			$attachments: [own, byUrl({ filename: 'b.pdf' })],
		});
	});

	test.each([
		[true, true],
		['true', true],
		['false', false],
	])('that cannot be loaded are ignored if asked: %j', (ignoreIfError, ignore_if_error) => {
		expect(attach({ source: 'url', url, ignoreIfError }).body(track).properties).toEqual({
			$attachments: [byUrl({ ignore_if_error })],
		});
	});

	test.each([
		['no URL', { source: 'url', url: '' }, /must have a URL or a file/],
		['a local file', { source: 'url', url: '~/a.pdf' }, /a URL that starts with https/],
		['another protocol', { source: 'url', url: 'ftp://e.com/a.pdf' }, /a URL that starts with https/],
		['a URL', { source: 'url', url }, /^sent$/],
	])('with %s: %s', (_, attachment, expected) => {
		expect(attach(attachment).verdict(track)).toMatch(expected);
	});

	test.each([
		['an empty list', [], /^sent$/],
		['an object instead of a list', { url }, /Attachments must be a list/],
		['an object with neither a URL nor data', [{ filename: 'a.pdf' }], /must have a URL or a file/],
		['data of less than 50 KB', [{ data: 'x'.repeat(50 * 1024 - 1) }], /^sent$/],
		['data of 50 KB', [{ data: 'x'.repeat(50 * 1024) }], /Attach the file by its URL instead/],
	])('of an event with %s: %s', (_, $attachments, expected) => {
		expect(verdict({ ...track, properties: { $attachments } })).toMatch(expected);
	});
});

describe('the credential', () => {
	const secrets = { apiKey: 'SS.sk_1', workspaceKey: env, workspaceSecret: 'SS.ws_2' };

	test('with an API key hides the key', () => {
		const content = suprSend.readCredential({ authentication: 'apiKey', ...secrets });
		expect(content.secrets).toContain('SS.sk_1');
		expect(content.account?.env).toBeUndefined();
	});

	test('with a workspace hides its secret and shows its key', () => {
		const content = suprSend.readCredential({ authentication: 'workspace', ...secrets });
		expect(content.secrets).toContain('SS.ws_2');
		expect(content.account).toEqual({ env, workspaceKey: env });
	});
});
