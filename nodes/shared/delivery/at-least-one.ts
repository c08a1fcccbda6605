/** A whole number from 1 on, whatever an expression has made of a setting: less would never let anything go. */
export function atLeastOne(value: number): number {
	return Math.max(1, Math.floor(value) || 1);
}
