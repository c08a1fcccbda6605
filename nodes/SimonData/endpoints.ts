import type { Endpoint } from '../shared';

/** Accepts one event or contact per request. */
export const collect: Endpoint = {
	method: 'POST',
	path: '/http/v1/collect',
	source: 'https://docs.simondata.com/reference/event-ingestion-api',
};

/** The Audience API. Its own pages show how to authenticate; the rest is from a copy of Simon Data's OpenAPI description. */
export const getContact: Endpoint = {
	method: 'GET',
	path: '/audience/v2/contacts',
	source: 'https://docs.simondata.com/reference/getting-started',
};
