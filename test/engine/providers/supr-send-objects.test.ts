import type { INodeParameters } from 'n8n-workflow';
import { searchList } from '../harness/search-list';
import { byId, having, under, withWorkspace } from '../harness/supr-send';
import { assignments, describeProvider, type RefusalCase, type RequestCase } from '../harness/provider-suite';

const team = { objectType: 'teams', objectId: byId('finance & co') };
const path = '/v1/object/teams/finance%20%26%20co/';
const known = having(['POST', path, { city: 'Paris', $email: ['team@example.com'] }]);
const subscribed = having(
	['POST', path, {}],
	['POST', '/v1/object/departments/all/', {}],
	['POST', `${path}subscription/`, { recipients: ['ada'], properties: { role: 'lead' } }],
	[
		'POST',
		'/v1/object/departments/all/subscription/',
		{ recipients: [{ object_type: 'teams', id: 'finance & co' }], properties: {} },
	],
);
const whole = (more: object = {}) =>
	expect.objectContaining({ object_type: 'teams', id: 'finance & co', ...more });
const nothing = '={{ $json.missing }}';

const requests: RequestCase[] = [
	{
		title: 'with channels and properties',
		operation: 'object:upsert',
		fields: {
			...team,
			channels: { channel: [{ channel: 'email', email: 'devs@example.com' }] },
			properties: assignments({ department: 'Engineering' }),
			additionalFields: { locale: 'en_GB', timezone: 'Europe/Paris' },
		},
		request: {
			method: 'POST',
			path,
			body: {
				department: 'Engineering',
				$email: ['devs@example.com'],
				$timezone: 'Europe/Paris',
				$locale: 'en_GB',
			},
		},
		responses: [whole({ properties: expect.objectContaining({ department: 'Engineering' }) })],
	},
	{
		title: 'one property',
		operation: 'object:edit',
		fields: { ...team, operations: { operation: [{ change: 'set', property: 'plan', value: 'pro' }] } },
		request: { method: 'PATCH', path, body: { operations: [{ $set: { plan: 'pro' } }] } },
		responses: [whole({ properties: { plan: 'pro' } })],
	},
	{
		title: 'one object',
		operation: 'object:get',
		arrange: known,
		fields: team,
		request: { method: 'GET', path, body: undefined },
		requests: 2,
		responses: [whole({ subscriptions_count: 0, properties: { city: 'Paris' } })],
	},
	{
		title: 'of a type',
		operation: 'object:getMany',
		arrange: having(['POST', path, {}], ['POST', '/v1/object/other/x/', {}]),
		fields: { objectType: 'teams' },
		request: { method: 'GET', path: '/v1/object/teams/', query: '?limit=50', body: undefined },
		requests: 3,
		responses: [whole()],
	},
	{
		title: 'by its ID',
		operation: 'object:delete',
		arrange: known,
		fields: team,
		request: { method: 'DELETE', path, body: undefined },
		requests: 2,
		responses: [{ deleted: true }],
	},
	{
		title: 'by their IDs',
		operation: 'object:deleteMany',
		fields: { objectType: 'teams', objectIds: 'finance, sales' },
		request: {
			method: 'DELETE',
			path: '/v1/bulk/object/teams/',
			body: { object_ids: ['finance', 'sales'] },
		},
		responses: [{ deleted: true }],
	},
	{
		title: 'the user of a group event',
		operation: 'object:addSubscription',
		arrange: known,
		settings: { options: { groupObjectType: 'teams' } },
		fields: { ...team, recipientIds: 'ada' },
		event: { type: 'group', userId: 'ada', groupId: 'finance & co', traits: { plan: 'pro' } },
		request: { method: 'POST', path: `${path}subscription/`, body: { recipients: ['ada'], properties: {} } },
		requests: 2,
		responses: [
			{ results: [expect.objectContaining({ user: expect.objectContaining({ distinct_id: 'ada' }) })] },
		],
	},
	{
		title: 'users and objects, with properties',
		operation: 'object:addSubscription',
		arrange: known,
		fields: {
			...team,
			recipientsInput: 'fields',
			recipients: {
				recipient: [
					{ type: 'user', distinctId: 'ada', email: 'ada@example.com' },
					{ type: 'object', objectType: 'teams', objectId: 'devs' },
				],
			},
			properties: assignments({ role: 'manager' }),
		},
		request: {
			method: 'POST',
			path: `${path}subscription/`,
			body: {
				recipients: [
					{ distinct_id: 'ada', $email: ['ada@example.com'] },
					{ object_type: 'teams', id: 'devs' },
				],
				properties: { role: 'manager' },
			},
		},
		requests: 2,
	},
	{
		title: 'of an object',
		operation: 'object:getSubscriptions',
		arrange: subscribed,
		fields: team,
		request: { method: 'GET', path: `${path}subscription/`, query: '?limit=50', body: undefined },
		requests: 5,
		responses: [
			expect.objectContaining({
				properties: { role: 'lead' },
				user: expect.objectContaining({ distinct_id: 'ada' }),
				object: null,
			}),
		],
	},
	{
		title: 'of an object',
		operation: 'object:removeSubscription',
		arrange: subscribed,
		fields: { ...team, recipientIds: 'ada' },
		request: { method: 'DELETE', path: `${path}subscription/`, body: { recipients: ['ada'] } },
		requests: 5,
		responses: [null],
	},
	{
		title: 'of an object',
		operation: 'object:getParents',
		arrange: subscribed,
		fields: team,
		request: { method: 'GET', path: `${path}subscribed_to/object/`, query: '?limit=50', body: undefined },
		requests: 5,
		responses: [
			expect.objectContaining({ object: expect.objectContaining({ object_type: 'departments', id: 'all' }) }),
		],
	},
	{
		title: 'all of an object',
		operation: 'object:getPreferences',
		arrange: known,
		fields: team,
		request: { method: 'GET', path: `${path}preference/`, query: '', body: undefined },
		requests: 2,
	},
	{
		title: 'in each category',
		operation: 'object:getManyPreferences',
		arrange: known,
		fields: { ...team, filters: { tenantId: 'default' } },
		request: {
			method: 'GET',
			path: `${path}preference/category/`,
			query: '?tenant_id=default&limit=50&offset=0',
			body: undefined,
		},
		requests: 2,
	},
	{
		title: 'channels of an object',
		operation: 'object:updatePreferences',
		arrange: known,
		fields: {
			...team,
			scope: 'all',
			channelPreferences: { channel: [{ channel: 'email', isRestricted: false }] },
		},
		request: {
			method: 'PATCH',
			path: `${path}preference/`,
			body: { channel_preferences: [{ channel: 'email', is_restricted: false }] },
		},
		requests: 2,
	},
	{
		title: 'one category of an object',
		operation: 'object:updatePreferences',
		arrange: known,
		fields: { ...team, category: byId('newsletter'), preference: 'opt_out' },
		request: {
			method: 'PATCH',
			path: `${path}preference/category/newsletter/`,
			body: { preference: 'opt_out' },
		},
		requests: 2,
		responses: [expect.objectContaining({ category: 'newsletter', preference: 'opt_out' })],
	},
];

const refusals: RefusalCase[] = [
	{
		title: 'no ID',
		operation: 'object:delete',
		fields: { objectType: 'teams', objectId: { __rl: true, mode: 'id', value: nothing } },
		message: /Choose an 'Object', or enter its ID/,
	},
	{
		title: 'no type',
		operation: 'object:get',
		fields: { objectType: nothing, objectId: byId('finance') },
		message: /Enter the 'Object Type'/,
	},
	{
		title: 'no IDs',
		operation: 'object:deleteMany',
		fields: { objectType: 'teams', objectIds: nothing },
		message: /Enter at least one ID in 'Object IDs'/,
	},
	{
		title: 'nothing to do',
		operation: 'object:edit',
		fields: team,
		message: /nothing to change/,
	},
];

const { run, sandbox } = describeProvider(under('supr-send-objects'), requests, refusals);

test('an object that does not exist is named, with what to check', async () => {
	const { output } = await run({ resource: 'object', operation: 'get', ...team });
	expect(output[0]?.json).toMatchObject({
		status: 'failed',
		statusCode: 404,
		reason: {
			message: expect.stringContaining("object 'teams/finance & co' not found"),
			description: expect.stringContaining("Compare 'Object Type' and 'Object'"),
		},
	});
});

describe('the lists of choices', () => {
	const offered = async (method: string, parameters: INodeParameters) => {
		const credentials = { suprSendApi: { ...withWorkspace, baseUrl: sandbox().baseUrl('suprsend') } };
		const { results } = await searchList(method, { node: 'suprSend', parameters, credentials });
		return results.map(({ value }) => value);
	};
	const preferences = { resource: 'preference', operation: 'get' };
	const ofTenant = { resource: 'tenant', operation: 'getPreferences' };
	const everyCategory = ['newsletter', 'product-updates', 'status-update-alert'];

	test.each<[string, INodeParameters, string[]]>([
		['listObjectsOfType', { objectType: 'teams' }, ['finance & co']],
		['searchCategories', { objectType: 'teams', objectId: byId('finance & co') }, everyCategory],
		['searchCategories', { ...preferences, scope: 'category', distinctId: byId('ada') }, everyCategory],
		['searchCategories', { ...ofTenant, scope: 'category', tenantId: byId('default') }, everyCategory],
		['searchTemplates', {}, ['task-reminder']],
	])('have the entries of %s for %j', async (method, parameters, values) => {
		await subscribed(sandbox());
		expect(await offered(method, { resource: 'object', operation: 'get', ...parameters })).toEqual(values);
	});

	test.each([
		['listObjectsOfType', /Fill in Object Type first/],
		['searchCategories', /Fill in the previous field first/],
	])('say what %s needs first', async (method, message) => {
		await expect(offered(method, { resource: 'tenant', operation: 'getMany' })).rejects.toThrow(message);
	});
});
