import type { Operation, OperationLimits, Outgoing } from './provider';

/** `[` and `]`, and a comma a record: what an array adds to its records. */
const bracketBytes = 2;
const commaBytes = 1;

/**
 * Groups records, in their order and as they come, into as few requests as the limits on count and bytes
 * allow.
 */
export function* planBatches<O extends Pick<Outgoing, 'bytes'>>(
	outgoing: Iterable<O>,
	limits: OperationLimits,
): Generator<O[]> {
	const maxBytes = limits.requestBytes ?? Infinity;
	let batch: O[] = [];
	let bytes = bracketBytes;
	for (const record of outgoing) {
		const full = batch.length === limits.records || bytes + commaBytes + record.bytes > maxBytes;
		if (full && batch.length > 0) {
			yield batch;
			batch = [];
			bytes = bracketBytes;
		}
		bytes += record.bytes + (batch.length > 0 ? commaBytes : 0);
		batch.push(record);
	}
	if (batch.length > 0) yield batch;
}

/** What results say of the request that they travelled in, where the service takes many records in one. */
export function inBatch(
	{ limits }: Pick<Operation, 'limits'>,
	index: number,
	size: number,
): { batch?: { index: number; size: number } } {
	return limits !== undefined && limits.records > 1 ? { batch: { index, size } } : {};
}
