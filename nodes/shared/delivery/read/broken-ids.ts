import { asShown, type Warning } from '../../event';

/** What expressions and scripts make of missing values in text, once or several times, or an unevaluated expression. */
const broken = /^(?:(?:undefined|null|nan|none|invalid date|\[object \w+\])[\s,]*)+$|^=?\{\{/i;

/**
 * Warns of IDs that come from a broken expression.
 * @param ids IDs, or lists of them, each under its path in the record
 */
export function warnOfBrokenIds(ids: Record<string, unknown>, warn: (warning: Warning) => void): void {
	for (const [path, given] of Object.entries(ids)) {
		for (const id of new Set<unknown>(Array.isArray(given) ? given : [given])) {
			if (typeof id !== 'string' || !broken.test(id)) continue;
			const message = `${asShown(id)} is used as an ID. It usually comes from an expression or script that found no value: correct it, or the item that it reads.`;
			warn({ path, code: 'suspicious_id', message });
		}
	}
}
