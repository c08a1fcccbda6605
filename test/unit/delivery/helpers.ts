import { z } from 'zod/v4';
import type { Operation } from '../../../nodes/shared/service/definition';
import { BatchQueue, type BatchLimits } from '../../../nodes/shared/delivery/plan/batch-queue';
import type { Answer } from '../../../nodes/shared/delivery/send/client';
import type { Failure } from '../../../nodes/shared/service/failure';
import type { Clock } from '../../../nodes/shared/delivery/send/clock';
import type { PreparedRecord } from '../../../nodes/shared/delivery/stages';

/** A record that is ready to be sent, with this number of bytes as JSON. */
export function recordOf(itemIndex: number, bytes: number, orderKey = `u${itemIndex}`): PreparedRecord {
	const json = JSON.stringify('x'.repeat(bytes - 2));
	return {
		position: { itemIndex },
		messageId: `m${itemIndex}`,
		record: {},
		json,
		bytes,
		orderKey,
		resendable: true,
		warnings: [],
	};
}

/** Records whose JSON is their position. */
export const batchOf = (count: number, from = 0) =>
	Array.from({ length: count }, (_, i) => ({ ...recordOf(from + i, 10), json: String(from + i) }));

/** Records with these order keys, in this order. */
export const withKeys = (...keys: string[]) => keys.map((key, i) => recordOf(i, 10, key));
export const names = (batch: readonly PreparedRecord[] = []) =>
	batch.map(({ position }) => position.itemIndex);

export function queueOf(records: readonly PreparedRecord[], limits: BatchLimits) {
	const queue = new BatchQueue(limits);
	records.forEach((record) => queue.add(record));
	return queue;
}

/** All batches. Each is released before the next one is made. */
export function batchesOf(records: readonly PreparedRecord[], limits: BatchLimits): PreparedRecord[][] {
	const queue = queueOf(records, limits);
	const batches: PreparedRecord[][] = [];
	for (let batch = queue.take(); batch !== undefined; batch = queue.take()) {
		batches.push(batch);
		queue.release(batch);
	}
	return batches;
}

/** The size of a request with several records, which are sent as an array. */
export const bytesOf = (batch: ReadonlyArray<{ json: string }>) =>
	Buffer.byteLength(`[${batch.map(({ json }) => json).join(',')}]`);

/** A service whose requests list the positions of their records. */
export const operation: Operation = {
	resource: 'event',
	operation: 'send',
	action: 'Send event',
	description: '',
	endpoint: { method: 'POST', path: '/events', source: 'https://docs.example.com' },
	record: { properties: [], schema: z.object({}), fromEvent: () => ({}), fromFields: () => ({}) },
	request: (_, json) => ({ body: `[${json}]` }),
	bulk: { maxRecords: 100, request: (records) => ({ body: `[${records.join(',')}]` }) },
	resend: 'safe',
	orderKey: () => '',
};

export const accepted: Answer = { ok: true, value: { statusCode: 202, headers: {}, body: 'OK' } };

export function failed(code: Failure['code'], more: Partial<Failure> = {}): Answer & { ok: false } {
	return { ok: false, reason: { code, message: code, description: '', retryable: false, ...more } };
}

/** Lets all pending promises settle. */
export const settle = async () => await new Promise<void>((resolve) => setImmediate(resolve));

/** A clock that only moves when the test says so. */
export class FakeClock implements Clock {
	sleeps: number[] = [];
	private time = 0;
	private cancelled = false;
	private sleepers: Array<{ at: number; wake: () => void; isOfRun: boolean }> = [];

	now(): number {
		return this.time;
	}

	isCancelled(): boolean {
		return this.cancelled;
	}

	async sleep(milliseconds: number): Promise<void> {
		this.sleeps.push(milliseconds);
		if (this.cancelled || milliseconds <= 0) return;
		await this.sleepAs({ isOfRun: true }, milliseconds);
	}

	/** The same time for what belongs to no run. A cancellation doesn't wake it. */
	readonly process = {
		now: () => this.time,
		sleep: async (milliseconds: number) => await this.sleepAs({ isOfRun: false }, milliseconds),
	};

	private async sleepAs({ isOfRun }: { isOfRun: boolean }, milliseconds: number): Promise<void> {
		await new Promise<void>((wake) => this.sleepers.push({ at: this.time + milliseconds, wake, isOfRun }));
	}

	/** Wakes all sleepers, as canceling an execution does. */
	cancel(): void {
		this.cancelled = true;
		const woken = this.sleepers.filter(({ isOfRun }) => isOfRun);
		this.sleepers = this.sleepers.filter(({ isOfRun }) => !isOfRun);
		for (const { wake } of woken) wake();
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

	/** Moves the clock exactly as far as the result needs. */
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
