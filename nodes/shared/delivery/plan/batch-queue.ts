import type { PreparedRecord } from '../stages';

export interface BatchLimits {
	maxRecords: number;
	/** UTF-8 bytes of the batch as a JSON array. */
	maxBytes?: number;
}

/** The records of one order key. */
interface KeyQueue {
	waiting: PreparedRecord[];
	/** Whether a batch with records of this key is being sent. */
	busy: boolean;
}

/** What a JSON array adds to its records: `[`, `]`, and a comma before each but the first. */
const bracketBytes = 2;
const commaBytes = 1;

/**
 * Records waiting to be sent, grouped into batches within the limits. Two batches that are being sent never
 * share an order key: later records of a key wait here until the batch before is released.
 */
export class BatchQueue {
	/** The number of waiting records, and their UTF-8 bytes as JSON. */
	count = 0;
	bytes = 0;
	/** Records without an order key share a queue that is never busy. */
	private readonly queues = new Map<string | undefined, KeyQueue>();

	constructor(private readonly limits: BatchLimits) {}

	add(record: PreparedRecord): void {
		let queue = this.queues.get(record.orderKey);
		if (queue === undefined) this.queues.set(record.orderKey, (queue = { waiting: [], busy: false }));
		queue.waiting.push(record);
		this.count++;
		this.bytes += record.bytes;
	}

	/**
	 * Returns the next batch in input order: a full one, or all records that are left, or undefined. Takes all
	 * records of a key where possible, so that other keys remain for other batches. Release it after sending.
	 */
	take(): PreparedRecord[] | undefined {
		const { batch, full } = this.nextBatch();
		if (batch.length === 0 || !(full || batch.length === this.count)) return undefined;
		for (const { orderKey, bytes } of batch) {
			const queue = this.queues.get(orderKey);
			queue?.waiting.shift();
			if (queue !== undefined) queue.busy = orderKey !== undefined;
			this.bytes -= bytes;
		}
		this.count -= batch.length;
		return batch.sort(byPosition);
	}

	/** Lets the next records of the batch's keys go, after the keys that have waited longer. */
	release(batch: readonly PreparedRecord[]): void {
		for (const { orderKey } of batch) {
			const queue = this.queues.get(orderKey);
			if (queue?.busy !== true) continue;
			queue.busy = false;
			this.queues.delete(orderKey);
			if (queue.waiting.length > 0) this.queues.set(orderKey, queue);
		}
	}

	private nextBatch(): { batch: PreparedRecord[]; full: boolean } {
		const { maxRecords, maxBytes = Infinity } = this.limits;
		const batch: PreparedRecord[] = [];
		let bytes = bracketBytes;
		for (const { waiting, busy } of this.queues.values()) {
			if (busy) continue;
			for (const record of waiting) {
				bytes += record.bytes + (batch.length > 0 ? commaBytes : 0);
				// A record that only fits without the brackets is sent alone.
				const fits = batch.length === 0 || bytes <= maxBytes;
				if (batch.length === maxRecords || !fits) return { batch, full: true };
				batch.push(record);
			}
		}
		return { batch, full: batch.length === maxRecords };
	}
}

function byPosition({ position: a }: PreparedRecord, { position: b }: PreparedRecord): number {
	return a.itemIndex - b.itemIndex || (a.listIndex ?? 0) - (b.listIndex ?? 0);
}
