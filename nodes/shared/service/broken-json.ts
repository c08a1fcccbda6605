/** Invisible characters, by the names that people can search for. */
const invisible: Record<string, string> = {
	'\ufeff': 'a byte order mark',
	'\u00a0': 'a no-break space',
	'\u200b': 'a zero-width space',
	'\n': 'a line break',
	'\r': 'a line break',
	'\t': 'a tab',
};

/** Shows the one character at which JSON breaks. More could be part of a password. */
export function foundAt(json: string, at: number): string {
	const character = String.fromCodePoint(json.codePointAt(at) ?? 0);
	return invisible[character] ?? (character === '"' ? `'"'` : `"${character}"`);
}

/** Says why JSON breaks here and what to do, for the usual causes. */
export function causeAt(json: string, at: number): string | undefined {
	const found = json.charAt(at);
	const before = json.slice(0, at).trimEnd();
	if (json.startsWith('[object Object]', at - 1)) {
		return 'An expression inside the JSON returns an object. Wrap the expression in JSON.stringify(), or remove the text around it.';
	}
	if (/[}\]]/.test(found) && before.endsWith(',')) return `Remove the comma before ${foundAt(json, at)}.`;
	if (found === "'") return "JSON doesn't allow single quotes. Put keys and text in double quotes.";
	if (/[“”„‟‘’‚«»]/.test(found)) return 'Replace typographic quotes with straight double quotes.';
	if (/[\ufeff\u00a0\u200b]/.test(found)) return `Remove the invisible character: ${foundAt(json, at)}.`;
	if (/[\p{L}_$]/u.test(found)) {
		return 'Put keys and text in double quotes, and write a double quote inside text as \\".';
	}
	return undefined;
}
