import { mayHaveRoundedNumbers, quoteRoundedNumbers } from './exact-numbers';

export interface ParsedJson {
	body: unknown;
	/** The same with the own text of numbers that parsing has rounded; missing if there are none. */
	exactBody?: unknown;
}

/** Returns undefined for text that isn't JSON. */
export function parseJson(json: string): ParsedJson | undefined {
	const text = withoutByteOrderMark(json);
	const body = parse(text);
	return body === undefined ? undefined : { body, ...exactly(text, Buffer.from(text)) };
}

/**
 * Parses the text again if numbers in it were rounded.
 * @param bytes the same text
 */
export function exactly(json: string, bytes: Buffer): Pick<ParsedJson, 'exactBody'> {
	if (!mayHaveRoundedNumbers(bytes)) return {};
	const quoted = quoteRoundedNumbers(json);
	return quoted === json ? {} : { exactBody: parse(quoted) };
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

export function withoutByteOrderMark(text: string): string {
	return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

export interface ParsedLines extends ParsedJson {
	/** The number of each line that isn't JSON, from 1, by its text. The body has the text in its place. */
	brokenLines?: ReadonlyMap<string, number>;
}

/**
 * Parses one JSON value per line, as in https://github.com/ndjson/ndjson-spec. Skips empty lines.
 * @returns undefined if no line is JSON
 */
export function parseJsonLines(text: string): ParsedLines | undefined {
	const brokenLines = new Map<string, number>();
	const values: string[] = [];
	let read = 0;
	for (const [index, given] of text.split('\n').entries()) {
		const line = given.trim();
		if (line === '') continue;
		const isJson = parse(line) !== undefined;
		if (isJson) read++;
		else if (!brokenLines.has(line)) brokenLines.set(line, index + 1);
		values.push(isJson ? line : JSON.stringify(line));
	}
	if (read === 0) return undefined;
	const parsed = parseJson(`[${values.join(',')}]`);
	return parsed && (brokenLines.size === 0 ? parsed : { ...parsed, brokenLines });
}
