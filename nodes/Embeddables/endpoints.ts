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
	source: 'open-source code that reads entries from api.embeddables.com',
};

/** The same holds for page views. These programs read all of them with `limit` and `offset`. */
export const listPageViews: Endpoint = {
	method: 'GET',
	path: '/projects/{projectId}/entries-page-views',
	source: 'open-source code that reads page views from api.embeddables.com',
};
