import { credentials, type Sandbox, startSandbox } from '../../sandbox';
import { send, signedHeaders, suprsendAuth } from './http';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');

let sandbox: Sandbox;
let clock: number;
beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock });
});
afterAll(() => sandbox.close());
beforeEach(() => {
	clock = NOW;
	sandbox.reset();
});

const ask = async (method: string, path: string, body?: unknown) => {
	const reply = await send(sandbox.baseUrl('suprsend') + path, { method, body, headers: suprsendAuth });
	const isJson = reply.headers['content-type'] === 'application/json';
	return { status: reply.status, body: isJson ? (JSON.parse(reply.body) as unknown) : reply.body };
};
const user = (id: string) => `/v1/user/${encodeURIComponent(id)}/`;
const upsert = (id: string, body: unknown) => ask('POST', user(id), body);
const get = (id: string) => ask('GET', user(id));
const edit = (id: string, ...operations: unknown[]) => ask('PATCH', user(id), { operations });
const post = (body: unknown) => ask('POST', '/event/', body);

const active = (value: unknown, more: object = {}) => ({
	value,
	...more,
	status: 'active',
	perma_status: 'active',
});
const at = new Date(NOW).toISOString();
const invalid = { status: 400, body: { code: 400, message: 'invalid_request_error' } };
const notFound = (id: string) => ({
	status: 404,
	body: { code: 404, message: `user [distinct_id: '${id}'] not found` },
});

describe('upsert', () => {
	test('creates a user in the documented shape', async () => {
		const body = {
			name: 'Jane',
			$email: ['jane@example.test'],
			$sms: ['+15555555555'],
			$timezone: 'Asia/Kolkata',
		};
		const shape = {
			distinct_id: 'a b/c@d+é',
			properties: { name: 'Jane', $timezone: 'Asia/Kolkata' },
			created_at: at,
			updated_at: at,
			$email: [active('jane@example.test')],
			$sms: [active('+15555555555')],
		};
		expect(await upsert('a b/c@d+é', body)).toEqual({ status: 201, body: shape });
		expect(await get('a b/c@d+é')).toEqual({ status: 200, body: shape });
		expect(sandbox.records('suprsend')).toMatchObject([
			{ kind: 'user', name: 'Jane', user: 'a b/c@d+é', body },
		]);
	});

	test('adds to an existing user', async () => {
		await upsert('u1', { name: 'Jane', $email: ['one@example.test'] });
		clock += 1000;
		const { body } = await upsert('u1', { plan: 'pro', $email: ['one@example.test', 'two@example.test'] });
		expect(body).toEqual({
			distinct_id: 'u1',
			properties: { name: 'Jane', plan: 'pro' },
			created_at: at,
			updated_at: new Date(clock).toISOString(),
			$email: [active('one@example.test'), active('two@example.test')],
		});
	});

	test.each([
		['what is not JSON', '{"name":'],
		['an array', [{ name: 'Jane' }]],
		['an email that is no list', { $email: 'jane@example.test' }],
		['a number as a phone number', { $sms: [15555555555] }],
		['text as a Slack channel', { $slack: ['C123'] }],
		['a timezone that is no text', { $timezone: 2 }],
	])('refuses %s', async (_title, body) => {
		expect(await upsert('u1', body)).toEqual(invalid);
		expect(await get('u1')).toEqual(notFound('u1'));
		expect(sandbox.records()).toEqual([]);
	});

	test('refuses an ID of spaces', async () => {
		expect(await upsert(' ', {})).toEqual(invalid);
	});
});

describe('edit', () => {
	test('applies operations in order and creates a missing user', async () => {
		const operations = [
			{ $set: { name: 'Jane', visits: 1, tags: ['a'], gone: true } },
			{ $set_once: { name: 'Joe', first_seen: 'today' } },
			{ $add: { visits: 2, points: 5 } },
			{ $append: { tags: 'b', list: 'x' } },
			{ $append: { $email: 'a@example.test' } },
			{ $append: { $email: 'b@example.test' } },
			{ $append: { $androidpush: 'tok', $id_provider: 'fcm' } },
			{ $append: { $slack: { channel_id: 'C1', access_token: 'xoxb' } } },
			{ $remove: { tags: 'a', $email: 'a@example.test' } },
			{ $append: { $sms: '+15555555555' } },
			{ $unset: ['gone', '$sms'] },
		];
		const reply = await edit('u1', ...operations);
		expect(reply).toEqual({
			status: 202,
			body: {
				distinct_id: 'u1',
				properties: { name: 'Jane', visits: 3, tags: ['b'], first_seen: 'today', points: 5, list: ['x'] },
				created_at: at,
				updated_at: at,
				$email: [active('b@example.test')],
				$androidpush: [active('tok', { id_provider: 'fcm' })],
				$slack: [active({ channel_id: 'C1', access_token: 'xoxb' })],
			},
		});
		expect(await get('u1')).toEqual({ status: 200, body: reply.body });
		expect(sandbox.records('suprsend', 'user edit')).toMatchObject([{ user: 'u1', body: { operations } }]);
	});

	test('counts a repeated increment twice', async () => {
		await edit('u1', { $add: { visits: 1 } });
		await edit('u1', { $add: { visits: 1 } });
		expect((await get('u1')).body).toMatchObject({ properties: { visits: 2 } });
	});

	const wrong: unknown[] = [
		[],
		[{}],
		['$set'],
		[{ $set: 'name' }],
		[{ $unset: 'name' }],
		[{ $unset: [1] }],
		[{ $add: { visits: '1' } }],
		[{ $increment: { visits: 1 } }],
		[{ name: 'Jane' }],
		[{ $set: { a: 1 } }, { $rename: { a: 'b' } }],
	];

	test.each(wrong.map((operations) => [operations]))('refuses %j', async (operations) => {
		expect(await ask('PATCH', user('u1'), { operations })).toEqual(invalid);
		const reply = await post({ distinct_id: 'u1', $user_operations: operations });
		expect(reply).toMatchObject({ status: 400, body: { type: 'ValidationError' } });
		expect((await get('u1')).status).toBe(404);
		expect(sandbox.records()).toEqual([]);
	});

	test('refuses a body without operations', async () => {
		expect(await ask('PATCH', user('u1'), { $set: { a: 1 } })).toEqual(invalid);
	});
});

describe('edits through /event/', () => {
	const edited = (n: number, more: object = {}) => ({
		distinct_id: `u${n}`,
		$user_operations: [{ $set: { n } }],
		...more,
	});

	test('accept one operation, one edit, or many', async () => {
		expect(await post({ distinct_id: 'u0', $user_operations: { $set: { n: 0 } } })).toEqual({
			status: 202,
			body: 'OK',
		});
		expect(await post(edited(1))).toEqual({ status: 202, body: 'OK' });
		const many = Array.from({ length: 400 }, (_, n) => edited(n + 2));
		expect(await post(many)).toEqual({ status: 202, body: 'OK' });
		expect((await get('u0')).body).toMatchObject({ properties: { n: 0 } });
		expect((await get('u401')).body).toMatchObject({ properties: { n: 401 } });
		expect(sandbox.records('suprsend', 'user')).toHaveLength(402);
		expect(sandbox.records()[401]).toMatchObject({ name: '$set', user: 'u401', body: edited(401) });
	});

	test.each([
		['401 edits', Array.from({ length: 401 }, (_, n) => edited(n))],
		['a bad one among good ones', [edited(1), edited(2, { distinct_id: '' })]],
		[
			'101 records with an event among them',
			[...Array.from({ length: 100 }, (_, n) => edited(n)), { distinct_id: 'u', event: 'order' }],
		],
		[
			'an edit of more than 10 KB',
			[edited(1), edited(2, { $user_operations: [{ $set: { pad: 'x'.repeat(10_240) } }] })],
		],
		[
			'400 edits of more than 800 KB',
			Array.from({ length: 400 }, (_, n) => edited(n, { properties: { pad: 'x'.repeat(2100) } })),
		],
	])('refuses %s, and applies nothing', async (_title, body) => {
		expect(await post(body)).toMatchObject({ status: 400, body: { type: 'ValidationError' } });
		expect((await get('u1')).status).toBe(404);
		expect(sandbox.records()).toEqual([]);
	});

	test('require the workspace in a signed edit', async () => {
		const signed = (body: string) =>
			send(`${sandbox.baseUrl('suprsend')}/event/`, { body, headers: signedHeaders(body) });
		expect((await signed(JSON.stringify(edited(1)))).status).toBe(400);
		const env = credentials.suprsend.workspaceKey;
		expect((await signed(JSON.stringify(edited(1, { env, $schema: '2' })))).status).toBe(202);
	});
});

test('deletes a user once', async () => {
	await upsert('u1', {});
	expect(await ask('DELETE', user('u1'))).toEqual({ status: 204, body: '' });
	expect(await ask('DELETE', user('u1'))).toEqual(notFound('u1'));
	expect(await get('u1')).toEqual(notFound('u1'));
	expect(sandbox.records('suprsend', 'user delete')).toMatchObject([{ user: 'u1' }]);
});

test('forgets users on reset', async () => {
	await upsert('u1', {});
	sandbox.reset();
	expect(await get('u1')).toEqual(notFound('u1'));
});

describe('the list', () => {
	interface Listed {
		meta: { after: string | null; before: string | null };
		results: Array<{ distinct_id: string }>;
	}
	const list = async (query: string) => (await ask('GET', `/v1/user/${query}`)).body as Listed;
	const idsIn = ({ results }: Listed) => results.map(({ distinct_id: id }) => id);

	test('is empty at first', async () => {
		expect(await list('?limit=1')).toEqual({
			meta: { count: 0, limit: 1, has_prev: false, before: null, has_next: false, after: null },
			results: [],
		});
	});

	test('goes forward and back by cursors, past a deleted user', async () => {
		for (const id of ['a', 'b', 'c', 'd', 'e']) await upsert(id, { $email: ['x@example.test'] });
		const first = await list('?limit=2');
		expect(first).toEqual({
			meta: { count: 5, limit: 2, has_prev: false, before: null, has_next: true, after: expect.any(String) },
			results: ['a', 'b'].map((id) => ({ distinct_id: id, properties: {}, created_at: at, updated_at: at })),
		});
		await ask('DELETE', user('b'));
		const second = await list(`?limit=2&after=${first.meta.after}`);
		expect(second.meta).toMatchObject({ has_prev: true, has_next: true });
		expect(idsIn(second)).toEqual(['c', 'd']);
		const third = await list(`?limit=2&after=${second.meta.after}`);
		expect(third).toMatchObject({ meta: { has_next: false, after: null }, results: [{ distinct_id: 'e' }] });
		expect(idsIn(await list(`?limit=2&before=${third.meta.before}`))).toEqual(['c', 'd']);
		expect(idsIn(await list(`?before=${second.meta.before}`))).toEqual(['a']);
	});

	test.each(['?limit=0', '?limit=x', '?after=nonsense', `?after=${'0'.repeat(26)}&before=${'0'.repeat(26)}`])(
		'refuses %s',
		async (query) => {
			expect(await ask('GET', `/v1/user/${query}`)).toEqual(invalid);
		},
	);
});
