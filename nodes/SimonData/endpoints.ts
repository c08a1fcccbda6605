import type { Endpoint } from '../shared/delivery';

/** Takes everything, one event or contact a request. */
export const collect: Endpoint = {
	method: 'POST',
	path: '/http/v1/collect',
	source: 'https://docs.simondata.com/reference/event-ingestion-api',
};
