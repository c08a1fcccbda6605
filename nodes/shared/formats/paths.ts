import { toPath } from 'lodash';
import { isObject, text, type JsonObject } from '../event';

/**
 * The paths to the parts of an event in a sender's JSON, with dots and brackets: `data.customer.id`, `items[0].id`,
 * `["order.id"]`. All except `events` start at an event.
 */
export interface Paths {
	/** The path to the list of events in the body. */
	events?: string;
	event?: string;
	userId?: string;
	anonymousId?: string;
	messageId?: string;
	timestamp?: string;
	properties?: string;
}

/** Returns the value at the path of a field; without a path, the value of the field of that name. */
export function fieldAt(event: JsonObject, paths: Paths, field: Exclude<keyof Paths, 'events'>): unknown {
	return valueAt(event, text(paths[field]) ?? field);
}

/**
 * Returns the value at a path, or undefined if there is none. Reads own fields only: every object inherits fields such
 * as `constructor`, which no sender sent.
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

/** Wraps a value that isn't an object, since properties must be one. */
export function asProperties(value: unknown): JsonObject {
	if (isObject(value)) return value;
	return value === undefined || value === null ? {} : { data: value };
}

/** Returns what to do about an event without a user. */
export function userPathHint({ userId }: Paths): string {
	const path = text(userId);
	return path === undefined
		? 'Or set the path to the user ID, for example "data.customer.id".'
		: `Nothing is at "${path}", the path to the user ID.`;
}
