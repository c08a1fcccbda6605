import { decodeBody, type IncomingRequest } from '../../../nodes/shared/formats';
import worst from './worst-recipes.json';

/** A request that is described by numbers, so that tests can search for the ones that cost the most. */
export interface Recipe {
	/** Which of `encodings` writes the body. */
	encoding: number;
	/** Which of `bodies` holds the events. */
	shape: number;
	/** Which of `events` is repeated. */
	event: number;
	count: number;
	/** What the batch shares. */
	sharedKeys: number;
	sharedText: number;
	/** What each event has. */
	ownKeys: number;
	ownText: number;
	depth: number;
	unknownFields: number;
	unsafeKeys: number;
	/** The digits of the numbers in each event. JSON parsing rounds more than 15. */
	digits: number;
	/** The length of the keys. */
	keyLength: number;
	/** The length of the header with the ID of the request. */
	requestId: number;
}

/** The largest useful value of each number. */
export const mostOf: Recipe = {
	encoding: 9,
	shape: 9,
	event: 11,
	count: 2500,
	sharedKeys: 2000,
	sharedText: 2000,
	ownKeys: 300,
	ownText: 3000,
	depth: 70,
	unknownFields: 40,
	unsafeKeys: 40,
	digits: 30,
	keyLength: 2000,
	requestId: 8000,
};

/** The smallest events, without anything special. */
export const plain: Recipe = {
	...{ encoding: 0, shape: 4, event: 0, count: 2500, sharedKeys: 0, sharedText: 0, ownKeys: 0, ownText: 0 },
	...{ depth: 0, unknownFields: 0, unsafeKeys: 0, digits: 1, keyLength: 1, requestId: 0 },
};

/**
 * The hundred that an hour of search found to cost the most: by the bytes of their items, by reads and by time, for their
 * size and in all. `search-worst.ts` writes them.
 */
export const worstRecipes: Recipe[] = worst.map((recipe) => ({ ...plain, ...recipe }));

type JsonObject = Record<string, unknown>;

/** The most bytes of a request. Larger ones are refused. */
export const mostSent = 500 * 1024;

/** Leaves out most of what is too large, before it is built. */
export function fits({
	count,
	ownKeys,
	ownText,
	sharedKeys,
	sharedText,
	keyLength,
	depth,
	unknownFields,
}: Recipe): boolean {
	const ofEvent = 20 + ownKeys * (ownText + keyLength + 5) + keyLength + 6 * depth + 8 * unknownFields;
	return count * ofEvent + sharedKeys * (sharedText + keyLength + 5) < mostSent;
}

/** A request as its sender sends it. */
export interface SentRequest {
	text: string;
	headers: Record<string, string>;
}

export function sentRequestOf(recipe: Recipe): SentRequest {
	const { encoding, shape, count, requestId } = recipe;
	const list = Array.from({ length: count }, (_, index) => eventOf(recipe, index));
	const shared = objectOf('s', recipe.sharedKeys, recipe.keyLength, recipe.sharedText);
	const body = bodies[shape % bodies.length]?.(list, shared);
	const encode = encodings[encoding % encodings.length] ?? asJson;
	const { contentType, text } = encode(body, (value) => withDigits(JSON.stringify(value), recipe.digits));
	return {
		text,
		headers: {
			'content-type': encode === asJson && shape === cloudEvents ? batchOfCloudEvents : contentType,
			...(requestId === 0 ? {} : { 'webhook-id': 'r'.repeat(requestId) }),
		},
	};
}

/** Decodes a request as the trigger does. */
export function decodeRequest({ text, headers }: SentRequest): IncomingRequest {
	const decoded = decodeBody(Buffer.from(text), { contentType: headers['content-type'] });
	if (decoded === undefined) throw new Error(`Cannot be decoded: ${text.slice(0, 100)}`);
	const { body, exactBody, isEncoded } = decoded;
	return { body, ...(exactBody === undefined ? {} : { exactBody }), headers, subPath: '', isEncoded };
}

const batchOfCloudEvents = 'application/cloudevents-batch+json';

type Encoding = (body: unknown, toJson: (value: unknown) => string) => { contentType: string; text: string };

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const asJson: Encoding = (body, toJson) => ({ contentType: json, text: toJson(body) });
const asTextOfJson = (text: string) => ({ contentType: json, text: JSON.stringify(text) });
const inSns = (Message: string) => JSON.stringify({ Type: 'Notification', MessageId: '1', Message });
const inPubSub = (text: string) =>
	JSON.stringify({ message: { data: toBase64(text), messageId: '1' }, subscription: 's' });
const toBase64 = (text: string) => Buffer.from(text).toString('base64');

const encodings: Encoding[] = [
	asJson,
	(body, toJson) => asTextOfJson(toJson(body)),
	(body, toJson) => asTextOfJson(JSON.stringify(toJson(body))),
	(body, toJson) => ({ contentType: json, text: inSns(toJson(body)) }),
	(body, toJson) => ({ contentType: json, text: inPubSub(toJson(body)) }),
	(body, toJson) => ({ contentType: json, text: inPubSub(inSns(toJson(body))) }),
	(body, toJson) => ({
		contentType: 'application/x-ndjson',
		text: (Array.isArray(body) ? body : [body]).map(toJson).join('\n'),
	}),
	(body, toJson) => ({ contentType: form, text: `data=${encodeURIComponent(toJson(body))}` }),
	(body, toJson) => ({ contentType: form, text: `data=${encodeURIComponent(toBase64(toJson(body)))}` }),
	(body) => ({ contentType: form, text: ['f=', ...fieldsOf('f', body)].join('&') }),
];

/** Writes nested values as PHP does: `f[a][0]=1`. Lists have no indexes, which costs the reader more. */
function fieldsOf(name: string, value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => fieldsOf(`${name}[]`, entry));
	if (typeof value !== 'object' || value === null) return [`${name}=${encodeURIComponent(String(value))}`];
	return Object.entries(value).flatMap(([key, inner]) => fieldsOf(`${name}[${key}]`, inner));
}

/** Puts numbers with more digits than JavaScript has in the place of the number 1. */
function withDigits(text: string, digits: number): string {
	return digits <= 1 ? text : text.replaceAll(':1', `:${'9'.repeat(digits)}`);
}

const cloudEvents = 7;

const bodies: Array<(list: unknown[], shared: JsonObject) => unknown> = [
	(batch, context) => ({ context, batch }),
	(batch, integrations) => ({ integrations, batch }),
	(batch, traits) => ({ context: { traits }, integrations: traits, batch }),
	(batch, shared) => ({
		context: { ...shared, ['__proto__']: 1, a: JSON.parse('{"__proto__":1}') as unknown },
		batch,
	}),
	(list) => list,
	(batch, properties) => ({ api_key: 'k', properties, sent_at: JSON.stringify(properties), batch }),
	(list, shared) => ({ type: 'x', data: list, shared }),
	(list) => list,
	(list, shared) => ({ ...shared, data: { items: list } }),
	(batch, shared) => ({ sentAt: JSON.stringify(shared), batch }),
];

const events: Array<(own: JsonObject, index: number) => unknown> = [
	(own) => ({ event: 'a', userId: '1', ...own }),
	(properties) => ({ event: 'a', userId: '1', properties }),
	(context) => ({ event: 'a', userId: '1', context }),
	(traits) => ({ type: 'identify', userId: 1, context: { traits }, traits }),
	(traits) => ({ type: 'identify', userId: 1, context: { traits } }),
	(own) => ({
		type: 'group',
		userId: 1,
		groupId: 2,
		version: 3,
		context: { x: own },
		sentAt: 'soon',
		timestamp: 'soon',
	}),
	(own) => ({ event: '$identify', distinct_id: 1, properties: { $set: own, $set_once: own }, $set: own }),
	(own) => ({ event: '$groupidentify', distinct_id: 1, properties: { $group_key: 1, $group_set: own } }),
	(own, index) => ({
		specversion: '1.0',
		id: String(index),
		source: 's',
		type: 't',
		subject: '1',
		data: own,
		...own,
	}),
	(own) => ({ user_id: 1, messageId: 'x'.repeat(100), ...own }),
	(own) => [own],
	() => 1,
];

function eventOf(
	{ event, ownKeys, ownText, depth, unknownFields, unsafeKeys, keyLength }: Recipe,
	index: number,
) {
	let own = objectOf('o', ownKeys, keyLength, ownText);
	for (let level = 0; level < depth; level++) own = { a: own };
	const unsafe = Array.from({ length: unsafeKeys }, () => JSON.parse('{"__proto__":1}') as unknown);
	const made = events[event % events.length]?.(
		{ ...own, ...(unsafeKeys === 0 ? {} : { ['k'.repeat(keyLength)]: unsafe }) },
		index,
	);
	if (unknownFields === 0 || typeof made !== 'object' || Array.isArray(made)) return made;
	return { ...made, ...objectOf(`u${index}`, unknownFields, 1, 0) };
}

function objectOf(name: string, keys: number, keyLength: number, textLength: number): JsonObject {
	const value = textLength === 0 ? 1 : 'x'.repeat(textLength);
	return Object.fromEntries(
		Array.from({ length: keys }, (_, index) => [`${name}${index}`.padEnd(keyLength, '_'), value]),
	);
}
