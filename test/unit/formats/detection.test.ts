import { formats, sdkPaths } from '../../../nodes/shared/formats';
import { minimal } from '../event/helpers';
import { convertAll, event, read, reject } from './helpers';

const { track } = minimal;
const types = ['track', 'identify', 'page', 'screen', 'group', 'alias'];

describe('an event like Segment’s', () => {
	test.each([
		['a type of the six', { type: 'Identify' }, '', 'the body has the type "identify"'],
		['"event" and "userId"', { event: 'x', userId: 5 }, '', 'the body has "event" and "userId"'],
		[
			'"event" and "anonymousId"',
			{ event: 'x', anonymousId: 'a' },
			'',
			'the body has "event" and "anonymousId"',
		],
		['"traits" and "userId"', { traits: {}, userId: 'u' }, '', 'the body has "traits" and "userId"'],
		['a path of an SDK', { total: 5 }, 'v1/track', 'the request was sent to "v1/track"'],
		['a short path of an SDK', {}, 't', 'the request was sent to "t"'],
		['the path of a batch', {}, 'v1/batch', 'the request was sent to "v1/batch"'],
		['a path of Jitsu', {}, 'api/s/s2s/page', 'the request was sent to "api/s/s2s/page"'],
	])('is detected by %s', (_, body, subPath, detectedBy) => {
		expect(read({ body, subPath })).toMatchObject({ format: 'segment', detectedBy });
	});

	test('is detected even with a mistake in it', () => {
		expect(reject({ body: { type: 'track', event: 'x' } }).code).toBe('no_user_anon_id');
		expect(reject({ body: { type: 'trak', event: 'x', userId: 'u' } }).code).toBe('unknown_type');
		expect(reject({ body: { total: 5 }, subPath: 'v1/identify' }).code).toBe('no_user_anon_id');
		expect(reject({ body: 'text', subPath: 'v1/track' }).code).toBe('not_an_object');
	});

	test.each([
		['a name and nobody', { event: 'x' }],
		['somebody and nothing else', { userId: 'u' }],
		['a type of its own', { type: 'invoice.paid', userId: 'u' }],
		['empty fields', { type: '', event: '', userId: '' }],
	])('is not detected by %s', (_, body) => {
		expect(read({ body }).format).toBe('generic');
	});
});

describe('a list', () => {
	test('is of the format that its first recognizable entry shows', () => {
		expect(read({ body: [5, { total: 5 }, track, { event: 'x', distinct_id: 'd' }] })).toMatchObject({
			format: 'array',
			detectedBy: 'an entry of the list has the type "track"',
		});
		expect(read({ body: [{ event: 'x', distinct_id: 'd' }] }).format).toBe('posthog');
	});

	test('is generic if no entry shows a format, and the paths count', () => {
		const body = [
			{ eventId: 1, subscriptionType: 'contact.creation', objectId: 123, occurredAt: 1462216307945 },
			{ eventId: 2, subscriptionType: 'contact.deletion', objectId: 124, occurredAt: 1462216307946 },
		];
		const paths = {
			userId: 'objectId',
			event: 'subscriptionType',
			messageId: 'eventId',
			timestamp: 'occurredAt',
		};

		expect(read({ body })).toMatchObject({ format: 'generic', detectedBy: 'no other format fits' });
		expect(convertAll({ body }, { paths }).events).toMatchObject([
			{ event: 'contact.creation', userId: '123', messageId: '1', timestamp: '2016-05-02T19:11:47.945Z' },
			{ event: 'contact.deletion', userId: '124', messageId: '2' },
		]);
	});
});

describe('a batch', () => {
	test.each([
		['of Segment', { batch: [track] }, 'segment-batch'],
		['of Segment, with the key where PostHog has it', { api_key: 'k', batch: [{}, track] }, 'segment-batch'],
		['of Segment, empty', { batch: [] }, 'segment-batch'],
		['of PostHog', { api_key: 'k', batch: [{ event: 'x', distinct_id: 'd' }] }, 'posthog'],
		['of PostHog, empty', { api_key: 'k', batch: [] }, 'posthog'],
	])('%s', (_, body, format) => {
		expect(read({ body, subPath: 'batch' }).format).toBe(format);
	});
});

describe('PostHog', () => {
	test.each([
		['distinct_id', { event: 'x', distinct_id: 'd' }, 'posthog'],
		['distinct_id in the properties', { event: 'x', properties: { distinct_id: 'd' } }, 'posthog'],
		['api_key', { event: 'x', api_key: 'k' }, 'posthog'],
		['Segment’s user besides', { event: 'x', api_key: 'k', userId: 'u' }, 'segment'],
		['Segment’s user beside distinct_id', { event: 'x', distinct_id: 'd', anonymousId: 'a' }, 'segment'],
		['no event', { api_key: 'k', distinct_id: 'd' }, 'generic'],
	])('by %s', (_, body, format) => {
		expect(read({ body }).format).toBe(format);
	});

	test('’s paths accept events of Segment, too', () => {
		expect(event({ body: track, subPath: 'capture' })).toMatchObject({ userId: 'u1' });
	});
});

describe('a format in the options', () => {
	const names = formats.map(({ name }) => name);

	test.each(names)('%s is used for any request', (format) => {
		const batch = read({ body: track, headers: { 'webhook-id': 'x' }, subPath: 't' }, { format });
		expect(batch.detectedBy).toBe('the format is set in the node');
		expect(batch.format.startsWith(format)).toBe(true);
	});

	test.each([
		[track, 'segment'],
		[[track], 'array'],
		[{ batch: [track] }, 'segment-batch'],
	])('can have several forms: %j', (body, format) => {
		expect(read({ body }, { format: 'segment' }).format).toBe(format);
	});

	test('that does not exist is detected', () => {
		expect(read({ body: track }, { format: 'auto' }).format).toBe('segment');
	});
});

test('every format has a name and texts for the form', () => {
	expect(formats).toEqual([
		{ name: 'amplitude', displayName: 'Amplitude', description: expect.any(String) as string },
		{ name: 'cloudevents', displayName: 'CloudEvents', description: expect.any(String) as string },
		{ name: 'generic', displayName: 'Generic JSON', description: expect.any(String) as string },
		{ name: 'posthog', displayName: 'PostHog', description: expect.any(String) as string },
		{ name: 'rehook', displayName: 'Rehook', description: expect.any(String) as string },
		{ name: 'segment', displayName: 'Segment', description: expect.any(String) as string },
		{ name: 'simon', displayName: 'Simon Data', description: expect.any(String) as string },
		{
			name: 'standard-webhooks',
			displayName: 'Standard Webhooks',
			description: expect.any(String) as string,
		},
		{ name: 'suprsend', displayName: 'SuprSend', description: expect.any(String) as string },
	]);
});

test('has a path for everything that SDKs append', () => {
	const paths = [
		...['v1/batch', 'batch', 'b', 'v1/import', 'import', 'beacon/v1/batch', 't', 'i', 'p', 's', 'g', 'a'],
		...types.map((type) => `v1/${type}`),
		...[...types, 'batch'].flatMap((path) => [`api/s/s2s/${path}`, `api/s/${path}`]),
		...['capture', 'e', 'i/v0/e'],
	];
	expect([...sdkPaths].sort()).toEqual(paths.sort());
});
