import { aUser, byId, having, under } from '../harness/supr-send';
import { describeProvider, type RefusalCase, type RequestCase } from '../harness/provider-suite';

const ada = { distinctId: byId('ada') };
const path = '/v1/user/ada/preference/';
const known = having(aUser('ada'));
const nothing = '={{ $json.missing }}';

const requests: RequestCase[] = [
	{
		title: 'all of a user',
		operation: 'preference:get',
		arrange: known,
		fields: {
			...ada,
			filters: { tenantId: 'acme', locale: 'es', showOptOutChannels: true, tags: 'billing' },
		},
		request: {
			method: 'GET',
			path,
			query: '?tenant_id=acme&locale=es&show_opt_out_channels=true&tags=billing',
			body: undefined,
		},
		requests: 2,
		responses: [
			{
				sections: [{ name: null, slug: null, subcategories: expect.any(Array) }],
				channel_preferences: expect.any(Array),
			},
		],
	},
	{
		title: 'of one category',
		operation: 'preference:get',
		arrange: known,
		fields: { ...ada, scope: 'category', category: byId('newsletter') },
		request: { method: 'GET', path: `${path}category/newsletter/`, query: '', body: undefined },
		requests: 2,
		responses: [expect.objectContaining({ category: 'newsletter', preference: 'opt_in' })],
	},
	{
		title: 'of channels',
		operation: 'preference:get',
		arrange: known,
		fields: { ...ada, scope: 'channels' },
		request: { method: 'GET', path: `${path}channel_preference/`, query: '', body: undefined },
		requests: 2,
		responses: [
			{ channel_preferences: expect.arrayContaining([{ channel: 'email', is_restricted: false }]) },
		],
	},
	{
		title: 'one item for each category',
		operation: 'preference:getMany',
		arrange: known,
		fields: { ...ada, returnAll: true },
		request: { method: 'GET', path: `${path}category/`, query: '?limit=100&offset=0', body: undefined },
		requests: 2,
		responses: ['newsletter', 'product-updates', 'status-update-alert'].map((category) =>
			expect.objectContaining({ category }),
		),
	},
	{
		title: 'one category for a tenant',
		operation: 'preference:update',
		arrange: known,
		fields: {
			...ada,
			category: byId('newsletter'),
			preference: 'opt_in',
			optInChannels: ['email'],
			optOutChannels: ['inbox'],
			additionalFields: { tenantId: 'acme' },
		},
		request: {
			method: 'PATCH',
			path: `${path}category/newsletter/`,
			query: '?tenant_id=acme',
			body: { preference: 'opt_in', opt_in_channels: ['email'], opt_out_channels: ['inbox'] },
		},
		requests: 2,
		responses: [
			expect.objectContaining({
				preference: 'opt_in',
				channels: expect.arrayContaining([{ channel: 'inbox', preference: 'opt_out', is_editable: true }]),
			}),
		],
	},
	{
		title: 'channels',
		operation: 'preference:update',
		arrange: known,
		fields: {
			...ada,
			scope: 'channels',
			channelPreferences: { channel: [{ channel: 'sms', isRestricted: true }] },
		},
		request: {
			method: 'PATCH',
			path: `${path}channel_preference/`,
			body: { channel_preferences: [{ channel: 'sms', is_restricted: true }] },
		},
		requests: 2,
	},
	{
		title: 'several categories, or the consent of an event',
		operation: 'preference:update',
		arrange: known,
		fields: {
			...ada,
			scope: 'all',
			categories: {
				category: [
					{ category: 'newsletter', preference: 'opt_in' },
					{ category: 'product-updates', preference: 'opt_out' },
				],
			},
		},
		event: {
			type: 'identify',
			userId: 'ada',
			context: { consent: { categoryPreferences: { newsletter: true, 'product-updates': false } } },
		},
		request: {
			method: 'PATCH',
			path,
			body: {
				categories: [
					{ category: 'newsletter', preference: 'opt_in' },
					{ category: 'product-updates', preference: 'opt_out' },
				],
			},
		},
		requests: 2,
	},
	{
		title: 'of several users',
		operation: 'preference:updateMany',
		fields: {
			distinctIds: 'ada, grace',
			categories: {
				category: [{ category: 'newsletter', preference: 'opt_out', optOutChannels: ['email'] }],
			},
			additionalFields: { tenantId: 'default' },
		},
		request: {
			method: 'PATCH',
			path: '/v1/bulk/user/preference/',
			query: '?tenant_id=default',
			body: {
				distinct_ids: ['ada', 'grace'],
				categories: [{ category: 'newsletter', preference: 'opt_out', opt_out_channels: ['email'] }],
			},
		},
		responses: [{ success: true }],
	},
	{
		title: 'categories of several users',
		operation: 'preference:resetMany',
		fields: { distinctIds: 'ada', reset: 'categories' },
		request: {
			method: 'PATCH',
			path: '/v1/bulk/user/preference/reset/',
			body: { distinct_ids: ['ada'], reset_channel_preferences: false, reset_categories: true },
		},
		responses: [{ success: true }],
	},
];

const refusals: RefusalCase[] = [
	{
		title: 'no category',
		operation: 'preference:update',
		fields: { ...ada, category: { __rl: true, mode: 'id', value: nothing } },
		message: /Choose a 'Category', or enter its slug/,
	},
	{
		title: 'nothing to change',
		operation: 'preference:update',
		fields: { ...ada, scope: 'all' },
		message: /nothing to change/,
	},
	{
		title: 'consent that is neither true nor false',
		operation: 'preference:update',
		event: {
			type: 'identify',
			userId: 'ada',
			context: { consent: { categoryPreferences: { newsletter: 'maybe' } } },
		},
		message: /'Preference' must be opt_in or opt_out/,
	},
	{
		title: 'no IDs',
		operation: 'preference:resetMany',
		fields: { distinctIds: nothing },
		message: /at least one distinct ID/,
	},
	{
		title: 'an empty tenant',
		operation: 'preference:get',
		fields: { ...ada, filters: { tenantId: nothing } },
		message: /Enter the 'Tenant ID', or remove the field/,
	},
];

const { run, sandbox } = describeProvider(under('supr-send-preferences'), requests, refusals);
const results = async (...args: Parameters<typeof run>) =>
	(await run(...args)).output.map(({ json }) => json);
const update = { resource: 'preference', operation: 'update' };

test('Update skips events without consent', async () => {
	expect(
		await results(update, [
			{ type: 'track', event: 'e', userId: 'ada' },
			{ type: 'identify', userId: 'ada' },
		]),
	).toMatchObject([
		{ status: 'skipped', reason: { message: expect.stringMatching(/accepts only identify events/) } },
		{ status: 'skipped', reason: { message: expect.stringMatching(/has no consent information/) } },
	]);
});

test('an unsubscription is there when preferences are read', async () => {
	await known(sandbox());
	const newsletter = { ...ada, category: byId('newsletter') };
	await results({ ...update, mappingMode: 'defineBelow', ...newsletter, preference: 'opt_out' });
	expect(
		await results({ resource: 'preference', operation: 'get', ...newsletter, scope: 'category' }),
	).toMatchObject([{ preference: 'opt_out' }]);
});

test.each([
	[{ ...ada, category: byId('nope') }, /category 'nope' not found/],
	[{ distinctId: byId('nobody'), category: byId('newsletter') }, /user \[distinct_id: 'nobody'\] not found/],
])('what is missing is named: %j', async (fields, message) => {
	await known(sandbox());
	expect(await results({ ...update, mappingMode: 'defineBelow', ...fields })).toMatchObject([
		{ status: 'failed', statusCode: 404, reason: { message: expect.stringMatching(message) } },
	]);
});
