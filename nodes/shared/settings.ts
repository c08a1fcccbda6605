/** Reads settings that users type in. An expression can leave any other type there. */

/** Returns trimmed text; empty for anything that isn't text. */
export function trimmedText(setting: unknown): string {
	return typeof setting === 'string' ? setting.trim() : '';
}

/** Splits a list at its commas and trims the entries. Skips empty ones. */
export function splitList(setting: unknown): string[] {
	return trimmedText(setting)
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

/** Returns a number from 0 on, also from text in plain digits; undefined for anything else, such as `0x8` or `1e3`. */
export function plainNumber(setting: unknown): number | undefined {
	const number = typeof setting === 'string' && plainDigits.test(setting.trim()) ? Number(setting) : setting;
	return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}

const plainDigits = /^\d+(?:\.\d+)?$/;

/** Returns a number above 0, like `plainNumber`. */
export function positiveNumber(setting: unknown): number | undefined {
	return plainNumber(setting) || undefined;
}
