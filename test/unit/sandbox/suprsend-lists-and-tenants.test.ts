import { type Sandbox, startSandbox } from '../../sandbox';
import { send, signedHeaders, suprsendAuth } from './http';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const ask = async (method: string, path: string, body?: unknown) => {
	const reply = await send(sandbox.baseUrl('suprsend') + path, { method, body, headers: suprsendAuth });
	return { status: reply.status, body: reply.body === '' ? undefined : (JSON.parse(reply.body) as unknown) };
};
const get = (path: string) => ask('GET', path);
const post = (path: string, body: unknown) => ask('POST', path, body);
const notFound = (message: string) => ({
	status: 404,
	body: { code: 404, error_code: 'not_found', type: 'NotFound', message, detail: message },
});
const refusedFor = (field: string) => ({
	status: 400,
	body: {
		code: 400,
		error_code: 'error',
		type: 'ValidationError',
		detail: { [field]: [expect.any(String)] },
	},
});

describe('lists', () => {
	const LISTS = '/v1/subscriber_list/';
	const NEWSLETTER = `${LISTS}newsletter/`;
	const add = (ids: unknown, list = NEWSLETTER) => post(`${list}subscriber/add/`, { distinct_ids: ids });
	const remove = (ids: unknown, list = NEWSLETTER) =>
		post(`${list}subscriber/remove/`, { distinct_ids: ids });
	const affected = (count: number) => ({ status: 201, body: { success: true, affected_count: count } });
	const makeUsers = async (...ids: string[]) => {
		for (const id of ids) await post(`/v1/user/${id}/`, {});
	};

	test('come in pages', async () => {
		expect(await get(`${LISTS}?limit=1&offset=1`)).toEqual({
			status: 200,
			body: {
				meta: { count: 2, limit: 1, offset: 1 },
				results: [
					{
						list_id: 'trial-users',
						list_name: 'Trial users',
						list_description: '',
						list_type: 'static_list',
						subscribers_count: 0,
						source: null,
						is_readonly: false,
						status: 'active',
						track_user_entry: false,
						track_user_exit: false,
						requested_for_delete: false,
						created_at: '2025-01-01T00:00:00.000Z',
						updated_at: '2025-01-01T00:00:00.000Z',
						drafts: null,
					},
				],
			},
		});
		expect(await get(LISTS)).toMatchObject({ body: { meta: { count: 2, limit: 20, offset: 0 } } });
	});

	test.each(['limit=0', 'limit=1001', 'limit=x', 'offset=-1'])('refuses %s', async (query) => {
		expect(await get(`${LISTS}?${query}`)).toMatchObject(refusedFor(query.split('=')[0] ?? ''));
	});

	test('add existing users once', async () => {
		await makeUsers('u1', 'u2');
		expect(await add(['u1', 'u2', 'nobody'])).toEqual(affected(2));
		expect(await add(['u2'])).toEqual(affected(0));
		expect(await get(NEWSLETTER)).toMatchObject({ status: 200, body: { subscribers_count: 2 } });
		expect(await remove(['u1', 'nobody'])).toEqual(affected(1));
		expect(await get(`${LISTS}NEWSLETTER/`)).toMatchObject({ body: { subscribers_count: 1 } });
		const records = sandbox.records('suprsend').filter(({ kind }) => kind.startsWith('list'));
		expect(records).toMatchObject([
			{ kind: 'list add', name: 'newsletter', user: 'u1', body: { distinct_ids: ['u1'] } },
			{ kind: 'list add', name: 'newsletter', user: 'u2' },
			{ kind: 'list remove', name: 'newsletter', user: 'u1' },
		]);
	});

	test('answer 404 to another ID', async () => {
		const missing = notFound('list_id: nolist not found');
		expect(await get(`${LISTS}nolist/`)).toEqual(missing);
		expect(await add(['u1'], `${LISTS}nolist/`)).toEqual(missing);
		expect(await remove(['u1'], `${LISTS}nolist/`)).toEqual(missing);
	});

	test.each([undefined, 'u1', [1], ['']])('refuse %j', async (ids) => {
		expect(await add(ids)).toMatchObject(refusedFor('distinct_ids'));
		expect(await remove(ids)).toMatchObject(refusedFor('distinct_ids'));
	});

	test('can be created', async () => {
		expect(await post(LISTS, { list_id: 'VIP_1', list_name: 'VIPs' })).toMatchObject({
			status: 201,
			body: { list_id: 'vip_1', list_name: 'VIPs', subscribers_count: 0 },
		});
		expect((await get(`${LISTS}vip_1/`)).status).toBe(200);
		for (const list_id of [undefined, '', 'no blanks', 'x'.repeat(65)]) {
			expect(await post(LISTS, { list_id })).toMatchObject(refusedFor('list_id'));
		}
		sandbox.reset();
		expect((await get(`${LISTS}vip_1/`)).status).toBe(404);
	});
});

describe('tenants', () => {
	const TENANT = '/v1/tenant/acme/';

	test('are created and returned with every documented field', async () => {
		const body = {
			tenant_name: 'Acme',
			preference_page_url: 'https://acme.test/settings',
			properties: { k1: 'v1' },
		};
		const shape = {
			tenant_id: 'acme',
			tenant_name: 'Acme',
			logo: null,
			timezone: null,
			blocked_channels: null,
			embedded_preference_url: 'https://acme.test/settings',
			hosted_preference_domain: 'preferences.suprsend.com',
			primary_color: null,
			secondary_color: null,
			tertiary_color: null,
			social_links: {},
			properties: { k1: 'v1' },
			updated_at: expect.any(String),
		};
		expect(await post(TENANT, body)).toEqual({ status: 201, body: shape });
		expect(await get(TENANT)).toEqual({ status: 200, body: shape });
		expect(sandbox.records('suprsend')).toMatchObject([{ kind: 'tenant', name: 'Acme', body }]);
	});

	test('keep properties that an update does not mention', async () => {
		await post(TENANT, {
			tenant_name: 'Acme',
			logo: 'https://acme.test/a.png',
			properties: { k1: 'v1', k2: 'v2' },
		});
		await post(TENANT, { tenant_name: 'Acme Inc', properties: { k2: 'new' } });
		expect(await get(TENANT)).toMatchObject({
			body: { tenant_name: 'Acme Inc', logo: 'https://acme.test/a.png', properties: { k1: 'v1', k2: 'new' } },
		});
	});

	test.each([
		['tenant_name', {}],
		['tenant_name', { tenant_name: '' }],
		['social_links', { tenant_name: 'Acme', social_links: { website: null } }],
		['properties', { tenant_name: 'Acme', properties: [] }],
	])('are refused for their %s: %j', async (field, body) => {
		expect(await post(TENANT, body)).toMatchObject(refusedFor(field));
		expect((await get(TENANT)).status).toBe(404);
		expect(sandbox.records()).toEqual([]);
	});

	test.each(['a%20b', 'x'.repeat(65)])('refuse the ID %s', async (id) => {
		expect(await post(`/v1/tenant/${id}/`, { tenant_name: 'Acme' })).toMatchObject(refusedFor('tenant_id'));
	});

	test('come in pages, the default one first', async () => {
		await post(TENANT, { tenant_name: 'Acme' });
		expect(await get('/v1/tenant/?limit=1')).toMatchObject({
			status: 200,
			body: { meta: { count: 2, limit: 1, offset: 0 }, results: [{ tenant_id: 'default' }] },
		});
		expect(await get('/v1/tenant/?offset=1')).toMatchObject({ body: { results: [{ tenant_id: 'acme' }] } });
	});

	test('are deleted once', async () => {
		await post(TENANT, { tenant_name: 'Acme' });
		expect(await ask('DELETE', TENANT)).toEqual({ status: 204 });
		expect(await ask('DELETE', TENANT)).toEqual(notFound('No tenant found for tenant_id acme'));
		expect(await get(TENANT)).toEqual(notFound('No tenant found for tenant_id acme'));
	});
});

test.each([
	['GET', '/v1/subscriber_list/?limit=1&offset=0', undefined, 200],
	['POST', '/v1/subscriber_list/newsletter/subscriber/add/', '{"distinct_ids":["u1"]}', 201],
	['POST', '/v1/tenant/acme/', '{"tenant_name":"Acmé"}', 201],
	['POST', '/v1/user/a%20b%2Fc%40d%2B%C3%A9/', '{"name":"Zoë"}', 201],
	['PATCH', '/v1/user/a%20b%2Fc%40d%2B%C3%A9/', '{"operations":[{"$set":{"a":1}}]}', 202],
	['GET', '/v1/user/nobody%2F1/', undefined, 404],
	['DELETE', '/v1/tenant/default/', undefined, 204],
])('%s %s opens with a signature over exactly that', async (method, path, body, status) => {
	const headers = signedHeaders(body ?? '', { path, method });
	const url = sandbox.baseUrl('suprsend') + path;
	const otherwise = url.includes('?') ? `${url}&limit=2` : `${url}?limit=2`;
	expect((await send(otherwise, { method, body, headers })).status).toBe(401);
	expect((await send(url, { method, body, headers })).status).toBe(status);
	expect((await send(url, { method, body })).status).toBe(401);
});
