import type { Warning } from './canonical-event';
import { isRounded } from './values';

export const numberRounded = 'number_rounded';

/** From here on, JavaScript writes numbers with an exponent. People don't expect such numbers to be exact. */
const firstWithExponent = 1e21;

/** Whether the last digits of a number are probably wrong, because reading its JSON has rounded it. */
function hasLostDigits(value: unknown): value is number {
	return isRounded(value) && Math.abs(value) < firstWithExponent;
}

/** Part of a sentence that shows the number. */
export function lostDigits(value: number): string {
	return `${value} has lost its last digits, because numbers above ${Number.MAX_SAFE_INTEGER} are rounded`;
}

/** Returns a warning about the first number in a JSON value that has lost its last digits. */
export function roundedNumberWarning(value: unknown, path = ''): Warning | undefined {
	if (hasLostDigits(value)) {
		const message = `The number ${lostDigits(value)}. Send such numbers as text.`;
		return { path, code: numberRounded, message };
	}
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [key, each] of Object.entries(value)) {
		const warning = roundedNumberWarning(each, path === '' ? key : `${path}.${key}`);
		if (warning !== undefined) return warning;
	}
	return undefined;
}
