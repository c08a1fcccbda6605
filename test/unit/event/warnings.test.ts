import { accept, minimal, nowIso, origin, warnings } from './helpers';

const { track, group, alias } = minimal;

test.each([
	['an event name that was a number', { ...track, event: 404 }, 'event: name_from_number'],
	['a userId that was a number', { ...track, userId: 5 }, 'userId: id_from_number'],
	['an anonymousId that was a number', { ...track, anonymousId: 5 }, 'anonymousId: id_from_number'],
	['a groupId that was a number', { ...group, groupId: 5 }, 'groupId: id_from_number'],
	['a previousId that was a number', { ...alias, previousId: 5 }, 'previousId: id_from_number'],
	['a messageId that is no text', { ...track, messageId: {} }, 'messageId: message_id_ignored'],
	[
		'a messageId that is a number which JSON rounds',
		{ ...track, messageId: 2 ** 53 },
		'messageId: message_id_ignored',
	],
	['an unreadable timestamp', { ...track, timestamp: 'yesterday' }, 'timestamp: unreadable_time'],
	['an unreadable sentAt', { ...track, sentAt: {} }, 'sentAt: unreadable_time'],
	['an unreadable receivedAt', { ...track, receivedAt: true }, 'receivedAt: unreadable_time'],
	[
		'an unreadable originalTimestamp',
		{ ...track, originalTimestamp: 'soon' },
		'originalTimestamp: unreadable_time',
	],
	[
		'an event sent before it happened',
		{ ...track, originalTimestamp: '2025-01-01T00:00:01Z', sentAt: '2025-01-01T00:00:00Z' },
		'timestamp: clock_skew',
	],
	['an event from the future', { ...track, timestamp: '2030-01-01' }, 'timestamp: future_time'],
	['a field that no event has', { ...track, total: 42 }, 'total: field_ignored'],
	[
		'a number that JSON rounds',
		{ ...track, properties: { lines: [{ id: 1 }, { id: 2 ** 53 + 2 }, { id: 2 ** 60 }] } },
		'properties.lines.1.id: number_rounded',
	],
	[
		'a key that is not safe to handle',
		{ ...track, properties: { prototype: 1 } },
		'properties.prototype: unsafe_key_dropped',
	],
])('accepts %s with one warning', (_, received, warning) => {
	expect(warnings(received)).toEqual([warning]);
});

test('every warning is a sentence', () => {
	const received = { ...track, event: 1, userId: 2, timestamp: 'soon', messageId: [], total: 42 };
	const { warnings: given } = accept(received)._meta;
	expect(given.map(({ code }) => code).sort()).toEqual(
		['name_from_number', 'id_from_number', 'unreadable_time', 'message_id_ignored', 'field_ignored'].sort(),
	);
	for (const { message } of given) expect(message).toMatch(/^["A-Z].*\.$/);
});

test.each([
	['an event that is all right', track],
	['every field of the contract', { ...accept(track), name: 'a', category: 'b', sentAt: nowIso }],
	['the SDKs’ own bookkeeping', { ...track, writeKey: 'k', _metadata: {}, channel: 'web', projectId: 'p' }],
	['the largest exact number, and a measurement', { ...track, properties: { n: 2 ** 53 - 1, m: 1e21 } }],
	['an SDK’s version', { ...track, version: 2 }],
	['empty ids and times', { ...track, anonymousId: '', sentAt: '', timestamp: null, messageId: '' }],
])('no warning for %s', (_, received) => {
	expect(warnings(received)).toEqual([]);
});

test('drops an unknown field completely', () => {
	expect(accept({ ...track, total: 42 })).toEqual({
		...accept(track),
		_meta: { ...origin().meta, warnings: [expect.objectContaining({ path: 'total' })] },
	});
});

test.each([
	['short text', 'yesterday', '"yesterday"'],
	['a number', -5, '-5'],
	['long text', 'y'.repeat(41), `"${'y'.repeat(39)}…"`],
	['an object', { year: 2025 }, 'an object'],
	['text of 40 characters', 'y'.repeat(40), `"${'y'.repeat(40)}"`],
	['a list', [2025], 'a list of length 1'],
])('the warning about an unreadable time shows %s', (_, timestamp, shown) => {
	const [warning] = accept({ ...track, timestamp })._meta.warnings;
	expect(warning?.message).toContain(`"timestamp" was ignored, because ${shown} can't be read as a date.`);
});

test.each([
	[
		'a number that JSON rounds',
		2 ** 53,
		'Numbers above 9007199254740991 are rounded when JSON is parsed. Send this ID as text.',
	],
	['an object', {}, 'The message ID must be text.'],
])('a messageId that is %s is replaced, and the warning says why', (_, messageId, why) => {
	const event = accept({ ...track, messageId });
	expect(event.messageId).toBe('fallback-id');
	expect(event._meta.warnings.map(({ message }) => message)).toEqual([
		`"messageId" was replaced with a new ID. ${why}`,
	]);
});

test.each([
	['track', 'To keep a field, put it under "properties".'],
	['identify', 'To keep a field, put it under "traits".'],
	['alias', 'To keep a field, send an identify event with the field under "traits".'],
] as const)('says where to put a field that a %s event doesn’t have', (type, advice) => {
	const [warning] = accept({ ...minimal[type], plan: 'pro' })._meta.warnings;
	expect(warning?.message).toMatch(new RegExp(`"plan"\\. .*${advice}$`));
});

test('lists all fields that no event has in one warning', () => {
	const [first, ...others] = accept({ ...track, total: 42, coupon: 'X' })._meta.warnings;
	expect(first).toMatchObject({ path: '', code: 'field_ignored' });
	expect(first?.message).toContain('"total", "coupon".');
	expect(others).toEqual([]);
});

describe('many warnings', () => {
	const withUnsafeKeys = (count: number) => ({
		...track,
		properties: Object.fromEntries(
			Array.from({ length: count }, (_, i) => [`key${i}`, { constructor: i }] as const),
		),
	});

	test('are all listed if there are up to twenty', () => {
		expect(warnings(withUnsafeKeys(20))).toHaveLength(20);
		expect(warnings(withUnsafeKeys(20))).not.toContain(': more_warnings');
	});

	test.each([21, 22, 500])('are cut after twenty if there are %d, and the last entry says so', (count) => {
		const listed = warnings(withUnsafeKeys(count));
		expect(listed).toHaveLength(21);
		expect(listed[19]).toBe('properties.key19.constructor: unsafe_key_dropped');
		expect(listed[20]).toBe(': more_warnings');
	});

	test('stay the same in the next node, new ones included', () => {
		const event = accept(withUnsafeKeys(30));
		expect(accept(event, { trustMeta: true })).toStrictEqual(event);
		expect(accept({ ...event, extra: 1 }, { trustMeta: true })._meta.warnings).toEqual(event._meta.warnings);
	});

	test('that come with an event are shortened', () => {
		const long = 'x'.repeat(10_000);
		const _meta = { ...accept(track)._meta, warnings: [{ path: long, code: long, message: long }] };
		const event = accept({ ...track, _meta }, { trustMeta: true });
		expect(JSON.stringify(event._meta.warnings).length).toBeLessThan(2_500);
		expect(accept(event, { trustMeta: true })).toStrictEqual(event);
	});
});
