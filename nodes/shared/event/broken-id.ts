import type { Warning } from './canonical-event';
import { asShown } from './values';

/**
 * What expressions, scripts and spreadsheets make of missing values in text, once or several times, or an unevaluated
 * expression.
 */
const broken =
	/^(?:(?:undefined|null|nil|nan|none|n\/a|infinity|invalid date|\{\}|\[\]|\[object \w+\]|#(?:n\/a|(?:ref|value|num|null|div\/0|error)!|name\?))[\s,]*)+$|^=?\{\{/i;

/** What such text starts with. Most IDs start with something else, which is faster to see. */
const firstCharacters = new Set('uUnNiI[{=#');

/** Returns a warning about an ID that comes from a broken expression. */
export function brokenIdWarning(path: string, id: unknown): Warning | undefined {
	if (typeof id !== 'string' || !firstCharacters.has(id.charAt(0)) || !broken.test(id)) return undefined;
	const message = `${asShown(id)} is used as an ID. This usually means that an expression or a script found no value. Correct the expression, or the item that it reads.`;
	return { path, code: 'suspicious_id', message };
}
