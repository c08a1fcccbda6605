import type { Endpoint, Operation } from '../shared/delivery';

const reference = 'https://docs.suprsend.com/reference';

/** Takes one record as an object, or many as a list: events, and edits of users. */
export const postEvents: Endpoint = { method: 'POST', path: '/event/', source: `${reference}/trigger-event` };
/** Edits in this form are known from the SDKs alone. */
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

/** No request is larger (docs.suprsend.com/reference/bulk-trigger-workflow-api, and the SDK's constants). */
export const requestBytes = 800 * 1024;

/** One record goes out as an object: the only form that the documentation shows for events with an API key. */
export const oneOrMany: Operation['request'] = (batch) => {
	const records = batch.map(({ json }) => json).join(',');
	return { body: batch.length === 1 ? records : `[${records}]` };
};
