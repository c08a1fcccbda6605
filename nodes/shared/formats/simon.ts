import { text } from '../event';
import type { Format } from './format';
import { readByPaths } from './generic';

/**
 * What a Simon Data flow or journey posts with "Make a Webhook Call": one object, or a batch as a list or
 * under a key. Its customer designs the body, so nothing tells it from other JSON: it has to be chosen.
 * Source: https://docs.simondata.com/reference/webhook-payload-examples
 */
export const simon: Format = {
	name: 'simon',
	displayName: 'Simon Data',
	description: 'Webhook calls of Simon Data flows and journeys: set the paths to what an event needs',
	read: (request, paths) =>
		readByPaths('simon', request, { ...paths, events: text(paths.events) ?? 'batch' }),
};
