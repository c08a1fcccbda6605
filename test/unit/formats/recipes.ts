import type { IncomingRequest } from '../../../nodes/shared/formats';

/** A request that is described by numbers, so that tests can search for the ones that cost the most. */
export interface Recipe {
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
	/** The length of the keys. */
	keyLength: number;
	/** The length of the header with the ID of the request. */
	requestId: number;
}

/** The largest useful value of each number. */
export const mostOf: Recipe = {
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
	keyLength: 2000,
	requestId: 8000,
};

const nothing: Recipe = {
	...{ shape: 0, event: 0, count: 2500, sharedKeys: 0, sharedText: 0, ownKeys: 0, ownText: 0, depth: 0 },
	...{ unknownFields: 0, unsafeKeys: 0, keyLength: 1, requestId: 0 },
};

/** The smallest events, without anything special. */
export const plain: Recipe = { ...nothing, shape: 4 };

/** What a search over random recipes found to cost the most for its size, by bytes, by reads and by time. */
const worst: Recipe[] = [
	{ ...nothing, sharedKeys: 2000 },
	{ ...nothing, event: 2, sharedKeys: 2000, ownKeys: 1 },
	{ ...nothing, shape: 1, event: 11, sharedKeys: 128 },
	{ ...nothing, shape: 2, event: 0, sharedKeys: 76, ownKeys: 1, requestId: 63 },
	{ ...nothing, shape: 2, event: 0, sharedKeys: 328, ownKeys: 2, unknownFields: 10, unsafeKeys: 1 },
	{ ...nothing, shape: 3, event: 4, sharedKeys: 357, depth: 3, unsafeKeys: 6 },
	{
		...nothing,
		count: 600,
		shape: 1,
		event: 4,
		sharedKeys: 156,
		depth: 7,
		unknownFields: 40,
		unsafeKeys: 9,
		keyLength: 16,
	},
	{ ...nothing, shape: 0, event: 0, sharedKeys: 1, sharedText: 1901, keyLength: 1832, requestId: 94 },
	{ ...nothing, count: 100, shape: 4, event: 1, ownKeys: 1, unsafeKeys: 20, keyLength: 2000 },
	{ ...nothing, shape: 4, event: 11, requestId: 8000 },
];

/** A hundred requests around the worst ones: each with a tenth of its events, two tenths, and so on. */
export const worstRecipes: Recipe[] = worst.flatMap((recipe) =>
	Array.from({ length: 10 }, (_, tenths) => ({ ...recipe, count: (recipe.count * (tenths + 1)) / 10 })),
);

type JsonObject = Record<string, unknown>;

export function requestOf(recipe: Recipe): IncomingRequest {
	const { shape, count, requestId } = recipe;
	const list = Array.from({ length: count }, (_, index) => eventOf(recipe, index));
	const shared = objectOf('s', recipe.sharedKeys, recipe.keyLength, recipe.sharedText);
	const body = bodies[shape % bodies.length]?.(list, shared);
	const headers: IncomingRequest['headers'] = {
		...(requestId === 0 ? {} : { 'webhook-id': 'r'.repeat(requestId) }),
		...(shape === cloudEvents ? { 'content-type': 'application/cloudevents-batch+json' } : {}),
	};
	return { body: JSON.parse(JSON.stringify(body)), headers, subPath: '' };
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
