const [tab, lineFeed, carriageReturn, space] = [0x09, 0x0a, 0x0d, 0x20];
const [quote, backslash] = [0x22, 0x5c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Finds the first object in a JSON list without parsing the body, which isn't trusted yet.
 * @returns its bytes, or undefined if the text isn't a list that starts with an object
 */
export function firstElement(json: Buffer): Buffer | undefined {
	const listStart = skipWhitespace(json, 0);
	if (json[listStart] !== openList) return undefined;
	const start = skipWhitespace(json, listStart + 1);
	if (json[start] !== openObject) return undefined;

	let depth = 0;
	let inText = false;
	for (let at = start; at < json.length; at++) {
		const byte = json[at];
		if (inText && byte === backslash) at++;
		else if (byte === quote) inText = !inText;
		else if (inText) continue;
		else if (byte === openObject || byte === openList) depth++;
		else if (byte === closeObject || byte === closeList) depth--;
		if (depth === 0) return json.subarray(start, at + 1);
	}
	return undefined;
}

function skipWhitespace(json: Buffer, from: number): number {
	let at = from;
	while ([tab, lineFeed, carriageReturn, space].includes(json[at] ?? 0)) at++;
	return at;
}
