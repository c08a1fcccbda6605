import { createHash } from 'node:crypto';
import { mapValues, takeWhile } from 'lodash';
import { isObject, type JsonObject } from '../event';
import { remember } from '../remember';
import { eachEntry, parsePath, type Step } from './path';

export interface PrivacyRules {
	/** Paths in the event, e.g. `traits.email`, whose values are replaced with their SHA-256. */
	hash: readonly string[];
	/** Paths to remove. */
	drop: readonly string[];
}

/**
 * Returns a copy of the event without the fields to drop and with the others hashed. Finds keys in upper and lower case,
 * and in each entry of a list: a rule must not miss what it is for.
 */
export function protect<E extends object>(event: E, { hash, drop }: PrivacyRules): E {
	const dropped = changeEverywhere(event, drop, () => undefined);
	return changeEverywhere(dropped, hash, hashValue);
}

/** Returns what to correct in a path that a user entered, or undefined if it can be used. */
export function checkPath(path: string, use: keyof PrivacyRules): string | undefined {
	const steps = parsePath(path);
	if (steps === undefined) {
		return `'${path}' is not a path. Use dots between names, and [] for each entry of a list, e.g. properties.products[].email`;
	}
	const [field, ...rest] = steps;
	if (field !== undefined && objects.has(field)) {
		return rest.every((step) => step === eachEntry)
			? `'${path}' can't be dropped or hashed as a whole. Enter a field inside it, e.g. ${String(field)}.email`
			: undefined;
	}
	if (texts.has(path)) return undefined;
	if (ids.has(path)) {
		return use === 'hash'
			? undefined
			: `'${path}' identifies the person, so it can't be dropped. Hash it instead`;
	}
	return `'${path}' isn't a field of an event. Use a path such as traits.email or properties.card.number`;
}

const objects = new Set<Step>(['traits', 'properties', 'context']);
const ids = new Set(['userId', 'anonymousId', 'groupId', 'previousId']);
const texts = new Set(['name', 'category']);

/** Returns what replaces a value; undefined to leave it out. */
type Change = (value: unknown) => unknown;

function changeEverywhere<E extends object>(event: E, paths: readonly string[], change: Change): E {
	const routes = paths.flatMap(routesOf);
	return routes.reduce((changed, route) => changeAlong(route, changed, change) as E, event);
}

/** The rest of a path, seen from a value on the way. */
interface Route {
	/** What follows each key, in lower case. There are several if a key may hold dots itself, e.g. `card.number`. */
	keys?: ReadonlyMap<string, Route>;
	/** What follows each entry of a list. */
	each?: Route;
}

const arrived: Route = {};

const routesOf = remember(1000, (path: string): readonly Route[] => {
	const steps = parsePath(path);
	if (steps === undefined) return [];
	// SDKs copy traits to the context, and the copy needs protection, too.
	return (steps[0] === 'traits' ? [steps, ['context', ...steps]] : [steps]).map(routeFor);
});

function routeFor(steps: readonly Step[]): Route {
	const routes = steps.reduceRight<readonly Route[]>(
		(after, _, at) => [firstRoute(steps.slice(at), after), ...after],
		[arrived],
	);
	return routes[0] ?? arrived;
}

/** @param after the routes after one step, after two, and so on */
function firstRoute(steps: readonly Step[], after: readonly Route[]): Route {
	if (steps[0] === eachEntry) return { each: after[0] };
	const names = takeWhile(steps, (step) => step !== eachEntry);
	const keys = names.map((_, index) =>
		names
			.slice(0, index + 1)
			.join('.')
			.toLowerCase(),
	);
	return { keys: new Map(keys.map((key, index) => [key, after[index] ?? arrived])) };
}

/** Copies only what leads to a change, and only once, and shares the rest. */
function changeAlong(route: Route, value: unknown, change: Change): unknown {
	if (route === arrived) return change(value);
	if (Array.isArray(value)) return changeList(route, value, change);
	if (route.each !== undefined) return changeOneOrEach(route.each, value, change);
	return isObject(value) ? changeObject(route, value, change) : value;
}

/** A value where a list is expected: it is the only entry, or an object that holds the entries, as PHP writes some lists. */
function changeOneOrEach(route: Route, value: unknown, change: Change): unknown {
	const changed = changeAlong(route, value, change);
	if (route === arrived || !isObject(changed)) return changed;
	const entries = mapValues(changed, (entry) =>
		isObject(entry) ? changeAlong(route, entry, change) : entry,
	);
	return Object.keys(entries).every((key) => entries[key] === changed[key]) ? changed : entries;
}

/** Follows a route without `[]` into each entry, too: a sender may send one product or a list of them. */
function changeList(route: Route, list: unknown[], change: Change): unknown {
	const { keys, each } = route;
	const changed = list.map((entry, index) => {
		const next = each ?? keys?.get(String(index)) ?? route;
		// Later entries keep their positions, which other rules may name.
		return changeAlong(next, entry, change) ?? null;
	});
	return changed.every((entry, index) => entry === list[index]) ? list : changed;
}

function changeObject({ keys }: Route, object: JsonObject, change: Change): JsonObject {
	let copy: JsonObject | undefined;
	for (const key of Object.keys(object)) {
		const next = keys?.get(key.toLowerCase());
		const changed = next === undefined ? object[key] : changeAlong(next, object[key], change);
		if (changed === object[key]) continue;
		copy ??= { ...object };
		if (changed === undefined) delete copy[key];
		else copy[key] = changed;
	}
	return copy ?? object;
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
