import {
	defaultEventLimits,
	eventTypes,
	isEventType,
	isGiven,
	isObject,
	text,
	type EventType,
	type JsonObject,
} from '../event';
import type { Format } from './format';

/**
 * Requests of the SDKs of Segment, RudderStack, Customer.io, Hightouch and Jitsu: one event, a batch or a list.
 * Source: the Segment HTTP API, https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
 */
export const segment: Format = {
	name: 'segment',
	displayName: 'Segment',
	description: 'Segment, RudderStack, Customer.io, Hightouch and Jitsu: one event, a batch or a list',
	eventBytes: defaultEventLimits.eventBytes,

	matches({ body, subPath }) {
		if (isObject(body) && Array.isArray(body.batch)) return 'the body has a list "batch"';
		if (isSegmentPath(subPath)) return `the request was sent to "${subPath}"`;
		return isObject(body) ? signOfSegment(body) : undefined;
	},

	read({ body, subPath }) {
		if (Array.isArray(body)) return { format: 'array', events: body };
		if (isObject(body) && Array.isArray(body.batch)) {
			const { batch, sentAt, context, integrations } = body as typeof body & { batch: unknown[] };
			return { format: 'segment-batch', events: batch, shared: { sentAt, context, integrations } };
		}
		return { format: 'segment', events: [body], typeHint: typeFromPath(subPath) };
	},
};

/** Whether a body holds events of this family by their type, which no other sender uses, or is a batch of them. */
export function isSurelySegment(body: unknown): boolean {
	if (Array.isArray(body)) return body.some(hasType);
	return hasType(body) || (isObject(body) && Array.isArray(body.batch));
}

function hasType(event: unknown): boolean {
	return isObject(event) && isEventType(text(event.type)?.toLowerCase());
}

/** Returns what shows that an object is an event of this family, even if it has mistakes. */
export function signOfSegment({ type, event, traits, userId, anonymousId }: JsonObject): string | undefined {
	const named = text(type)?.toLowerCase();
	if (isEventType(named)) return `the body has the type "${named}"`;
	if (!isGiven(userId) && !isGiven(anonymousId)) return undefined;
	const id = isGiven(userId) ? 'userId' : 'anonymousId';
	if (isGiven(event)) return `the body has "event" and "${id}"`;
	return isGiven(traits) ? `the body has "traits" and "${id}"` : undefined;
}

/** The paths of browser SDKs, one letter for each type, e.g. `/t`. */
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
	const last = subPath.slice(subPath.lastIndexOf('/') + 1).toLowerCase();
	return isEventType(last) ? last : shortPaths.get(last);
}

/** All paths that these SDKs append to the webhook's URL. */
export const segmentPaths = [
	'v1/batch',
	'batch',
	'b',
	// Segment's SDKs for Java, .NET and Android
	'v1/import',
	'import',
	// RudderStack's SDK for browsers, while a page closes
	'beacon/v1/batch',
	...eventTypes.map((type) => `v1/${type}`),
	...shortPaths.keys(),
	// Jitsu from servers and from browsers, https://jitsu.com/docs/sending-data/http
	...[...eventTypes, 'batch'].flatMap((path) => [`api/s/s2s/${path}`, `api/s/${path}`]),
];

function isSegmentPath(subPath: string): boolean {
	return segmentPaths.includes(subPath.toLowerCase());
}
