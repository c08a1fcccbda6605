import { accepted } from '../checked';
import { text, withoutSecrets, type JsonObject } from '../event';
import type { Format, IncomingRequest, RawEvents } from './format';
import { asProperties, fieldAt, userPathHint, valueAt, type Paths } from './paths';

/** Any JSON. The user's paths say where the parts of an event are. */
export const generic: Format = {
	name: 'generic',
	displayName: 'Generic JSON',
	description: 'Any other JSON: set the paths to what an event needs',
	read: (request, paths) => readByPaths('generic', request, paths),
};

/** The name of events without a name. */
const defaultName = 'webhook_received';

export function readByPaths(
	format: string,
	{ body }: Pick<IncomingRequest, 'body'>,
	paths: Paths,
): RawEvents {
	return {
		format,
		events: listIn(body, paths.events).map(withoutSecrets),
		map: (event) => accepted(mapByPaths(event, paths)),
		noUserHint: userPathHint(paths),
	};
}

/** Finds the list of events. Without one, the body is a single event: better an odd event than none. */
function listIn(body: unknown, path: string | undefined): readonly unknown[] {
	const list = [valueAt(body, path), body].find((value) => Array.isArray(value));
	return (list as unknown[] | undefined) ?? [body];
}

export function mapByPaths(event: JsonObject, paths: Paths): JsonObject {
	return {
		type: 'track',
		event: text(fieldAt(event, paths, 'event')) ?? defaultName,
		userId: fieldAt(event, paths, 'userId'),
		anonymousId: fieldAt(event, paths, 'anonymousId'),
		messageId: fieldAt(event, paths, 'messageId'),
		timestamp: fieldAt(event, paths, 'timestamp'),
		properties: asProperties(valueAt(event, paths.properties) ?? event),
	};
}
