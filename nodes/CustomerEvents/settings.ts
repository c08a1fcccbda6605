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

/** Returns a finite number above 0, also from text; undefined for anything else. */
export function positiveNumber(setting: unknown): number | undefined {
	const number = Number(setting);
	return Number.isFinite(number) && number > 0 ? number : undefined;
}
