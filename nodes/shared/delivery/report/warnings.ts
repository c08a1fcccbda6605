import { sum } from 'lodash';
import type { Warning } from '../../event';

/** A warning, and the input item that it is about. */
export interface ItemWarning extends Warning {
	item: number;
}

/** Codes can come with an event, so that there can be any number of them. */
const mostCodes = 50;
const otherCodes = 'other';

/** How many warnings there were of each code. */
export type WarningCounts = Record<string, number>;

export function countWarning(counts: WarningCounts, { code }: Warning): void {
	const isListed = Object.hasOwn(counts, code) || Object.keys(counts).length < mostCodes;
	// A code can come with an event, and `__proto__` is not a key like the others.
	const key = isListed && code !== '__proto__' ? code : otherCodes;
	counts[key] = (counts[key] ?? 0) + 1;
}

/** Lists codes with their numbers. */
export function listCounts(counts: WarningCounts): string {
	const listed = Object.entries(counts).map(([code, count]) => (count === 1 ? code : `${code} × ${count}`));
	return listed.join(', ');
}

/** Says in one sentence how many warnings there are, and quotes those of the first item. */
export function describeWarnings(counts: WarningCounts, warnings: readonly ItemWarning[]): string {
	const total = sum(Object.values(counts));
	const [first] = warnings;
	const quote = warnings.filter(({ item }) => item === first?.item).map(({ message }) => message);
	return `${total} ${total === 1 ? 'warning' : 'warnings'} (${listCounts(counts)}): see 'warnings' in the output. The first (item ${first?.item}, counted from 0): ${quote.join(' ')}`;
}
