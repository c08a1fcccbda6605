import { convertAll, event, read, reject } from './helpers';

describe('several paths', () => {
	const clerk = { userId: 'data.user_id, data.id', event: 'type' };

	test('give what the first one finds that finds something', () => {
		expect(event({ body: { type: 'user.created', data: { id: 'user_1' } } }, { paths: clerk }).userId).toBe(
			'user_1',
		);
		expect(
			event(
				{ body: { type: 'session.created', data: { id: 'sess_1', user_id: 'user_1' } } },
				{ paths: clerk },
			).userId,
		).toBe('user_1');
	});

	test.each([
		['null', null],
		['empty text', ' '],
		['an object, since an ID is text', { id: 1 }],
	])('skip one that finds %s', (_, first) => {
		expect(event({ body: { first, second: 'u1' } }, { paths: { userId: 'first,second' } }).userId).toBe('u1');
	});

	test('say what is wrong if none finds an ID', () => {
		expect(reject({ body: { first: {} } }, { paths: { userId: 'first, second' } }).code).toBe('id_not_text');
		expect(reject({ body: {} }, { paths: { userId: 'first, second' } }).message).toContain(
			'The path to the user ID, "first, second", finds nothing.',
		);
	});

	test('can have commas in quotes', () => {
		const body = { 'last, first': 'u1', "it's": { a: 'x' } };
		expect(event({ body }, { paths: { userId: 'nowhere, ["last, first"]' } }).userId).toBe('u1');
		expect(event({ body }, { paths: { userId: "['last, first']", event: "['it\\'s'].a" } })).toMatchObject({
			userId: 'u1',
			event: 'x',
		});
	});

	test('can be for the list of events and for the properties', () => {
		const paths = { events: 'rows, items', properties: 'data, payload', userId: 'id' };
		const { events } = convertAll({ body: { items: [{ id: 1, payload: { a: 1 } }] } }, { paths });
		expect(events).toMatchObject([{ userId: '1', properties: { a: 1 } }]);
	});
});

describe('a path that finds nothing in the entry of a list', () => {
	const body = {
		client_id: '123.456',
		user_id: 'u1',
		id: 'req-1',
		events: [
			{ name: 'purchase', params: { value: 42 } },
			{ name: 'refund', user_id: 'u2' },
		],
	};
	const paths = { events: 'events', event: 'name', userId: 'user_id', anonymousId: 'client_id' };

	test('starts at the body', () => {
		expect(convertAll({ body }, { paths }).events).toMatchObject([
			{ event: 'purchase', userId: 'u1', anonymousId: '123.456', properties: body.events[0] },
			{ event: 'refund', userId: 'u2', anonymousId: '123.456' },
		]);
	});

	test('gives the request its ID, so that its events stay apart', () => {
		const { events, duplicates, sendersIds } = convertAll({ body }, { paths: { ...paths, messageId: 'id' } });
		expect(events.map(({ messageId }) => messageId)).toEqual(['req-1:0', 'req-1:1']);
		expect(duplicates).toBe(0);
		expect(sendersIds.has('req-1:0')).toBe(true);
	});

	test('leaves the request without an ID if it is the event itself', () => {
		const request = { body: { id: 'e1', userId: 'u1' }, headers: { 'webhook-id': 'w1' } };
		expect(event(request, { paths: { messageId: 'id' } })).toMatchObject({
			messageId: 'e1',
			_meta: { webhookId: 'w1' },
		});
	});

	test('finds no properties there, which every event would repeat', () => {
		const { events } = convertAll(
			{ body: { ...body, big: { a: 1 } } },
			{ paths: { ...paths, properties: 'big' } },
		);
		expect(events[0]?.properties).toEqual(body.events[0]);
	});

	test('finds no object there', () => {
		const { rejected } = convertAll(
			{ body: { who: { id: 1 }, events: [{}] } },
			{ paths: { events: 'events', userId: 'who' } },
		);
		expect(rejected).toMatchObject([{ code: 'no_user_anon_id' }]);
	});
});

describe('a path to a header', () => {
	const headers = {
		'x-topic': 'orders/paid',
		'x-id': 'evt_1',
		authorization: 'Bearer secret-0123456789',
		cookie: 'session=secret',
		'x-write-key': 'secret-0123456789',
	};
	const paths = { event: 'header:X-Topic', messageId: 'header:x-id', userId: 'id' };

	test('reads it, whatever its case', () => {
		expect(event({ body: { id: 1 }, headers }, { paths })).toMatchObject({
			event: 'orders/paid',
			messageId: 'evt_1',
			_meta: { webhookId: 'evt_1' },
		});
	});

	test('gives the events of a list IDs that differ', () => {
		const { events } = convertAll({ body: [{ id: 1 }, { id: 2 }], headers }, { paths });
		expect(events.map(({ messageId }) => messageId)).toEqual(['evt_1:0', 'evt_1:1']);
	});

	test('can have alternatives', () => {
		const options = { paths: { ...paths, event: 'header:x-none, kind', messageId: 'header:x-none, id' } };
		expect(event({ body: { id: 1, kind: 'paid' }, headers }, options)).toMatchObject({
			event: 'paid',
			messageId: '1',
		});
	});

	test.each(['authorization', 'Cookie', 'X-Write-Key'])(
		'finds nothing in %s, which holds secrets',
		(name) => {
			const { event: found } = event(
				{ body: { id: 1 }, headers },
				{ paths: { event: `header:${name}`, userId: 'id' } },
			);
			expect(found).toBe('webhook_received');
		},
	);
});

describe('the path of a field that was dragged in', () => {
	const outside = {
		body: {
			events: [
				{ who: { 'user id': 'u1' }, n: 'a' },
				{ who: { 'user id': 'u2' }, n: 'b' },
			],
			at: '2025-01-01T00:00:00Z',
		},
		topic: 'orders',
	};
	const item = { outside, pathToBody: 'body' };

	test('starts at the item, and is read as a path from each event', () => {
		const paths = {
			events: 'body.events',
			userId: "body.events[0].who['user id']",
			event: 'body.events[0].n',
			timestamp: 'body.at',
		};
		expect(convertAll({ body: outside.body }, { item, paths }).events).toMatchObject([
			{ event: 'a', userId: 'u1', timestamp: '2025-01-01T00:00:00.000Z' },
			{ event: 'b', userId: 'u2', timestamp: '2025-01-01T00:00:00.000Z' },
		]);
	});

	test('can be beside the payload', () => {
		const paths = { events: 'events', userId: "who['user id']", event: 'topic' };
		const [first] = convertAll({ body: outside.body }, { item, paths }).events;
		expect(first).toMatchObject({ event: 'orders', userId: 'u1' });
	});

	test('of one entry is not taken for all where another entry lacks it', () => {
		const body = { events: [{ user: 'u1' }, {}] };
		const { events, rejected } = convertAll(
			{ body },
			{ paths: { events: 'events', userId: 'events[0].user' } },
		);
		expect(events).toMatchObject([{ userId: 'u1' }]);
		expect(rejected).toMatchObject([{ index: 1, code: 'no_user_anon_id' }]);
	});

	test.each(['user.id', '["user.id"]', "['user.id']"])('can have dots in its name: %s', (userId) => {
		expect(event({ body: { 'user.id': 'u1' } }, { paths: { userId } }).userId).toBe('u1');
	});
});

describe('a byte order mark in the first name of a table', () => {
	const row = { '\uFEFFuser_id': 'u1', total: '5' };

	test.each(['user_id', '\uFEFFuser_id', "['\uFEFFuser_id']"])(
		'does not hide the field from the path %j',
		(userId) => {
			expect(event({ body: row }, { paths: { userId } })).toMatchObject({
				userId: 'u1',
				properties: { user_id: 'u1', total: '5' },
			});
			expect(convertAll({ body: [row, row] }, { paths: { userId } }).events).toHaveLength(2);
		},
	);

	test('does not hide an event of Segment', () => {
		const body = { '\uFEFFtype': 'track', event: 'e', userId: 'u1' };
		expect(read({ body }).format).toBe('segment');
		expect(event({ body })._meta.warnings).toEqual([]);
	});

	test('does no harm, however deep it is', () => {
		let body: unknown = [];
		for (let level = 0; level < 50_000; level++) body = [{ '\uFEFFa': 1 }, body];
		expect(() => read({ body })).not.toThrow();
	});
});
