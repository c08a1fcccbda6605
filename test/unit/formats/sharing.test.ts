import type { Converted } from '../../../nodes/shared/formats';
import { minimal } from '../event/helpers';
import { convertAll, read } from './helpers';

const kibibyte = 1024;
const { track, identify } = minimal;

/** An object whose JSON has exactly this many bytes. */
const ofSize = (bytes: number) => ({ text: 'x'.repeat(bytes - '{"text":""}'.length) });
const batch = (events: number, shared: object, event: object = track) => ({
	batch: Array.from({ length: events }, () => event),
	...shared,
});
const counts = ({ events, rejected }: Converted) => [events.length, rejected.length];

describe.each(['context', 'integrations'])('the %s of a batch', (field) => {
	test('may have 500 KiB in all', () => {
		const [within, beyond] = [5 * kibibyte, 5 * kibibyte + 1].map(ofSize);

		expect(counts(convertAll({ body: batch(100, { [field]: within }) }))).toEqual([100, 0]);
		expect(counts(convertAll({ body: batch(100, { [field]: beyond }) }))).toEqual([99, 1]);
	});

	test('may have four times the bytes of a large batch', () => {
		const large = { ...track, properties: ofSize(kibibyte) };
		const body = batch(1000, { [field]: ofSize(5 * kibibyte) }, large);
		const [accepted = 0, rejected] = counts(convertAll({ body }));

		expect(accepted).toBe(
			Math.floor((4 * (1000 * JSON.stringify(large).length + 5 * kibibyte)) / (5 * kibibyte)),
		);
		expect(rejected).toBe(1000 - accepted);
	});

	test('is shared, not copied, among events without one of their own', () => {
		const shared = { a: { b: 1 } };
		const { events } = convertAll({ body: batch(2, { [field]: shared }, { ...identify, [field]: {} }) });

		expect(events.map((event) => event[field as 'context'])).toEqual([shared, shared]);
		expect(events[0]?.[field as 'context']).toBe(events[1]?.[field as 'context']);
	});

	test('that is nested deeper than JSON can be written rejects all events', () => {
		const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`) as object;

		expect(counts(convertAll({ body: batch(3, { [field]: deep }) }))).toEqual([0, 3]);
	});
});

test('the reject of an event that shares too much says how much it shares and how many may', () => {
	const { rejected } = convertAll({
		body: batch(200, { context: ofSize(5 * kibibyte) }, { ...track, messageId: 7 }),
	});

	expect(rejected[0]).toEqual({
		index: 100,
		messageId: '7',
		code: 'shares_too_much',
		path: '',
		message:
			'The events in the request share too much data in "context" or "integrations". Send fewer events per request, or share less data. The shared data has 5120 bytes, so up to 100 events are accepted.',
		event: { ...track, messageId: 7 },
	});
});

test('an unsafe key in what a batch shares is dropped once, with a warning in each event', () => {
	const context = JSON.parse('{"a":{"__proto__":1,"b":2}}') as object;
	const { events } = convertAll({ body: batch(2, { context }) });

	for (const { _meta } of events) {
		expect(_meta.warnings).toMatchObject([{ path: 'context.a.__proto__', code: 'unsafe_key_dropped' }]);
	}
	expect(events[0]?.context).toEqual({ a: { b: 2 } });
	expect(events[0]?.context).toBe(events[1]?.context);
});

test('traits in the context of a batch are shared, not copied', () => {
	const { events } = convertAll({ body: batch(2, { context: { traits: { plan: 'pro' } } }, identify) });

	expect(events[0]?.traits).toEqual({ plan: 'pro' });
	expect(events[0]?.traits).toBe(events[1]?.traits);
});

test('an event that is nested too deep does not raise what the others may share', () => {
	const deep = JSON.parse(`${'['.repeat(50_000)}1${']'.repeat(50_000)}`) as unknown;
	const body = {
		batch: [{ ...track, properties: deep }, ...batch(200, {}).batch],
		context: ofSize(5 * kibibyte),
	};

	expect(counts(convertAll({ body }))).toEqual([99, 102]);
});

test('an ID of a request that is too long for its events is ignored', () => {
	const headers = { 'webhook-id': 'x'.repeat(101) };
	expect(read({ headers }).requestId).toBeUndefined();
	expect(read({ headers: { 'webhook-id': 'x'.repeat(100) } }).requestId).toBe('x'.repeat(100));
});

test('a long key is repeated only in part by the warnings about the keys below it', () => {
	const properties = JSON.parse(`{"${'x'.repeat(5000)}":[{"__proto__":1},{"constructor":2}]}`) as object;
	const { warnings } = convertAll({ body: { ...track, properties } }).events[0]?._meta ?? {};

	expect(warnings).toMatchObject([
		{ path: `properties.${'x'.repeat(89)}….__proto__` },
		{ path: `properties.${'x'.repeat(89)}….constructor` },
	]);
});

test('2,500 events that share 2,000 properties take no longer than twice the time of those that share none', () => {
	const context = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, 1]));
	const [sharing, plain] = [{ context }, {}].map((shared) =>
		batch(2500, shared, { event: 'a', userId: '1' }),
	);
	const timeOf = (body: unknown) => {
		const { user, system } = process.cpuUsage();
		convertAll({ body });
		const after = process.cpuUsage();
		return after.user + after.system - user - system;
	};
	// In turns, since the machine may be busy with other tests.
	const turns = Array.from({ length: 20 }, () => [timeOf(sharing), timeOf(plain)] as const);
	const ratio = Math.min(...turns.map(([one]) => one)) / Math.min(...turns.map(([, other]) => other));
	expect(ratio).toBeLessThan(2);
});
