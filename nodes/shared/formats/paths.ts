import { toPath } from 'lodash';
import { isObject, text, type JsonObject } from '../event';

/**
 * Where in a sender's JSON the parts of an event are, in dots and brackets: `data.customer.id`,
 * `items[0].id`, `["order.id"]`. All but `events` start at one event.
 */
export interface Paths {
	/** The list of events within the body. */
	events?: string;
	event?: string;
	userId?: string;
	anonymousId?: string;
	messageId?: string;
	timestamp?: string;
	properties?: string;
}

/** Without a path, the field of that very name counts. */
export function fieldAt(event: JsonObject, paths: Paths, field: Exclude<keyof Paths, 'events'>): unknown {
	return valueAt(event, text(paths[field]) ?? field);
}

/**
 * What is at a path, undefined where there is none. Only own fields count: `constructor` is in every
 * object, and no sender sent it.
 */
export function valueAt(root: unknown, path: string | undefined): unknown {
	const trimmed = text(path);
	if (trimmed === undefined) return undefined;
	let value = root;
	for (const key of toPath(trimmed)) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
		value = (value as JsonObject)[key];
	}
	return value;
}

/** Properties are an object, whatever a sender has in their place. */
export function asProperties(value: unknown): JsonObject {
	if (isObject(value)) return value;
	return value === undefined || value === null ? {} : { data: value };
}

/** For an event in which nobody is found. */
export function userPathHint({ userId }: Paths): string {
	const path = text(userId);
	return path === undefined
		? 'Or set the path to the user ID, for example "data.customer.id".'
		: `Nothing is at "${path}", the path to the user ID.`;
}
