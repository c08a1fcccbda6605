import type { Format } from './format';
import { readByPaths } from './generic';

/**
 * "Make a Webhook Call" of a Simon Data flow or journey: one object, or a batch as a list or under a key. Customers
 * design the body themselves, so the format can't be detected.
 * Source: https://docs.simondata.com/reference/webhook-payload-examples
 */
export const simon: Format = {
	name: 'simon',
	displayName: 'Simon Data',
	description: 'Webhook calls of Simon Data flows and journeys: enter the paths to the values of an event',
	paths: { events: 'batch' },
	read: (request, fields) => readByPaths('simon', request, fields),
};
