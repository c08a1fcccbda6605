import fc from 'fast-check';
import { planBatches } from '../../../nodes/shared/delivery/plan';
import type { OperationLimits } from '../../../nodes/shared/delivery/provider';
import { outgoing } from './helpers';

const ofBytes = (...sizes: number[]) => sizes.map((bytes, i) => outgoing(i, bytes));
const sizes = (batches: Iterable<readonly unknown[]>) => [...batches].map(({ length }) => length);

/** What a request of several records takes: an array of them. */
const bytesOf = (batch: ReadonlyArray<{ json: string }>) =>
	Buffer.byteLength(`[${batch.map(({ json }) => json).join(',')}]`);

describe('count', () => {
	test.each([
		['nothing is no request', 0, 100, []],
		['one record is one request', 1, 100, [1]],
		['as many as fit are one request', 100, 100, [100]],
		['one more is a second request', 101, 100, [100, 1]],
		['the last request takes the rest', 250, 100, [100, 100, 50]],
		['one at a time', 3, 1, [1, 1, 1]],
	])('%s', (_, count, records, expected) => {
		const all = Array.from({ length: count }, (__, i) => outgoing(i, 10));
		expect(sizes(planBatches(all, { records }))).toEqual(expected);
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
	])('%s', (_, records, requestBytes, expected) => {
		expect(sizes(planBatches(ofBytes(...records), { records: 100, requestBytes }))).toEqual(expected);
	});

	test('a request of exactly so many bytes really has so many', () => {
		const [batch = []] = planBatches(ofBytes(10, 20, 30), { records: 100, requestBytes: 64 });
		expect(bytesOf(batch)).toBe(64);
	});

	test('without a limit only the count matters', () => {
		expect(sizes(planBatches(ofBytes(1e6, 1e6, 1e6), { records: 2 }))).toEqual([2, 1]);
	});

	test('SuprSend’s own SDK: five events of 200 KiB are requests of 615,091 and 410,061 bytes', () => {
		const events = ofBytes(...Array.from({ length: 5 }, () => 205_029));
		const batches = [...planBatches(events, { records: 100, requestBytes: 800 * 1024 })];
		expect(batches.map(bytesOf)).toEqual([615_091, 410_061]);
	});

	test('SuprSend’s own SDK: 401 records of at most 400 are requests of 400 and 1', () => {
		const edits = ofBytes(...Array.from({ length: 401 }, () => 50));
		expect(sizes(planBatches(edits, { records: 400, requestBytes: 800 * 1024 }))).toEqual([400, 1]);
	});
});

/** The fewest requests that these records, in this order, can travel in: tries every first request. */
function fewestRequests(records: ReadonlyArray<{ json: string; bytes: number }>, limits: OperationLimits) {
	const { requestBytes = Infinity } = limits;
	const fewest: number[] = [0];
	for (let end = 1; end <= records.length; end++) {
		let best = Infinity;
		for (let start = Math.max(0, end - limits.records); start < end; start++) {
			const batch = records.slice(start, end);
			const fits = batch.length === 1 || bytesOf(batch) <= requestBytes;
			if (fits) best = Math.min(best, (fewest[start] ?? Infinity) + 1);
		}
		fewest.push(best);
	}
	return fewest[records.length];
}

test('every plan keeps the limits, the order and all records, in as few requests as can be', () => {
	const arbitrary = fc.record({
		records: fc.integer({ min: 1, max: 6 }),
		requestBytes: fc.option(fc.integer({ min: 40, max: 200 }), { nil: undefined }),
		sizes: fc.array(fc.integer({ min: 2, max: 40 }), { maxLength: 25 }),
	});
	fc.assert(
		fc.property(arbitrary, ({ records, requestBytes, sizes: given }) => {
			const all = ofBytes(...given);
			const limits = { records, requestBytes };
			const batches = [...planBatches(all, limits)];

			expect(batches.flat()).toEqual(all);
			for (const batch of batches) {
				expect(batch.length).toBeGreaterThan(0);
				expect(batch.length).toBeLessThanOrEqual(records);
				if (batch.length > 1) expect(bytesOf(batch)).toBeLessThanOrEqual(requestBytes ?? Infinity);
			}
			expect(batches).toHaveLength(fewestRequests(all, limits) ?? NaN);
		}),
		{ numRuns: 500 },
	);
});

test('requests are planned as they are asked for, from records that are made as they are needed', () => {
	let made = 0;
	function* records() {
		for (; made < 1000; made++) yield outgoing(made, 10);
	}
	const batches = planBatches(records(), { records: 10 });
	expect(made).toBe(0);
	expect(batches.next().value).toHaveLength(10);
	expect(made).toBe(10);
	expect(batches.next().value).toHaveLength(10);
	expect(made).toBe(20);
});
