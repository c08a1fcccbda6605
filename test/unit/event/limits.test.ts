import fc from 'fast-check';
import { defaultBatchLimits, defaultEventLimits, type EventLimits } from '../../../nodes/shared/event';
import { inspect, jsonBytes } from '../../../nodes/shared/event/limits';
import {
	accept,
	minimal,
	nested,
	parsed,
	prototypeKeyPaths,
	prototypeKeys,
	codeOf,
	warnings,
	type JsonObject,
} from './helpers';

const { track } = minimal;
const unlimited: EventLimits = { eventBytes: Infinity, depth: Infinity, properties: Infinity };

test('the default limits are 32 KiB, depth 64 and 10,000 properties per event, and 500 KiB and 2,500 events per batch', () => {
	expect(defaultEventLimits).toEqual({ eventBytes: 32_768, depth: 64, properties: 10_000 });
	expect(defaultBatchLimits).toEqual({ batchBytes: 512_000, batchEvents: 2_500 });
});

describe('the size of an event', () => {
	const ofBytes = (bytes: number, letter: string): JsonObject => {
		const event = { ...track, properties: { text: '' } };
		const room = bytes - Buffer.byteLength(JSON.stringify(event));
		const width = Buffer.byteLength(JSON.stringify(letter)) - 2;
		event.properties.text = letter.repeat(Math.floor(room / width)) + 'x'.repeat(room % width);
		expect(Buffer.byteLength(JSON.stringify(event))).toBe(bytes);
		return event;
	};

	test.each(['x', 'é', '漢', '🎉', '"', '\n', '\u0000', '\ud800'])(
		'is limited to 32,768 bytes for text of %j',
		(letter) => {
			expect(codeOf(ofBytes(32_768, letter))).toBe('accepted');
			expect(codeOf(ofBytes(32_769, letter))).toBe('event_too_large');
		},
	);

	test('has the limit in the options', () => {
		const limits = { ...defaultEventLimits, eventBytes: 1000 };
		expect(codeOf(ofBytes(1000, 'é'), { limits })).toBe('accepted');
		expect(codeOf(ofBytes(1001, 'é'), { limits })).toBe('event_too_large');
	});

	test('includes the values of the batch', () => {
		const shared = { context: { text: 'x'.repeat(32_000) } };
		expect(codeOf(ofBytes(500, 'x'), { shared })).toBe('accepted');
		expect(codeOf(ofBytes(1000, 'x'), { shared })).toBe('event_too_large');
	});
});

describe('the depth of an event', () => {
	test.each([
		['objects', (levels: number) => nested(levels)],
		[
			'lists',
			(levels: number) => ({ list: JSON.parse('['.repeat(levels - 1) + ']'.repeat(levels - 1)) as unknown }),
		],
	])('is limited to 64 levels of %s', (_, build) => {
		// The event itself is the first level.
		expect(codeOf({ ...track, properties: build(63) })).toBe('accepted');
		expect(codeOf({ ...track, properties: build(64) })).toBe('too_deep');
	});

	test('has the limit in the options', () => {
		const limits = { ...defaultEventLimits, depth: 3 };
		expect(codeOf({ ...track, properties: nested(2) }, { limits })).toBe('accepted');
		expect(codeOf({ ...track, properties: nested(3) }, { limits })).toBe('too_deep');
	});

	test('includes the values of the batch', () => {
		expect(codeOf(track, { shared: { context: nested(63) } })).toBe('accepted');
		expect(codeOf(track, { shared: { context: nested(64) } })).toBe('too_deep');
	});
});

describe('the number of properties', () => {
	/** `count` properties in all: the three of the event, `properties` itself, and what is in there. */
	const ofProperties = (count: number): JsonObject => {
		const inner = Array.from({ length: count - 4 }, (_, i) => [`p${i}`, 0]);
		return { ...track, properties: Object.fromEntries(inner) as JsonObject };
	};
	const limits = { ...defaultEventLimits, eventBytes: Infinity };

	test('is limited to 10,000', () => {
		expect(codeOf(ofProperties(10_000), { limits })).toBe('accepted');
		expect(codeOf(ofProperties(10_001), { limits })).toBe('too_many_properties');
	});

	test('counts every level', () => {
		const few = { ...defaultEventLimits, properties: 9 };
		const received = { ...track, properties: { a: [{ b: 1 }, { b: { c: 1 } }] } };
		expect(codeOf(received, { limits: few })).toBe('accepted');
		expect(codeOf({ ...received, name: 'd' }, { limits: few })).toBe('accepted');
		expect(codeOf({ ...received, name: 'd', category: 'e' }, { limits: few })).toBe('too_many_properties');
	});

	test('does not count twice in a batch without shared values', () => {
		const shared = { sentAt: undefined, context: undefined, integrations: undefined };
		expect(codeOf(ofProperties(10_000), { limits, shared })).toBe('accepted');
	});
});

describe.each(prototypeKeys)('the key "%s"', (key) => {
	const hostile = `{"safe":1,"${key}":{"polluted":true}}`;
	const received = (fields: string) =>
		parsed(`{"type":"identify","userId":"u1"${fields === '' ? '' : `,${fields}`}}`);

	test.each([
		['the event', `"${key}":{"polluted":true}`, key],
		['properties', `"properties":${hostile}`, `properties.${key}`],
		['traits', `"traits":${hostile}`, `traits.${key}`],
		['context', `"context":${hostile}`, `context.${key}`],
		['integrations', `"integrations":${hostile}`, `integrations.${key}`],
		['an object inside', `"properties":{"a":{"b":${hostile}}}`, `properties.a.b.${key}`],
		['an object in a list', `"properties":{"a":[0,${hostile}]}`, `properties.a.${key}`],
		['a list in a list', `"properties":{"a":[[${hostile}]]}`, `properties.a.${key}`],
		['context.traits', `"context":{"traits":${hostile}}`, `context.traits.${key}`],
		['a field that is ignored', `"extra":${hostile}`, `extra.${key}`],
	])('in %s is dropped, with a warning', (_, fields, path) => {
		const event = accept(received(fields));
		expect(prototypeKeyPaths(event)).toEqual([]);
		expect(JSON.stringify(event)).not.toContain('polluted":true');
		expect(warnings(received(fields))).toContain(`${path}: unsafe_key_dropped`);
		expect(Reflect.get({}, 'polluted')).toBeUndefined();
	});

	test.each(['context', 'integrations'] as const)(
		'in the %s of the batch is dropped, with a warning',
		(field) => {
			const shared = { [field]: parsed(hostile) };
			const event = accept(received(''), { shared });
			expect(event[field]).toEqual({ safe: 1 });
			expect(prototypeKeyPaths(event)).toEqual([]);
			expect(warnings(received(''), { shared })).toEqual([`${field}.${key}: unsafe_key_dropped`]);
		},
	);

	test('in a trusted _meta is dropped', () => {
		const { _meta } = accept(track);
		const own = parsed(`${JSON.stringify(_meta).slice(0, -1)},"${key}":{"polluted":true}}`);
		const event = accept({ ...track, _meta: own }, { trustMeta: true });
		expect(prototypeKeyPaths(event)).toEqual([]);
	});

	test('is dropped without its siblings', () => {
		const event = accept(received(`"properties":{"a":1,"${key}":{"x":1},"b":[{"c":2}]}`));
		expect(event.properties).toEqual({ a: 1, b: [{ c: 2 }] });
		expect(Object.getPrototypeOf(event.properties)).toBe(Object.prototype);
	});

	test('is dropped after a sibling that has one, too', () => {
		const event = accept(received(`"properties":{"a":{"${key}":1},"${key}":{"polluted":true}}`));
		expect(prototypeKeyPaths(event)).toEqual([]);
	});

	test('is kept as a value', () => {
		const event = accept({ ...track, event: key, userId: key, properties: { key } });
		expect(event).toMatchObject({ event: key, userId: key, properties: { key } });
	});
});

test('does not copy an event without prototype keys', () => {
	const properties = { list: [{ a: 1 }], text: 'x' };
	expect(accept({ ...track, properties }, { limits: unlimited }).properties).toBe(properties);
});

function inspected(value: unknown) {
	const result = inspect(value, unlimited);
	if (!result.ok) throw new Error(result.reason);
	return result.value;
}

describe('the upper bound for the bytes, below which an event is not measured', () => {
	test.each([
		[[]],
		[{}],
		[[[], [], []]],
		[[[[[[[[]]]]]]]],
		[{ '': {} }],
		[{ '': '', a: '' }],
		[-1.7976931348623157e308],
		[[null, true, false, 0]],
		['\u0000\u0001'],
	])('is not below those of %j', (value) => {
		expect(inspected(value).mostBytes).toBeGreaterThanOrEqual(jsonBytes(value));
	});

	test('is not below those of any JSON', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(inspected(value).mostBytes).toBeGreaterThanOrEqual(jsonBytes(value));
			}),
			{ numRuns: 300 },
		);
	});

	test.each([
		['lists', Array.from({ length: 12_000 }, () => [])],
		['objects', Array.from({ length: 12_000 }, () => ({}))],
		['numbers', Array.from({ length: 5_000 }, () => -1.5e-300)],
	])('does not hide an event above the limit that consists of many small %s', (_, list) => {
		expect(codeOf({ ...track, properties: { list } })).toBe('event_too_large');
	});
});

test('a value that cannot be written as JSON has infinitely many bytes', () => {
	expect(jsonBytes(1n)).toBe(Infinity);
	expect(jsonBytes(undefined)).toBe(0);
});

test('dropping a prototype key copies only the objects that lead to it', () => {
	const value = parsed('{"kept":{"a":[null,1]},"list":[null,{"__proto__":1,"b":null}]}');
	const { kept, droppedKeys } = inspected(value);

	expect(kept).toEqual({ kept: { a: [null, 1] }, list: [null, { b: null }] });
	expect((kept as JsonObject).kept).toBe(value.kept);
	expect(droppedKeys).toEqual(['list.__proto__']);
	expect(inspected(value.kept).kept).toBe(value.kept);
});

test('a dropped key is named in its warning', () => {
	const event = accept(parsed('{"type":"track","event":"e","userId":"u","properties":{"constructor":1}}'));
	expect(event._meta.warnings).toEqual([
		{
			path: 'properties.constructor',
			code: 'unsafe_key_dropped',
			message: '"properties.constructor" was left out, because keys with that name aren\'t safe.',
		},
	]);
});
