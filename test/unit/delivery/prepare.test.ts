import { z } from 'zod/v4';
import { prepare as prepareInput, type PrepareContext } from '../../../nodes/shared/delivery/read/prepare';
import type { FailedOutcome, Input } from '../../../nodes/shared/delivery/stages';
import { derivedId } from '../../../nodes/shared/node-run';
import type { Bulk, Operation, OperationOption, Resend } from '../../../nodes/shared/service/definition';
import { readDeliveryOptions } from '../../../nodes/shared/service/delivery-options';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { nameFormats, type CanonicalEvent } from '../../../nodes/shared/event';
import { accepted } from '../../../nodes/shared/checked';
import { accept, minimal, nested, now, type JsonObject } from '../event/helpers';

const { track, identify } = minimal;

const position = { itemIndex: 3, listIndex: 1 };
const derived = derivedId('run-1', position);

const inputOf = (content: Input['content']): Input => ({
	position,
	content,
	settings: () => undefined,
	file: (field) => {
		throw new Error(`There is no file in '${field}'`);
	},
});

/** A service that accepts a name, a user, a text and any data. */
const operation: Operation<{ who: string; name: string; text?: string; data?: unknown }> = {
	resource: 'event',
	operation: 'send',
	action: 'Send event',
	description: '',
	endpoint: { method: 'POST', path: '/', source: 'https://docs.example.com' },
	record: {
		properties: [],
		schema: z.object({
			who: z.string('Somebody must be named'),
			name: z.string().min(2, 'The name is too short'),
			text: z.string().optional(),
			data: z.unknown(),
		}),
		maxBytes: 200,
		skips: ({ type }) => (type === 'alias' ? 'There is no alias here' : undefined),
		fromEvent({ userId, event, properties }, { nameFormat, warn }) {
			warn({ path: 'a', code: 'b', message: 'c' });
			return { who: userId ?? undefined, name: nameFormat(event ?? ''), text: properties.text };
		},
		fromFields: (fields) => ({ who: fields('who'), name: fields('name'), data: fields('data') }),
	},
	request: () => ({ body: '' }),
	bulk: { maxRecords: 10, maxBytes: 1000, request: () => ({ body: '' }) },
	resend: 'safe',
	orderKey: ({ who }) => who,
};

const run: PrepareContext = {
	operation,
	operationFor: () => accepted(operation as Operation),
	provider: suprSend,
	deliveryOptions: readDeliveryOptions({}),
	nameFormat: nameFormats.asIs,
	account: {},
	timeZone: 'utc',
	options: {},
	nodeRun: 'run-1',
	startedAt: now,
};

const prepare = (content: Input['content'], more: Partial<PrepareContext> = {}) =>
	prepareInput(inputOf(content), {
		...run,
		operationFor: () => accepted(more.operation ?? operation),
		...more,
	});
const fromEvent = (event: unknown, more?: Partial<PrepareContext>) => prepare({ event }, more);
const fromFields = (values: JsonObject) => prepare({ fields: (name) => values[name] });

describe('a record', () => {
	test('is serialized once, with its ID, its bytes and its order key', () => {
		const json = '{"who":"u1","name":"é"}';
		const prepared = fromEvent({ ...track, event: 'éé', messageId: 'm-1' });
		expect(prepared).toEqual({
			ok: true,
			value: {
				position,
				messageId: 'm-1',
				operation,
				record: { who: 'u1', name: 'éé' },
				json: json.replace('é', 'éé'),
				bytes: json.length + 3,
				orderKey: 'u1',
				resendable: true,
				prerequisite: undefined,
				warnings: [{ path: 'a', code: 'b', message: 'c' }],
			},
		});
	});

	test('without an ID gets one that is the same in every attempt', () => {
		expect(fromEvent(track)).toMatchObject({ value: { messageId: derived } });
		expect(fromFields({ who: 'u1', name: 'Signed Up' })).toMatchObject({
			value: { messageId: derived, record: { who: 'u1', name: 'Signed Up' } },
		});
	});

	test('keeps the ID from an earlier attempt', () => {
		const input = { ...inputOf({ event: track }), earlierId: 'earlier-1' };
		expect(prepareInput(input, run)).toMatchObject({ value: { messageId: 'earlier-1' } });
		const known = { ...inputOf({ event: { ...track, messageId: 'm-1' } }), earlierId: 'earlier-1' };
		expect(prepareInput(known, run)).toMatchObject({ value: { messageId: 'm-1' } });
	});

	test('comes from an event that is not verified', () => {
		let seen: unknown;
		const fromEventOf = (event: CanonicalEvent) => {
			seen = event._meta;
			return { who: 'u1', name: 'Seen' };
		};
		const record = { ...operation.record, fromEvent: fromEventOf };
		expect(fromEvent(track, { operation: { ...operation, record } })).toMatchObject({ ok: true });
		expect(seen).toEqual({
			format: 'item',
			transport: 'item',
			batchIndex: 0,
			batchSize: 1,
			verified: false,
			warnings: [],
		});
	});

	test('comes from an event that keeps how the trigger verified it', () => {
		const verified = accept({ ...track });
		const meta = { ...verified._meta, verified: 'write-key' as const };
		let seen: unknown;
		const fromEventOf = (event: CanonicalEvent) => {
			seen = event._meta;
			return { who: 'u1', name: 'Seen' };
		};
		const record = { ...operation.record, fromEvent: fromEventOf };
		const event = { ...verified, _meta: meta };
		expect(fromEvent(event, { operation: { ...operation, record } })).toMatchObject({ ok: true });
		expect(seen).toMatchObject({ format: 'segment', transport: 'webhook', verified: 'write-key' });
	});

	test('has no order key when the option Keep Order is off', () => {
		const deliveryOptions = readDeliveryOptions({ keepOrder: false });
		expect(fromEvent(track, { deliveryOptions })).toMatchObject({ value: { orderKey: undefined } });
		expect(fromEvent(track, { operation: { ...operation, orderKey: undefined } })).toMatchObject({
			value: { orderKey: undefined },
		});
	});

	test('has the prerequisite of the first option that returns one', () => {
		const option = (prerequisite?: OperationOption['prerequisite']): OperationOption => ({
			property: { displayName: 'X', name: 'x', type: 'boolean', default: false },
			prerequisite,
		});
		const prerequisite = (purpose: string) => ({ purpose, request: { method: 'POST', path: '/' } as const });
		const options = [
			option(),
			option(() => undefined),
			option((record, { account }) =>
				prerequisite(`${(record as { who: string }).who} in ${account.project}`),
			),
			option(() => prerequisite('Another')),
		];
		const withOptions = { operation: { ...operation, options }, account: { project: 'p1' } };
		expect(fromEvent(track, withOptions)).toMatchObject({
			value: { prerequisite: { purpose: 'u1 in p1' } },
		});
		const without = { operation: { ...operation, options: options.slice(0, 2) } };
		expect(fromEvent(track, without)).toMatchObject({ value: { prerequisite: undefined } });
	});

	describe('when it may have arrived, is', () => {
		test.each([
			['resent when that is safe', 'safe', false, true],
			['resent when the user chose so', 'ifAsked', true, true],
			['not resent when it would be there twice', 'ifAsked', false, false],
			['never resent when it adds to a balance', 'never', true, false],
			['resent when this record is safe', (): Resend => 'safe', false, true],
			['never resent when this record adds to a balance', (): Resend => 'never', true, false],
		] as const)('%s', (_, resend, retryUncertain, resendable) => {
			const options = {
				operation: { ...operation, resend },
				deliveryOptions: readDeliveryOptions({ retryUncertain }),
			};
			expect(fromEvent(track, options)).toMatchObject({ value: { resendable } });
		});
	});

	test('has its name in the chosen format', () => {
		expect(fromEvent(track, { nameFormat: nameFormats.kebabCase })).toMatchObject({
			value: { record: { name: 'order-completed' } },
		});
	});
});

describe.each([
	['the JSON of a field', (data: unknown) => fromFields({ who: 'u1', name: 'Ordered', data })],
	['an event', (data: unknown) => fromEvent({ ...track, properties: { data } })],
])('a number in %s', (_, prepareWith) => {
	const codes = (data: unknown) => {
		const prepared = prepareWith(data);
		return prepared.ok ? prepared.value.warnings.map(({ path, code }) => `${path}: ${code}`) : [];
	};

	test('that has lost its last digits gives one warning', () => {
		expect(codes(JSON.parse('[{"order": 12345678901234567890}]'))).toContainEqual(
			expect.stringMatching(/data\.0\.order: number_rounded$/),
		);
	});

	test.each([2 ** 53 - 1, -(2 ** 53) + 1, 0.1, 1e21, '12345678901234567890'])('%p gives none', (data) => {
		expect(codes({ data }).join()).not.toContain('number_rounded');
	});
});

test('an event gets one warning about a rounded number, however often it is read', () => {
	const event = accept({ ...track, properties: { order: 2 ** 60 } });
	const prepared = fromEvent(event);
	const rounded = prepared.ok && prepared.value.warnings.filter(({ code }) => code === 'number_rounded');
	expect(rounded).toHaveLength(1);
});

describe('an item that is not sent because it', () => {
	test.each([
		['is not an event', { total: 42 }, 'unknown_type', undefined],
		['is not an object', 'text', 'not_an_object', undefined],
		['is missing', undefined, 'not_an_object', undefined],
		['is an event without a user', { ...track, userId: null, messageId: 'm-1' }, 'no_user_anon_id', 'm-1'],
		['is nested too deeply', { ...track, properties: nested(64) }, 'too_deep', undefined],
	])('%s names the broken rule and the way out', (_, event, code, messageId) => {
		const prepared = fromEvent(event);
		expect(prepared).toMatchObject({
			ok: false,
			reason: {
				position,
				status: 'failed',
				attempts: 0,
				failure: { code: 'invalid_event', retryable: false },
			},
		});
		expect(JSON.stringify(prepared)).toMatch(new RegExp(`Found ${code}\\b`));
		expect(JSON.stringify(prepared)).toMatch(/'Mapping Mode' to 'Define Below'/);
		expect(prepared.ok ? undefined : prepared.reason.messageId).toBe(messageId);
	});

	test('breaks a rule at a path names the path', () => {
		const { reason } = fromEvent({ ...track, event: '' }) as { reason: FailedOutcome };
		expect(reason.failure.description).toMatch(/^Found [a-z_]+ at 'event'\. /);
	});

	test('breaks a rule as a whole names no path', () => {
		const { reason } = fromEvent('text') as { reason: FailedOutcome };
		expect(reason.failure.description).toMatch(/^Found not_an_object\. /);
	});

	test.each([
		['every type', undefined, 'track'],
		[
			'one type',
			({ type }: CanonicalEvent) => (type === 'identify' ? undefined : 'It is skipped'),
			'identify',
		],
	])('is not an event shows one of %s that the operation accepts', (_, skips, type) => {
		const accepting = { ...operation, record: { ...operation.record, skips } } as Operation;
		const { reason } = fromEvent({ total: 42 }, { operation: accepting }) as { reason: FailedOutcome };
		const { message } = reason.failure;
		expect(message).toMatch(/^Set 'Mapping Mode' to 'Define Below' and fill in the fields/);
		const shown = JSON.parse(/\{.*\}/.exec(message)?.[0] ?? '') as object;
		expect(shown).toMatchObject({ type });
		expect(accept(shown as JsonObject)).toMatchObject({ type });
	});

	test('is an event for an operation without events is unreadable', () => {
		const fieldsOnly = { ...operation, record: { ...operation.record, fromEvent: undefined } };
		expect(fromEvent(track, { operation: fieldsOnly as Operation })).toMatchObject({
			reason: { failure: { code: 'unreadable_item', message: expect.stringMatching(/send/) as string } },
		});
	});

	test('has a mapping that throws keeps its ID and its warnings', () => {
		const fromEventOf: Operation['record']['fromEvent'] = (_, { warn }) => {
			warn({ path: 'a', code: 'b', message: 'c' });
			throw new Error('No mapping');
		};
		const record = { ...operation.record, fromEvent: fromEventOf };
		const event = { ...track, messageId: 'm-1' };
		expect(fromEvent(event, { operation: { ...operation, record } as Operation })).toMatchObject({
			reason: { messageId: 'm-1', failure: { code: 'unreadable_item' }, warnings: [{ code: 'b' }] },
		});
	});

	test('breaks a rule of the service names the rule and the field', () => {
		expect(fromFields({ name: 'x' })).toMatchObject({
			reason: {
				status: 'failed',
				messageId: derived,
				failure: {
					code: 'invalid_record',
					retryable: false,
					message: 'The item cannot be sent: who: Somebody must be named',
					description: expect.stringMatching(
						/^name: The name is too short \(found "x"\) · Nothing was sent/,
					) as string,
				},
			},
		});
	});

	test('has a failing expression shows its error', () => {
		const broken = () => {
			throw new Error('total is not defined');
		};
		expect(prepare({ fields: broken })).toMatchObject({
			reason: {
				failure: {
					code: 'unreadable_item',
					message: expect.stringMatching(/total is not defined/) as string,
				},
			},
		});
	});

	test.each([
		['excludes this service', { ...track, integrations: { All: false } }, 'integrations', /exclude SuprSend/],
		['has a type that the operation skips', minimal.alias, 'event_type', /no alias here/],
	])('%s is skipped with the reason', (_, event, code, message) => {
		expect(fromEvent({ ...event, messageId: 'm-1' })).toEqual({
			ok: false,
			reason: {
				position,
				messageId: 'm-1',
				subject: { userId: 'u1', event: 'event' in event ? event.event : undefined },
				attempts: 0,
				status: 'skipped',
				reason: { code, message: expect.stringMatching(message) as string },
			},
		});
	});

	test('excludes this service is sent with Respect Integrations off', () => {
		const event = { ...track, integrations: { All: false } };
		expect(
			fromEvent(event, { deliveryOptions: readDeliveryOptions({ respectIntegrations: false }) }).ok,
		).toBe(true);
	});
});

describe('the size of a record', () => {
	const empty = Buffer.byteLength('{"who":"u1","name":"Order Completed","text":""}');
	const ofBytes = (bytes: number) => ({ ...track, properties: { text: 'x'.repeat(bytes - empty) } });
	const withLimits = ({ recordBytes, requestBytes }: { recordBytes?: number; requestBytes?: number }) => {
		const { request } = operation.bulk as Bulk;
		const record = { ...operation.record, maxBytes: recordBytes };
		return { operation: { ...operation, record, bulk: { maxRecords: 10, maxBytes: requestBytes, request } } };
	};

	test.each([
		['a record', { recordBytes: 200 }],
		['a request', { requestBytes: 200 }],
		['both when the record’s is smaller', { recordBytes: 200, requestBytes: 500 }],
		['both when the request’s is smaller', { recordBytes: 500, requestBytes: 200 }],
	])('is accepted up to the limit of %s and rejected with one more byte', (_, limits) => {
		expect(fromEvent(ofBytes(200), withLimits(limits))).toMatchObject({ value: { bytes: 200 } });
		expect(fromEvent(ofBytes(201), withLimits(limits))).toMatchObject({
			reason: {
				status: 'failed',
				failure: {
					code: 'record_too_large',
					description: expect.stringMatching(/Nothing was sent/) as string,
				},
			},
		});
	});
});

test('names the size and the limit of a record that is too large, rounded up to KiB', () => {
	const record = { ...operation.record, maxBytes: 2048 };
	const event = { ...track, properties: { text: 'x'.repeat(2048) } };
	expect(fromEvent(event, { operation: { ...operation, record, bulk: undefined } })).toMatchObject({
		reason: {
			failure: {
				retryable: false,
				message: expect.stringMatching(/3 KiB, and the service accepts up to 2 KiB$/) as string,
			},
		},
	});
});

describe('a node accepts what the trigger accepts:', () => {
	const record = { ...operation.record, maxBytes: undefined };
	const roomy = { operation: { ...operation, record, bulk: undefined }, startedAt: now + 60_000 };
	const next = (event: unknown) => fromEvent(event, roomy);

	test('an event as large as a webhook allows', () => {
		const event = { ...track, properties: { text: 'x'.repeat(32_600) } };
		expect(next(accept(event))).toMatchObject({ ok: true });
	});

	test('an event with as many properties as a webhook allows', () => {
		const limits = { eventBytes: Infinity, depth: 64, properties: 10_000 };
		const properties = Object.fromEntries(Array.from({ length: 9_996 }, (_, i) => [`p${i}`, 0]));
		expect(next(accept({ ...track, properties }, { limits }))).toMatchObject({ ok: true });
	});

	test('an event as deep as a webhook allows', () => {
		expect(next(accept({ ...track, properties: nested(63) }))).toMatchObject({ ok: true });
		expect(next(accept({ ...identify, event: 'Named', context: { traits: nested(62) } }))).toMatchObject({
			ok: true,
		});
	});

	test('an event from the future when Accept Future Times is on', () => {
		const timed: Operation = {
			...operation,
			record: {
				properties: [],
				schema: z.object({ at: z.string() }),
				fromEvent: ({ timestamp }) => ({ at: timestamp }),
				fromFields: () => ({}),
			},
			orderKey: () => '',
		};
		const event = accept({ ...track, timestamp: '2030-01-01T00:00:00.000Z' }, { clampFuture: false });
		const prepared = fromEvent(event, { operation: timed });
		expect(prepared).toMatchObject({ value: { record: { at: '2030-01-01T00:00:00.000Z' } } });
	});
});
