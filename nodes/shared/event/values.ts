/** Small questions about values that a sender may have put anywhere. */

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a sender filled a field in at all. */
export function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

/** The first value that a sender filled in; blank text is none. */
export function firstGiven(...values: unknown[]): unknown {
	return values.find((value) => (typeof value === 'string' ? text(value) !== undefined : isGiven(value)));
}

/**
 * Trimmed text of a string or a number; undefined for anything else and for blank text. Also for numbers beyond
 * 2^53: they were rounded when their JSON was read, so that two ids may have become one.
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

/** Characters as services count them: an emoji is one, though JavaScript's `length` says two. */
export function characters(text: string): number {
	return [...text].length;
}

/** Browser SDKs put their write key into the body. */
export function withoutSecrets(received: unknown): unknown {
	if (!isObject(received) || !('writeKey' in received || 'api_key' in received)) return received;
	const { writeKey: _, api_key: __, ...rest } = received;
	return rest;
}
