import { convert, readRequest, type IncomingRequest } from '../../../nodes/shared/formats';
import { minimal, now } from '../event/helpers';

const { track, identify } = minimal;
const read = (body: unknown, subPath = '') =>
	readRequest({ body, subPath, headers: {} } satisfies IncomingRequest);

describe('one event', () => {
	test('is kept unchanged', () => {
		expect(read(track)).toMatchObject({ format: 'segment', events: [track] });
	});

	test.each([
		['track', 'track'],
		['v1/track', 'track'],
		['v1/identify', 'identify'],
		['v1/page', 'page'],
		['v1/screen', 'screen'],
		['v1/group', 'group'],
		['v1/alias', 'alias'],
		['V1/Identify', 'identify'],
		['t', 'track'],
		['i', 'identify'],
		['p', 'page'],
		['s', 'screen'],
		['g', 'group'],
		['a', 'alias'],
		['api/s/s2s/page', 'page'],
		['api/s/page', 'page'],
	])('posted to "%s" is a %s event, unless it has another type', (subPath, type) => {
		expect(read(track, subPath).typeHint).toBe(type);
	});

	test.each([
		'',
		'v1',
		'batch',
		'v1/batch',
		'b',
		'import',
		'v1/import',
		'beacon/v1/batch',
		'tracks',
		'track/x',
	])('posted to "%s" has no type', (subPath) => {
		expect(read(track, subPath).typeHint).toBeUndefined();
	});

	test.each(['constructor', 'v1/constructor', '__proto__'])(
		'posted to "%s", which objects inherit, has no type',
		(subPath) => {
			expect(read(track, subPath).typeHint).toBeUndefined();
		},
	);

	test.each([[null], ['text'], [5], [true]])('is passed on even if it is %j', (body) => {
		expect(read(body)).toMatchObject({ events: [body] });
	});

	test('can have a field "batch" that is not a list', () => {
		const event = { ...track, batch: 'april' };
		expect(read(event).events).toEqual([event]);
	});
});

describe('a batch', () => {
	const sentAt = '2025-01-01T00:00:00Z';
	const context = { library: { name: 'analytics-node' } };
	const integrations = { All: false };

	test('shares its sentAt, context and integrations but not its write key', () => {
		const body = { batch: [track, identify], sentAt, context, integrations, writeKey: 'wk-0123456789' };
		const batch = read(body, 'v1/batch');
		expect(batch).toMatchObject({
			format: 'segment-batch',
			events: [track, identify],
			shared: { sentAt, context, integrations },
		});
		expect(JSON.stringify(batch)).not.toContain('wk-0123456789');
	});

	test.each(['', 'batch', 'b', 'v1/batch', 'v1/track'])('is detected at any path: "%s"', (subPath) => {
		expect(read({ batch: [track] }, subPath).events).toEqual([track]);
	});

	test('can be empty', () => {
		expect(read({ batch: [] }).events).toEqual([]);
	});
});

describe('a list', () => {
	test.each([[[track, identify]], [[track]], [[{ total: 5 }, track]], [['bad', track]]])(
		'%j is split, since an entry is an event',
		(body) => {
			expect(read(body)).toMatchObject({ format: 'array', events: body });
		},
	);

	test.each([[[]], [[[track]]], [[{ total: 5 }]]])('%j is split as generic JSON', (body) => {
		expect(read(body)).toMatchObject({ format: 'generic', events: body });
	});

	test('is of Segment whatever is in it if it was sent to the path of an SDK', () => {
		expect(read([{ total: 5 }], 'v1/batch').format).toBe('array');
	});
});

test.each([
	['a path', { userId: 'u1', event: 'Signed Up' }, 'v1/identify', 'identify'],
	['its own type before the path', { ...track }, 'i', 'track'],
	['its fields', { userId: 'u1', traits: {} }, '', 'identify'],
])('reads the type of an event from %s', (_, body, subPath, type) => {
	const { events } = convert(read(body, subPath), {
		now,
		transport: 'webhook',
		verified: false,
		newId: () => 'new-id',
	});
	expect(events).toMatchObject([{ type }]);
});
