import { brokenIdWarning, type Warning } from '../../event';

/**
 * Warns of IDs that come from a broken expression.
 * @param ids IDs, or lists of them, each under its path in the record
 */
export function warnOfBrokenIds(ids: Record<string, unknown>, warn: (warning: Warning) => void): void {
	for (const [path, given] of Object.entries(ids)) {
		for (const id of new Set<unknown>(Array.isArray(given) ? given : [given])) {
			const warning = brokenIdWarning(path, id);
			if (warning !== undefined) warn(warning);
		}
	}
}
