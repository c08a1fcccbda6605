import { event, read, reject } from './helpers';

/** Details of how each format is detected and mapped. */

const cloudEvent = { specversion: '1.0', id: 'e1', source: '/shop', type: 'paid', subject: 'u1' };
const structured = { 'content-type': 'application/cloudevents+json' };
const ofHeaders = (attributes: object) =>
	Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value as string]));
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
	[
		'CloudEvents in binary mode',
		{ headers: ofHeaders(cloudEvent) },
		'the request has the header "ce-specversion"',
	],
	['CloudEvents', { headers: structured }, 'the content type is application/cloudevents+json'],
	['PostHog batches', { body: { api_key: 'k', batch: [{}] } }, 'the body has "api_key" and a list "batch"'],
	['PostHog events', { body: { event: 'e', distinct_id: 'u' } }, 'the body has "event" and "distinct_id"'],
	[
		'PostHog events by their key',
		{ body: { event: 'e', api_key: 'k' } },
		'the body has "api_key" and "event"',
	],
	['Segment batches', { body: { batch: [{}] } }, 'the body has a list "batch"'],
	['Segment events', { body: { type: 'Page' } }, 'the body has the type "page"'],
])('says how it detected %s', (_, request, detectedBy) => {
	expect(read(request).detectedBy).toBe(detectedBy);
});

describe('CloudEvents', () => {
	const inBody = (more: object) => ({ headers: structured, body: { ...cloudEvent, ...more } });

	test('reads an object labeled as a batch as its only event', () => {
		const request = { headers: { 'content-type': 'application/cloudevents-batch+json' }, body: cloudEvent };
		expect(read(request)).toMatchObject({ format: 'cloudevents-batch', events: [cloudEvent] });
	});

	test.each(['1.0', '1', '1.0.2'])('accepts the specversion %s', (specversion) => {
		expect(event(inBody({ specversion })).event).toBe('paid');
	});

	test.each(['0.1', '21', '2.1', '10.0', 'v1.0'])('rejects the specversion %s', (specversion) => {
		expect(reject(inBody({ specversion }))).toMatchObject({
			code: 'invalid_cloud_event',
			path: 'specversion',
			message: expect.stringContaining(`"specversion" is "${specversion}".`) as string,
		});
	});

	test('shows no more than 20 characters of a specversion', () => {
		const { message } = reject(inBody({ specversion: '2'.repeat(30) }));
		expect(message).toContain(`"specversion" is "${'2'.repeat(20)}".`);
	});

	test('leaves out attributes that are null', () => {
		const { context } = event(inBody({ dataschema: null, partitionkey: 'p' }));
		expect(context).toStrictEqual({
			cloudevents: { specversion: '1.0', source: '/shop', subject: 'u1', partitionkey: 'p' },
		});
	});

	test('reads only its own headers as attributes', () => {
		const headers = { ...ofHeaders(cloudEvent), 'x-other': 'x', 'ce-': 'empty', 'ce-list': ['a', 'b'] };
		expect(event({ headers, body: { total: 1 } }).context).toStrictEqual({
			cloudevents: { specversion: '1.0', source: '/shop', subject: 'u1' },
		});
	});

	test('keeps the content type of its data as an attribute', () => {
		const headers = { ...ofHeaders(cloudEvent), 'content-type': 'application/json' };
		expect(event({ headers }).context).toMatchObject({
			cloudevents: { datacontenttype: 'application/json' },
		});
	});

	test.each([
		['a "b"', 'a "b"'],
		['"a" b', '"a" b'],
		['"a \\"b\\""', 'a "b"'],
		['Euro%20%E2%82%AC', 'Euro €'],
	])('reads the header %s', (sent, expected) => {
		const headers = ofHeaders({ ...cloudEvent, note: sent });
		expect(event({ headers }).context).toMatchObject({ cloudevents: { note: expected } });
	});

	test.each([
		['application/json', { a: 1 }],
		['application/json ; charset=utf-8', { a: 1 }],
		['application/json; charset=utf-8', { a: 1 }],
		['application/vnd.shop+json', { a: 1 }],
		['application/jsonlines', { data_base64: base64('{"a":1}') }],
		['text/plain', { data_base64: base64('{"a":1}') }],
	])('reads Base64 data of the type %s', (datacontenttype, properties) => {
		expect(event(inBody({ datacontenttype, data_base64: base64('{"a":1}') })).properties).toEqual(properties);
	});

	test('keeps data_base64 that is not text', () => {
		const more = { datacontenttype: 'application/json', data_base64: [49] };
		expect(event(inBody(more)).properties).toEqual({ data_base64: [49] });
	});
});

describe('PostHog', () => {
	const options = { format: 'posthog' } as const;

	test('rejects an event without a name', () => {
		expect(reject({ body: { distinct_id: 'u1' } }, options).code).toBe('missing_event_name');
	});

	test.each([
		['$company_acme', { $group_type: 'company', $group_key: 'acme' }, null],
		['ada', { $group_type: 'company', $group_key: 'acme' }, 'ada'],
		['$undefined_acme', { $group_key: 'acme' }, '$undefined_acme'],
	])('reads the user of a group event with the ID %s', (distinct_id, properties, userId) => {
		const body = { event: '$groupidentify', distinct_id, properties };
		expect(event({ body }, options).userId).toBe(userId);
	});

	test('rejects a group event without a key', () => {
		const body = {
			event: '$groupidentify',
			distinct_id: '$company_undefined',
			properties: { $group_type: 'company' },
		};
		expect(reject({ body }, options).code).toBe('missing_group_id');
	});
});

describe('Standard Webhooks', () => {
	const options = { format: 'standard-webhooks' } as const;

	test('rejects a webhook without a type', () => {
		expect(reject({ body: { userId: 'u1', data: {} } }, options).code).toBe('missing_event_name');
	});

	test('reads the anonymousId, or what its path says', () => {
		const body = { type: 'paid', anonymousId: 'a1', data: { session: 'a2' } };
		expect(event({ body }, options).anonymousId).toBe('a1');
		expect(event({ body }, { ...options, paths: { anonymousId: 'data.session' } }).anonymousId).toBe('a2');
	});

	const mapped = (fields: object, paths = {}) => {
		const { properties, context } = event({ body: { type: 'paid', ...fields } }, { ...options, paths });
		return { properties, context };
	};

	test('keeps fields next to the data in the context', () => {
		expect(mapped({ userId: 'u1', data: { a: 1 } })).toStrictEqual({
			properties: { a: 1 },
			context: { webhook: { userId: 'u1' } },
		});
	});

	test('leaves the context empty if there is only data, or none', () => {
		expect(mapped({ data: { user: 'u1' } }, { userId: 'data.user' })).toStrictEqual({
			properties: { user: 'u1' },
			context: {},
		});
		expect(mapped({ userId: 'u1', more: 2 })).toStrictEqual({
			properties: { userId: 'u1', more: 2 },
			context: {},
		});
	});
});

describe('SuprSend', () => {
	const options = { format: 'suprsend' } as const;

	test('says which field names the user', () => {
		const { message } = reject({ body: { event_type: 'status' } }, options);
		expect(message).toContain('In a SuprSend webhook, "distinct_id" identifies the person.');
	});

	test('writes a status in words', () => {
		const body = {
			event_type: 'status',
			distinct_id: 'u1',
			suprsend_status: { status: 'delivery__failed soon' },
		};
		expect(event({ body }, options).event).toBe('Notification Delivery Failed Soon');
	});
});
