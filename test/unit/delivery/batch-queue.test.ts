import fc from 'fast-check';
import { BatchQueue, type BatchLimits } from '../../../nodes/shared/delivery/plan/batch-queue';
import type { PreparedRecord } from '../../../nodes/shared/delivery/stages';
import type { Operation } from '../../../nodes/shared/service/definition';
import { queueOf, batchesOf, bytesOf, names, operation, withKeys, recordOf } from './helpers';

const ofBytes = (...sizes: number[]) => sizes.map((bytes, i) => recordOf(i, bytes));

const sizes = (batches: ReadonlyArray<readonly unknown[]>) => batches.map(({ length }) => length);

describe('count', () => {
	test.each([
		['makes no request without records', 0, 100, []],
		['makes one request for one record', 1, 100, [1]],
		['makes one request for the most records that fit', 100, 100, [100]],
		['makes a second request for one more', 101, 100, [100, 1]],
		['makes a last request for the rest', 250, 100, [100, 100, 50]],
		['makes a request for each record with a limit of one', 3, 1, [1, 1, 1]],
	])('%s', (_, count, records, expected) => {
		const all = Array.from({ length: count }, (__, i) => recordOf(i, 10));
		expect(sizes(batchesOf(all, { maxRecords: records }))).toEqual(expected);
	});
});

describe('bytes', () => {
	// [a,b,c]: the records, two brackets and two commas.
	test.each([
		['make one request up to the limit', [10, 20, 30], 64, [3]],
		['makes a second request for one more', [10, 20, 31], 64, [2, 1]],
		['include the comma and the brackets of two records', [30, 31], 64, [2]],
		['make two requests when only the comma is too much', [31, 31], 64, [1, 1]],
		['do not include brackets for a single record', [64, 64], 64, [1, 1]],
		['keep the order when a later record would still fit', [40, 40, 5], 64, [1, 2]],
	])('%s', (_, records, maxBytes, expected) => {
		expect(sizes(batchesOf(ofBytes(...records), { maxRecords: 100, maxBytes }))).toEqual(expected);
	});

	test('are those of the whole array', () => {
		const [batch = []] = batchesOf(ofBytes(10, 20, 30), { maxRecords: 100, maxBytes: 64 });
		expect(bytesOf(batch)).toBe(64);
	});

	test('do not matter without a limit', () => {
		expect(sizes(batchesOf(ofBytes(1e6, 1e6, 1e6), { maxRecords: 2 }))).toEqual([2, 1]);
	});

	test('match SuprSend’s own SDK: five events of 200 KiB make requests of 615,091 and 410,061 bytes', () => {
		const events = ofBytes(...Array.from({ length: 5 }, () => 205_029));
		const batches = batchesOf(events, { maxRecords: 100, maxBytes: 800 * 1024 });
		expect(batches.map(bytesOf)).toEqual([615_091, 410_061]);
	});

	test('match SuprSend’s own SDK: 401 records make requests of 400 and 1', () => {
		const edits = ofBytes(...Array.from({ length: 401 }, () => 50));
		expect(sizes(batchesOf(edits, { maxRecords: 400, maxBytes: 800 * 1024 }))).toEqual([400, 1]);
	});
});

describe('order keys', () => {
	test('fill a batch with all records of one key before those of the next, in input order', () => {
		const queue = queueOf(withKeys('a', 'b', 'c', 'a', 'b', 'c'), { maxRecords: 4 });
		expect(names(queue.take())).toEqual([0, 1, 3, 4]);
	});

	test('of a batch that is being sent do not delay a batch with other keys', () => {
		const queue = queueOf(withKeys('a', 'b', 'a', 'b'), { maxRecords: 2 });
		expect(names(queue.take())).toEqual([0, 2]);
		expect(names(queue.take())).toEqual([1, 3]);
	});

	test('keep further records waiting until their batch is released', () => {
		const queue = queueOf(withKeys('a', 'a', 'a', 'b'), { maxRecords: 2 });
		const first = queue.take() ?? [];
		expect(names(first)).toEqual([0, 1]);
		expect(queue.take()).toBeUndefined();
		queue.release(first);
		expect(names(queue.take())).toEqual([2, 3]);
	});

	test('keep records that are added later waiting until the batch is released', () => {
		const queue = queueOf(withKeys('a'), { maxRecords: 1 });
		const first = queue.take() ?? [];
		queue.add(recordOf(1, 10, 'a'));
		expect(queue.take()).toBeUndefined();
		queue.release(first);
		expect(names(queue.take())).toEqual([1]);
	});

	test('with many records do not keep other keys waiting', () => {
		const others = Array.from({ length: 10 }, (_, i) => `b${i}`);
		const orderKeys = [...Array<string>(50).fill('a'), ...others, ...Array<string>(50).fill('a')];
		const leftWith = batchesOf(withKeys(...orderKeys), { maxRecords: 20 }).map((batch) =>
			batch.filter(({ orderKey }) => orderKey !== 'a').map(({ orderKey }) => orderKey),
		);
		expect(leftWith).toEqual([[], others, [], [], [], []]);
	});

	test('let an incomplete batch go only if no other record waits', () => {
		const queue = queueOf(withKeys('a', 'a', 'a', 'a', 'b'), { maxRecords: 3 });
		const first = queue.take() ?? [];
		expect(names(first)).toEqual([0, 1, 2]);
		expect(queue.take()).toBeUndefined();
		queue.release(first);
		expect(names(queue.take())).toEqual([3, 4]);
		expect(queue.take()).toBeUndefined();
	});

	test('keep the order of the lists in items', () => {
		const inList = (listIndex: number, orderKey: string) => ({
			...recordOf(0, 10, orderKey),
			position: { itemIndex: 0, listIndex },
		});
		const records = [inList(0, 'a'), inList(1, 'b'), inList(2, 'a'), inList(10, 'b'), inList(11, 'a')];
		const batch = queueOf(records, { maxRecords: 5 }).take() ?? [];
		expect(batch.map(({ position }) => position.listIndex)).toEqual([0, 1, 2, 10, 11]);
	});

	test('are optional: records without one never wait', () => {
		const free = Array.from({ length: 5 }, (_, i) => ({ ...recordOf(i, 10), orderKey: undefined }));
		const queue = queueOf(free, { maxRecords: 2 });
		expect(names(queue.take())).toEqual([0, 1]);
		expect(names(queue.take())).toEqual([2, 3]);
		expect(names(queue.take())).toEqual([4]);
	});
});

test('counts the waiting records and their bytes', () => {
	const queue = queueOf(ofBytes(10, 20, 30), { maxRecords: 2 });
	const waiting = () => [queue.count, queue.bytes];
	expect(waiting()).toEqual([3, 60]);
	queue.take();
	expect(waiting()).toEqual([1, 30]);
	queue.add(recordOf(3, 5));
	expect(waiting()).toEqual([2, 35]);
});

/** The fewest requests for these records in this order. Tries every first request. */
function fewestRequests(records: readonly PreparedRecord[], limits: BatchLimits) {
	const { maxRecords, maxBytes = Infinity } = limits;
	const fewest: number[] = [0];
	for (let end = 1; end <= records.length; end++) {
		let best = Infinity;
		for (let start = Math.max(0, end - maxRecords); start < end; start++) {
			const batch = records.slice(start, end);
			const fits = batch.length === 1 || bytesOf(batch) <= maxBytes;
			if (fits) best = Math.min(best, (fewest[start] ?? Infinity) + 1);
		}
		fewest.push(best);
	}
	return fewest[records.length];
}

test('keeps the limits, the order and all records in as few requests as possible', () => {
	const arbitrary = fc.record({
		maxRecords: fc.integer({ min: 1, max: 6 }),
		maxBytes: fc.option(fc.integer({ min: 40, max: 200 }), { nil: undefined }),
		sizes: fc.array(fc.integer({ min: 2, max: 40 }), { maxLength: 25 }),
	});
	fc.assert(
		fc.property(arbitrary, ({ maxRecords, maxBytes, sizes: given }) => {
			const all = ofBytes(...given);
			const limits = { maxRecords, maxBytes };
			const batches = batchesOf(all, limits);

			expect(batches.flat()).toEqual(all);
			for (const batch of batches) {
				expect(batch.length).toBeGreaterThan(0);
				expect(batch.length).toBeLessThanOrEqual(maxRecords);
				if (batch.length > 1) expect(bytesOf(batch)).toBeLessThanOrEqual(maxBytes ?? Infinity);
			}
			expect(batches).toHaveLength(fewestRequests(all, limits) ?? NaN);
		}),
		{ numRuns: 500 },
	);
});

describe('records of two operations', () => {
	const single = { ...operation, bulk: undefined };
	const limitsFor = (each: Operation) => ({ maxRecords: each === single ? 1 : 3 });

	function queueWith(...records: Array<[key: string | undefined, of: Operation]>): BatchQueue {
		const queue = new BatchQueue(limitsFor);
		records.forEach(([orderKey, of], i) => {
			queue.add({ ...recordOf(i, 10), orderKey, operation: of });
		});
		return queue;
	}

	test('are never in one batch', () => {
		const queue = queueWith(['a', operation], ['b', single], ['c', operation], ['d', operation]);
		expect([names(queue.take()), names(queue.take()), queue.take()]).toEqual([[0, 2, 3], [1], undefined]);
	});

	test('of one user wait for each other', () => {
		const queue = queueWith(['a', single], ['a', operation], ['a', operation]);
		const first = queue.take() ?? [];
		expect([names(first), queue.take()]).toEqual([[0], undefined]);
		queue.release(first);
		expect(names(queue.take())).toEqual([1, 2]);
	});

	test('fill up batches for other users while a user waits', () => {
		const queue = queueWith(
			['a', single],
			['a', operation],
			['b', operation],
			['c', operation],
			['d', operation],
		);
		const first = queue.take() ?? [];
		expect([names(first), names(queue.take())]).toEqual([[0], [2, 3, 4]]);
		queue.release(first);
		expect(names(queue.take())).toEqual([1]);
	});

	test('share batches of their own when there is no order to keep', () => {
		const queue = queueWith(
			...[0, 1, 2, 3, 4, 5].map((i): [undefined, Operation] => [undefined, i % 2 === 0 ? operation : single]),
		);
		expect([queue.take(), queue.take(), queue.take(), queue.take(), queue.take()].map(names)).toEqual([
			...[[0, 2, 4], [1], [3], [5], []],
		]);
	});
});
