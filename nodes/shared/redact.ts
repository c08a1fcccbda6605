import { escape, escapeRegExp, unescape } from 'lodash';
import { isObject } from './event';

/** Replaces a secret wherever it would be shown. */
export const masked = '•••';

/** Encoded forms of shorter secrets match unrelated text. */
const shortestEncoded = 8;

/** A pattern that matches each of these texts. */
export function anyOf(texts: readonly string[]): RegExp {
	return eitherOf(longestFirst(texts).map(escapeRegExp));
}

/**
 * A pattern that matches a credential's secrets in the forms in which a service or a proxy may return them:
 * trimmed, escaped or encoded. `docs/operations.md` lists them.
 * @param signatureFollows the text before a signature, which differs with each request
 */
export function anyFormOf(secrets: readonly string[], signatureFollows?: string): RegExp {
	const texts = secrets.flatMap((secret) => [secret, secret.trim()]).filter((text) => text !== '');
	const forms = longestFirst(texts.flatMap(formsOf)).map(escapeRegExp);
	if (signatureFollows === undefined) return eitherOf(forms);
	const beforeSignature = longestFirst(formsOf(signatureFollows)).map(escapeRegExp).join('|');
	return eitherOf([`(?<=${beforeSignature})(?:[\\w+/=%-]|\\\\/)+`, ...forms]);
}

/** Longest first, because one secret may start with another. */
function longestFirst(texts: readonly string[]): string[] {
	return [...new Set(texts)].sort((a, b) => b.length - a.length);
}

/** One pattern for all, because it runs over every text of every response. */
function eitherOf(patterns: readonly string[]): RegExp {
	const nothing = '(?!)';
	return new RegExp(patterns.length === 0 ? nothing : patterns.join('|'), 'g');
}

/** The text itself, as JSON, as JSON within JSON, and each of these encoded. */
function formsOf(text: string): string[] {
	const texts = [text, inJson(text), inJson(text).replaceAll('/', '\\/'), inJson(inJson(text))];
	if (text.length < shortestEncoded) return texts;
	const base64InBase64 = base64Forms(Buffer.from(text)).flatMap((form) => base64Forms(Buffer.from(form)));
	return [...texts.flatMap(encodedForms), ...htmlForms(text), ...base64InBase64];
}

/** The text between the quotes of its JSON. */
function inJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

function encodedForms(text: string): string[] {
	const inUrl = encodeURIComponent(text);
	const inForm = new URLSearchParams([['', text]]).toString().slice(1);
	// Headers use one byte per character, bodies use UTF-8.
	const encodings = [Buffer.from(text, 'utf8'), Buffer.from(text, 'latin1')];
	return [
		text,
		...[/[^\x20-\x7e]/g, /[^\x20-\x7e]|[<>&']/g].flatMap((special) => {
			const codes = text.replace(special, (unit) => `\\u${hexOf(unit)}`);
			return [codes, text.replace(special, (unit) => `\\u${hexOf(unit).toUpperCase()}`)];
		}),
		...[inUrl, inUrl.replaceAll('%20', '+'), inForm].flatMap((form) => [form, withSmallHex(form)]),
		...encodings.flatMap((bytes) => {
			const hex = bytes.toString('hex');
			return [hex, hex.toUpperCase(), ...base64Forms(bytes)];
		}),
	];
}

/** The four digits of an escape such as `\u003c`. */
function hexOf(unit: string): string {
	return unit.charCodeAt(0).toString(16).padStart(4, '0');
}

/** `%2F` and `%2f` are the same. */
function withSmallHex(inUrl: string): string {
	return inUrl.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase());
}

/** As the usual template engines escape text: with names, and with decimal or hexadecimal numbers. */
function htmlForms(text: string): string[] {
	const codeOf = (character: string) => character.charCodeAt(0);
	return [
		escape(text),
		escape(text).replaceAll('&quot;', '&#34;'),
		escape(text).replaceAll('&#39;', '&#039;'),
		escape(text).replaceAll('&#39;', '&#x27;'),
		text.replace(/[&<>"'+]/g, (character) => `&#${codeOf(character)};`),
		text.replace(/[&<>"'`=/]/g, (character) => `&#x${codeOf(character).toString(16).toUpperCase()};`),
		escape(text).replace(/&quot;|&#39;|[`=/]/g, (entity) => {
			const character = unescape(entity);
			return character === '"' ? entity : `&#x${codeOf(character).toString(16).toUpperCase()};`;
		}),
	];
}

/** The Base64 of a part of a longer text, for each of the three offsets at which it can start. */
function base64Forms(bytes: Buffer): string[] {
	return [0, 1, 2].flatMap((offset) => {
		const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
		// Each character holds six bits. Those that share bits with neighboring text differ each time.
		const first = Math.ceil((offset * 8) / 6);
		const end = Math.floor((shifted.length * 8) / 6);
		return (['base64', 'base64url'] as const).map((encoding) => shifted.toString(encoding).slice(first, end));
	});
}

/** Lines of Base64 or hex, also with line breaks as in JSON. Bounded, because the engine remembers each step of a match. */
const encodedLines = /(?<![\w+/=-])[\w+/=-]{8,1000}(?:(?:\r?\n|\\[rn]){1,4}[\w+/=-]{1,1000}){1,200}/g;

/** Masks every match of the pattern, and lines in which it matches once they are joined. */
export function redact(text: string, secrets: RegExp): string {
	return text.replace(secrets, masked).replace(encodedLines, (lines) => {
		const joined = lines.replace(/\r|\n|\\[rn]/g, '');
		return joined.replace(secrets, masked) === joined ? lines : masked;
	});
}

/** Parses JSON and masks the secrets in its keys and values. Throws like `JSON.parse`. */
export function parseRedacted(json: string, secrets: RegExp): unknown {
	return JSON.parse(json, (_, value: unknown) => {
		if (typeof value === 'string') return redact(value, secrets);
		if (!isObject(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key, secrets), inner]));
	});
}
