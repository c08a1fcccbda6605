import type { Operation } from '../../service/definition';
import type { PreparedRecord } from '../stages';

export interface BatchLimits {
	maxRecords: number;
	/** UTF-8 bytes of the batch as a JSON array. */
	maxBytes?: number;
}

/** What a JSON array adds to its records: `[`, `]`, and a comma before each but the first. */
const bracketBytes = 2;
const commaBytes = 1;

/**
 * Records waiting to be sent, grouped into batches within the limits. The records of a batch are for the same
 * operation. Two batches that are being sent never share an order key: later records of a key wait here until the
 * batch before is released.
 */
export class BatchQueue {
	/** The number of waiting records, and their UTF-8 bytes as JSON. */
	count = 0;
	bytes = 0;
	/** The records of each key, which can be for several operations. Records without an order key share one per operation. */
	private readonly ready = new Map<string | Operation, PreparedRecord[]>();
	/** The records of the order keys that have a record in a batch being sent. */
	private readonly held = new Map<string | Operation, PreparedRecord[]>();

	constructor(private readonly limitsOf: (operation: Operation) => BatchLimits) {}

	add(record: PreparedRecord): void {
		const key = queueKey(record);
		const waiting = this.held.get(key) ?? this.ready.get(key);
		if (waiting === undefined) this.ready.set(key, [record]);
		else waiting.push(record);
		this.count++;
		this.bytes += record.bytes;
	}

	/**
	 * Returns the next batch in input order: a full one, or one to which no waiting record could be added later, or
	 * undefined. Takes all records of a key where possible, so that other keys remain for other batches. Release it
	 * after sending.
	 */
	take(): PreparedRecord[] | undefined {
		const batch = this.nextBatch();
		if (batch === undefined) return undefined;
		for (const record of batch) {
			const key = queueKey(record);
			const waiting = this.held.get(key) ?? this.ready.get(key) ?? [];
			waiting.shift();
			if (record.orderKey !== undefined) {
				this.ready.delete(key);
				this.held.set(key, waiting);
			}
			this.bytes -= record.bytes;
		}
		this.count -= batch.length;
		return batch.sort(byPosition);
	}

	/** Lets the next records of the batch's keys go, after the keys that have waited longer. */
	release(batch: readonly PreparedRecord[]): void {
		for (const record of batch) {
			const key = queueKey(record);
			const waiting = this.held.get(key);
			if (waiting === undefined) continue;
			this.held.delete(key);
			if (waiting.length > 0) this.ready.set(key, waiting);
		}
	}

	private nextBatch(): PreparedRecord[] | undefined {
		let partial: PreparedRecord[] | undefined;
		for (const operation of this.nextOperations()) {
			const { batch, full } = this.batchFor(operation);
			if (full) return batch;
			partial ??= batch;
		}
		return this.mustWait() ? undefined : partial;
	}

	/** The operations of the records that may be sent now, in input order. */
	private *nextOperations(): Generator<Operation> {
		const found = new Set<Operation>();
		for (const [next] of this.ready.values()) {
			if (next === undefined || found.has(next.operation)) continue;
			found.add(next.operation);
			yield next.operation;
		}
	}

	private batchFor(operation: Operation): { batch: PreparedRecord[]; full: boolean } {
		const { maxRecords, maxBytes = Infinity } = this.limitsOf(operation);
		const batch: PreparedRecord[] = [];
		let bytes = bracketBytes;
		for (const waiting of this.ready.values()) {
			for (const record of waiting) {
				if (record.operation !== operation) break;
				bytes += record.bytes + (batch.length > 0 ? commaBytes : 0);
				// A record that only fits without the brackets is sent alone.
				const fits = batch.length === 0 || bytes <= maxBytes;
				if (batch.length === maxRecords || !fits) return { batch, full: true };
				batch.push(record);
			}
		}
		return { batch, full: batch.length === maxRecords };
	}

	/** Whether records wait for a batch that is being sent. They could be added to a partial batch. */
	private mustWait(): boolean {
		for (const waiting of this.held.values()) if (waiting.length > 0) return true;
		return false;
	}
}

function queueKey({ orderKey, operation }: PreparedRecord): string | Operation {
	return orderKey ?? operation;
}

function byPosition({ position: a }: PreparedRecord, { position: b }: PreparedRecord): number {
	return a.itemIndex - b.itemIndex || (a.listIndex ?? 0) - (b.listIndex ?? 0);
}
