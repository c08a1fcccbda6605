import { z } from 'zod/v4';
import type { Operation } from '../../../nodes/shared/delivery';
import {
	prepareItem,
	type Delivery,
	type ItemSource,
	type PrepareOptions,
} from '../../../nodes/shared/delivery/prepare';
import { nameFormats } from '../../../nodes/shared/event';
import { accept, minimal, nested, now, type JsonObject } from '../event/helpers';

const { track, identify } = minimal;

const delivery = (readSource: () => ItemSource, place: Delivery['place'] = { itemIndex: 0 }): Delivery => ({
	place,
	fallbackId: () => 'derived-id',
	readSource,
	settings: () => undefined,
	file: (field) => {
		throw new Error(`There is no file in '${field}'`);
	},
});

/** A service that takes a name, a person and a text. */
const operation: Operation<{ who: string; name: string; text?: string }> = {
	resource: 'event',
	operation: 'send',
	endpoint: { method: 'POST', path: '/', source: 'https://docs.example.com' },
	reports: 'each',
	fields: [],
	schema: z.object({
		who: z.string('Somebody must be named'),
		name: z.string().min(2, 'The name is too short'),
		text: z.string().optional(),
	}),
	limits: { records: 10, requestBytes: 1000, recordBytes: 200 },
	skips: ({ type }) => (type === 'alias' ? 'There is no alias here' : undefined),
	fromEvent: ({ userId, event, properties }, { nameFormat }) => ({
		record: { who: userId ?? undefined, name: nameFormat(event ?? ''), text: properties.text },
		warnings: [{ path: 'a', code: 'b', message: 'c' }],
	}),
	fromFields: (fields) => ({ record: { who: fields('who'), name: fields('name') } }),
	lane: ({ who }) => who,
	request: () => ({ body: '' }),
	repeating: 'harmless',
};

const options: PrepareOptions = {
	operation,
	destination: 'SuprSend',
	respectIntegrations: true,
	keepOrder: true,
	retryUncertain: false,
	nameFormat: nameFormats.asIs,
	facts: {},
	timeZone: 'utc',
	givenOptions: {},
};

function prepare(source: ItemSource, more: Partial<PrepareOptions> = {}) {
	return prepareItem(
		delivery(() => source, { itemIndex: 3, position: 1 }),
		{ ...options, ...more },
	);
}
const fromEvent = (event: unknown, more?: Partial<PrepareOptions>) => prepare({ event, now }, more);
const fromFields = (values: JsonObject) => prepare({ fields: (name) => values[name] });

describe('a record', () => {
	test('is serialised once, with its id, its bytes and the person it is about', () => {
		const json = '{"who":"u1","name":"é"}';
		const prepared = fromEvent({ ...track, event: 'éé', messageId: 'm-1' });
		expect(prepared).toEqual({
			ok: true,
			outgoing: {
				place: { itemIndex: 3, position: 1 },
				messageId: 'm-1',
				record: { who: 'u1', name: 'éé' },
				json: json.replace('é', 'éé'),
				bytes: json.length + 3,
				lane: 'u1',
				repeatable: true,
				before: undefined,
				warnings: [{ path: 'a', code: 'b', message: 'c' }],
			},
		});
	});

	test('without an id of its own has the one that is the same in every try', () => {
		expect(fromEvent(track)).toMatchObject({ outgoing: { messageId: 'derived-id' } });
		expect(fromFields({ who: 'u1', name: 'Signed Up' })).toMatchObject({
			outgoing: { messageId: 'derived-id', record: { who: 'u1', name: 'Signed Up' } },
		});
	});

	describe('is sent again when it may have arrived', () => {
		const adding = { ...operation, addsUp: ({ name }: { name: string }) => name === 'Credit' };
		test.each([
			['where that does no harm', 'Order Completed', 'harmless', false, true],
			['where the user chose so', 'Order Completed', 'unwanted', true, true],
			['not where it would make a second one', 'Order Completed', 'unwanted', false, false],
			['never where it adds to what is there', 'Credit', 'harmless', true, false],
		] as const)('%s', (_, event, repeating, retryUncertain, repeatable) => {
			const options = { operation: { ...adding, repeating }, retryUncertain };
			expect(fromEvent({ ...track, event }, options)).toMatchObject({ outgoing: { repeatable } });
		});
	});

	test('has its name in the format that was chosen', () => {
		expect(fromEvent(track, { nameFormat: nameFormats.kebabCase })).toMatchObject({
			outgoing: { record: { name: 'order-completed' } },
		});
	});
});

describe('an item for which nothing is sent', () => {
	test.each([
		['is no event', { total: 42 }, 'unknown_type', undefined],
		['is not an object', 'text', 'not_an_object', undefined],
		['is missing', undefined, 'not_an_object', undefined],
		['is an event of nobody', { ...track, userId: null, messageId: 'm-1' }, 'no_user_anon_id', 'm-1'],
		['is too deep to be walked', { ...track, properties: nested(64) }, 'too_deep', undefined],
	])('%s: says which rule of the event, and how to get unstuck', (_, event, code, messageId) => {
		const prepared = fromEvent(event);
		expect(prepared).toMatchObject({
			ok: false,
			outcome: {
				place: { itemIndex: 3, position: 1 },
				status: 'failed',
				attempts: 0,
				failure: { code: 'invalid_event', retryable: false },
			},
		});
		expect(JSON.stringify(prepared)).toMatch(new RegExp(`Found ${code}.*'Mapping Mode'`));
		expect(prepared.ok ? undefined : prepared.outcome.messageId).toBe(messageId);
	});

	test('breaks a rule of the service: says which, and where', () => {
		expect(fromFields({ name: 'x' })).toMatchObject({
			outcome: {
				status: 'failed',
				messageId: 'derived-id',
				failure: {
					code: 'invalid_record',
					message: 'The item cannot be sent: who: Somebody must be named',
					description: expect.stringMatching(/name: The name is too short.*Nothing was sent/) as string,
				},
			},
		});
	});

	test('has an expression that fails: says what the expression said', () => {
		const broken = () => {
			throw new Error('total is not defined');
		};
		expect(prepareItem(delivery(broken), options)).toMatchObject({
			outcome: {
				failure: {
					code: 'unreadable_item',
					message: expect.stringMatching(/total is not defined/) as string,
				},
			},
		});
	});

	test.each([
		[
			'leaves this service out',
			{ ...track, integrations: { All: false } },
			'integrations',
			/leave out SuprSend/,
		],
		['is of a type that the operation leaves to others', minimal.alias, 'event_type', /no alias here/],
	])('%s: is skipped, with the reason', (_, event, code, message) => {
		expect(fromEvent({ ...event, messageId: 'm-1' })).toEqual({
			ok: false,
			outcome: {
				place: { itemIndex: 3, position: 1 },
				messageId: 'm-1',
				attempts: 0,
				status: 'skipped',
				reason: { code, message: expect.stringMatching(message) as string },
			},
		});
	});

	test('is not skipped when integrations are not to be respected', () => {
		const event = { ...track, integrations: { All: false } };
		expect(fromEvent(event, { respectIntegrations: false }).ok).toBe(true);
	});
});

describe('bytes of a record', () => {
	const empty = Buffer.byteLength('{"who":"u1","name":"Order Completed","text":""}');
	const ofBytes = (bytes: number) => ({ ...track, properties: { text: 'x'.repeat(bytes - empty) } });
	const withLimits = (limits: Operation['limits']) => ({ operation: { ...operation, limits } });

	test.each([
		['a record', { records: 10, recordBytes: 200 }],
		['a request', { records: 10, requestBytes: 200 }],
		['both, the smaller one', { records: 10, recordBytes: 200, requestBytes: 500 }],
		['both, the smaller one, the other way round', { records: 10, recordBytes: 500, requestBytes: 200 }],
	])('up to the limit of %s are taken, one more is not', (_, limits) => {
		expect(fromEvent(ofBytes(200), withLimits(limits))).toMatchObject({ outgoing: { bytes: 200 } });
		expect(fromEvent(ofBytes(201), withLimits(limits))).toMatchObject({
			outcome: {
				status: 'failed',
				failure: {
					code: 'record_too_large',
					description: expect.stringMatching(/Nothing was sent/) as string,
				},
			},
		});
	});
});

describe('whatever the trigger takes, the next node takes', () => {
	const roomy = { ...options, operation: { ...operation, limits: { records: 1 } } };
	const next = (event: unknown) =>
		prepareItem(
			delivery(() => ({ event, now: now + 60_000 })),
			roomy,
		);

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

	test('an event from the future, where the trigger was told to believe it', () => {
		const timed: Operation = {
			...operation,
			schema: z.object({ at: z.string() }),
			limits: { records: 1 },
			fromEvent: ({ timestamp }) => ({ record: { at: timestamp } }),
			lane: () => '',
		};
		const event = accept({ ...track, timestamp: '2030-01-01T00:00:00.000Z' }, { clampFuture: false });
		const prepared = prepareItem(
			delivery(() => ({ event, now })),
			{ ...options, operation: timed },
		);
		expect(prepared).toMatchObject({ outgoing: { record: { at: '2030-01-01T00:00:00.000Z' } } });
	});
});
