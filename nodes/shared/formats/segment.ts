import { isEventType, isObject, type EventType } from '../event';
import type { Format } from './format';

/**
 * What Segment, RudderStack, Customer.io, Hightouch and Jitsu SDKs post: one event, a batch, or a bare
 * array. Source: the Segment HTTP API, https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
 */

export const segmentBatch: Format = {
	name: 'segment-batch',
	matches: ({ body }) => isObject(body) && Array.isArray(body.batch),
	read({ body }) {
		const { batch, sentAt, context, integrations } = body as Record<string, unknown> & { batch: unknown[] };
		return { format: 'segment-batch', events: batch, shared: { sentAt, context, integrations } };
	},
};

export const segmentArray: Format = {
	name: 'array',
	matches: ({ body }) => Array.isArray(body),
	read: ({ body }) => ({ format: 'array', events: body as unknown[] }),
};

export const segmentEvent: Format = {
	name: 'segment',
	matches: () => true,
	read: ({ body, subPath }) => ({ format: 'segment', events: [body], typeHint: typeFromPath(subPath) }),
};

/** Browser SDKs post to one letter a type: `/t`, `/i` … */
const shortPaths = new Map<string, EventType>(
	Object.entries({
		t: 'track',
		i: 'identify',
		p: 'page',
		s: 'screen',
		g: 'group',
		a: 'alias',
	}),
);

function typeFromPath(subPath: string): EventType | undefined {
	const last = subPath.split('/').at(-1)?.toLowerCase() ?? '';
	return isEventType(last) ? last : shortPaths.get(last);
}

/** Every path that these SDKs append to the URL they are given. */
export const segmentPaths = [
	'v1/batch',
	'batch',
	'b',
	...['track', 'identify', 'page', 'screen', 'group', 'alias'].map((type) => `v1/${type}`),
	...shortPaths.keys(),
];
