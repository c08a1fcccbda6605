import { type Sandbox, startSandbox } from '../../sandbox';
import { relationkitAuth, send } from './http';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const post = (path: string, body: unknown, headers: Record<string, string> = relationkitAuth) =>
	send(sandbox.baseUrl('relationkit') + path, { body, headers });

test.each([
	['/ping', 'customer', { customer: { user_id: 'u1', name: 'Jane', custom_attributes: {} } }, 'Jane'],
	['/events', 'event', { event: { user_id: 'u1', name: 'visited-page', metadata: {} } }, 'visited-page'],
])('POST %s is answered 200 without a body and stored as a %s', async (path, kind, body, name) => {
	expect(await post(path, body)).toMatchObject({ status: 200, body: '' });
	const stored = { provider: 'relationkit', kind, body, name, user: 'u1', request: 0 };
	expect(sandbox.records('relationkit', kind)).toEqual([{ ...stored, at: expect.any(Number) }]);
});

test.each([{}, { user_id: '', custom_attributes: { plan: 'pro' } }])(
	'a ping that names nobody, like %j, is answered and leaves no customer',
	async (customer) => {
		expect(await post('/ping', { customer })).toMatchObject({ status: 200, body: '' });
		expect(sandbox.records()).toEqual([]);
	},
);

test.each([
	['/ping', { event: { user_id: 'u1' } }],
	['/events', { customer: { user_id: 'u1' } }],
	['/events', { event: 'visited-page' }],
	['/events', { event: [{ name: 'visited-page' }] }],
	['/events', [{ event: { name: 'visited-page' } }]],
	['/events', '{"event":{}'],
	['/events', ''],
])('POST %s with %j is 400 without a body, and nothing is stored', async (path, body) => {
	expect(await post(path, body)).toMatchObject({ status: 400, body: '' });
	expect(sandbox.records()).toEqual([]);
});

test.each<Record<string, string>>([
	{},
	{ authorization: 'Bearer another' },
	{ authorization: relationkitAuth.authorization.replace('Bearer', 'Basic') },
	{ authorization: relationkitAuth.authorization.replace('Bearer ', '') },
])('with %j it is 401 without a body, and nothing is stored', async (headers) => {
	expect(await post('/events', { event: {} }, headers)).toMatchObject({ status: 401, body: '' });
	expect(sandbox.records()).toEqual([]);
});

test('answers 404 to an unknown path and 405 to another method', async () => {
	expect((await post('/event', { event: {} })).status).toBe(404);
	expect((await send(`${sandbox.url}/relationkit`, { body: {}, headers: relationkitAuth })).status).toBe(404);
	expect(
		(await send(`${sandbox.url}/relationkit/events`, { body: {}, headers: relationkitAuth })).status,
	).toBe(404);
	const wrongMethod = await send(`${sandbox.baseUrl('relationkit')}/ping`, { headers: relationkitAuth });
	expect(wrongMethod).toMatchObject({ status: 405, headers: { allow: 'POST' } });
	expect(sandbox.requests('relationkit').map(({ status }) => status)).toEqual([404, 404, 404, 405]);
});
