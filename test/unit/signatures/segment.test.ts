import { signHmac, verify } from './helpers';

/**
 * Based on the code that signs at Segment: https://github.com/segmentio/action-destinations, its folder `destinations/webhook`.
 */
const secret = 'a shared secret of our own';
const accepting = (...secrets: string[]) => ({ scheme: 'segment', secrets }) as const;

const first = {
	type: 'track',
	event: 'Order "Completed" ]}\\',
	properties: { list: [{ a: '}' }], text: 'é😀' },
};
const second = { type: 'identify', userId: 'ada' };
const sign = (signed: unknown, key = secret) => signHmac('sha1', key, JSON.stringify(signed)).toString('hex');

const whole = { ok: true, value: 'segment' };
const firstEvent = { ok: true, value: 'segment-first-event' };
const refusedAs = (code: string) => ({ ok: false, reason: { code, message: expect.stringMatching(/./) } });

test('accepts a test vector from openssl', () => {
	const request = {
		body: '{"test": 2432232314}',
		headers: { 'x-signature': '1bcf965ada81c5f71c9377971a5c86904e3859f3' },
	};
	expect(verify(accepting('hush-hush-hush-hush'), request)).toEqual(whole);
});

describe('X-Signature', () => {
	const post = (body: unknown, signed: unknown, more = {}) =>
		verify(accepting(secret), {
			body: typeof body === 'string' ? body : JSON.stringify(body),
			headers: { 'x-signature': sign(signed), ...more },
		});

	test('is accepted over a single event', () => {
		expect(post(first, first)).toEqual(whole);
		expect(post(second, first)).toEqual(refusedAs('no_match'));
	});

	test('over the first event of a batch is accepted, and reported as such', () => {
		expect(post([first, second], first)).toEqual(firstEvent);
		expect(post([first], first)).toEqual(firstEvent);
		expect(post([second, first], first)).toEqual(refusedAs('no_match'));
	});

	test('is accepted over a whole batch', () => {
		expect(post([first, second], [first, second])).toEqual(whole);
	});

	test('is accepted over the first event with whitespace around it', () => {
		expect(post(` [\r\n\t${JSON.stringify(first)} , {}]`, first)).toEqual(firstEvent);
	});

	test.each([
		['[]'],
		['['],
		['[1]'],
		['["a"]'],
		['[[{}]]'],
		['[{'],
		['[{"a":"}'],
		['[{"a":"\\'],
		['{"batch":[{}]}'],
		[''],
		['\uFEFF[{}]'],
		['1{}'],
	])('is refused for the body %j, which does not start with that event', (body) => {
		expect(post(body, {})).toEqual(refusedAs('no_match'));
	});

	test.each([
		['[[{}]]', [{}]],
		['[1]', 1],
		['["a"]', 'a'],
	])('is refused over the first entry of %s, which is not an event', (body, signed) => {
		expect(post(body, signed)).toEqual(refusedAs('no_match'));
	});

	test('is accepted in capitals', () => {
		expect(post(first, first, { 'x-signature': sign(first).toUpperCase() })).toEqual(whole);
	});

	test.each([undefined, '', ['a']])('is required: %j', (missing) => {
		expect(post(first, first, { 'x-signature': missing })).toEqual(refusedAs('missing_header'));
	});
});

describe('X-Segment-Signature', () => {
	const post = (body: unknown, signed: unknown, more = {}) =>
		verify(accepting('an old secret of our own', secret), {
			body: JSON.stringify(body),
			headers: { 'x-segment-signature': sign(signed), ...more },
		});

	test('is accepted over a whole body', () => {
		expect(post(first, first)).toEqual(whole);
		expect(post([first, second], [first, second])).toEqual(whole);
	});

	test('is refused over the first event', () => {
		expect(post([first, second], first)).toEqual(refusedAs('no_match'));
		expect(post([first, second], first, { 'x-signature': sign(first) })).toEqual(refusedAs('no_match'));
	});
});

test('refuses every request without a secret', () => {
	const request = { body: JSON.stringify([first]), headers: { 'x-signature': sign(first, '') } };
	expect(verify(accepting(), request)).toEqual(refusedAs('not_configured'));
	expect(verify(accepting(''), request)).toEqual(refusedAs('not_configured'));
});
