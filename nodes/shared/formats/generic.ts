import { accepted } from '../checked';
import { text, withoutSecrets, type JsonObject } from '../event';
import { eventsIn, type Format, type IncomingRequest, type RawEvents } from './format';
import { asProperties, type Fields } from './paths';

/** Any JSON. The user's paths say where the parts of an event are. */
export const generic: Format = {
	name: 'generic',
	displayName: 'Generic JSON',
	description: "Any other JSON. Enter the paths to an event's values.",
	read: (request, fields) => readByPaths('generic', request, fields),
};

/** The name of events without a name. */
const defaultName = 'webhook_received';

export function readByPaths(format: string, { body }: IncomingRequest, fields: Fields): RawEvents {
	return {
		format,
		events: fields.list()?.map(withoutSecrets) ?? eventsIn(body),
		map: (event) => accepted(mapByPaths(event, fields)),
		defaultName,
		requestId: fields.requestId(),
		noUserHint: fields.userHint(),
	};
}

export function mapByPaths(event: JsonObject, fields: Fields): JsonObject {
	return {
		type: 'track',
		event: text(fields.at(event, 'event')) ?? defaultName,
		userId: fields.at(event, 'userId'),
		anonymousId: fields.at(event, 'anonymousId'),
		messageId: fields.at(event, 'messageId'),
		timestamp: fields.at(event, 'timestamp'),
		properties: asProperties(fields.properties(event) ?? event),
	};
}
