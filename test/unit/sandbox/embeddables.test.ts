import { credentials, type Sandbox, startSandbox } from '../../sandbox';
import { embeddablesAuth, send } from './http';

const { projectId } = credentials.embeddables;

let sandbox: Sandbox;
let clock: number;
beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock });
});
afterAll(() => sandbox.close());
beforeEach(() => {
	clock = Date.parse('2026-01-02T03:04:05.678Z');
	sandbox.reset();
});

const identified = (value: unknown, key = 'email') => [{ key, value: JSON.stringify(value) }];
const event = (more: object = {}) => ({
	embeddable_id: 'flow_myexampleflow',
	timestamp: '2022-01-01T00:00:00.000Z',
	custom_event_name: 'my_custom_event',
	custom_event_props: '{"my_prop": "my_val"}',
	identifiers: identified('test@test.com'),
	...more,
});
const project = (path: string, options?: Parameters<typeof send>[1], id: string = projectId) =>
	send(`${sandbox.baseUrl('embeddables')}/projects/${id}${path}`, { headers: embeddablesAuth, ...options });
const post = (body: unknown) => project('/events', { body });

test('answers an event as documented and stores it', async () => {
	const reply = await post(event());
	expect(reply.status).toBe(200);
	expect(JSON.parse(reply.body)).toEqual({
		group_id: expect.any(String),
		project_id: projectId,
		embeddable_id: 'flow_myexampleflow',
		embeddable_version_number: 1,
		contact_id: 'contact_1',
		entry_id: 'entry_1',
		timestamp: '2022-01-01T00:00:00.000Z',
		event_type: 'custom_event:triggered',
		custom_event_name: 'my_custom_event',
		custom_event_props: '{"my_prop": "my_val"}',
	});
	expect(sandbox.records('embeddables')).toMatchObject([
		{ kind: 'event', name: 'my_custom_event', user: 'test@test.com', body: event() },
	]);
});

test.each(['2nd_order', 'größe_geändert', 'a', 'v2'])(
	'accepts the name %s, since the documentation only asks for snake_case',
	async (name) => {
		expect(await post(event({ custom_event_name: name }))).toMatchObject({ status: 200 });
	},
);

test.each([
	{ embeddable_id: undefined },
	{ embeddable_id: 7 },
	{ embeddable_id: '' },
	{ timestamp: undefined },
	{ timestamp: 'yesterday' },
	{ timestamp: 1640995200000 },
	{ custom_event_name: undefined },
	{ custom_event_name: 'My Event' },
	{ custom_event_name: 'myEvent' },
	{ custom_event_name: 'my-event' },
	{ custom_event_name: 'my__event' },
	{ custom_event_name: '_my_event' },
	{ custom_event_name: 'Ärger' },
	{ custom_event_props: undefined },
	{ custom_event_props: { my_prop: 'my_val' } },
	{ custom_event_props: '[1]' },
	{ custom_event_props: 'my_val' },
	{ identifiers: undefined },
	{ identifiers: [] },
	{ identifiers: [...identified('a@b.test'), ...identified('u1', 'user_id')] },
	{ identifiers: [{ key: 'email', value: 'test@test.com' }] },
	{ identifiers: [{ key: 'user_id', value: 7 }] },
	{ identifiers: [{ value: '"a@b.test"' }] },
])('%j: 400 without a body, and nothing is stored', async (flaw) => {
	expect(await post(event(flaw))).toMatchObject({ status: 400, body: '' });
	expect(sandbox.records()).toEqual([]);
});

test('answers a body that is not JSON with 400', async () => {
	expect(await post('{"embeddable_id":')).toMatchObject({ status: 400, body: '' });
});

test.each([
	['a value with “unknown” in it', { identifiers: identified('unknown@test.com') }],
	['a key with “unknown” in it', { identifiers: identified('test@test.com', 'unknown_key') }],
	['an embeddable with “unknown” in it', { embeddable_id: 'flow_Unknown' }],
	['a value that is escaped twice', { identifiers: identified(JSON.stringify('test@test.com')) }],
])('%s: no entry', async (_title, more) => {
	expect(await post(event(more))).toMatchObject({ status: 404, body: 'ENTRY_NOT_FOUND' });
	expect(sandbox.records()).toEqual([]);
});

test('has an entry for any other person, always the same one', async () => {
	const entryOf = async (value: unknown, key?: string) =>
		(JSON.parse((await post(event({ identifiers: identified(value, key) }))).body) as { entry_id: string })
			.entry_id;
	expect(await entryOf('new@test.com')).toBe('entry_4');
	expect(await entryOf(42, 'user_id')).toBe('entry_5');
	expect(await entryOf('new@test.com')).toBe('entry_4');
});

test('answers another key with 401 and another project with 404, without a body', async () => {
	const others: Array<Record<string, string>> = [
		{},
		{ 'x-api-key': 'rk_another' },
		{ authorization: embeddablesAuth['x-api-key'] },
	];
	for (const headers of others) {
		expect(await project('/events', { body: event(), headers })).toMatchObject({ status: 401, body: '' });
		expect(await project('/entries', { headers })).toMatchObject({ status: 401, body: '' });
	}
	expect(await project('/events', { body: event() }, 'pr_another')).toMatchObject({ status: 404, body: '' });
	expect(await project('/entries', {}, 'pr_another')).toMatchObject({ status: 404, body: '' });
	expect(sandbox.records()).toEqual([]);
});

describe('reading', () => {
	const entries = async (query = '') =>
		JSON.parse((await project(`/entries${query}`)).body) as Array<Record<string, string>>;
	const ids = async (query: string) => (await entries(query)).map(({ entry_id: id }) => id);

	test('returns entries as an array with the answers as a JSON string', async () => {
		const [first, ...others] = await entries();
		expect(others).toHaveLength(2);
		expect(first).toEqual({
			entry_id: 'entry_1',
			embeddable_id: 'flow_myexampleflow',
			created_at: '2025-01-01T00:00:00.000Z',
			updated_at: '2025-01-01T00:00:00.000Z',
			entry_data: expect.any(String),
		});
		expect(JSON.parse(first?.entry_data ?? '')).toMatchObject({
			email: 'test@test.com',
			current_page_key: 'welcome',
			highest_page_reached_index: 0,
		});
	});

	test('pages, sorts and filters by time', async () => {
		await post(event({ identifiers: identified('new@test.com') }));
		expect(await ids('?limit=2')).toEqual(['entry_1', 'entry_2']);
		expect(await ids('?limit=1&sort=created_at&direction=DESC')).toEqual(['entry_4']);
		expect(await ids('?updated_after=2025-06-01T00:00:00Z')).toEqual(['entry_4']);
		expect(await ids('?updated_before=2025-06-01T00:00:00Z&limit=1000')).toHaveLength(3);
	});

	test.each(['?limit=1001', '?limit=0', '?limit=x', '?sort=name', '?direction=up', '?updated_after=today'])(
		'%s is 400',
		async (query) => {
			expect((await project(`/entries${query}`)).status).toBe(400);
		},
	);

	test('returns page views', async () => {
		const reply = await project('/entries-page-views?limit=1&offset=1');
		expect(JSON.parse(reply.body)).toEqual([
			{
				entry_id: 'entry_2',
				project_id: projectId,
				embeddable_id: 'flow_myexampleflow',
				contact_id: 'contact_2',
				created_at: expect.any(String),
				updated_at: expect.any(String),
				page_views: [
					{ timestamp: expect.any(String), page_id: 'page_sandbox', page_key: 'welcome', page_index: 0 },
				],
			},
		]);
	});

	test('forgets new people on reset', async () => {
		await post(event({ identifiers: identified('new@test.com') }));
		sandbox.reset();
		expect(await entries()).toHaveLength(3);
	});
});
