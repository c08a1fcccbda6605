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

/**
 * Parses one JSON value per line, as in https://github.com/ndjson/ndjson-spec. Skips empty lines.
 * @returns undefined if a line isn't JSON
 */
export function parseJsonLines(text: string): ParsedJson | undefined {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const isEachJson = lines.length > 0 && lines.every((line) => parse(line) !== undefined);
	return isEachJson ? parseJson(`[${lines.join(',')}]`) : undefined;
}
