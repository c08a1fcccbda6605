import type { Warning } from '../../event';

/** What expressions and scripts make of a missing value in text. */
const brokenIds: ReadonlySet<unknown> = new Set(['undefined', 'null', 'NaN', '[object Object]']);

/**
 * Warns of IDs that come from a broken expression: the service would keep a person of that name.
 * @param people IDs, or lists of them, each under its path in the record
 */
export function warnOfBrokenIds(people: Record<string, unknown>, warn: (warning: Warning) => void): void {
	for (const [path, ids] of Object.entries(people)) {
		for (const id of Array.isArray(ids) ? ids : [ids]) {
			if (!brokenIds.has(id)) continue;
			const message = `"${String(id)}" was sent as the ID of a person. It is what a broken expression gives: correct the expression, or the item that it reads.`;
			warn({ path, code: 'suspicious_id', message });
		}
	}
}
