import fc from 'fast-check';
import { z } from 'zod/v4';
import type { Operation } from '../../../nodes/shared/delivery';
import type { Answer } from '../../../nodes/shared/delivery/client';
import type { Failure } from '../../../nodes/shared/delivery/failure';
import { sendBatch } from '../../../nodes/shared/delivery/send';
import { outgoing } from './helpers';

const operation: Operation = {
	resource: 'event',
	operation: 'send',
	fields: [],
	schema: z.object({}),
	limits: { records: 100 },
	fromEvent: () => ({ record: {} }),
	fromFields: () => ({ record: {} }),
	lane: () => '',
	request: (batch) => ({
		method: 'POST',
		path: '/',
		body: JSON.stringify(batch.map(({ itemIndex }) => itemIndex)),
	}),
};

const failed = (code: Failure['code']): Answer => ({
	ok: false,
	failure: { code, message: code, description: '', retryable: false },
});
const taken: Answer = { ok: true, response: { statusCode: 202, headers: {}, body: 'OK' } };

/** A service that refuses any request with one of the bad records in it, and remembers what it took. */
function service(bad: readonly number[], code: Failure['code'] = 'refused') {
	const requests: number[][] = [];
	const accepted: number[] = [];
	const client = async ({ body }: { body: string }) => {
		const records = JSON.parse(body) as number[];
		requests.push(records);
		if (records.some((record) => bad.includes(record))) return await Promise.resolve(failed(code));
		accepted.push(...records);
		return taken;
	};
	return { client, requests, accepted };
}

const batchOf = (count: number) => Array.from({ length: count }, (_, i) => outgoing(i, 10));

test('a batch that is taken delivers each of its records, with the answer', async () => {
	const { client, requests } = service([]);
	const outcomes = await sendBatch(batchOf(2), 7, operation, client);
	const delivered = { status: 'delivered', statusCode: 202, attempts: 1, response: 'OK', warnings: [] };
	expect(outcomes).toEqual([
		{ ...delivered, itemIndex: 0, messageId: 'm0', batch: { index: 7, size: 2 } },
		{ ...delivered, itemIndex: 1, messageId: 'm1', batch: { index: 7, size: 2 } },
	]);
	expect(requests).toEqual([[0, 1]]);
});

test('where the service has no batches, a result does not speak of one', async () => {
	const single = { ...operation, limits: { records: 1 } };
	const [outcome] = await sendBatch(batchOf(1), 0, single, service([]).client);
	expect(outcome).not.toHaveProperty('batch');
});

test('an empty answer is shown as null', async () => {
	const empty = async () =>
		await Promise.resolve<Answer>({ ok: true, response: { statusCode: 204, headers: {}, body: undefined } });
	expect(await sendBatch(batchOf(1), 0, operation, empty)).toMatchObject([{ response: null }]);
});

test.each(['refused', 'not_found'] as const)(
	'a batch that is %s is halved until the bad record stands alone',
	async (code) => {
		const { client, requests } = service([2], code);
		const outcomes = await sendBatch(batchOf(4), 0, operation, client);
		expect(outcomes.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'failed', 'delivered']);
		expect(requests).toEqual([[0, 1, 2, 3], [0, 1], [2, 3], [2], [3]]);
	},
);

test.each([
	...(['unauthorized', 'rate_limited', 'unavailable', 'unexpected_answer'] as const),
	...(['unreachable', 'bad_certificate', 'timed_out', 'connection_lost', 'cancelled'] as const),
])('a batch that failed as %s is not sent again in parts: that is not about a record', async (code) => {
	const { client, requests } = service([0], code);
	const outcomes = await sendBatch(batchOf(4), 0, operation, client);
	expect(outcomes).toMatchObject(Array.from({ length: 4 }, () => ({ status: 'failed', failure: { code } })));
	expect(requests).toHaveLength(1);
});

test('a record that is refused alone is not sent again', async () => {
	const { client, requests } = service([0]);
	await sendBatch(batchOf(1), 0, operation, client);
	expect(requests).toEqual([[0]]);
});

test('whichever records are bad: they alone fail, the others are delivered once and in order', async () => {
	const arbitrary = fc
		.integer({ min: 1, max: 40 })
		.chain((size) =>
			fc.tuple(fc.constant(size), fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 5 })),
		);
	await fc.assert(
		fc.asyncProperty(arbitrary, async ([size, bad]) => {
			const { client, accepted } = service(bad);
			const outcomes = await sendBatch(batchOf(size), 0, operation, client);
			const all = Array.from({ length: size }, (_, i) => i);

			expect(outcomes.map(({ itemIndex }) => itemIndex)).toEqual(all);
			const failures = outcomes.filter(({ status }) => status === 'failed').map(({ itemIndex }) => itemIndex);
			expect(failures).toEqual([...bad].sort((a, b) => a - b));
			expect(accepted).toEqual(all.filter((record) => !bad.includes(record)));
		}),
		{ numRuns: 200 },
	);
});
