import { accepted, notAccepted } from '../checked';
import { firstGiven, isBlank, isObject, text, type JsonObject } from '../event';
import type { Format, IncomingRequest, Mapped } from './format';
import { asProperties, type Fields } from './paths';

/**
 * CloudEvents 1.0 over HTTP, in JSON. Sources:
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md,
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 */
export const cloudEvents: Format = {
	name: 'cloudevents',
	displayName: 'CloudEvents',
	description: 'CloudEvents 1.0 with JSON data, in binary, structured or batched mode',

	matches({ headers, body }) {
		const type = mediaType(headers['content-type']);
		if (type.startsWith(ownMediaType)) return `the content type is ${type}`;
		const header = versionHeader(headers);
		if (header !== undefined) return `the request has the header "${header}"`;
		return isStructured(body) ? 'the body has "specversion", "type" and "source"' : undefined;
	},

	read(request, fields) {
		const { body, headers } = request;
		const type = mediaType(headers['content-type']);
		const noUserHint =
			'In a CloudEvent, "subject" identifies the person, unless you set the path to the user ID.';
		const map = (event: JsonObject) => mapCloudEvent(event, fields);

		if (!type.startsWith(ownMediaType) && versionHeader(headers) !== undefined) {
			const mapBinary = (event: JsonObject) => undecodable(event, headers) ?? map(event);
			return { format: 'cloudevents-binary', events: [fromHeaders(request)], map: mapBinary, noUserHint };
		}
		if (type.startsWith(`${ownMediaType}-batch`) || Array.isArray(body)) {
			const events: unknown[] = Array.isArray(body) ? body : [body];
			return { format: 'cloudevents-batch', events, map, noUserHint };
		}
		return { format: 'cloudevents-structured', events: [body], map, noUserHint };
	},
};

const ownMediaType = 'application/cloudevents';

type Headers = IncomingRequest['headers'];

/** Returns the header that shows binary mode: over HTTP, or in a message from Kafka, whose headers have `ce_`. */
function versionHeader(headers: Headers): string | undefined {
	return ['ce-specversion', 'ce_specversion'].find((name) => headers[name] !== undefined);
}

/** Recognizes a CloudEvent by itself, since many senders label it as any other JSON. */
function isStructured(body: unknown): boolean {
	if (!isObject(body)) return false;
	const { specversion, type, source } = body;
	return /^\d\.\d+$/.test(text(specversion) ?? '') && typeof type === 'string' && typeof source === 'string';
}

/** Returns the type in lower case, without parameters such as `; charset=utf-8`. */
function mediaType(contentType: unknown): string {
	return typeof contentType === 'string' ? contentType.replace(/;.*/s, '').trim().toLowerCase() : '';
}

/** Builds the event of binary mode, which has its attributes in headers, as it is in structured mode. */
function fromHeaders({ headers, body }: IncomingRequest): JsonObject {
	const attributes = attributesIn(headers).map(({ header, name, value }) => [name, value ?? headers[header]]);
	const contentType = headers['content-type'];
	return {
		...(Object.fromEntries(attributes) as JsonObject),
		...(typeof contentType === 'string' ? { datacontenttype: contentType } : {}),
		...(isBlank(body) ? {} : { data: body }),
	};
}

const attributeHeader = /^ce([-_])([a-z0-9]+)$/;

function attributesIn(headers: Headers) {
	return Object.entries(headers).flatMap(([header, value]) => {
		const [, separator, name] = attributeHeader.exec(header) ?? [];
		if (name === undefined || typeof value !== 'string') return [];
		return [{ header, name, value: separator === '_' ? value : decodeHeader(value) }];
	});
}

/** Decodes a header as in section 3.1.3.2 of the HTTP binding; undefined if it isn't UTF-8. Kafka has plain UTF-8. */
function decodeHeader(value: string): string | undefined {
	const quoted = /^"(.*)"$/s.exec(value)?.[1];
	const plain = quoted === undefined ? value : quoted.replace(/\\(.)/gs, '$1');
	try {
		return plain.replace(/(?:%[0-9a-f]{2})+/gi, decodeURIComponent);
	} catch {
		return undefined;
	}
}

function undecodable(event: JsonObject, headers: Headers): Mapped | undefined {
	const bad = attributesIn(headers).find(({ value }) => value === undefined);
	return bad && invalid(event, bad.name, `The header "${bad.header}" isn't percent-encoded UTF-8.`);
}

const required = ['specversion', 'id', 'source', 'type'];

function mapCloudEvent(event: JsonObject, fields: Fields): Mapped {
	const missing = required.find((attribute) => text(event[attribute]) === undefined);
	if (missing !== undefined) return invalid(event, missing, `"${missing}" is missing or isn't text.`);
	const version = text(event.specversion) ?? '';
	if (!/^1(\.|$)/.test(version)) {
		return invalid(event, 'specversion', `"specversion" is ${JSON.stringify(version.slice(0, 20))}.`);
	}
	const { type, id, time, data, data_base64, ...others } = event;
	const attributes = Object.entries(others).filter(([, value]) => value !== null);
	return accepted({
		type: 'track',
		event: type,
		messageId: id,
		timestamp: time,
		userId: firstGiven(fields.at(event, 'userId'), event.subject),
		anonymousId: fields.at(event, 'anonymousId'),
		properties: asProperties(data_base64 === undefined ? data : decodeData(event)),
		// Keeps the subject, too: it may be something other than a user.
		context: { cloudevents: Object.fromEntries(attributes) },
	});
}

/** Decodes Base64 data if its content type is JSON. */
function decodeData({ data_base64, datacontenttype }: JsonObject): unknown {
	const undecoded = { data_base64 };
	if (typeof data_base64 !== 'string' || !/[/+]json$/.test(mediaType(datacontenttype))) return undecoded;
	try {
		return JSON.parse(Buffer.from(data_base64, 'base64').toString('utf8'));
	} catch {
		return undecoded;
	}
}

function invalid({ id }: JsonObject, path: string, detail: string): Mapped {
	return notAccepted({ code: 'invalid_cloud_event', path, detail, messageId: id });
}
