import type { Endpoint } from '../shared';

const reference = 'https://docs.suprsend.com/reference';

/** Accepts one record as an object or several as a list: events and edits of users. */
export const postEvents: Endpoint = { method: 'POST', path: '/event/', source: `${reference}/trigger-event` };
/** Only the SDKs show edits in this form. */
export const postUserEdits: Endpoint = { ...postEvents, source: '@suprsend/node-sdk 1.15.1' };

const userPath = '/v1/user/{distinct_id}/';
export const upsertUser: Endpoint = {
	method: 'POST',
	path: userPath,
	source: `${reference}/create-update-users`,
};
export const editUser: Endpoint = {
	method: 'PATCH',
	path: userPath,
	source: `${reference}/edit-user-profile`,
};
export const getUser: Endpoint = { method: 'GET', path: userPath, source: `${reference}/get-user-profile` };
export const deleteUser: Endpoint = { method: 'DELETE', path: userPath, source: `${reference}/delete-user` };

export const triggerWorkflow: Endpoint = {
	method: 'POST',
	path: '/trigger/',
	source: `${reference}/trigger-workflow-api`,
};

const subscribersPath = '/v1/subscriber_list/{list_id}/subscriber';
export const addSubscribers: Endpoint = {
	method: 'POST',
	path: `${subscribersPath}/add/`,
	source: `${reference}/add-user-to-list`,
};
export const removeSubscribers: Endpoint = {
	method: 'POST',
	path: `${subscribersPath}/remove/`,
	source: `${reference}/remove-subscribers-from-list`,
};

export const upsertTenant: Endpoint = {
	method: 'POST',
	path: '/v1/tenant/{tenant_id}/',
	source: `${reference}/create-update-tenants`,
};

/** The pages of the reference are made from SuprSend's OpenAPI description, version 1.2.2. */
const openApi = `${reference}/overview`;
const nodeSdk = '@suprsend/node-sdk 1.15.1';
const pythonSdk = 'suprsend-py-sdk 0.19.7';

const at =
	(source: string) =>
	(method: Endpoint['method'], path: string): Endpoint => ({ method, path, source });
const documented = at(openApi);

export const listUsers = documented('GET', '/v1/user/');
export const mergeUsers = documented('POST', `${userPath}merge/`);
export const deleteUsers = at(nodeSdk)('DELETE', '/v1/bulk/user/');
export const listListsOfUser = documented('GET', `${userPath}subscribed_to/list/`);
export const listObjectsOfUser = documented('GET', `${userPath}subscribed_to/object/`);

const tenantUserPath = `${userPath}tenant/{tenant_id}/`;
export const listTenantsOfUser = at(pythonSdk)('GET', `${userPath}associated_tenant/`);
export const getTenantUser = at(pythonSdk)('GET', tenantUserPath);
export const upsertTenantUser = at(pythonSdk)('POST', tenantUserPath);
export const editTenantUser = at(pythonSdk)('PATCH', tenantUserPath);
export const unlinkTenantUser = at(pythonSdk)('DELETE', tenantUserPath);

export const cancelWorkflow = documented('POST', '/v1/workflow_run/cancel/');

export const listMessages = documented('GET', '/v1/message/');
export const updateMessages = documented('PATCH', '/v1/bulk/message/');

const listsPath = '/v1/subscriber_list/';
const listPath = `${listsPath}{list_id}/`;
export const listLists = documented('GET', listsPath);
export const upsertList = documented('POST', listsPath);
export const getList = documented('GET', listPath);
export const deleteList = documented('PATCH', `${listPath}delete/`);
export const listSubscribers = documented('GET', `${listPath}subscriber/`);
export const startSync = documented('POST', `${listPath}start_sync/`);
const draftPath = `${listPath}version/{version_id}/`;
export const addToDraft = documented('POST', `${draftPath}subscriber/add/`);
export const finishSync = documented('PATCH', `${draftPath}finish_sync/`);
export const deleteDraft = documented('PATCH', `${draftPath}delete/`);

const tenantPath = '/v1/tenant/{tenant_id}/';
export const listTenants = documented('GET', '/v1/tenant/');
export const getTenant = documented('GET', tenantPath);
export const deleteTenant = documented('DELETE', tenantPath);

const objectPath = '/v1/object/{object_type}/{id}/';
export const listObjects = documented('GET', '/v1/object/{object_type}/');
export const getObject = documented('GET', objectPath);
export const upsertObject = documented('POST', objectPath);
export const editObject = documented('PATCH', objectPath);
export const deleteObject = documented('DELETE', objectPath);
export const deleteObjects = at(nodeSdk)('DELETE', '/v1/bulk/object/{object_type}/');
export const addSubscriptions = documented('POST', `${objectPath}subscription/`);
export const listSubscriptions = documented('GET', `${objectPath}subscription/`);
export const removeSubscriptions = documented('DELETE', `${objectPath}subscription/`);
export const listParents = documented('GET', `${objectPath}subscribed_to/object/`);

/** The endpoints for the preferences of a user, an object or a tenant. */
const preferencesAt = (owner: string) => ({
	get: documented('GET', `${owner}preference/`),
	list: documented('GET', `${owner}preference/category/`),
	getCategory: documented('GET', `${owner}preference/category/{category}/`),
	getChannels: documented('GET', `${owner}preference/channel_preference/`),
	update: documented('PATCH', `${owner}preference/`),
	updateCategory: documented('PATCH', `${owner}preference/category/{category}/`),
	updateChannels: documented('PATCH', `${owner}preference/channel_preference/`),
});
export const userPreferences = preferencesAt(userPath);
export const objectPreferences = preferencesAt(objectPath);
export const tenantPreferences = preferencesAt(tenantPath);
export const updatePreferencesOfUsers = documented('PATCH', '/v1/bulk/user/preference/');
export const resetPreferencesOfUsers = documented('PATCH', '/v1/bulk/user/preference/reset/');

const templatesPath = '/v1/template/';
export const listTemplates = documented('GET', templatesPath);
export const getTemplate = documented('GET', `${templatesPath}{template_slug}/`);
export const getTemplateChannel = documented(
	'GET',
	`${templatesPath}{template_slug}/channel/{channel_slug}/`,
);

export const sendBroadcast = documented('POST', '/{workspace_key}/broadcast/');
export const cancelBroadcast = documented('POST', '/v1/broadcast_run/cancel/');

/** The most users in one request. The API documents no limit; SuprSend's MCP server has this one for preferences. */
export const mostUsers = 100;
/** The most users of a list in one request. SuprSend's MCP server, `lists_add_users`: "up to 10,000 per call". */
export const mostSubscribers = 10_000;

/** The limit of every request (docs.suprsend.com/reference/bulk-trigger-workflow-api, and the SDK's constants). */
export const requestBytes = 800 * 1024;

/** One record is sent as an object, the only form that the documentation shows for events with an API key. */
export const oneRecord = (_: unknown, json: string) => ({ body: json });

/** Several records are sent as a list. */
export const listOfRecords = (records: readonly string[]) => ({ body: `[${records.join(',')}]` });
