import { deliver } from '../../../nodes/shared/delivery/pipeline';
import { UserOrder } from '../../../nodes/shared/delivery/send/user-order';
import type { Run } from '../../../nodes/shared/delivery/run';
import {
	failedUnsent,
	type Outcome,
	type PreparedRecord,
	type ReadInput,
} from '../../../nodes/shared/delivery/stages';
import { nameFormats } from '../../../nodes/shared/event';
import type { Bulk, Operation } from '../../../nodes/shared/service/definition';
import { operationForType } from '../../../nodes/shared/service/event-choices';
import { readDeliveryOptions } from '../../../nodes/shared/service/delivery-options';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { failed, FakeClock, operation } from './helpers';

type Send = (batch: readonly PreparedRecord[], index: number) => Promise<Outcome[]>;

const delivered: Send = async (batch) =>
	await Promise.resolve(
		batch.map(({ position, messageId }) => ({
			position,
			messageId,
			status: 'delivered',
			statusCode: 202,
			attempts: 1,
			response: null,
			warnings: [],
		})),
	);

interface Setting {
	send?: Send;
	preview?: (batch: readonly PreparedRecord[], index: number) => Outcome[];
	operation?: Partial<Operation>;
	options?: Record<string, unknown>;
}

function runWith({ send = delivered, preview, options = {}, ...more }: Setting): Run {
	const own = { ...operation, orderKey: undefined, ...more.operation };
	return {
		provider: suprSend,
		operation: own,
		operationFor: (type) => operationForType(own, options, type),
		name: 'event:send',
		options,
		deliveryOptions: readDeliveryOptions(options),
		account: {},
		nameFormat: nameFormats.asIs,
		timeZone: 'utc',
		nodeRun: 'run-1',
		startedAt: 0,
		order: new UserOrder(),
		accountKey: '',
		clock: new FakeClock(),
		sender: { send } as unknown as Run['sender'],
		preview: { batch: preview } as unknown as Run['preview'],
	};
}

const input = (itemIndex: number): ReadInput => ({
	ok: true,
	value: {
		position: { itemIndex },
		content: { fields: () => undefined },
		settings: () => undefined,
		file: () => {
			throw new Error('There are no files');
		},
	},
});

/** Yields this many inputs, and counts how many were read. */
function inputsOf(count: number) {
	const counter = { read: 0 };
	async function* inputs() {
		for (let index = 0; index < count; index++) {
			counter.read++;
			yield await Promise.resolve(input(index));
		}
	}
	return { counter, inputs: inputs() };
}

/** Delivers this many inputs and returns the sizes of the batches and all outcomes. */
async function deliverAll(count: number, setting: Setting = {}) {
	const batches: number[] = [];
	const outcomes: Outcome[] = [];
	const { send = delivered } = setting;
	const run = runWith({
		...setting,
		send: async (batch, index) => {
			batches.push(batch.length);
			return await send(batch, index);
		},
	});
	await deliver(run, inputsOf(count).inputs, (outcome) => outcomes.push(outcome));
	return { batches, outcomes };
}

test('gives every record an outcome when sending throws', async () => {
	const { outcomes } = await deliverAll(3, {
		operation: { bulk: { ...(operation.bulk as object), maxRecords: 2, request: () => ({}) } },
		send: async (batch, index) => {
			if (index === 0) throw new Error('Out of memory');
			return await delivered(batch, index);
		},
	});
	const lost = {
		status: 'failed',
		attempts: 0,
		resendable: true,
		messageId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
		failure: {
			code: 'misconfigured',
			message: 'Out of memory',
			description: expect.any(String) as string,
			retryable: false,
			mayHaveBeenReceived: true,
		},
	};
	expect(outcomes).toHaveLength(3);
	expect(outcomes).toEqual(
		expect.arrayContaining([
			{ ...lost, position: { itemIndex: 0 } },
			{ ...lost, position: { itemIndex: 1 } },
			expect.objectContaining({ position: { itemIndex: 2 }, status: 'delivered' }),
		]),
	);
});

test('gives every record an outcome when a preview throws', async () => {
	const run = runWith({
		options: { previewOnly: true },
		preview: () => {
			throw new Error('No request for this');
		},
	});
	const outcomes: Outcome[] = [];
	await deliver(run, inputsOf(1).inputs, (outcome) => outcomes.push(outcome));
	expect(outcomes).toMatchObject([{ status: 'failed', failure: { message: 'No request for this' } }]);
});

test('previews batches instead of sending them with Preview Only', async () => {
	const previewed: number[] = [];
	const { batches } = await deliverAll(3, {
		options: { previewOnly: true },
		preview: (batch, index) => {
			previewed.push(index, batch.length);
			return [];
		},
	});
	expect(previewed).toEqual([0, 3]);
	expect(batches).toEqual([]);
});

test('passes on the outcomes of inputs that are not sent', async () => {
	const unreadable = failedUnsent({ itemIndex: 0 }, failed('unreadable_item').reason);
	const sent: number[] = [];
	const outcomes: Outcome[] = [];
	async function* inputs(): AsyncGenerator<ReadInput> {
		yield await Promise.resolve({ ok: false, reason: unreadable });
		yield input(1);
	}
	const send: Send = async (batch, index) => {
		sent.push(...batch.map(({ position }) => position.itemIndex));
		return await delivered(batch, index);
	};
	await deliver(runWith({ send }), inputs(), (outcome) => outcomes.push(outcome));
	expect(outcomes).toEqual([unreadable, expect.objectContaining({ status: 'delivered' })]);
	expect(sent).toEqual([1]);
});

describe('the size of batches', () => {
	const bulk = (maxRecords: number, maxBytes?: number) => ({
		bulk: { maxRecords, maxBytes, request: () => ({}) },
	});

	test.each([
		['is one record when the service has no bulk requests', { bulk: undefined }, {}, [1, 1, 1, 1, 1]],
		['is the most that the service accepts', bulk(2), {}, [2, 2, 1]],
		['is the option Batch Size when that is smaller', bulk(4), { batchSize: 3 }, [3, 2]],
		['is the most that the service accepts when Batch Size is larger', bulk(3), { batchSize: 4 }, [3, 2]],
		['keeps to the bytes that the service accepts', bulk(100, 8), {}, [2, 2, 1]],
	])('%s', async (_, service, options, expected) => {
		expect((await deliverAll(5, { operation: service, options })).batches).toEqual(expected);
	});
});

describe('while no answer comes', () => {
	/** How many inputs are read, and how many batches are started, before everything waits. */
	async function readWhileWaiting(setting: Setting) {
		let batches = 0;
		const send: Send = async () => {
			batches++;
			return await new Promise(() => {});
		};
		const { counter, inputs } = inputsOf(10_000);
		void deliver(runWith({ ...setting, send }), inputs, () => {});
		for (let before = -1; before !== counter.read;) {
			before = counter.read;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		return { batches, read: counter.read };
	}

	test.each([1, 3])(
		'starts four times Concurrency (%d) batches and buffers 1,000 records',
		async (concurrency) => {
			const { batches, read } = await readWhileWaiting({
				operation: { bulk: undefined },
				options: { concurrency },
			});
			expect(batches).toBe(4 * concurrency);
			expect(read).toBe(4 * concurrency + 1_000);
		},
	);

	test('buffers 1,000 records for small batches', async () => {
		const { read } = await readWhileWaiting({
			operation: { bulk: { ...(operation.bulk as Bulk), maxRecords: 10 } },
			options: { concurrency: 2 },
		});
		expect(read).toBe(4 * 2 * 10 + 1_000);
	});

	test('buffers enough records to fill a batch for each request at the same time', async () => {
		const { read } = await readWhileWaiting({ options: { concurrency: 20 } });
		expect(read).toBe(4 * 20 * 100 + 20 * 100);
	});

	test('buffers 16 MiB', async () => {
		const json = 'x'.repeat(4 * 1024 * 1024);
		const record = { ...operation.record, fromFields: () => ({ json }), maxBytes: undefined };
		const schema = {
			safeParse: (data: unknown) => ({ success: true, data }),
		} as unknown as typeof record.schema;
		const { read } = await readWhileWaiting({
			operation: { record: { ...record, schema }, bulk: undefined },
			options: { concurrency: 1 },
		});
		expect(read).toBe(4 + 4);
	});
});

describe('a long stretch of inputs that are not sent', () => {
	/** Whether a timer fires while two inputs are read that take this long each. */
	async function givesWay(milliseconds: number): Promise<boolean> {
		let time = 1_000_000;
		const now = jest.spyOn(Date, 'now').mockImplementation(() => time);
		let fired = false;
		const timer = setTimeout(() => (fired = true), 0);
		async function* inputs(): AsyncGenerator<ReadInput> {
			for (let index = 0; index < 2; index++) {
				time += milliseconds;
				yield await Promise.resolve({
					ok: false,
					reason: failedUnsent({ itemIndex: index }, failed('unreadable_item').reason),
				});
			}
		}
		await deliver(runWith({}), inputs(), () => {});
		clearTimeout(timer);
		now.mockRestore();
		return fired;
	}

	test('gives way to other work after 50 ms', async () => {
		expect(await givesWay(51)).toBe(true);
	});

	test('goes on without a break until then', async () => {
		expect(await givesWay(25)).toBe(false);
	});
});
