import { createHash } from 'node:crypto';
import { clone, toPath, unset, updateWith } from 'lodash';
import type { JsonObject } from '../event';

export interface PrivacyRules {
	/** Paths in the event, e.g. `traits.email`, whose values are replaced with their SHA-256. */
	hash: readonly string[];
	/** Paths to remove. */
	drop: readonly string[];
}

/** Returns a copy of the event without the fields to drop and with the others hashed. */
export function protect<E extends object>(event: E, { hash, drop }: PrivacyRules): E {
	return atEach(hash, atEach(drop, event, without), hashed);
}

/** Returns what to correct in a path that a user entered, or undefined if it can be used. */
export function checkPath(path: string, use: keyof PrivacyRules): string | undefined {
	const [field = '', ...rest] = toPath(path);
	if (objects.has(field)) {
		return rest.length === 0
			? `'${path}' belongs to every event. Name what is in it, e.g. ${field}.email`
			: undefined;
	}
	if (texts.has(path)) return undefined;
	if (ids.has(path)) {
		return use === 'hash' ? undefined : `An event needs '${path}' to say whose it is. Hash it instead`;
	}
	return `'${path}' is no field of an event. Use a path such as traits.email or properties.card.number`;
}

const objects = new Set(['traits', 'properties', 'context']);
const ids = new Set(['userId', 'anonymousId', 'groupId', 'previousId']);
const texts = new Set(['name', 'category']);

/** The keys that lead from an event to one of its values. */
type KeyPath = readonly string[];

function atEach<E extends object>(
	paths: readonly string[],
	event: E,
	change: (event: E, path: KeyPath) => E,
): E {
	return paths
		.flatMap(everywhere)
		.reduce((changed, keys) => pathsIn(changed, keys).reduce(change, changed), event);
}

/** Adds the same path in `context.traits`: SDKs copy traits there, and the copy needs protection, too. */
function everywhere(path: string): KeyPath[] {
	const keys = toPath(path);
	return keys[0] === 'traits' ? [keys, ['context', ...keys]] : [keys];
}

/** Finds the values that a path can mean. There are several if an object also has keys with dots, e.g. `card.number`. */
function pathsIn(value: unknown, keys: KeyPath): KeyPath[] {
	if (keys.length === 0) return [[]];
	if (typeof value !== 'object' || value === null) return [];
	return keys.flatMap((_, index) => {
		const key = keys.slice(0, index + 1).join('.');
		if (!Object.hasOwn(value, key)) return [];
		const paths = pathsIn((value as JsonObject)[key], keys.slice(index + 1));
		return paths.map((path) => [key, ...path]);
	});
}

// Both copy only the objects that lead to the value and share the others, so they never walk deep data.

function without<E extends object>(event: E, path: KeyPath): E {
	const copy = updateWith(clone(event), path.slice(0, -1), clone, clone);
	unset(copy, path);
	return copy;
}

function hashed<E extends object>(event: E, path: KeyPath): E {
	return updateWith(clone(event), path, hashValue, clone);
}

const alreadyHashed = /^[0-9a-f]{64}$/;

/** Trims and lowercases the value first, as ad platforms expect for email addresses. Keeps an existing hash. */
function hashValue(value: unknown): unknown {
	if (value === null || value === undefined) return value;
	if (Array.isArray(value)) return value.map(hashValue);
	const plain = typeof value === 'object' ? JSON.stringify(value) : String(value).trim().toLowerCase();
	if (plain === '') return value;
	return alreadyHashed.test(plain) ? plain : createHash('sha256').update(plain).digest('hex');
}
