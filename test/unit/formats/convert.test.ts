import fc from 'fast-check';
import {
	convert,
	readRequest,
	requestId,
	type Converted,
	type ConvertOptions,
} from '../../../nodes/shared/formats';
import { anyEvent, anyJson } from '../event/arbitraries';
import { minimal, now, nowIso } from '../event/helpers';

const { track, identify } = minimal;

interface TestOptions extends Partial<ConvertOptions> {
	requestId?: string;
}

function convertAll(body: unknown, { requestId: id, ...more }: TestOptions = {}): Converted {
	let count = 0;
	return convert(readRequest({ body, subPath: '', headers: { 'idempotency-key': id } }), {
		now,
		transport: 'webhook',
		verified: 'write-key',
		newId: () => `new-${count++}`,
		...more,
	});
}

const ids = ({ events }: Converted) => events.map(({ messageId }) => messageId);

describe('_meta', () => {
	test('has the request and the position of the event', () => {
		const meta = {
			transport: 'webhook',
			webhookId: 'req',
			batchSize: 2,
			verified: 'write-key',
			warnings: [],
		};
		expect(convertAll({ batch: [track, identify] }, { requestId: 'req' }).events).toMatchObject([
			{ type: 'track', _meta: { ...meta, format: 'segment-batch', batchIndex: 0 } },
			{ type: 'identify', _meta: { ...meta, format: 'segment-batch', batchIndex: 1 } },
		]);
	});

	test.each([
		['segment', track],
		['segment-batch', { batch: [track] }],
		['array', [track]],
	])('has the format: %s', (format, body) => {
		expect(convertAll(body).events).toMatchObject([{ _meta: { format, batchIndex: 0, batchSize: 1 } }]);
	});

	test('has no webhookId if the request has no ID', () => {
		expect(convertAll(track).events[0]?._meta).not.toHaveProperty('webhookId');
	});

	test('of a sender is kept only inside a workflow', () => {
		const _meta = {
			...{ format: 'x', transport: 'webhook', batchIndex: 5, batchSize: 9, verified: 'svix' },
			warnings: [],
		};
		expect(convertAll({ ...track, _meta }).events[0]?._meta.verified).toBe('write-key');
		expect(convertAll({ ...track, _meta }, { transport: 'item', trustMeta: true }).events[0]?._meta).toEqual(
			_meta,
		);
	});
});

test('merges the values of a batch under those of each event', () => {
	const body = {
		batch: [
			{ ...track, timestamp: '2025-01-01T00:00:00Z' },
			{ ...track, context: { ip: '::1' } },
		],
		sentAt: '2025-01-01T01:00:00Z',
		context: { ip: '::2', app: 'shop' },
		integrations: { All: false },
	};
	expect(convertAll(body).events).toMatchObject([
		{
			context: { ip: '::2', app: 'shop' },
			integrations: { All: false },
			timestamp: '2025-01-02T02:04:05.678Z',
		},
		{ context: { ip: '::1', app: 'shop' }, sentAt: '2025-01-01T01:00:00.000Z', timestamp: nowIso },
	]);
});

describe('an event without an ID', () => {
	test('gets the ID of its request if it is the only one', () => {
		expect(ids(convertAll(track, { requestId: 'req' }))).toEqual(['req']);
		expect(ids(convertAll({ batch: [track] }, { requestId: 'req' }))).toEqual(['req']);
	});

	test('gets the ID of its request with its index in a batch, counting bad events', () => {
		const body = [track, { ...track, messageId: 'own' }, 'bad', track];
		expect(ids(convertAll(body, { requestId: 'req' }))).toEqual(['req:0', 'own', 'req:3']);
	});

	test.each(['', '  '])('gets a new ID if the ID of the request is %j', (id) => {
		expect(ids(convertAll(track, { requestId: id }))).toEqual(['new-0']);
	});

	test('gets the same ID when the sender retries', () => {
		const again = () => ids(convertAll([track, track], { requestId: 'req' }));
		expect(again()).toEqual(again());
	});

	test('gets a new ID if the request has none', () => {
		expect(ids(convertAll([track, track]))).toEqual(['new-0', 'new-1']);
	});

	test.each([90, 255, 1000])('gets an ID even if that of the request has %d characters', (length) => {
		const { events, rejected } = convertAll([track, track], { requestId: 'r'.repeat(length) });
		expect(rejected).toEqual([]);
		expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(2);
	});

	test.each([91, 100])('gets the ID of its request even if it has %d characters', (length) => {
		const id = 'r'.repeat(length);
		expect(ids(convertAll(track, { requestId: id }))).toEqual([id]);
	});
});

describe("the senders' IDs", () => {
	test('are those of the events or, without them, of the request', () => {
		const body = [{ ...track, messageId: 'own' }, track, 'bad'];
		expect([...convertAll(body, { requestId: 'req' }).sendersIds]).toEqual(['own', 'req:1']);
	});

	test('do not include new IDs', () => {
		expect([...convertAll([track, { ...track, messageId: 'own' }]).sendersIds]).toEqual(['own']);
	});
});

test('ignores a request ID that is too long for a message ID', () => {
	expect(ids(convertAll([track, track], { requestId: 'r'.repeat(99) }))).toEqual(['new-0', 'new-1']);
	expect(ids(convertAll([track, track], { requestId: 'r'.repeat(98) }))).toEqual([
		`${'r'.repeat(98)}:0`,
		`${'r'.repeat(98)}:1`,
	]);
});

describe('the ID of a request', () => {
	test.each([
		['webhook-id', { 'webhook-id': ' w ', 'svix-id': 's', 'ce-id': 'c' }, 'w'],
		['svix-id, where that is empty', { 'webhook-id': '', 'svix-id': 's' }, 's'],
		['idempotency-key, where those are blank', { 'svix-id': ' ', 'idempotency-key': 'k', 'ce-id': 'c' }, 'k'],
		['nowhere', { 'ce-id': '', 'x-request-id': 'x' }, undefined],
		['no list', { 'webhook-id': ['a', 'b'] }, undefined],
	])('is in %s', (_, headers, id) => {
		expect(requestId(headers)).toBe(id);
	});
});

describe('duplicates', () => {
	const twice = (messageId: unknown) => [
		{ ...track, messageId, event: 'First' },
		{ ...track, messageId, event: 'Second' },
	];

	test.each([
		['the same id', twice('m')],
		['the same number', twice(7)],
		['ids that are the same once normalized', [...twice('7').slice(0, 1), ...twice(' 7 ').slice(1)]],
		['a number and the same in digits', [...twice(7).slice(0, 1), ...twice('7').slice(1)]],
	])('with %s in one batch: keeps the first', (_, body) => {
		const { events, duplicates, rejected } = convertAll(body);
		expect(events).toMatchObject([{ event: 'First' }]);
		expect({ duplicates, rejected }).toEqual({ duplicates: 1, rejected: [] });
	});

	test.each([
		['no id', twice(undefined)],
		['null for an id', twice(null)],
		['an empty id', twice('')],
		['a blank id', twice('  ')],
		['an id that is none', twice({})],
		['numbers that JSON made equal', twice(1234567890123456789)],
		['different ids', [...twice('m').slice(0, 1), ...twice('n').slice(1)]],
	])('do not include events with %s, even if they are equal', (_, body) => {
		expect(convertAll(body, { requestId: 'req' })).toMatchObject({ events: [{}, {}], duplicates: 0 });
		expect(convertAll(body)).toMatchObject({ events: [{}, {}], duplicates: 0 });
	});

	test('do not include repetitions of a rejected event', () => {
		const bad = { type: 'track', messageId: 'm' };
		const { events, duplicates, rejected } = convertAll([bad, { ...track, messageId: 'm' }]);
		expect(events).toMatchObject([{ messageId: 'm' }]);
		expect({ duplicates, rejected: rejected.length }).toEqual({ duplicates: 0, rejected: 1 });
	});

	test('do not include events of another request', () => {
		expect(convertAll(track)).toMatchObject({ duplicates: 0 });
		expect(convertAll(track)).toMatchObject({ duplicates: 0 });
	});

	test('are all counted', () => {
		expect(convertAll([...twice('m'), ...twice('m'), ...twice('n')])).toMatchObject({ duplicates: 4 });
	});

	test.each([
		[
			'given before',
			[
				{ ...track, messageId: 'req:1' },
				{ ...track, messageId: null },
			],
		],
		[
			'given after',
			[
				{ ...track, messageId: '' },
				{ ...track, messageId: 'req:0' },
			],
		],
	])('do not include events with an ID that looks like a generated one, %s', (_, body) => {
		expect(convertAll(body, { requestId: 'req' })).toMatchObject({ events: [{}, {}], duplicates: 0 });
	});
});

describe('rejects', () => {
	test('have the index of their event in the batch', () => {
		const { events, rejected } = convertAll([null, track, { type: 'track', messageId: 'm' }]);
		expect(rejected).toMatchObject([
			{ index: 0, code: 'not_an_object' },
			{ index: 2, code: 'missing_event_name', messageId: 'm' },
		]);
		expect(events).toMatchObject([{ _meta: { batchIndex: 1 } }]);
	});

	test('follow the limits in the options', () => {
		const limits = { eventBytes: 100, depth: 64, properties: 100 };
		const large = { ...track, properties: { text: 'x'.repeat(100) } };
		expect(convertAll([track, large], { limits })).toMatchObject({
			events: [{}],
			rejected: [{ index: 1, code: 'event_too_large' }],
		});
	});
});

test('accepts future times with the option', () => {
	const future = { ...track, timestamp: '2030-01-01T00:00:00Z' };
	expect(convertAll(future).events).toMatchObject([{ timestamp: nowIso }]);
	expect(convertAll(future, { clampFuture: false }).events).toMatchObject([
		{ timestamp: '2030-01-01T00:00:00.000Z' },
	]);
});

test('accepts, rejects or drops each event of a batch, in the sender’s order', () => {
	const few = fc.constantFrom('m1', 'm2', 7, undefined);
	const withId = fc
		.tuple(fc.constantFrom(...Object.values(minimal)), few)
		.map(([event, messageId]) => ({ ...event, ...(messageId === undefined ? {} : { messageId }) }));
	const event = fc.oneof(withId, anyEvent, anyJson);

	fc.assert(
		fc.property(fc.array(event, { maxLength: 12 }), fc.boolean(), (batch, asList) => {
			const { events, rejected, duplicates } = convertAll(asList ? batch : { batch });
			const taken = events.map(({ _meta }) => _meta.batchIndex);
			const refused = rejected.map(({ index }) => index);

			expect(taken.length + refused.length + duplicates).toBe(batch.length);
			expect(new Set([...taken, ...refused]).size).toBe(taken.length + refused.length);
			expect(taken).toEqual([...taken].sort((a, b) => a - b));
			expect(refused).toEqual([...refused].sort((a, b) => a - b));
			for (const { index, event: shown } of rejected) {
				expect(JSON.stringify(shown)).toBe(JSON.stringify(withoutUnsafeKeys(batch[index])));
			}
		}),
		{ numRuns: 300 },
	);
});

/** Removes what rejects don't show of an event. */
function withoutUnsafeKeys(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutUnsafeKeys);
	if (typeof value !== 'object' || value === null) return value;
	const kept = Object.entries(value).filter(
		([key]) => !['__proto__', 'constructor', 'prototype'].includes(key),
	);
	return Object.fromEntries(kept.map(([key, inner]) => [key, withoutUnsafeKeys(inner)]));
}
