import type { Endpoint } from '../shared/delivery';

export const createEvent: Endpoint = {
	method: 'POST',
	path: '/projects/{projectId}/events',
	source: 'https://docs.embeddables.com/api-reference/events/create-event',
};

/** The vendor publishes no page about reading; public programs that use its API agree on this much. */
export const listEntries: Endpoint = {
	method: 'GET',
	path: '/projects/{projectId}/entries',
	source: 'public programs that read entries from api.embeddables.com',
	evidence: 'secondary',
};
