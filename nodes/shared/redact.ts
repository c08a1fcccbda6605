import { escapeRegExp } from 'lodash';
import { isObject } from './event';

/** What is shown in place of a secret. */
export const masked = '•••';

/** Shorter ones would be found, encoded, in texts that have nothing to do with them. */
const shortestEncoded = 8;

/** Finds each of these texts. */
export function anyOf(texts: readonly string[]): RegExp {
	return eitherOf(longestFirst(texts).map(escapeRegExp));
}

/**
 * Finds all that a credential's secrets may come back as from a service, or from what stands before it: trimmed
 * as headers are, and as others write them down.
 * @param signatureFollows the text before a signature; the signature differs with each request
 */
export function anyFormOf(secrets: readonly string[], signatureFollows?: string): RegExp {
	const texts = secrets.flatMap((secret) => [secret, secret.trim()]).filter((text) => text !== '');
	const forms = longestFirst(texts.flatMap(formsOf)).map(escapeRegExp);
	if (signatureFollows === undefined) return eitherOf(forms);
	const beforeSignature = longestFirst(formsOf(signatureFollows)).map(escapeRegExp).join('|');
	return eitherOf([`(?<=${beforeSignature})(?:[\\w+/=%-]|\\\\/)+`, ...forms]);
}

/** One secret may begin like another. */
function longestFirst(texts: readonly string[]): string[] {
	return [...new Set(texts)].sort((a, b) => b.length - a.length);
}

/** One pattern for all, because every text of every answer is looked through. */
function eitherOf(patterns: readonly string[]): RegExp {
	const nothing = '(?!)';
	return new RegExp(patterns.length === 0 ? nothing : patterns.join('|'), 'g');
}

/** Plain and escaped as in JSON, once or in a text of JSON again; and all of these encoded. */
function formsOf(text: string): string[] {
	const texts = [text, inJson(text), inJson(inJson(text))];
	return text.length < shortestEncoded ? texts : texts.flatMap(encodedForms);
}

/** As a text stands between the quotes of JSON. */
function inJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

function encodedForms(text: string): string[] {
	const inUrl = encodeURIComponent(text);
	// Headers carry one byte a character, bodies carry UTF-8.
	const encodings = [Buffer.from(text, 'utf8'), Buffer.from(text, 'latin1')];
	return [
		text,
		text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
		inUrl,
		inUrl.replaceAll('%20', '+'),
		new URLSearchParams([['', text]]).toString().slice(1),
		...encodings.flatMap((bytes) => [bytes.toString('hex'), ...base64Forms(bytes)]),
	];
}

/** As Base64 writes it inside of a longer text, wherever it starts there. */
function base64Forms(bytes: Buffer): string[] {
	return [0, 1, 2].flatMap((offset) => {
		const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
		// Characters stand for six bits; those that hold bits of a neighbour differ each time.
		const first = Math.ceil((offset * 8) / 6);
		const end = Math.floor((shifted.length * 8) / 6);
		return (['base64', 'base64url'] as const).map((encoding) => shifted.toString(encoding).slice(first, end));
	});
}

/** Replaces every secret that a pattern finds in a text. */
export function redact(text: string, secrets: RegExp): string {
	return text.replace(secrets, masked);
}

/** Parses JSON and replaces the secrets in its texts, however they were escaped. Throws like `JSON.parse`. */
export function parseRedacted(json: string, secrets: RegExp): unknown {
	return JSON.parse(json, (_, value: unknown) => {
		if (typeof value === 'string') return redact(value, secrets);
		if (!isObject(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key, secrets), inner]));
	});
}
