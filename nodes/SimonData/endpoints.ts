import type { Endpoint } from '../shared';

/** Accepts one event or contact per request. */
export const collect: Endpoint = {
	method: 'POST',
	path: '/http/v1/collect',
	source: 'https://docs.simondata.com/reference/event-ingestion-api',
};
