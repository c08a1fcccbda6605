import type { OperationLimits, Outgoing } from './provider';

interface Lane {
	waiting: Waiting[];
	/** Has records under way: those that wait come after them. */
	busy: boolean;
}

interface Waiting {
	record: Outgoing;
	lane: Lane;
	/** Its place in the order of arrival. */
	arrival: number;
}

/** `[` and `]`, and a comma a record: what an array adds to its records. */
const bracketBytes = 2;
const commaBytes = 1;

/**
 * Records that wait to be sent. A batch is filled until the next record would go over the limits on count and
 * bytes. No two batches under way share a lane: what comes later in a lane waits here until the one before is done.
 */
export class Backlog {
	/** How many records wait, and how many bytes they have as JSON. */
	count = 0;
	bytes = 0;
	/** All records without a lane are in one that is never busy: they wait for nobody. */
	private readonly lanes = new Map<string | undefined, Lane>();
	private arrivals = 0;

	constructor(private readonly limits: OperationLimits) {}

	add(record: Outgoing): void {
		let lane = this.lanes.get(record.lane);
		if (lane === undefined) this.lanes.set(record.lane, (lane = { waiting: [], busy: false }));
		lane.waiting.push({ record, lane, arrival: this.arrivals++ });
		this.count++;
		this.bytes += record.bytes;
	}

	/**
	 * The next batch, in the order of arrival. It is a full one, or all that waits; else there is none. It has whole
	 * lanes where it can, so that others are left for the batches beside it. They are busy until it is released.
	 */
	take(): Outgoing[] | undefined {
		const { batch, full } = this.nextBatch();
		if (batch.length === 0 || !(full || batch.length === this.count)) return undefined;
		for (const [lane, taken] of countByLane(batch)) {
			for (const { record } of lane.waiting.splice(0, taken)) this.bytes -= record.bytes;
			lane.busy = lane !== this.lanes.get(undefined);
		}
		this.count -= batch.length;
		return batch.sort((a, b) => a.arrival - b.arrival).map(({ record }) => record);
	}

	/** A batch is done: what comes after it in its lanes may leave, when other lanes had their turn. */
	release(batch: readonly Outgoing[]): void {
		for (const { lane: name } of batch) {
			const lane = this.lanes.get(name);
			if (lane?.busy !== true) continue;
			lane.busy = false;
			this.lanes.delete(name);
			if (lane.waiting.length > 0) this.lanes.set(name, lane);
		}
	}

	private nextBatch(): { batch: Waiting[]; full: boolean } {
		const { records, requestBytes = Infinity } = this.limits;
		const batch: Waiting[] = [];
		let bytes = bracketBytes;
		for (const { waiting, busy } of this.lanes.values()) {
			if (busy) continue;
			for (const next of waiting) {
				bytes += next.record.bytes + (batch.length > 0 ? commaBytes : 0);
				// What is too large beside others may leave alone.
				const fits = batch.length === 0 || bytes <= requestBytes;
				if (batch.length === records || !fits) return { batch, full: true };
				batch.push(next);
			}
		}
		return { batch, full: batch.length === records };
	}
}

function countByLane(batch: readonly Waiting[]): Map<Lane, number> {
	const counts = new Map<Lane, number>();
	for (const { lane } of batch) counts.set(lane, (counts.get(lane) ?? 0) + 1);
	return counts;
}
