import type { Operation } from '../../service/definition';
import type { PreparedRecord } from '../stages';
import { BatchQueue, type BatchLimits } from './batch-queue';

export interface DispatchOptions {
	limitsOf: (operation: Operation) => BatchLimits;
	/** How much to buffer. The more, the likelier it holds records of users that nothing is being sent for. */
	lookAhead: { records: number; bytes: number };
	/** The most batches being sent at the same time. */
	maxInFlight: number;
}

/** Sends records in full batches, as many at the same time as the order of each user's records allows. */
export class Dispatcher {
	private readonly queue: BatchQueue;
	private started = 0;
	private inFlight = 0;
	private onBatchDone = () => {};

	/** @param send must not reject */
	constructor(
		private readonly options: DispatchOptions,
		private readonly send: (batch: PreparedRecord[], index: number) => Promise<void>,
	) {
		this.queue = new BatchQueue(options.limitsOf);
	}

	/** Adds a record, and waits until the buffer has room for the next one. */
	async add(record: PreparedRecord): Promise<void> {
		const { records, bytes } = this.options.lookAhead;
		this.queue.add(record);
		while (this.queue.count >= records || this.queue.bytes >= bytes) await this.startOrWait();
	}

	/** Sends what is left, and waits for the last batch. */
	async finish(): Promise<void> {
		while (this.queue.count > 0 || this.inFlight > 0) await this.startOrWait();
	}

	private async startOrWait(): Promise<void> {
		const batch = this.inFlight < this.options.maxInFlight ? this.queue.take() : undefined;
		if (batch !== undefined) this.start(batch);
		else await new Promise<void>((resolve) => (this.onBatchDone = resolve));
	}

	private start(batch: PreparedRecord[]): void {
		this.inFlight++;
		void this.send(batch, this.started++).finally(() => {
			this.inFlight--;
			this.queue.release(batch);
			this.onBatchDone();
		});
	}
}
