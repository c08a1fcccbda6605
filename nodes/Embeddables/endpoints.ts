import type { Endpoint } from '../shared';

export const createEvent: Endpoint = {
	method: 'POST',
	path: '/projects/{projectId}/events',
	source: 'https://docs.embeddables.com/api-reference/events/create-event',
};

/** Embeddables publishes no page about it. Public programs that use its API agree on this request. */
export const listEntries: Endpoint = {
	method: 'GET',
	path: '/projects/{projectId}/entries',
	source: 'public programs that read entries from api.embeddables.com',
};
