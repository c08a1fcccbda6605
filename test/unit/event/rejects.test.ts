import { normalize, rejectMessages, type EventLimits, type RejectCode } from '../../../nodes/shared/event';
import { accept, minimal, nested, origin, rejectOf } from './helpers';

const { track, group, alias } = minimal;
const limits: EventLimits = { eventBytes: 500, depth: 4, properties: 8 };

/** What a wire format, a batch or a workflow's own rules find wrong, not the contract. */
type Elsewhere =
	| 'invalid_cloud_event'
	| 'line_not_json'
	| 'subscription_not_confirmed'
	| 'shares_too_much'
	| 'consent_missing'
	| 'unplanned_event'
	| 'plan_violation';

/** One input for every code of the contract. */
const cases: Record<Exclude<RejectCode, Elsewhere>, { received: unknown; path: string }> = {
	not_an_object: { received: ['track'], path: '' },
	unknown_type: { received: { ...track, type: 'charge' }, path: 'type' },
	missing_event_name: { received: { ...track, event: undefined }, path: 'event' },
	event_name_not_text: { received: { ...track, event: {} }, path: 'event' },
	event_name_too_long: { received: { ...track, event: 'x'.repeat(201) }, path: 'event' },
	message_id_too_long: { received: { ...track, messageId: 'x'.repeat(101) }, path: 'messageId' },
	no_user_anon_id: { received: { ...track, userId: null }, path: 'userId' },
	missing_user_id: { received: { ...alias, userId: null, anonymousId: 'a' }, path: 'userId' },
	missing_previous_id: { received: { ...alias, previousId: '' }, path: 'previousId' },
	missing_group_id: { received: { ...group, groupId: null }, path: 'groupId' },
	id_not_text: { received: { ...track, anonymousId: [] }, path: 'anonymousId' },
	id_too_long: { received: { ...track, groupId: 'x'.repeat(257) }, path: 'groupId' },
	properties_not_object: { received: { ...track, properties: 5 }, path: 'properties' },
	traits_not_object: { received: { ...track, traits: 'pro' }, path: 'traits' },
	context_not_object: { received: { ...track, context: [1] }, path: 'context' },
	integrations_not_object: { received: { ...track, integrations: false }, path: 'integrations' },
	event_too_large: { received: { ...track, properties: { text: 'x'.repeat(500) } }, path: '' },
	too_deep: { received: { ...track, properties: nested(4) }, path: '' },
	too_many_properties: {
		received: { ...track, properties: { a: 1, b: 2, c: 3, d: 4, e: 5 } },
		path: '',
	},
};

const codes = Object.keys(cases) as (keyof typeof cases)[];

test.each(codes)('the reject %s has the path, what to do and the event as received', (code) => {
	const { received, path } = cases[code];
	const meta = { ...origin().meta, batchIndex: 4, batchSize: 5 };
	const { event, message, ...reject } = rejectOf(received, { limits, meta });

	expect(reject).toMatchObject({ index: 4, code, path });
	expect(message.startsWith(rejectMessages[code])).toBe(true);
	expect(event).toEqual(code === 'too_deep' ? JSON.stringify(received) : received);
});

test.each([
	[
		'event_too_large',
		"The event has 581 bytes, and the limit is 500 ('Max Event Size (KiB)' in the trigger's options).",
	],
	['too_deep', "The limit is 4 levels ('Max Depth' in the trigger's options)."],
	['too_many_properties', "The limit is 8 properties ('Max Properties' in the trigger's options)."],
] as const)('the message of %s has the numbers', (code, numbers) => {
	expect(rejectOf(cases[code].received, { limits }).message).toBe(`${rejectMessages[code]} ${numbers}`);
});

describe('the message for an event without a user', () => {
	const nobody = { type: 'track', event: 'Order Completed' };
	const hint = 'Set a path.';

	test.each([
		['user_id', 'Rename "user_id" to "userId".'],
		['anonymous_id', 'Rename "anonymous_id" to "anonymousId".'],
	])('says that the event has %s', (field, advice) => {
		expect(rejectOf({ ...nobody, [field]: 'u1' }).message).toBe(
			`${rejectMessages.no_user_anon_id} ${advice}`,
		);
	});

	test('says what the format needs', () => {
		const { message } = rejectOf(nobody, { noUserHint: hint, asSent: { user_id: 7 } });
		expect(message).toBe(`${rejectMessages.no_user_anon_id} Rename "user_id" to "userId". ${hint}`);
	});

	test.each([[{ ...nobody, user_id: '' }], [nobody]])('has no hint for %j', (received) => {
		expect(rejectOf(received).message).toBe(rejectMessages.no_user_anon_id);
	});
});

test('shows a mapped event as the sender sent it', () => {
	const asSent = { name: 'paid', messageId: 'm-1', writeKey: 'wk_0123456789abcdef' };
	expect(rejectOf({ type: 'track', event: 'paid', messageId: 'm-2' }, { asSent })).toMatchObject({
		messageId: 'm-2',
		event: { name: 'paid', messageId: 'm-1' },
	});
	expect(JSON.stringify(rejectOf({ type: 'track' }, { asSent }))).not.toContain('wk_0123456789abcdef');
});

test.each([[null], ['text'], [5], [true], [[]], [undefined]])(
	'rejects %j, which is not an event',
	(received) => {
		expect(rejectOf(received)).toEqual({
			index: 0,
			code: 'not_an_object',
			path: '',
			message: rejectMessages.not_an_object,
			event: received,
		});
	},
);

test.each([
	['its messageId', 'm-1', { messageId: 'm-1' }],
	['its messageId as text', 7, { messageId: '7' }],
	['no messageId where there is none', undefined, {}],
	['no messageId that is none', { a: 1 }, {}],
	['no messageId that JSON rounds', 2 ** 53, {}],
])('a reject has %s', (_, messageId, expected) => {
	const { index, code, path, message, event, ...rest } = rejectOf({ type: 'track', messageId });
	expect({ index, code, path, message, event }).toMatchObject({ index: 0, code: 'missing_event_name' });
	expect(rest).toEqual(expected);
});

test('has the code of the first problem', () => {
	const { code } = rejectOf({ type: 'track', properties: 5, messageId: 'm'.repeat(101) });
	expect(code).toBe('missing_event_name');
});

test('shortens a messageId that is too long', () => {
	const { messageId } = rejectOf({ ...track, messageId: 'm'.repeat(100_000) });
	expect(messageId?.length).toBeLessThanOrEqual(100);
});

describe('a reject is safe to walk recursively, even if the event is very deep:', () => {
	const deepList = () => JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown;

	test('an object', () => {
		const reject = rejectOf({ ...track, properties: { deep: deepList() } });
		expect(reject.code).toBe('too_deep');
		expect(typeof reject.event).toBe('string');
		expect(() => JSON.stringify(reject)).not.toThrow();
	});

	test('a list', () => {
		const result = normalize(deepList(), origin());
		expect(() => JSON.stringify(result)).not.toThrow();
	});

	test('an object with too many properties before its depths', () => {
		const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, i]));
		const result = normalize({ ...track, properties: { ...many, deep: deepList() } }, origin());
		expect(() => JSON.stringify(result)).not.toThrow();
	});
});

test('a reject does not have the write key that browser SDKs send', () => {
	const reject = rejectOf({ type: 'track', event: 'Order Completed', writeKey: 'wk_0123456789abcdef' });
	expect(JSON.stringify(reject)).not.toContain('wk_0123456789abcdef');
});

test('an accepted event does not have the write key', () => {
	const event = accept({ ...track, writeKey: 'wk_0123456789abcdef' });
	expect(JSON.stringify(event)).not.toContain('wk_0123456789abcdef');
});

test('a reject of an event without a messageId has no such field', () => {
	expect(rejectOf({ type: 'track' })).not.toHaveProperty('messageId');
	expect(rejectOf('text')).not.toHaveProperty('messageId');
});

test('does not use up a new ID for an event without a known type', () => {
	const fallbackId = jest.fn(() => 'new');
	rejectOf({ type: 'nonsense', userId: 'u1' }, { fallbackId });
	expect(fallbackId).not.toHaveBeenCalled();
});
