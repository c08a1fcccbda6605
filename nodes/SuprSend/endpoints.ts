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

/** The limit of every request (docs.suprsend.com/reference/bulk-trigger-workflow-api, and the SDK's constants). */
export const requestBytes = 800 * 1024;

/** One record is sent as an object, the only form that the documentation shows for events with an API key. */
export const oneRecord = (_: unknown, json: string) => ({ body: json });

/** Several records are sent as a list. */
export const listOfRecords = (records: readonly string[]) => ({ body: `[${records.join(',')}]` });
