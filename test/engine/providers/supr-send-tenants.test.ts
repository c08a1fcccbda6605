import { aUser, byId, having, under } from '../harness/supr-send';
import { assignments, describeProvider, type RefusalCase, type RequestCase } from '../harness/provider-suite';

const acme = { tenantId: byId('acme') };
const path = '/v1/tenant/acme/';
const known = having(['POST', path, { tenant_name: 'Acme', properties: { plan: 'pro' } }]);
const ada = { distinctId: byId('ada'), ...acme };
const userPath = '/v1/user/ada/tenant/acme/';
const nothing = '={{ $json.missing }}';

const requests: RequestCase[] = [
	{
		title: 'one tenant, simplified',
		operation: 'tenant:get',
		arrange: known,
		fields: acme,
		request: { method: 'GET', path, body: undefined },
		requests: 2,
		responses: [
			{
				tenant_id: 'acme',
				tenant_name: 'Acme',
				logo: null,
				timezone: null,
				blocked_channels: null,
				properties: { plan: 'pro' },
				updated_at: expect.any(String),
			},
		],
	},
	{
		title: 'the tenants of the workspace',
		operation: 'tenant:getMany',
		arrange: known,
		fields: { returnAll: true, simplify: false },
		request: { method: 'GET', path: '/v1/tenant/', query: '?limit=1000&offset=0', body: undefined },
		requests: 2,
		responses: ['default', 'acme'].map((tenant_id) =>
			expect.objectContaining({ tenant_id, hosted_preference_domain: 'preferences.suprsend.com' }),
		),
	},
	{
		title: 'by its ID',
		operation: 'tenant:delete',
		arrange: known,
		fields: acme,
		request: { method: 'DELETE', path, body: undefined },
		requests: 2,
		responses: [{ deleted: true }],
	},
	{
		title: 'all of a tenant',
		operation: 'tenant:getPreferences',
		arrange: known,
		fields: { ...acme, additionalFields: { locale: 'fr' } },
		request: { method: 'GET', path: `${path}preference/`, query: '?locale=fr', body: undefined },
		requests: 2,
	},
	{
		title: 'of one category',
		operation: 'tenant:getPreferences',
		arrange: known,
		fields: { ...acme, scope: 'category', category: byId('newsletter') },
		request: { method: 'GET', path: `${path}preference/category/newsletter/`, query: '', body: undefined },
		requests: 2,
		responses: [expect.objectContaining({ category: 'newsletter', default_preference: 'opt_in' })],
	},
	{
		title: 'in each category',
		operation: 'tenant:getManyPreferences',
		arrange: known,
		fields: acme,
		request: {
			method: 'GET',
			path: `${path}preference/category/`,
			query: '?limit=50&offset=0',
			body: undefined,
		},
		requests: 2,
	},
	{
		title: 'with all documented fields',
		operation: 'tenant:updatePreference',
		arrange: known,
		fields: {
			...acme,
			category: byId('newsletter'),
			preference: 'cant_unsubscribe',
			additionalFields: {
				visibleToSubscriber: false,
				mandatoryChannels: ['email'],
				optInChannels: ['inbox'],
				blockedChannels: ['sms'],
			},
		},
		request: {
			method: 'PATCH',
			path: `${path}preference/category/newsletter/`,
			body: {
				preference: 'cant_unsubscribe',
				visible_to_subscriber: false,
				mandatory_channels: ['email'],
				opt_in_channels: ['inbox'],
				blocked_channels: ['sms'],
			},
		},
		requests: 2,
		responses: [expect.objectContaining({ preference: 'cant_unsubscribe', blocked_channels: ['sms'] })],
	},
	{
		title: 'one user',
		operation: 'tenantUser:get',
		arrange: having(aUser('ada')),
		fields: ada,
		request: { method: 'GET', path: userPath, body: undefined },
		requests: 2,
	},
	{
		title: 'with channels and properties',
		operation: 'tenantUser:upsert',
		arrange: having(aUser('ada')),
		fields: {
			...ada,
			channels: { channel: [{ channel: 'email', email: 'ada@acme.com' }] },
			properties: assignments({ role: 'admin' }),
		},
		request: { method: 'POST', path: userPath, body: { role: 'admin', $email: ['ada@acme.com'] } },
		requests: 2,
	},
	{
		title: 'one property',
		operation: 'tenantUser:edit',
		arrange: having(aUser('ada')),
		fields: { ...ada, operations: { operation: [{ change: 'set', property: 'role', value: 'admin' }] } },
		request: { method: 'PATCH', path: userPath, body: { operations: [{ $set: { role: 'admin' } }] } },
		requests: 2,
	},
	{
		title: 'by their ID',
		operation: 'tenantUser:unlink',
		arrange: having(aUser('ada')),
		fields: ada,
		request: { method: 'DELETE', path: userPath, body: undefined },
		requests: 2,
		responses: [{ deleted: true }],
	},
];

const refusals: RefusalCase[] = [
	{
		title: 'no tenant',
		operation: 'tenant:delete',
		fields: { tenantId: { __rl: true, mode: 'id', value: nothing } },
		message: /Choose a tenant, or enter its ID/,
	},
	{
		title: 'no user',
		operation: 'tenantUser:unlink',
		fields: { ...ada, distinctId: { __rl: true, mode: 'id', value: nothing } },
		message: /Fill in the distinct ID/,
	},
	{
		title: 'nothing to change',
		operation: 'tenantUser:edit',
		fields: ada,
		message: /nothing to change/,
	},
];

const { run } = describeProvider(under('supr-send-tenants'), requests, refusals);

test('a tenant that does not exist is named', async () => {
	const { output } = await run({ resource: 'tenant', operation: 'get', tenantId: byId('nope') });
	expect(output[0]?.json).toMatchObject({
		status: 'failed',
		statusCode: 404,
		reason: { message: expect.stringContaining('No tenant found for tenant_id nope') },
	});
});
