import fc from 'fast-check';
import type { BatchLimits } from '../../../nodes/shared/delivery/plan/batch-queue';
import type { PreparedRecord } from '../../../nodes/shared/delivery/stages';
import { queueOf, batchesOf, bytesOf, names, withKeys, recordOf } from './helpers';

const ofBytes = (...sizes: number[]) => sizes.map((bytes, i) => recordOf(i, bytes));

const sizes = (batches: ReadonlyArray<readonly unknown[]>) => batches.map(({ length }) => length);

describe('count', () => {
	test.each([
		['nothing is no request', 0, 100, []],
		['one record is one request', 1, 100, [1]],
		['as many as fit are one request', 100, 100, [100]],
		['one more is a second request', 101, 100, [100, 1]],
		['the last request takes the rest', 250, 100, [100, 100, 50]],
		['one at a time', 3, 1, [1, 1, 1]],
	])('%s', (_, count, records, expected) => {
		const all = Array.from({ length: count }, (__, i) => recordOf(i, 10));
		expect(sizes(batchesOf(all, { maxRecords: records }))).toEqual(expected);
	});
});

describe('bytes', () => {
	// [a,b,c]: brackets and two commas beside the records.
	test.each([
		['exactly as many as allowed are one request', [10, 20, 30], 64, [3]],
		['one more is a second request', [10, 20, 31], 64, [2, 1]],
		['two records with their comma and brackets', [30, 31], 64, [2]],
		['two records that fit but for the comma', [31, 31], 64, [1, 1]],
		['a record alone needs no brackets', [64, 64], 64, [1, 1]],
		['a small one does not jump the queue', [40, 40, 5], 64, [1, 2]],
	])('%s', (_, records, maxBytes, expected) => {
		expect(sizes(batchesOf(ofBytes(...records), { maxRecords: 100, maxBytes }))).toEqual(expected);
	});

	test('a request of exactly so many bytes really has so many', () => {
		const [batch = []] = batchesOf(ofBytes(10, 20, 30), { maxRecords: 100, maxBytes: 64 });
		expect(bytesOf(batch)).toBe(64);
	});

	test('without a limit only the count matters', () => {
		expect(sizes(batchesOf(ofBytes(1e6, 1e6, 1e6), { maxRecords: 2 }))).toEqual([2, 1]);
	});

	test('SuprSend’s own SDK: five events of 200 KiB are requests of 615,091 and 410,061 bytes', () => {
		const events = ofBytes(...Array.from({ length: 5 }, () => 205_029));
		const batches = batchesOf(events, { maxRecords: 100, maxBytes: 800 * 1024 });
		expect(batches.map(bytesOf)).toEqual([615_091, 410_061]);
	});

	test('SuprSend’s own SDK: 401 records of at most 400 are requests of 400 and 1', () => {
		const edits = ofBytes(...Array.from({ length: 401 }, () => 50));
		expect(sizes(batchesOf(edits, { maxRecords: 400, maxBytes: 800 * 1024 }))).toEqual([400, 1]);
	});
});

describe('lanes', () => {
	test('a batch has all that waits in a lane rather than a little of each, in the order of arrival', () => {
		const queue = queueOf(withKeys('a', 'b', 'c', 'a', 'b', 'c'), { maxRecords: 4 });
		expect(names(queue.take())).toEqual([0, 1, 3, 4]);
	});

	test('the next batch leaves beside it, of other lanes', () => {
		const queue = queueOf(withKeys('a', 'b', 'a', 'b'), { maxRecords: 2 });
		expect(names(queue.take())).toEqual([0, 2]);
		expect(names(queue.take())).toEqual([1, 3]);
	});

	test('what is left of a lane waits until its batch is released', () => {
		const queue = queueOf(withKeys('a', 'a', 'a', 'b'), { maxRecords: 2 });
		const first = queue.take() ?? [];
		expect(names(first)).toEqual([0, 1]);
		expect(queue.take()).toBeUndefined();
		queue.release(first);
		expect(names(queue.take())).toEqual([2, 3]);
	});

	test('so does what comes later', () => {
		const queue = queueOf(withKeys('a'), { maxRecords: 1 });
		const first = queue.take() ?? [];
		queue.add(recordOf(1, 10, 'a'));
		expect(queue.take()).toBeUndefined();
		queue.release(first);
		expect(names(queue.take())).toEqual([1]);
	});

	test('who has much to send does not keep others waiting', () => {
		const others = Array.from({ length: 10 }, (_, i) => `b${i}`);
		const lanes = [...Array<string>(50).fill('a'), ...others, ...Array<string>(50).fill('a')];
		const leftWith = batchesOf(withKeys(...lanes), { maxRecords: 20 }).map((batch) =>
			batch.filter(({ orderKey }) => orderKey !== 'a').map(({ orderKey }) => orderKey),
		);
		expect(leftWith).toEqual([[], others, [], [], [], []]);
	});

	test('a batch that is not full leaves only if it is all that waits', () => {
		const queue = queueOf(withKeys('a', 'a', 'a', 'a', 'b'), { maxRecords: 3 });
		const first = queue.take() ?? [];
		expect(names(first)).toEqual([0, 1, 2]);
		expect(queue.take()).toBeUndefined();
		queue.release(first);
		expect(names(queue.take())).toEqual([3, 4]);
		expect(queue.take()).toBeUndefined();
	});

	test('a batch keeps the order of the lists that items hold', () => {
		const inList = (listIndex: number, orderKey: string) => ({
			...recordOf(0, 10, orderKey),
			position: { itemIndex: 0, listIndex },
		});
		const records = [inList(0, 'a'), inList(1, 'b'), inList(2, 'a'), inList(10, 'b'), inList(11, 'a')];
		const batch = queueOf(records, { maxRecords: 5 }).take() ?? [];
		expect(batch.map(({ position }) => position.listIndex)).toEqual([0, 1, 2, 10, 11]);
	});

	test('records without a lane wait for nobody', () => {
		const free = Array.from({ length: 5 }, (_, i) => ({ ...recordOf(i, 10), orderKey: undefined }));
		const queue = queueOf(free, { maxRecords: 2 });
		expect(names(queue.take())).toEqual([0, 1]);
		expect(names(queue.take())).toEqual([2, 3]);
		expect(names(queue.take())).toEqual([4]);
	});
});

test('it knows how much waits', () => {
	const queue = queueOf(ofBytes(10, 20, 30), { maxRecords: 2 });
	const waiting = () => [queue.count, queue.bytes];
	expect(waiting()).toEqual([3, 60]);
	queue.take();
	expect(waiting()).toEqual([1, 30]);
	queue.add(recordOf(3, 5));
	expect(waiting()).toEqual([2, 35]);
});

/** The fewest requests that these records, in this order, can travel in: tries every first request. */
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

test('batches keep the limits, the order and all records, in as few requests as can be', () => {
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
