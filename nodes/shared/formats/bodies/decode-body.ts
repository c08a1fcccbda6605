import { isObject, type Warning } from '../../event';
import { parseForm } from './form';
import {
	exactly,
	parseJson,
	parseJsonLines,
	withoutByteOrderMark,
	type ParsedJson,
	type ParsedLines,
} from './json';

/** The body of a request as JSON values. */
export interface DecodedBody extends ParsedLines {
	/** About the body as a whole. */
	warnings: readonly Warning[];
	/** Whether texts in it may look different in the bytes, beyond what JSON itself escapes. */
	isEncoded: boolean;
}

interface BodyOptions {
	/** Without parameters, in lower case. Only forms and lines of JSON need it. */
	contentType: string | undefined;
	/** The body as JSON, if it has been parsed before. */
	parsed?: unknown;
}

/**
 * Decodes JSON, one JSON value per line, or a form. Never throws.
 * @returns undefined if the bytes are none of these
 */
export function decodeBody(bytes: Buffer, options: BodyOptions): DecodedBody | undefined {
	const text = bytes.toString('utf8');
	const decoded = parseText(withoutByteOrderMark(text), bytes, options);
	return decoded && { ...decoded, warnings: isUtf8(text, bytes) ? [] : [invalidUtf8] };
}

const replacement = '\uFFFD';

/** Node replaces bytes that aren't UTF-8. The sender can also have sent the replacement itself. */
function isUtf8(text: string, bytes: Buffer): boolean {
	return !text.includes(replacement) || Buffer.from(text).equals(bytes);
}

const invalidUtf8: Warning = {
	path: '',
	code: 'invalid_utf8',
	message: `Some bytes of the request are not UTF-8 and were replaced with "${replacement}". Send UTF-8.`,
};

type Parsed = ParsedLines & { isEncoded: boolean };

function parseText(text: string, bytes: Buffer, { contentType, parsed }: BodyOptions): Parsed | undefined {
	if (parsed !== undefined) return { body: parsed, ...exactly(text, bytes), isEncoded: false };
	// First, since some SDKs label JSON as a form or as text.
	const json = parseJson(text) ?? (startsWithObject.test(text) ? completeLines(text) : undefined);
	if (json !== undefined) return { ...json, isEncoded: false };
	if (jsonLines.has(contentType)) {
		const lines = parseJsonLines(text);
		return lines && { ...lines, isEncoded: false };
	}
	if (contentType !== 'application/x-www-form-urlencoded' || !looksLikeForm.test(text)) return undefined;
	return { ...formOf(text), isEncoded: true };
}

const startsWithObject = /^\s*\{/;

/** Without a label, text is only lines of JSON if every line is. */
function completeLines(text: string): ParsedLines | undefined {
	const lines = parseJsonLines(text);
	return lines?.brokenLines === undefined ? lines : undefined;
}

const jsonLines = new Set<string | undefined>([
	'application/x-ndjson',
	'application/ndjson',
	'application/jsonl',
	'application/x-jsonlines',
	'application/jsonlines',
]);

/** A name and `=`. Clients such as curl label anything as a form, also JSON with a mistake in it. */
const looksLikeForm = /^\s*[^\s{["<=&][^=&]*=/;

/** Reads a form. A lone field that holds JSON stands for that JSON. */
function formOf(text: string): ParsedJson {
	const body = parseForm(text);
	const fields = Object.entries(body).filter(([name]) => name !== 'compression');
	const [[name, value] = ['', undefined], ...others] = fields;
	if (typeof value !== 'string' || others.length > 0) return { body };
	const json = parseContainer(value) ?? (name === 'data' ? parseContainer(fromBase64(value)) : undefined);
	return json ?? { body };
}

function fromBase64(value: string): string {
	// "+" in a form means a space.
	return Buffer.from(value.replaceAll(' ', '+'), 'base64').toString('utf8');
}

/** Parses an object or a list. Other JSON, such as the number 1, is rather the text of a field. */
function parseContainer(text: string): ParsedJson | undefined {
	const parsed = /^\s*[[{]/.test(text) ? parseJson(text) : undefined;
	return isObject(parsed?.body) || Array.isArray(parsed?.body) ? parsed : undefined;
}
