import { event, read, reject, convertAll } from './helpers';

const structured = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
const batched = { 'content-type': 'application/cloudevents-batch+json' };
const binary = {
	'content-type': 'application/json; charset=utf-8',
	'ce-specversion': '1.0',
	'ce-type': 'com.example.someevent',
	'ce-time': '2018-04-05T03:56:24Z',
	'ce-id': '1234-1234-1234',
	'ce-source': '/mycontext/subcontext',
	'ce-subject': 'user-1',
};
/** The example of the JSON event format, with a subject. */
const json = {
	specversion: '1.0',
	type: 'com.example.someevent',
	source: '/mycontext',
	subject: 'user-1',
	id: 'C234-1234-1234',
	time: '2018-04-05T17:31:00Z',
	comexampleextension1: 'value',
	comexampleothervalue: 5,
	unsetextension: null,
	datacontenttype: 'application/json',
	data: { appinfoA: 'abc', appinfoB: 123, appinfoC: true },
};

test('reads an event in structured mode', () => {
	expect(event({ headers: structured, body: json })).toMatchObject({
		type: 'track',
		event: 'com.example.someevent',
		messageId: 'C234-1234-1234',
		userId: 'user-1',
		timestamp: '2018-04-05T17:31:00.000Z',
		properties: { appinfoA: 'abc', appinfoB: 123, appinfoC: true },
		context: {
			cloudevents: {
				specversion: '1.0',
				source: '/mycontext',
				subject: 'user-1',
				datacontenttype: 'application/json',
				comexampleextension1: 'value',
				comexampleothervalue: 5,
			},
		},
		_meta: { format: 'cloudevents-structured', warnings: [] },
	});
});

test('reads an event in binary mode', () => {
	expect(event({ headers: { ...binary, 'ce-myextension': 'x' }, body: { total: 42 } })).toMatchObject({
		type: 'track',
		event: 'com.example.someevent',
		messageId: '1234-1234-1234',
		userId: 'user-1',
		timestamp: '2018-04-05T03:56:24.000Z',
		properties: { total: 42 },
		context: {
			cloudevents: {
				source: '/mycontext/subcontext',
				datacontenttype: 'application/json; charset=utf-8',
				myextension: 'x',
			},
		},
		_meta: { format: 'cloudevents-binary' },
	});
});

test('reads events in batched mode', () => {
	const { events, rejected } = convertAll({
		headers: batched,
		body: [json, { ...json, id: 'B', data: undefined }, { ...json, source: undefined }],
	});
	expect(events).toMatchObject([
		{ messageId: 'C234-1234-1234', _meta: { format: 'cloudevents-batch', batchIndex: 0, batchSize: 3 } },
		{ messageId: 'B', properties: {}, _meta: { batchIndex: 1 } },
	]);
	expect(rejected).toMatchObject([{ index: 2, code: 'invalid_cloud_event', path: 'source' }]);
});

test('reads an empty batch', () => {
	expect(convertAll({ headers: batched, body: [] })).toMatchObject({
		events: [],
		rejected: [],
		duplicates: 0,
	});
});

describe('the mode', () => {
	test.each([
		['application/cloudevents+json', json, 'cloudevents-structured'],
		['Application/CloudEvents+JSON;charset=UTF-8', json, 'cloudevents-structured'],
		['application/cloudevents-batch+json; charset=utf-8', [json], 'cloudevents-batch'],
		['application/cloudevents+json', [json], 'cloudevents-batch'],
	])('is detected by the content type %s', (type, body, format) => {
		const batch = read({ headers: { ...binary, 'content-type': type }, body });
		expect(batch.format).toBe(format);
		expect(batch.detectedBy).toMatch(/^the content type is application\/cloudevents/);
	});

	test.each([
		['an object', json, 'cloudevents-structured'],
		['a list', [json], 'cloudevents-batch'],
	])('is detected by the body if the format was chosen: %s', (_, body, format) => {
		expect(read({ body }, { format: 'cloudevents' })).toMatchObject({
			format,
			detectedBy: 'the format is set in the node',
		});
	});
});

describe('header values', () => {
	test.each([
		['percent-encoded', 'Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
		['in lower-case hex', 'Euro%20%e2%82%ac', 'Euro €'],
		['encoded without need', '%41da', 'Ada'],
		['with an encoded percent sign, decoded once', '100%2541', '100%41'],
		['with a percent sign that encodes nothing', '100% Ada', '100% Ada'],
		['in quotes, as older versions had it', '"Ada \\"Countess\\" L\\\\"', 'Ada "Countess" L\\'],
	])('are decoded: %s', (_, header, userId) => {
		expect(event({ headers: { ...binary, 'ce-subject': header } }).userId).toBe(userId);
	});

	test.each(['%C0%A0', '%ff', 'a%E2%82'])('that are not UTF-8 are rejected: %s', (header) => {
		expect(reject({ headers: { ...binary, 'ce-note': header } })).toMatchObject({
			code: 'invalid_cloud_event',
			path: 'note',
			message: expect.stringContaining(`The header "ce-note" isn't percent-encoded UTF-8`) as string,
			event: { note: header },
		});
	});

	test('under other names are ignored', () => {
		const headers = { ...binary, 'ce-__proto__': 'x', 'ce-data_base64': 'e30=', 'ce-list': ['a', 'b'] };
		const { properties, context } = event({ headers, body: { total: 1 } });
		expect(properties).toEqual({ total: 1 });
		expect(context.cloudevents).not.toHaveProperty('list');
	});
});

describe('the data', () => {
	const ofData = (fields: object) => event({ headers: structured, body: { ...json, ...fields } }).properties;
	const base64 = (text: string) => Buffer.from(text).toString('base64');

	test.each([
		['an object', { a: 1 }, { a: 1 }],
		['a list', [1, 2], { data: [1, 2] }],
		['a text', "I'm just a string", { data: "I'm just a string" }],
		['a text of JSON, which stays a text', '{"a":1}', { data: '{"a":1}' }],
		['zero', 0, { data: 0 }],
		['false', false, { data: false }],
		['null', null, {}],
		['absent', undefined, {}],
	])('%s', (_, data, properties) => {
		expect(ofData({ data })).toEqual(properties);
		if (data !== undefined) expect(event({ headers: binary, body: data }).properties).toEqual(properties);
	});

	test.each([
		['JSON', 'application/json', base64('{"a":1}'), { a: 1 }],
		['JSON of a kind, with a parameter', 'application/vnd.x+json; v=1', base64('[1]'), { data: [1] }],
		['what is no JSON', 'application/vnd.apache.thrift.binary', 'AAEC', { data_base64: 'AAEC' }],
		['what does not say', undefined, base64('{"a":1}'), { data_base64: base64('{"a":1}') }],
		['what only claims to be JSON', 'application/json', base64('{'), { data_base64: base64('{') }],
		['what is no text', 'application/json', 5, { data_base64: 5 }],
	])('in Base64 is decoded if it is JSON: %s', (_, datacontenttype, data_base64, properties) => {
		expect(ofData({ data: undefined, datacontenttype, data_base64 })).toEqual(properties);
	});
});

describe('an event that breaks the specification is rejected', () => {
	test.each(['specversion', 'id', 'source', 'type'])('without %s', (attribute) => {
		for (const value of [undefined, null, '', {}, 2 ** 53]) {
			const body = { ...json, [attribute]: value };
			const rejected = reject({ headers: structured, body });
			expect(rejected).toMatchObject({ code: 'invalid_cloud_event', path: attribute });
			expect(rejected.message).toContain(`"${attribute}" is missing`);
		}
		const headers = { ...binary, [`ce-${attribute}`]: '' };
		expect(reject({ headers })).toMatchObject({ code: 'invalid_cloud_event', path: attribute });
	});

	test.each(['0.3', '2.0', '10'])('of version %s', (specversion) => {
		const { code, message } = reject({ headers: structured, body: { ...json, specversion } });
		expect(code).toBe('invalid_cloud_event');
		expect(message).toContain(`"specversion" is "${specversion}".`);
	});

	test('with its ID', () => {
		const { source: _, ...body } = json;
		expect(reject({ headers: structured, body })).toMatchObject({ messageId: json.id, event: body });
		expect(reject({ headers: { ...binary, 'ce-source': '' } }).messageId).toBe('1234-1234-1234');
		expect(reject({ headers: { ...binary, 'ce-note': '%ff' } }).messageId).toBe('1234-1234-1234');
		expect(reject({ headers: structured, body: { ...json, id: 5, source: null } }).messageId).toBe('5');
		expect(reject({ headers: structured, body: { ...json, id: {} } })).not.toHaveProperty('messageId');
	});

	test.each([null, 'text', [json]].map((body) => [body]))('if it is not an object: %j', (body) => {
		expect(reject({ headers: batched, body: [body] })).toMatchObject({ code: 'not_an_object' });
	});
});

describe('the user', () => {
	test('is at the path, if there is one, and the subject stays in the context', () => {
		const body = { ...json, subject: 'order/5', data: { user: { id: 'u-1' } } };
		const { userId, context } = event({ headers: structured, body }, { paths: { userId: 'data.user.id' } });
		expect(userId).toBe('u-1');
		expect(context).toMatchObject({ cloudevents: { subject: 'order/5' } });
	});

	test('is at the same path in binary mode', () => {
		const options = { paths: { userId: 'data.user.id', anonymousId: 'data.device' } };
		const body = { user: { id: 'u-1' }, device: 'd-1' };
		expect(event({ headers: binary, body }, options)).toMatchObject({ userId: 'u-1', anonymousId: 'd-1' });
	});

	test.each([undefined, null, '', '  '])('is the subject where the path finds %j', (id) => {
		const body = { ...json, data: { user: { id } } };
		expect(event({ headers: structured, body }, { paths: { userId: 'data.user.id' } }).userId).toBe('user-1');
	});

	test('is missing: the reject says where to put it and has the event', () => {
		const { subject: _, ...body } = json;
		const rejected = reject({ headers: structured, body });
		expect(rejected).toMatchObject({ code: 'no_user_anon_id', messageId: json.id, event: body });
		expect(rejected.message).toContain('"subject"');
	});
});

describe('a CloudEvent that is labeled as any other JSON', () => {
	const plain = { specversion: '1.0', id: '1', source: '/shop', type: 'order.paid', subject: 'u1', data: {} };
	const headers = { 'content-type': 'application/json' };

	test('is recognized by itself, alone and in a list', () => {
		expect(read({ headers, body: plain })).toMatchObject({
			format: 'cloudevents-structured',
			detectedBy: 'the body has "specversion", "type" and "source"',
		});
		expect(read({ headers, body: [plain] }).format).toBe('cloudevents-batch');
		expect(event({ headers, body: [plain] })).toMatchObject({
			event: 'order.paid',
			userId: 'u1',
			messageId: '1',
		});
	});

	test.each([
		['a field of its own', { ...plain, specversion: 'draft' }],
		['no source', { ...plain, source: undefined }],
		['no type', { ...plain, type: 5 }],
	])('is not recognized with %s', (_, body) => {
		expect(read({ headers, body }).format).toBe('generic');
	});
});

describe('the binary mode of Kafka', () => {
	const headers = {
		...{
			ce_specversion: '1.0',
			ce_id: '1',
			ce_source: '/shop',
			ce_type: 'order.paid',
			ce_subject: 'Zoë 100%25',
		},
		'content-type': 'application/json',
	};

	test('has its attributes in headers with an underscore, in plain UTF-8', () => {
		expect(read({ headers, body: { total: 42 } })).toMatchObject({
			format: 'cloudevents-binary',
			detectedBy: 'the request has the header "ce_specversion"',
		});
		expect(event({ headers, body: { total: 42 } })).toMatchObject({
			...{ event: 'order.paid', userId: 'Zoë 100%25', messageId: '1' },
			properties: { total: 42 },
			context: { cloudevents: { source: '/shop' } },
		});
	});

	test('can have its data as text of JSON', () => {
		expect(event({ headers, body: '{"total":42}' }).properties).toEqual({ total: 42 });
	});
});

test.each([undefined, null, ''])('binary mode can have no data: %j', (body) => {
	const headers = {
		'ce-specversion': '1.0',
		'ce-id': '1',
		'ce-source': '/',
		'ce-type': 'user.loggedin',
		'ce-subject': 'u1',
	};
	expect(event({ headers, body })).toMatchObject({ event: 'user.loggedin', userId: 'u1', properties: {} });
});
