import type { OperationLimits, Outgoing } from './provider';

/** `[` and `]`, and a comma a record: what an array adds to its records. */
const bracketBytes = 2;
const commaBytes = 1;

/**
 * Groups records, in their order, into as few requests as the limits on count and bytes allow.
 */
export function planBatches<O extends Pick<Outgoing, 'bytes'>>(
	outgoing: readonly O[],
	limits: OperationLimits,
): O[][] {
	const maxBytes = limits.requestBytes ?? Infinity;
	const batches: O[][] = [];
	let current: O[] = [];
	let bytes = bracketBytes;
	for (const record of outgoing) {
		const full = current.length === limits.records || bytes + commaBytes + record.bytes > maxBytes;
		if (full && current.length > 0) {
			batches.push(current);
			current = [];
			bytes = bracketBytes;
		}
		bytes += record.bytes + (current.length > 0 ? commaBytes : 0);
		current.push(record);
	}
	if (current.length > 0) batches.push(current);
	return batches;
}
