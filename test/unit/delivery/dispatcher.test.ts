import fc from 'fast-check';
import { Dispatcher, type DispatchOptions } from '../../../nodes/shared/delivery/plan/dispatcher';
import type { PreparedRecord } from '../../../nodes/shared/delivery/stages';
import type { Operation } from '../../../nodes/shared/service/definition';
import { bytesOf, names, operation, withKeys, recordOf, settle } from './helpers';

interface Bounds {
	records?: number;
	lookAhead?: DispatchOptions['lookAhead'];
	maxInFlight?: number;
}

const ofRecords = (records: number) => ({ records, bytes: Infinity });

/** Dispatches all records and waits until the last one is sent. */
async function dispatch(
	records: Iterable<PreparedRecord>,
	options: DispatchOptions,
	send: (batch: PreparedRecord[], index: number) => Promise<void>,
): Promise<void> {
	const dispatcher = new Dispatcher(options, send);
	for (const record of records) await dispatcher.add(record);
	await dispatcher.finish();
}

/** Sends batches that finish when the test says so. */
function controlled(
	given: readonly PreparedRecord[],
	{ records = 1, lookAhead = ofRecords(1000), maxInFlight = 10 }: Bounds = {},
) {
	const started: number[][] = [];
	const end = new Map<number, () => void>();
	let pulled = 0;
	let done = false;
	function* pull() {
		for (const record of given) {
			pulled++;
			yield record;
		}
	}
	void dispatch(
		pull(),
		{ limitsOf: () => ({ maxRecords: records }), lookAhead, maxInFlight },
		async (batch, index) => {
			started.push(names(batch));
			await new Promise<void>((resolve) => end.set(index, resolve));
		},
	).then(() => (done = true));
	return {
		started: async () => {
			await settle();
			return [...started];
		},
		pulled: async () => {
			await settle();
			return pulled;
		},
		done: async () => {
			await settle();
			return done;
		},
		finish: (index: number) => end.get(index)?.(),
	};
}

test('sends records with different order keys at the same time', async () => {
	const run = controlled(withKeys('a', 'b', 'c'));
	expect(await run.started()).toEqual([[0], [1], [2]]);
});

test('sends records with the same order key one after the other, without delaying others', async () => {
	const run = controlled(withKeys('a', 'a', 'b'));
	expect(await run.started()).toEqual([[0], [2]]);
	run.finish(1);
	expect(await run.started()).toHaveLength(2);
	run.finish(0);
	expect(await run.started()).toEqual([[0], [2], [1]]);
});

test('sends mixed records of the same users in full batches at the same time', async () => {
	const orderKeys = Array.from({ length: 250 }, (_, i) => `user ${i % 20}`);
	const run = controlled(withKeys(...orderKeys), { records: 100 });
	const started = await run.started();
	expect(started.map(({ length }) => length)).toEqual([100, 100]);
	run.finish(0);
	expect(await run.started()).toHaveLength(2);
	run.finish(1);
	expect((await run.started()).map(({ length }) => length)).toEqual([100, 100, 50]);
});

test('waits with an incomplete batch while more records can fill it', async () => {
	const run = controlled(withKeys('a', 'a', 'a', 'b'), { records: 2 });
	expect(await run.started()).toEqual([[0, 1]]);
	run.finish(0);
	expect(await run.started()).toEqual([
		[0, 1],
		[2, 3],
	]);
});

test('sends the last, incomplete batch at once when no more records can fill it', async () => {
	const run = controlled(withKeys('a', 'b', 'c'), { records: 2 });
	expect(await run.started()).toEqual([[0, 1], [2]]);
});

test('sends a few records of different users in one batch', async () => {
	const run = controlled(withKeys('a', 'b', 'a'), { records: 100 });
	expect(await run.started()).toEqual([[0, 1, 2]]);
});

test('sends a limited number of batches at the same time', async () => {
	const run = controlled(withKeys('a', 'b', 'c', 'd'), { maxInFlight: 2 });
	expect(await run.started()).toEqual([[0], [1]]);
	run.finish(1);
	expect(await run.started()).toEqual([[0], [1], [2]]);
});

test('buffers a limited number of records and reads the next when one is sent', async () => {
	const run = controlled(withKeys('a', 'a', 'a', 'a', 'b', 'c'), { lookAhead: ofRecords(3) });
	expect(await run.pulled()).toBe(4);
	expect(await run.started()).toEqual([[0]]);
	run.finish(0);
	expect(await run.started()).toEqual([[0], [1], [4], [5]]);
	expect(await run.pulled()).toBe(6);
});

test('buffers a limited number of bytes', async () => {
	const run = controlled(withKeys('a', 'a', 'a', 'a', 'a'), { lookAhead: { records: 1000, bytes: 20 } });
	expect(await run.pulled()).toBe(3);
	run.finish(0);
	expect(await run.pulled()).toBe(4);
});

test('finishes when the last batch is done', async () => {
	const run = controlled(withKeys('a', 'b'));
	await run.started();
	run.finish(1);
	expect(await run.done()).toBe(false);
	run.finish(0);
	expect(await run.done()).toBe(true);
});

test('finishes at once without records', async () => {
	expect(await controlled([]).done()).toBe(true);
});

test('handles 10,000 records that are done at once', async () => {
	let sent = 0;
	const many = withKeys(...Array.from({ length: 10_000 }, (_, i) => `user ${i % 7}`));
	await dispatch(
		many,
		{ limitsOf: () => ({ maxRecords: 1 }), lookAhead: ofRecords(100), maxInFlight: 40 },
		async () => {
			sent++;
			await Promise.resolve();
		},
	);
	expect(sent).toBe(10_000);
});

test('sends all records in order and within its limits, whatever the order in which batches end', async () => {
	const orderKey = fc.constantFrom('a', 'b', 'c', 'd', undefined);
	const single: Operation = { ...operation, bulk: undefined };
	const recordsOf = (operations: Operation[]) =>
		fc
			.array(
				fc.record({
					orderKey,
					bytes: fc.integer({ min: 2, max: 40 }),
					operation: fc.constantFrom(...operations),
				}),
				{ maxLength: 25 },
			)
			.map((all) => all.map(({ bytes, ...each }, i) => ({ ...recordOf(i, bytes), ...each })));
	const someRecords = fc.oneof(recordsOf([operation]), recordsOf([operation, single]));
	const bound = fc.integer({ min: 1, max: 4 });
	const limitOfBytes = fc.option(fc.integer({ min: 40, max: 200 }), { nil: undefined });

	await fc.assert(
		fc.asyncProperty(
			fc.scheduler(),
			someRecords,
			fc.record({ records: bound, requestBytes: limitOfBytes, lookAhead: bound, maxInFlight: bound }),
			async (s, given, { records, requestBytes, lookAhead, maxInFlight }) => {
				const ended = new Set<number>();
				let pulled = 0;
				let left = 0;
				let batches = 0;
				let inFlight = 0;
				function* pull() {
					for (const record of given) {
						expect(pulled++ - left).toBeLessThanOrEqual(lookAhead * records);
						yield record;
					}
				}
				await s.waitFor(
					dispatch(
						pull(),
						{
							limitsOf: (each) =>
								each === single ? { maxRecords: 1 } : { maxRecords: records, maxBytes: requestBytes },
							lookAhead: { records: lookAhead * records, bytes: lookAhead * (requestBytes ?? Infinity) },
							maxInFlight,
						},
						async (batch, index) => {
							expect(batch.length === 1 || bytesOf(batch) <= (requestBytes ?? Infinity)).toBe(true);
							expect(new Set(batch.map((each) => each.operation)).size).toBe(1);
							expect(batch.length).toBeLessThanOrEqual(batch[0]?.operation === single ? 1 : records);
							expect(index).toBe(batches++);
							expect(++inFlight).toBeLessThanOrEqual(maxInFlight);
							expect(names(batch)).toEqual(names(batch).toSorted((a, b) => a - b));
							const inBatch = new Set(names(batch));
							for (const { orderKey: own, position } of batch) {
								const earlier = given
									.slice(0, position.itemIndex)
									.filter(({ orderKey: other }) => own !== undefined && other === own);
								const open = names(earlier).filter((name) => !ended.has(name) && !inBatch.has(name));
								expect(open).toEqual([]);
							}
							left += batch.length;
							await s.schedule(Promise.resolve(), `batch ${index}`);
							inFlight--;
							inBatch.forEach((name) => ended.add(name));
						},
					),
				);

				expect(ended.size).toBe(given.length);
				const isFull = requestBytes === undefined && given.every((each) => each.operation === operation);
				if (isFull) expect(batches).toBe(Math.ceil(given.length / records));
			},
		),
		{ numRuns: 500 },
	);
});
