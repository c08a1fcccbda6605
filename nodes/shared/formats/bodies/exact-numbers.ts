import { isRounded } from '../../event';

const [zero, nine] = [0x30, 0x39];
/** The fewest digits of a whole number that JSON parsing rounds. */
const fewestDigits = 16;

/** Checks for a run of digits in UTF-8. Looks at one byte of every 16, since a run covers at least one of them. */
export function mayHaveRoundedNumbers(json: Uint8Array): boolean {
	for (let at = fewestDigits - 1; at < json.length; at += fewestDigits) {
		if (!isDigit(json[at])) continue;
		let start = at;
		while (isDigit(json[start - 1])) start--;
		let end = at + 1;
		while (isDigit(json[end])) end++;
		if (end - start >= fewestDigits) return true;
		at = Math.max(at, end - fewestDigits);
	}
	return false;
}

function isDigit(byte: number | undefined): boolean {
	return byte !== undefined && byte >= zero && byte <= nine;
}

/**
 * Puts the whole numbers that JSON parsing would round into quotes: `{"id":820982911946154508}` becomes
 * `{"id":"820982911946154508"}`.
 * @param json valid JSON
 */
export function quoteRoundedNumbers(json: string): string {
	const parts: string[] = [];
	let at = 0;
	while (at < json.length) {
		const opening = json.indexOf('"', at);
		const end = opening === -1 ? json.length : opening;
		parts.push(
			json
				.slice(at, end)
				.replace(wholeNumber, (digits) => (isRounded(Number(digits)) ? `"${digits}"` : digits)),
		);
		at = end === json.length ? end : endOfText(json, end);
		parts.push(json.slice(end, at));
	}
	return parts.join('');
}

/** A number without a fraction or an exponent. */
const wholeNumber = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** Returns where the text that starts at this quote ends. */
function endOfText(json: string, opening: number): number {
	let at = opening + 1;
	while (at < json.length && json.charAt(at) !== '"') at += json.charAt(at) === '\\' ? 2 : 1;
	return at + 1;
}
