import { Backlog } from './backlog';
import type { OperationLimits, Outgoing } from './provider';

export interface DispatchOptions {
	limits: OperationLimits;
	/** So much waits at a time, of which batches are made; the more, the likelier that there are free lanes. */
	lookAhead: { records: number; bytes: number };
	/** Batches under way, at most. */
	sideBySide: number;
}

/**
 * Sends records in full batches, as many of them side by side as the order within lanes allows. Only a bounded
 * number of records is held at a time, however many there are.
 * @param send must not reject: what goes wrong with one batch is that batch's own business
 */
export async function dispatch(
	records: AsyncIterable<Outgoing> | Iterable<Outgoing>,
	{ limits, lookAhead, sideBySide }: DispatchOptions,
	send: (batch: Outgoing[], index: number) => Promise<void>,
): Promise<void> {
	const backlog = new Backlog(limits);
	let started = 0;
	let underWay = 0;
	let onDone = () => {};
	const oneDone = () => new Promise<void>((resolve) => (onDone = resolve));

	function start(batch: Outgoing[]): void {
		underWay++;
		void send(batch, started++).finally(() => {
			underWay--;
			backlog.release(batch);
			onDone();
		});
	}

	async function startOrWait(): Promise<void> {
		const batch = underWay < sideBySide ? backlog.take() : undefined;
		if (batch === undefined) await oneDone();
		else start(batch);
	}

	for await (const record of records) {
		backlog.add(record);
		while (backlog.count >= lookAhead.records || backlog.bytes >= lookAhead.bytes) await startOrWait();
	}
	while (backlog.count > 0 || underWay > 0) await startOrWait();
}
