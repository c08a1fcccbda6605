import fc from 'fast-check';
import { canonicalEventSchema, normalize, rejectMessages } from '../../../nodes/shared/event';
import { anyEvent, anyJson, anyShared } from './arbitraries';
import { deepFreeze, minimal, now, nowIso, origin, parsed, prototypeKeyPaths } from './helpers';

const { track } = minimal;
const received = fc.oneof({ weight: 4, arbitrary: anyEvent }, { weight: 1, arbitrary: anyJson });
const surroundings = fc.record({
	shared: fc.option(anyShared, { nil: undefined }),
	trustMeta: fc.boolean(),
	clampFuture: fc.boolean(),
});

test('turns any JSON value into a valid event or a reject with a code', () => {
	const outcomes = { accepted: 0, rejected: 0 };
	fc.assert(
		fc.property(received, surroundings, (value, more) => {
			const result = normalize(value, origin(more));
			if (result.ok) {
				outcomes.accepted++;
				canonicalEventSchema.parse(result.value);
				return;
			}
			outcomes.rejected++;
			const { index, code, message, event } = result.reason;
			expect(Object.keys(rejectMessages)).toContain(code);
			expect(index).toBe(0);
			expect(message.startsWith(rejectMessages[code])).toBe(true);
			expect(event === undefined).toBe(value === undefined);
		}),
		{
			numRuns: 1000,
			examples: [
				[
					{ ...track, context: parsed('{"a":{"__proto__":1},"constructor":2}') },
					{ shared: undefined, trustMeta: false, clampFuture: true },
				],
			],
		},
	);
	// Both ways have been seen often enough for the properties of this file to say something.
	expect(outcomes.accepted).toBeGreaterThan(100);
	expect(outcomes.rejected).toBeGreaterThan(100);
});

test('never changes the received value', () => {
	fc.assert(
		fc.property(received, surroundings, (value, more) => {
			const before = JSON.stringify([value, more]);
			normalize(deepFreeze(value), origin(deepFreeze(more)));
			expect(JSON.stringify([value, more])).toBe(before);
		}),
		{ numRuns: 500 },
	);
});

test('drops every key that would change a prototype', () => {
	fc.assert(
		fc.property(received, surroundings, (value, more) => {
			const result = normalize(value, origin(more));
			if (result.ok) expect(prototypeKeyPaths(result.value)).toEqual([]);
		}),
		{
			numRuns: 500,
			examples: [
				[
					{ ...track, traits: parsed('{"a":{"__proto__":1},"__proto__":{"b":2}}') },
					{ shared: undefined, trustMeta: false, clampFuture: true },
				],
			],
		},
	);
});

const ofSender = { shared: undefined, trustMeta: false, clampFuture: true };

test('an event that is normalized again later stays the same', () => {
	fc.assert(
		fc.property(received, surroundings, (value, more) => {
			const first = normalize(value, origin(more));
			if (!first.ok) return;
			const { clampFuture } = more;
			const later = { now: now + 3_600_000, fallbackId: () => 'another-id', trustMeta: true, clampFuture };
			expect(normalize(first.value, origin(later))).toStrictEqual(first);
		}),
		{
			numRuns: 1000,
			examples: [
				track,
				{ ...track, version: 2 ** 53 },
				{ ...minimal.identify, context: { traits: { order: 2 ** 53 } } },
			].map((event): [object, typeof ofSender] => [event, ofSender]),
		},
	);
});

test('a later request changes only the time of receipt', () => {
	fc.assert(
		fc.property(fc.constantFrom(...Object.values(minimal)), fc.nat({ max: 1e12 }), (event, later) => {
			const first = JSON.stringify(normalize(event, origin()));
			const second = JSON.stringify(normalize(event, origin({ now: now + later })));
			expect(second.replaceAll(new Date(now + later).toISOString(), nowIso)).toBe(first);
		}),
		{ numRuns: 200 },
	);
});
