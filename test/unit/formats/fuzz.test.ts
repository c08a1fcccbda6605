import fc from 'fast-check';
import {
	canonicalEventSchema,
	normalize,
	rejectMessages,
	type CanonicalEvent,
	type Reject,
} from '../../../nodes/shared/event';
import {
	convert,
	formats,
	readRequest,
	sdkPaths,
	senderPresets,
	type Converted,
	type Paths,
	type RawBatch,
} from '../../../nodes/shared/formats';
import { anyEvent, anyJson } from '../event/arbitraries';
import { deepFreeze, now, origin, prototypeKeyPaths } from '../event/helpers';

/** `npm run test:fuzz` sets more runs, for the night. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 1500);

/** The fields that each format looks for in an event. */
const models: Record<string, readonly unknown[]>[] = [
	{
		type: ['track', 'identify', 'page', 'group', 'charge'],
		event: ['Order Completed', 404],
		userId: ['u1', 7, null],
		anonymousId: ['a1'],
		messageId: ['m1', 'm2', 5],
		timestamp: [now, '2025-01-02T03:04:05Z', 'soon'],
		traits: [{ email: 'ada@example.com' }],
		['__proto__']: [{ polluted: true }],
	},
	{
		api_key: ['key'],
		event: ['x', '$identify', '$pageview', '$screen', '$create_alias', '$groupidentify'],
		distinct_id: ['d1', 8],
		properties: [
			{ distinct_id: 'd1', $set: { plan: 'pro' } },
			{ alias: 'u2', $group_key: 'g1' },
			{ $group_type: 'company', $group_key: { toString: 0 } },
			{ $group_type: { toString: null, valueOf: 1 }, $group_key: 2 ** 53 },
		],
		uuid: ['m1'],
		sent_at: ['2025-01-02T03:04:00Z'],
		$set: [{ plan: 'pro', ['__proto__']: { polluted: true } }],
	},
	{
		event_type: ['status', 'inbound_message', 'coupon.redeemed'],
		distinct_id: ['d1'],
		suprsend_status: [{ status: 'delivered', timestamp: now }],
		source_id: ['c1'],
	},
	{
		specversion: ['1.0', '0.3'],
		id: ['m1', 'm3'],
		source: ['/shop'],
		type: ['com.example.event'],
		subject: ['u1'],
		data: [{ customer: { id: 'u1' } }, [1], 'text'],
		datacontenttype: ['application/json', 'text/plain'],
	},
	{
		specversion: ['1.0'],
		...{ id: ['m1'], source: ['/shop'], type: ['x'], subject: ['u1'] },
		datacontenttype: ['application/json'],
		data_base64: ['e30=', 'x'],
	},
	{
		event: [{ event: 'x', distinct_id: 'd1', properties: [], offset: 5 }, 'x'],
		person: [{ properties: { email: 'ada@example.com' } }],
	},
	{
		api_key: ['key'],
		events: [
			[{ event_type: 'x', user_id: 'u1' }, { event_type: '$identify', user_properties: { $set: [] } }, 5],
		],
	},
	{
		...{
			Type: ['Notification', 'SubscriptionConfirmation'],
			MessageId: ['m1'],
			SubscribeURL: ['https://x.example'],
		},
		Message: ['{"type":"track","event":"x","userId":"u1"}', '[1,{}]', '"{}"', 'text'],
	},
	{ message: [{ data: 'eyJ1c2VySWQiOiJ1MSJ9', messageId: 'm1' }], subscription: ['s'] },
	{ type: ['invoice.paid', 'group'], timestamp: [now], data: [{ customer: { id: 'u1' } }, null] },
	{ id: ['u1', 5], source_id: ['c1'], data: [{ items: [{ id: 'u1' }, { id: 'm1' }, 5] }] },
];

const mostly = (good: fc.Arbitrary<unknown>) =>
	fc.oneof({ weight: 20, arbitrary: good }, { weight: 1, arbitrary: anyJson });

/** Builds objects as JSON.parse does, with `__proto__` as an own key, which `fc.record` can't do. */
function objectOf(model: Record<string, readonly unknown[]>): fc.Arbitrary<unknown> {
	const entries = Object.entries(model).map(([key, values]) =>
		fc.option(
			mostly(fc.constantFrom(...values)).map((value) => [key, value]),
			{ nil: undefined, freq: 8 },
		),
	);
	return fc.tuple(...entries).map((kept) => Object.fromEntries(kept.filter((entry) => entry !== undefined)));
}

const single = fc.oneof(
	{ weight: 6, arbitrary: fc.oneof(...models.map(objectOf)) },
	{ weight: 2, arbitrary: anyEvent },
	{ weight: 1, arbitrary: anyJson },
);
const list = fc.array(single, { maxLength: 6 });
const body = fc.oneof(
	{ weight: 3, arbitrary: single },
	{ weight: 1, arbitrary: list },
	{ weight: 1, arbitrary: fc.record({ batch: list, api_key: fc.constantFrom('key', undefined) }) },
	{ weight: 1, arbitrary: fc.record({ data: fc.record({ items: list }) }) },
	{ weight: 1, arbitrary: single.map((value) => JSON.stringify(value)) },
);

const anyHeader = fc.oneof(
	fc.string(),
	fc.constantFrom('%E2%82%AC', '%ff', '"quoted"', undefined),
	fc.array(fc.string(), { maxLength: 2 }),
);
const header = (...values: string[]) =>
	fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: anyHeader });

const binary = Object.fromEntries(
	['id', 'type', 'source', 'subject', 'specversion'].map((name) => [`ce-${name}`, header('1.0')]),
);
const cloudEventsTypes = [
	'application/cloudevents+json',
	'application/cloudevents-batch+json; charset=utf-8',
];
const senderHeaders = senderPresets.map(({ header }) => header ?? 'x-topic');
const headers = fc.oneof(
	{ weight: 4, arbitrary: fc.constant({}) },
	{ weight: 2, arbitrary: fc.record({ 'content-type': header(...cloudEventsTypes) }) },
	{ weight: 2, arbitrary: fc.record({ ...binary, 'content-type': header('application/json') }) },
	{ weight: 2, arbitrary: fc.record({ 'webhook-id': header('msg_1') }) },
	{ weight: 2, arbitrary: fc.constantFrom(...senderHeaders).map((name) => ({ [name]: 'x' })) },
	{ weight: 1, arbitrary: fc.dictionary(fc.string(), anyHeader, { noNullPrototype: true }) },
);

const path = fc.constantFrom(
	'data.customer.id',
	'data.items',
	'source_id',
	'id',
	'__proto__.polluted',
	'nowhere, id',
	'header:x-topic, ["id"], data.items[0].id',
	'[',
	' ',
);
const anyPaths = fc.record<Paths>(
	{
		...{ events: path, event: path, userId: path, anonymousId: path },
		...{ messageId: path, timestamp: path, properties: path },
	},
	{ requiredKeys: [], noNullPrototype: true },
);

const request = fc.record({
	body,
	headers,
	subPath: fc.oneof(fc.constant(''), fc.constantFrom(...sdkPaths), fc.string()),
});
const names = [...formats, ...senderPresets].map(({ name }) => name);
const options = fc.record({
	format: fc.option(fc.constantFrom(...names), { nil: undefined, freq: 1 }),
	sender: fc.option(fc.constantFrom(...senderPresets.map(({ name }) => name)), { nil: undefined, freq: 1 }),
	paths: anyPaths,
});
const requestId = fc.option(fc.string(), { nil: undefined });
const context = { now, transport: 'webhook', verified: false, newId: () => 'new-id' } as const;

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '');
/** As `docs/operations.md` promises, but what events may share: these requests share little. */
const mostBytes = (bodyBytes: number, entries: number) => 25 * bodyBytes + 1_200 * entries + 1_000;

test('splits any request in any format into valid events and rejects', () => {
	const seen = { accepted: 0, rejected: 0 };
	const cpu = { microseconds: 0, bytes: 0 };
	fc.assert(
		fc.property(request, options, requestId, (request, options, id) => {
			const headers = id === undefined ? request.headers : { 'idempotency-key': id, ...request.headers };
			const given = deepFreeze({ ...request, headers });
			const startedAt = process.cpuUsage();
			const batch = readRequest(given, deepFreeze(options));
			const converted = convert(batch, context);
			const { user, system } = process.cpuUsage(startedAt);
			cpu.microseconds += user + system;
			const size = bytesOf([request, headers]);
			cpu.bytes += size;
			expect(bytesOf([converted.events, converted.rejected])).toBeLessThan(
				mostBytes(size, converted.events.length + converted.rejected.length),
			);
			expect(batch.detectedBy).not.toBe('');
			expectAllInOrder(batch, converted);
			converted.events.forEach((event) => expectSound(event, batch));
			converted.rejected.forEach((reject) => expectNamed(reject, batch));
			expect(Object.keys(Object.prototype)).toEqual([]);
			seen.accepted += converted.events.length;
			seen.rejected += converted.rejected.length;
		}),
		{ numRuns },
	);
	// About 1 µs for each byte on an idle machine, and a few for what each request costs at least.
	expect(cpu.microseconds).toBeLessThan(20 * cpu.bytes + 2_000 * numRuns);
	// Proves that the test saw enough of both.
	expect(seen.accepted).toBeGreaterThan(numRuns / 20);
	expect(seen.rejected).toBeGreaterThan(numRuns / 20);
});

function expectAllInOrder(batch: RawBatch, { events, rejected, duplicates }: Converted): void {
	const accepted = events.map(({ _meta }) => _meta.batchIndex);
	const rejections = rejected.map(({ index }) => index);
	expect(accepted.length + rejections.length + duplicates).toBe(batch.events.length);
	expect(accepted).toEqual([...accepted].sort((a, b) => a - b));
	expect(rejections).toEqual([...rejections].sort((a, b) => a - b));
	expect(new Set([...accepted, ...rejections]).size).toBe(accepted.length + rejections.length);
}

function expectSound(event: CanonicalEvent, batch: RawBatch): void {
	canonicalEventSchema.parse(event);
	expect(event._meta).toMatchObject({ format: batch.format, batchSize: batch.events.length });
	expect(prototypeKeyPaths(event)).toEqual([]);
	expect(inheritsNothing(event)).toBe(true);
	const again = normalize(event, origin({ now: now + 1, trustMeta: true }));
	expect(again).toStrictEqual({ ok: true, value: event });
}

function expectNamed({ index, code, message, event }: Reject, batch: RawBatch): void {
	expect(message.startsWith(rejectMessages[code])).toBe(true);
	expect(JSON.stringify(event)).toBe(JSON.stringify(asShown(batch.events[index])));
}

function inheritsNothing(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return true;
	const prototype: unknown = Object.getPrototypeOf(value);
	const isPlain = [Object.prototype, Array.prototype, null].includes(prototype as object | null);
	return isPlain && Object.values(value).every(inheritsNothing);
}

/** Removes what rejects don't show of an event. */
function asShown(value: unknown, isEvent = true): unknown {
	if (Array.isArray(value)) return value.map((inner) => asShown(inner, false));
	if (typeof value !== 'object' || value === null) return value;
	const dropped = ['__proto__', 'constructor', 'prototype', ...(isEvent ? ['writeKey', 'api_key'] : [])];
	const kept = Object.entries(value).filter(([key]) => !dropped.includes(key));
	return Object.fromEntries(kept.map(([key, inner]) => [key, asShown(inner, false)]));
}
