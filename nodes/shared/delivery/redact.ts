import { isObject } from '../event';

/** What is shown in place of a secret. */
export const masked = '•••';

/** Replaces every occurrence of a secret in a text. */
export function redact(text: string, secrets: readonly string[]): string {
	// The longest first: one secret may begin like another.
	const ordered = secrets.filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
	return ordered.reduce((shown, secret) => shown.replaceAll(secret, masked), text);
}

/** Parses JSON and replaces the secrets in its texts, however they were escaped. Throws like `JSON.parse`. */
export function parseRedacted(json: string, secrets: readonly string[]): unknown {
	return JSON.parse(json, (_, value: unknown) => {
		if (typeof value === 'string') return redact(value, secrets);
		if (!isObject(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key, secrets), inner]));
	});
}
