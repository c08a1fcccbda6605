import type { IDataObject } from 'n8n-workflow';
import { aUser, byId, having, under } from '../harness/supr-send';
import { describeProvider, type RefusalCase, type RequestCase } from '../harness/provider-suite';

const newsletter = { listId: byId('newsletter') };
const path = '/v1/subscriber_list/newsletter/';
const simplified = (more: object) =>
	expect.objectContaining({ list_type: 'static_list', status: 'active', ...more });

const requests: RequestCase[] = [
	{
		title: 'with a name and a description',
		operation: 'list:upsert',
		fields: {
			newListId: 'product_updates',
			listName: 'Product Update',
			additionalFields: { listDescription: 'Users subscribed to the newsletter' },
		},
		request: {
			method: 'POST',
			path: '/v1/subscriber_list/',
			body: {
				list_id: 'product_updates',
				list_name: 'Product Update',
				list_description: 'Users subscribed to the newsletter',
			},
		},
		responses: [expect.objectContaining({ list_id: 'product_updates', subscribers_count: 0 })],
	},
	{
		title: 'one list, simplified',
		operation: 'list:get',
		fields: newsletter,
		request: { method: 'GET', path, body: undefined },
		responses: [simplified({ list_id: 'newsletter', list_name: 'Newsletter' })],
	},
	{
		title: 'the lists of the workspace',
		operation: 'list:getMany',
		fields: {},
		request: { method: 'GET', path: '/v1/subscriber_list/', query: '?limit=50&offset=0', body: undefined },
		responses: [simplified({ list_id: 'newsletter' }), simplified({ list_id: 'trial-users' })],
	},
	{
		title: 'the newest first',
		operation: 'list:getUsers',
		arrange: having(aUser('u1'), aUser('u2'), [
			'POST',
			`${path}subscriber/add/`,
			{ distinct_ids: ['u1', 'u2'] },
		]),
		fields: newsletter,
		request: { method: 'GET', path: `${path}subscriber/`, query: '?limit=50', body: undefined },
		requests: 4,
		responses: [
			expect.objectContaining({ distinct_id: 'u2' }),
			expect.objectContaining({ distinct_id: 'u1' }),
		],
	},
	{
		title: 'the oldest first, up to a limit',
		operation: 'list:getUsers',
		arrange: having(aUser('u1'), aUser('u2'), [
			'POST',
			`${path}subscriber/add/`,
			{ distinct_ids: ['u1', 'u2'] },
		]),
		fields: { ...newsletter, limit: 1, sort: { direction: 'id' } },
		request: { method: 'GET', path: `${path}subscriber/`, query: '?sort=id&limit=1', body: undefined },
		requests: 4,
		responses: [expect.objectContaining({ distinct_id: 'u1' })],
	},
	{
		title: 'in the documented order of requests',
		operation: 'list:replaceUsers',
		arrange: having(aUser('u1')),
		fields: { ...newsletter, distinctIds: 'u1' },
		request: {
			method: 'POST',
			path: `${path}start_sync/`,
			body: {},
		},
		requests: 4,
		at: 1,
		responses: [expect.objectContaining({ list_id: 'newsletter', subscribers_count: 1, version_id: null })],
	},
	{
		title: 'by its ID',
		operation: 'list:delete',
		fields: newsletter,
		request: { method: 'PATCH', path: `${path}delete/`, body: {} },
		responses: [{ deleted: true }],
	},
];

const nothing = '={{ $json.missing }}';
const refusals: RefusalCase[] = [
	{
		title: 'no list',
		operation: 'list:delete',
		fields: { listId: { __rl: true, mode: 'id', value: nothing } },
		message: /Choose a list, or enter its ID/,
	},
	{
		title: 'no ID',
		operation: 'list:replaceUsers',
		fields: { ...newsletter, distinctIds: nothing },
		message: /at least one distinct ID/,
	},
	{
		title: 'an ID with a space',
		operation: 'list:upsert',
		fields: { newListId: 'my list', listName: 'My List' },
		message: /up to 64 letters, digits, underscores and hyphens/,
	},
	{
		title: 'an ID of dots',
		operation: 'list:get',
		fields: { listId: { __rl: true, mode: 'id', value: '..' } },
		message: /only of dots/,
	},
];

const { run, sandbox } = describeProvider(under('supr-send-lists'), requests, refusals);

const sent = () =>
	sandbox()
		.requests('suprsend')
		.filter(({ path: where }) => where.includes('subscriber_list'));
const lines = () =>
	sent().map(({ method, path: where }) => `${method} ${where.replace(/01JR\d+/, 'VERSION')}`);

describe('Replace Users with 25,000 users', () => {
	const ids = Array.from({ length: 25_000 }, (_, index) => `user-${index}`);
	const replace = {
		resource: 'list',
		operation: 'replaceUsers',
		...newsletter,
		distinctIds: '={{ $json.ids }}',
		options: { maxRetries: 2 },
	};
	const before = having(aUser('old'), aUser('user-0'), aUser('user-24999'), [
		'POST',
		`${path}subscriber/add/`,
		{ distinct_ids: ['old'] },
	]);
	const run25k = async () => (await run(replace, [{ ids }])).output.map(({ json }) => json);
	const membersNow = async () => {
		const all = { resource: 'list', operation: 'getUsers', ...newsletter, returnAll: true };
		return (await run(all)).output.map(({ json }) => json.distinct_id);
	};
	const draft = `PATCH ${path}version/VERSION`;
	const adds = `POST ${path}version/VERSION/subscriber/add/`;
	const start = `POST ${path}start_sync/`;
	beforeEach(async () => await before(sandbox()));

	test('fills a draft in parts of 10,000 and makes it the list', async () => {
		const [result] = await run25k();

		expect(result).toMatchObject({
			status: 'delivered',
			attempts: 5,
			response: { list_id: 'newsletter', subscribers_count: 2 },
		});
		expect(lines().slice(1)).toEqual([start, adds, adds, adds, `${draft}/finish_sync/`]);
		const sizes = sent().flatMap(
			({ body }) => (body as { distinct_ids?: string[] }).distinct_ids?.length ?? [],
		);
		expect(sizes).toEqual([1, 10_000, 10_000, 5_000]);
		expect(await membersNow()).toEqual(['user-24999', 'user-0']);
	});

	test('leaves the old list untouched, deletes the draft and says so when a part is refused', async () => {
		sandbox().misbehave({ provider: 'suprsend', after: 2, do: { status: 400, body: { message: 'Broken' } } });
		const [result] = await run25k();

		expect(result).toMatchObject({
			status: 'failed',
			reason: {
				code: 'refused',
				message: expect.stringContaining('Broken'),
				description: expect.stringMatching(
					/^The list still has its previous users\. The draft with the new users was deleted\. /,
				),
			},
		});
		expect((result?.reason as IDataObject).mayHaveBeenReceived).toBeUndefined();
		expect(lines().slice(1)).toEqual([start, adds, adds, `${draft}/delete/`]);
		expect(await membersNow()).toEqual(['old']);
	});

	test('does the same when the service stays down for a part', async () => {
		sandbox().misbehave({ provider: 'suprsend', after: 2, times: 3, do: { status: 500 } });
		const [result] = await run25k();

		expect(result).toMatchObject({
			status: 'failed',
			reason: { code: 'unavailable', description: expect.stringContaining('was deleted') },
		});
		expect((result?.reason as IDataObject).mayHaveBeenReceived).toBeUndefined();
		expect(lines().slice(1)).toEqual([start, adds, adds, adds, adds, `${draft}/delete/`]);
		expect(await membersNow()).toEqual(['old']);
	});

	test('repeats a part that the busy service did not accept', async () => {
		sandbox().misbehave({ provider: 'suprsend', after: 2, do: { status: 503 } });
		expect(await run25k()).toMatchObject([{ status: 'delivered', attempts: 6 }]);
	});

	test('says which draft is left when it cannot be deleted', async () => {
		sandbox().misbehave({ provider: 'suprsend', after: 2, times: 'always', do: { status: 400 } });
		const [result] = await run25k();

		expect((result?.reason as IDataObject).description).toMatch(
			/^The list still has its previous users, but the draft with the new users \(version 01JR\d+\) could not be deleted\. /,
		);
		sandbox().behave();
		expect(await membersNow()).toEqual(['old']);
	});

	test('sends no user when the answer names no draft', async () => {
		sandbox().misbehave({ provider: 'suprsend', do: { status: 201, body: { list_id: 'newsletter' } } });
		const [result] = await run25k();

		expect(result).toMatchObject({
			status: 'failed',
			attempts: 1,
			reason: { code: 'unexpected_answer', message: "The response from SuprSend has no 'version_id'" },
		});
		expect(lines().slice(1)).toEqual([start]);
		expect(await membersNow()).toEqual(['old']);
	});

	test('deletes nothing when the last request may have been received', async () => {
		sandbox().misbehave({ provider: 'suprsend', after: 4, times: 3, do: { reset: 'after-reading' } });
		const [result] = await run25k();

		expect(result).toMatchObject({ status: 'failed', reason: { mayHaveBeenReceived: true } });
		expect((result?.reason as IDataObject).description).toMatch(
			/^If SuprSend received the last request, the list has the new users\./,
		);
		expect(lines().filter((line) => line.includes('delete'))).toEqual([]);
	});

	test('shows the first request in a preview', async () => {
		const [result] = (await run({ ...replace, options: { previewOnly: true } }, [{ ids }])).output;
		expect(result?.json).toMatchObject({
			status: 'previewed',
			request: { method: 'POST', url: expect.stringMatching(/newsletter\/start_sync\/$/) },
			warnings: [{ code: 'more_requests', message: expect.stringContaining('first of 5 requests') }],
		});
	});
});

test('a list that does not exist is named', async () => {
	const { output } = await run({ resource: 'list', operation: 'get', listId: byId('nope') });
	expect(output[0]?.json).toMatchObject({
		status: 'failed',
		statusCode: 404,
		reason: { message: expect.stringContaining('list_id: nope not found') },
	});
});
