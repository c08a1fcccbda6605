/** Helpers for JSON values of unknown types. */

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Checks that a value isn't missing, null or empty text. */
export function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

/** Checks that a value says nothing: it is missing, null, empty text, or an object or a list without content. */
export function isEmpty(value: unknown): boolean {
	return !isGiven(value) || ((Array.isArray(value) || isObject(value)) && Object.keys(value).length === 0);
}

/** Returns the first value that isn't missing, null or blank text. */
export function firstGiven(...values: unknown[]): unknown {
	return values.find((value) => (typeof value === 'string' ? text(value) !== undefined : isGiven(value)));
}

/**
 * Returns a string or a number as trimmed text; undefined for anything else and for blank text. Numbers beyond 2^53
 * are undefined, too: JSON parsing has rounded them, so that two IDs may have become one.
 */
export function text(value: unknown): string | undefined {
	if (typeof value === 'number') return isExact(value) ? String(value) : undefined;
	if (typeof value !== 'string') return undefined;
	const trimmed = value.trim();
	return trimmed === '' ? undefined : trimmed;
}

function isExact(number: number): boolean {
	return Math.abs(number) <= Number.MAX_SAFE_INTEGER;
}

/** Counts characters as services do: an emoji counts as one, not as two like in JavaScript's `length`. */
export function characters(text: string): number {
	return [...text].length;
}

/** Cuts text to this length. The last character then is an ellipsis. */
export function shorten(text: string, longest: number): string {
	return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** Removes the write key, which browser SDKs put into the body. */
export function withoutSecrets(received: unknown): unknown {
	if (!isObject(received) || !('writeKey' in received || 'api_key' in received)) return received;
	const { writeKey: _, api_key: __, ...rest } = received;
	return rest;
}
