import fc from 'fast-check';
import { eventTypes } from '../../../nodes/shared/event';
import { now, prototypeKeys } from './helpers';

/** Any JSON value, as a parser makes it: `__proto__` may be an own key. */
export const anyJson = fc.json({ maxDepth: 3 }).map((text): unknown => JSON.parse(text));

const key = fc.oneof(
	{ weight: 8, arbitrary: fc.string({ maxLength: 8 }) },
	{ weight: 1, arbitrary: fc.constantFrom(...prototypeKeys, 'toString', 'traits', 'version') },
);

/** What JSON can hold and `String` cannot print, and numbers that are not what was sent. */
const hardToPrint = fc.constantFrom<unknown>(
	{ toString: 0 },
	{ toString: null, valueOf: 1 },
	[{ toString: 'x', valueOf: {} }],
	2 ** 53,
	-1e300,
	Infinity,
);

const { tree } = fc.letrec<{ tree: unknown; leaf: unknown; object: unknown; list: unknown }>((tie) => ({
	tree: fc.oneof({ maxDepth: 4, withCrossShrink: true }, tie('leaf'), tie('object'), tie('list')),
	leaf: fc.oneof(
		fc.string({ maxLength: 12 }),
		fc.double(),
		fc.integer(),
		fc.boolean(),
		fc.constant(null),
		hardToPrint,
		anyJson,
	),
	object: fc
		.array(fc.tuple(key, tie('tree')), { maxLength: 5 })
		.map((entries) => Object.fromEntries(entries)),
	list: fc.array(tie('tree'), { maxLength: 4 }),
}));

const anyObject = fc
	.array(fc.tuple(key, tree), { maxLength: 5 })
	.map((entries) => Object.fromEntries(entries));

/** Mostly what a sender should send, now and then anything. */
const mostly = (good: fc.Arbitrary<unknown>) =>
	fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: tree });

const text = fc.oneof(
	fc.string({ maxLength: 30 }),
	fc.string({ unit: 'grapheme', maxLength: 8 }),
	fc.integer(),
);
const id = fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.nat(), fc.constantFrom(null, ''));

const day = (min: Date, max: Date) =>
	fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
const time = fc.oneof(
	day(new Date(now - 1e9), new Date(now + 1e9)),
	fc.integer({ min: now - 1e9, max: now + 1e9 }),
	fc.integer({ min: now - 1e9, max: now + 1e9 }).map((milliseconds) => String(milliseconds / 1000)),
	day(new Date('1960-01-01'), new Date('9999-12-31')),
	fc.constantFrom(0, 1e11, '1970-01-01', '9999-12-31T23:59:59.999Z', 'yesterday', '10:00', null, ''),
	fc.double(),
);

const meta = fc.record({
	format: fc.string(),
	transport: fc.constantFrom('webhook', 'item'),
	batchIndex: fc.nat(),
	batchSize: fc.integer({ min: 1 }),
	verified: fc.oneof(fc.string(), fc.boolean()),
	warnings: fc.array(fc.record({ path: fc.string(), code: fc.string(), message: fc.string() }), {
		maxLength: 2,
	}),
});

/** Something that looks like an event; some two out of three are good enough to be taken. */
export const anyEvent = fc
	.tuple(
		fc.record(
			{
				type: fc.oneof(
					{ weight: 12, arbitrary: fc.constantFrom<string>(...eventTypes, 'TRACK', ' Page ') },
					{ weight: 1, arbitrary: tree },
				),
				event: fc.oneof(
					{ weight: 12, arbitrary: fc.constant('Order Completed') },
					{ weight: 3, arbitrary: text },
				),
				userId: mostly(fc.oneof({ weight: 4, arbitrary: fc.constant('u1') }, { weight: 1, arbitrary: id })),
				groupId: mostly(id),
				previousId: mostly(id),
			},
			{ noNullPrototype: true },
		),
		fc.record(
			{
				messageId: mostly(text),
				anonymousId: mostly(id),
				name: mostly(text),
				category: mostly(text),
				traits: mostly(anyObject),
				properties: mostly(anyObject),
				context: mostly(
					fc.oneof(
						anyObject,
						anyObject.map((traits) => ({ traits })),
					),
				),
				integrations: mostly(anyObject),
				originalTimestamp: time,
				sentAt: time,
				receivedAt: time,
				timestamp: time,
				version: mostly(fc.oneof(fc.integer(), fc.constant('1'))),
				_meta: mostly(meta),
			},
			{ requiredKeys: [], noNullPrototype: true },
		),
		fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: anyObject }),
	)
	.map(([needed, optional, more]) => withOwn(more, needed, optional) as unknown);

/** What a batch may share, and what is no such thing. */
export const anyShared = fc.record(
	{ sentAt: time, context: mostly(anyObject), integrations: mostly(anyObject) },
	{ requiredKeys: [], noNullPrototype: true },
);

/** Keeps `__proto__` the own key that it is in parsed JSON. */
function withOwn(...parts: object[]): object {
	return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}
