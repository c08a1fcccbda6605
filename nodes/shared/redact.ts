import { escape, escapeRegExp } from 'lodash';
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
	const forms = longestFirst(texts).flatMap(formsOf);
	if (signatureFollows === undefined) return eitherOf(forms);
	const beforeSignature = formsOf(signatureFollows).join('|');
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

/** Patterns of the text itself, as JSON, as JSON within JSON, and each of these encoded. */
function formsOf(text: string): string[] {
	const texts = [text, inJson(text), inJson(inJson(text))];
	if (text.length < shortestEncoded) return texts.map(escapeRegExp);
	const base64InBase64 = base64Forms(Buffer.from(text)).flatMap((form) => base64Forms(Buffer.from(form)));
	return [...new Set([...texts.flatMap(encodedForms), inHtml(text), ...base64InBase64.map(inLines)])];
}

/** The text between the quotes of its JSON. */
function inJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

function encodedForms(text: string): string[] {
	const inUrl = encodeURIComponent(text);
	// Headers use one byte per character, bodies use UTF-8.
	const encodings = [Buffer.from(text, 'utf8'), Buffer.from(text, 'latin1')];
	const asciiOnly = text.replace(
		/[^\x20-\x7e]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return [
		...[text, asciiOnly].map(escapeRegExp),
		...[inUrl, inUrl.replaceAll('%20', '+'), new URLSearchParams([['', text]]).toString().slice(1)].map(
			inAnyHexCase,
		),
		...encodings.flatMap((bytes) => [
			bytes.toString('hex'),
			bytes.toString('hex').toUpperCase(),
			...base64Forms(bytes).map(inLines),
		]),
	];
}

/** `%2F` and `%2f` are the same. */
function inAnyHexCase(inUrl: string): string {
	return escapeRegExp(inUrl).replace(/%[0-9A-F]{2}/g, (code) => `(?:${code}|${code.toLowerCase()})`);
}

/** Base64 may be broken into lines anywhere, in JSON as `\n`. */
function inLines(base64: string): string {
	return [...base64].map(escapeRegExp).join('(?:\\s|\\\\[rn])*');
}

/** HTML has a name for some characters and a number for each. */
function inHtml(text: string): string {
	return [...text]
		.map((character) => {
			if (/\w/.test(character)) return character;
			const code = character.codePointAt(0) ?? 0;
			const name = escape(character);
			const forms = [character, name].map(escapeRegExp).join('|');
			return `(?:${forms}|&#0*${code};|&#[xX]0*${anyCase(code.toString(16))};)`;
		})
		.join('');
}

function anyCase(hex: string): string {
	return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
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

/** Masks every match of the pattern. */
export function redact(text: string, secrets: RegExp): string {
	return text.replace(secrets, masked);
}

/** Parses JSON and masks the secrets in its keys and values. Throws like `JSON.parse`. */
export function parseRedacted(json: string, secrets: RegExp): unknown {
	return JSON.parse(json, (_, value: unknown) => {
		if (typeof value === 'string') return redact(value, secrets);
		if (!isObject(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key, secrets), inner]));
	});
}
