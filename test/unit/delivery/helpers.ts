import { z } from 'zod/v4';
import type { Operation } from '../../../nodes/shared/delivery';
import { Backlog } from '../../../nodes/shared/delivery/backlog';
import type { Answer } from '../../../nodes/shared/delivery/client';
import type { Failure } from '../../../nodes/shared/delivery/failure';
import type { Clock } from '../../../nodes/shared/delivery/pace';
import type { OperationLimits, Outgoing } from '../../../nodes/shared/delivery/provider';

/** A record as it stands before sending, of so many bytes as JSON. */
export function outgoing(itemIndex: number, bytes: number, lane = `u${itemIndex}`): Outgoing {
	const json = JSON.stringify('x'.repeat(bytes - 2));
	return {
		place: { itemIndex },
		messageId: `m${itemIndex}`,
		record: {},
		json,
		bytes,
		lane,
		repeatable: true,
		warnings: [],
	};
}

export const batchOf = (count: number, from = 0) =>
	Array.from({ length: count }, (_, i) => outgoing(from + i, 10));

/** Records of these lanes, named by their place. */
export const ofLanes = (...lanes: string[]) => lanes.map((lane, i) => outgoing(i, 10, lane));
export const names = (batch: readonly Outgoing[] = []) => batch.map(({ place }) => place.itemIndex);

export function backlogOf(records: readonly Outgoing[], limits: OperationLimits) {
	const backlog = new Backlog(limits);
	records.forEach((record) => backlog.add(record));
	return backlog;
}

/** All batches, each released before the next is taken. */
export function batchesOf(records: readonly Outgoing[], limits: OperationLimits): Outgoing[][] {
	const backlog = backlogOf(records, limits);
	const batches: Outgoing[][] = [];
	for (let batch = backlog.take(); batch !== undefined; batch = backlog.take()) {
		batches.push(batch);
		backlog.release(batch);
	}
	return batches;
}

/** What a request of several records takes: an array of them. */
export const bytesOf = (batch: ReadonlyArray<{ json: string }>) =>
	Buffer.byteLength(`[${batch.map(({ json }) => json).join(',')}]`);

/** A service whose requests list the items that they carry. */
export const operation: Operation = {
	resource: 'event',
	operation: 'send',
	endpoint: { method: 'POST', path: '/events', source: 'https://docs.example.com' },
	reports: 'each',
	fields: [],
	schema: z.object({}),
	limits: { records: 100 },
	fromEvent: () => ({ record: {} }),
	fromFields: () => ({ record: {} }),
	lane: () => '',
	request: (batch) => ({ body: JSON.stringify(batch.map(({ place }) => place.itemIndex)) }),
	repeating: 'harmless',
};

export const taken: Answer = { ok: true, response: { statusCode: 202, headers: {}, body: 'OK' } };

export function failed(code: Failure['code'], more: Partial<Failure> = {}): Answer & { ok: false } {
	return { ok: false, failure: { code, message: code, description: '', retryable: false, ...more } };
}

/** Lets everything happen that waits for nothing but its turn. */
export const settle = async () => await new Promise<void>((resolve) => setImmediate(resolve));

/** Time that passes only when the test says so, and at once. */
export class FakeClock implements Clock {
	sleeps: number[] = [];
	private time = 0;
	private cancelled = false;
	private sleepers: Array<{ at: number; wake: () => void }> = [];

	now(): number {
		return this.time;
	}

	isCancelled(): boolean {
		return this.cancelled;
	}

	async sleep(milliseconds: number): Promise<void> {
		this.sleeps.push(milliseconds);
		if (this.cancelled || milliseconds <= 0) return;
		await new Promise<void>((wake) => this.sleepers.push({ at: this.time + milliseconds, wake }));
	}

	/** Wakes all sleepers, as the end of an execution does. */
	cancel(): void {
		this.cancelled = true;
		for (const { wake } of this.sleepers.splice(0)) wake();
	}

	async advance(milliseconds: number): Promise<void> {
		const end = this.time + milliseconds;
		await settle();
		while (this.nextWake() <= end) {
			this.passTo(this.nextWake());
			await settle();
		}
		this.time = end;
	}

	/** Lets as much time pass as it takes, and no more. */
	async until<T>(result: Promise<T>): Promise<T> {
		let done = false;
		const mark = () => (done = true);
		result.then(mark, mark);
		for (let steps = 0; ; steps++) {
			await settle();
			if (done) return await result;
			if (this.sleepers.length === 0) throw new Error('Nothing ever happens');
			if (steps > 100_000) throw new Error('It never ends');
			this.passTo(this.nextWake());
		}
	}

	private nextWake(): number {
		return Math.min(Infinity, ...this.sleepers.map(({ at }) => at));
	}

	private passTo(time: number): void {
		this.time = time;
		const due = this.sleepers.filter(({ at }) => at <= time);
		this.sleepers = this.sleepers.filter(({ at }) => at > time);
		for (const { wake } of due) wake();
	}
}
