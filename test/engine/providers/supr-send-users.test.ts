import { aUser, byId, having, under } from '../harness/supr-send';
import { describeProvider, type RefusalCase, type RequestCase } from '../harness/provider-suite';

const ada = { distinctId: byId('ada') };
const nothing = '={{ $json.missing }}';

const requests: RequestCase[] = [
	{
		title: 'one item each',
		operation: 'user:getMany',
		arrange: having(aUser('ada', { plan: 'pro' }), aUser('grace')),
		fields: { limit: 2 },
		request: { method: 'GET', path: '/v1/user/', query: '?limit=2', body: undefined },
		requests: 3,
		responses: [
			expect.objectContaining({ distinct_id: 'ada', properties: { plan: 'pro' } }),
			expect.objectContaining({ distinct_id: 'grace' }),
		],
	},
	{
		title: 'with when the user was added',
		operation: 'user:getLists',
		arrange: having(aUser('ada'), [
			'POST',
			'/v1/subscriber_list/newsletter/subscriber/add/',
			{ distinct_ids: ['ada'] },
		]),
		fields: ada,
		request: { method: 'GET', path: '/v1/user/ada/subscribed_to/list/', query: '?limit=50', body: undefined },
		requests: 3,
		responses: [{ list: expect.objectContaining({ list_id: 'newsletter' }), created_at: expect.any(String) }],
	},
	{
		title: 'with the properties of the subscription',
		operation: 'user:getObjects',
		arrange: having(
			['POST', '/v1/object/teams/finance/', {}],
			[
				'POST',
				'/v1/object/teams/finance/subscription/',
				{ recipients: ['ada'], properties: { role: 'lead' } },
			],
		),
		fields: ada,
		request: {
			method: 'GET',
			path: '/v1/user/ada/subscribed_to/object/',
			query: '?limit=50',
			body: undefined,
		},
		requests: 3,
		responses: [
			expect.objectContaining({
				properties: { role: 'lead' },
				object: expect.objectContaining({ object_type: 'teams', id: 'finance' }),
			}),
		],
	},
	{
		title: 'of a user',
		operation: 'user:getTenants',
		// Neither the response nor its pages are documented.
		arrange: (sandbox) =>
			sandbox.misbehave({ provider: 'suprsend', do: { status: 200, body: [{ tenant_id: 'acme' }] } }),
		fields: ada,
		request: { method: 'GET', path: '/v1/user/ada/associated_tenant/', query: '', body: undefined },
		responses: [{ tenant_id: 'acme' }],
	},
	{
		title: 'the profile of one into another',
		operation: 'user:merge',
		arrange: having(aUser('ada', { plan: 'pro' }), aUser('anon-7', { visits: 3 })),
		fields: { distinctId: 'ada', fromUserId: 'anon-7' },
		event: { type: 'alias', userId: 'ada', previousId: 'anon-7' },
		request: { method: 'POST', path: '/v1/user/ada/merge/', body: { from_user_id: 'anon-7' } },
		requests: 3,
		responses: [expect.objectContaining({ distinct_id: 'ada', properties: { plan: 'pro', visits: 3 } })],
	},
	{
		title: 'by their IDs',
		operation: 'user:deleteMany',
		arrange: having(aUser('ada'), aUser('grace')),
		fields: { distinctIds: 'ada, grace' },
		request: { method: 'DELETE', path: '/v1/bulk/user/', body: { distinct_ids: ['ada', 'grace'] } },
		requests: 3,
		responses: [{ deleted: true }],
	},
];

const refusals: RefusalCase[] = [
	{
		title: 'no user to delete',
		operation: 'user:merge',
		fields: { distinctId: 'ada', fromUserId: nothing },
		message: /Fill in the distinct ID/,
	},
	{
		title: 'no ID',
		operation: 'user:deleteMany',
		fields: { distinctIds: nothing },
		message: /at least one distinct ID/,
	},
	{
		title: 'no user',
		operation: 'user:getLists',
		fields: { distinctId: { __rl: true, mode: 'id', value: nothing } },
		message: /Fill in the distinct ID/,
	},
];

const { run, sandbox } = describeProvider(under('supr-send-users'), requests, refusals);
const results = async (...args: Parameters<typeof run>) =>
	(await run(...args)).output.map(({ json }) => json);
const sent = () => sandbox().requests('suprsend');

test('Merge skips other events', async () => {
	const merge = { resource: 'user', operation: 'merge' };
	expect(await results(merge, [{ type: 'track', event: 'e', userId: 'u' }])).toMatchObject([
		{ status: 'skipped', reason: { message: 'Merge accepts only alias events, and this is a track event' } },
	]);
});

test('a merge that may have been received is repeated, and a user who is gone is named', async () => {
	await having(aUser('ada'), aUser('anon-7'))(sandbox());
	sandbox().misbehave({ provider: 'suprsend', do: { reset: 'after-storing' } });
	const merge = { resource: 'user', operation: 'merge', mappingMode: 'defineBelow' };
	expect(await results({ ...merge, distinctId: 'ada', fromUserId: 'anon-7' })).toMatchObject([
		{
			status: 'failed',
			attempts: 2,
			reason: {
				message: expect.stringContaining("from_user_id: [distinct_id: 'anon-7'] not found"),
				mayHaveBeenReceived: true,
			},
		},
	]);
});

test('250 users are deleted 100 at a time', async () => {
	const ids = Array.from({ length: 250 }, (_, index) => `user-${index}`);
	const parameters = { resource: 'user', operation: 'deleteMany', distinctIds: '={{ $json.ids }}' };
	expect(await results(parameters, [{ ids }])).toEqual([{ deleted: true }]);
	const sizes = sent().map(({ body }) => (body as { distinct_ids: string[] }).distinct_ids.length);
	expect(sizes).toEqual([100, 100, 50]);
});

describe('Event: Send with alias and group events', () => {
	const alias = { type: 'alias', userId: 'ada', previousId: 'anon-7', messageId: 'm1' };
	const group = { type: 'group', userId: 'ada', groupId: 'acme', messageId: 'm2' };
	const send = { resource: 'event', operation: 'send' };
	beforeEach(async () => {
		await having(aUser('ada'), aUser('anon-7'), ['POST', '/v1/object/accounts/acme/', {}])(sandbox());
	});

	test('sends them as events unless the user chooses otherwise', async () => {
		expect(await results(send, [alias, group])).toMatchObject([
			{ status: 'delivered', event: 'User Aliased' },
			{ status: 'delivered', event: 'Group Joined' },
		]);
	});

	test('merges users and subscribes to objects if the user chooses so', async () => {
		const options = { aliasEvents: 'merge', groupEvents: 'subscribe', groupObjectType: 'accounts' };
		expect(await results({ ...send, options }, [alias, group])).toMatchObject([
			{ status: 'delivered', operation: 'user:merge', userId: 'ada' },
			{ status: 'delivered', operation: 'object:addSubscription' },
		]);
		expect(sent().slice(3)).toMatchObject([
			{ method: 'POST', path: '/v1/user/ada/merge/', body: { from_user_id: 'anon-7' } },
			{
				method: 'POST',
				path: '/v1/object/accounts/acme/subscription/',
				body: { recipients: ['ada'], properties: {} },
			},
		]);
	});
});
