import { nowIso, parsed } from '../event/helpers';
import { event, read, reject, convertAll } from './helpers';

const body = {
	id: 'evt-1',
	kind: 'invoice.paid',
	at: 1735787000,
	customer: { id: 'c-1', device: 'd-1', 'e.mail': 'ada@example.com' },
	lines: [{ sku: 'a' }, { sku: 'b' }],
};
const paths = {
	event: 'kind',
	userId: 'customer.id',
	anonymousId: 'customer["device"]',
	messageId: 'id',
	timestamp: 'at',
};

test('reads the fields at the paths and keeps the whole body as properties', () => {
	expect(read({ body })).toMatchObject({ format: 'generic', detectedBy: 'no other format fits' });
	expect(event({ body }, { paths })).toMatchObject({
		type: 'track',
		event: 'invoice.paid',
		userId: 'c-1',
		anonymousId: 'd-1',
		messageId: 'evt-1',
		timestamp: '2025-01-02T03:03:20.000Z',
		properties: body,
		_meta: { format: 'generic', warnings: [] },
	});
});

test('reads the fields of the same names without paths', () => {
	const body = { userId: 'u-1', anonymousId: 'a-1', messageId: 'm-1', timestamp: nowIso, total: 5 };
	expect(event({ body })).toMatchObject({
		event: 'webhook_received',
		userId: 'u-1',
		anonymousId: 'a-1',
		messageId: 'm-1',
		timestamp: nowIso,
		properties: body,
	});
});

test.each([
	['dots', 'customer.id', 'c-1'],
	['brackets', '["customer"]["id"]', 'c-1'],
	['an index', 'lines[1].sku', 'b'],
	['a key with a dot', "customer['e.mail']", 'ada@example.com'],
	['blanks around', ' customer.id ', 'c-1'],
])('reads a path with %s', (_, userId, expected) => {
	expect(event({ body }, { paths: { userId } }).userId).toBe(expected);
});

test.each(['constructor.name', '__proto__.x', 'customer.constructor', 'id.length', 'nowhere.at.all'])(
	'finds no inherited field at "%s"',
	(userId) => {
		const { code, message } = reject({ body }, { paths: { userId } });
		expect(code).toBe('no_user_anon_id');
		expect(message).toContain(`The path to the user ID, "${userId}", finds nothing.`);
	},
);

describe('the event name', () => {
	const named = (value: unknown) =>
		event({ body: { name: value, userId: 'u-1' } }, { paths: { event: 'name' } }).event;

	test.each([
		['text', 'paid', 'paid'],
		['a number', 404, '404'],
		['nothing', undefined, 'webhook_received'],
		['blank text', ' ', 'webhook_received'],
		['an object', {}, 'webhook_received'],
	])('of %s', (_, value, expected) => {
		expect(named(value)).toBe(expected);
	});
});

describe('the properties', () => {
	const at = (path: string) => event({ body }, { paths: { ...paths, properties: path } }).properties;

	test.each([
		['an object', 'customer', body.customer],
		['a list', 'lines', { data: body.lines }],
		['a text', 'kind', { data: 'invoice.paid' }],
		['nothing', 'nowhere', body],
		['an empty path', ' ', body],
	])('at %s', (_, path, expected) => {
		expect(at(path)).toEqual(expected);
	});
});

describe('the list of events', () => {
	const list = { data: { items: [{ user: 'u-1', n: 1 }, 'bad', { user: 'u-2', n: 2 }] } };
	const options = { paths: { events: 'data.items', userId: 'user', messageId: 'n' } };

	test('is split, and paths start at each event', () => {
		const { events, rejected } = convertAll({ body: list }, options);
		expect(events).toMatchObject([
			{ userId: 'u-1', messageId: '1', properties: { user: 'u-1', n: 1 }, _meta: { batchSize: 3 } },
			{ userId: 'u-2', messageId: '2' },
		]);
		expect(rejected).toMatchObject([{ index: 1, code: 'not_an_object', event: 'bad' }]);
	});

	test.each([
		['nothing', {}],
		['no list', { data: { items: 5 } }],
	])('that is %s makes the body one event', (_, fields) => {
		const received = { user: 'u-1', ...fields };
		expect(event({ body: received }, options).properties).toEqual(received);
	});

	test('can be the body itself if the format is set in the node', () => {
		const request = { body: [{ user: 'u-1' }, { user: 'u-2' }] };
		expect(convertAll(request, { ...options, format: 'generic' }).events).toHaveLength(2);
	});
});

test('the reject of an event without a user says what to set and has the event', () => {
	const received = { user_id: 7, writeKey: 'wk_0123456789abcdef', total: 5 };
	const rejected = reject({ body: received });
	expect(rejected).toMatchObject({ code: 'no_user_anon_id', event: { user_id: 7, total: 5 } });
	expect(rejected.message).toContain('Rename "user_id" to "userId".');
	expect(rejected.message).toContain('set the path to the user ID');
});

test.each(['writeKey', 'api_key'])('keeps secrets out of events: %s', (field) => {
	const received = { [field]: 'wk_0123456789abcdef', userId: 'u-1', total: 5 };
	expect(event({ body: received }, { format: 'generic' }).properties).toEqual({ userId: 'u-1', total: 5 });
});

test('drops an unsafe key with a warning', () => {
	const received = event(
		{ body: parsed('{"event":"e","userId":"u-1","__proto__":{"userId":"u-2"}}') },
		{ format: 'generic' },
	);
	expect(received).toMatchObject({ userId: 'u-1', _meta: { warnings: [{ code: 'unsafe_key_dropped' }] } });
	expect(Object.keys(received.properties)).toEqual(['event', 'userId']);
});

test.each([[null], ['text'], [5], [true]])('rejects %j, which is not an event', (body) => {
	expect(reject({ body })).toMatchObject({ code: 'not_an_object', event: body });
});

test.each([{}, { event: '' }, { event: null }, { evnt: 'Order Completed' }])(
	'warns of an event without a name: %j',
	(parts) => {
		const { event: name, _meta } = event({ body: { userId: 'u-1', ...parts } }, { format: 'generic' });
		expect(name).toBe('webhook_received');
		expect(_meta.warnings).toMatchObject([{ path: 'event', code: 'no_event_name' }]);
	},
);
