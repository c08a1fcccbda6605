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
	description: "Webhook calls from Simon Data flows and journeys. Enter the paths to an event's values.",
	paths: { events: 'batch' },
	read: (request, fields) => readByPaths('simon', request, fields),
};
