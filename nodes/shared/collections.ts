import { isGiven, isObject } from './event';

/** One value or a list, as a list. */
export function asList(value: unknown): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	return isGiven(value) ? [value] : [];
}

/** What was added to a collection of fields, in its order. */
export function entriesOf(collection: unknown, name: string): Array<Record<string, unknown>> {
	return isObject(collection) ? asList(collection[name]).filter(isObject) : [];
}
