import fc from 'fast-check';
import type { Answer } from '../../../nodes/shared/delivery/send/client';
import type { Failure } from '../../../nodes/shared/service/failure';
import { Throttle } from '../../../nodes/shared/delivery/send/throttle';
import type { Bulk, Operation, Step } from '../../../nodes/shared/service/definition';
import type { PreparedRecord } from '../../../nodes/shared/delivery/stages';
import type { RetryPolicy } from '../../../nodes/shared/delivery/send/retry';
import { Sender } from '../../../nodes/shared/delivery/send/sender';
import { batchOf, FakeClock, failed, forOperation, operation, recordOf, settle, accepted } from './helpers';

interface Setting {
	/** The answer of the service to the n-th request, which has these records. */
	answer: (records: number[], n: number) => Answer | Promise<Answer>;
	operation?: Operation;
	concurrency?: number;
	policy?: Partial<RetryPolicy>;
	clock?: FakeClock;
}

function setUp({ answer, concurrency = 1, policy, clock = new FakeClock(), ...more }: Setting) {
	const requests: number[][] = [];
	const startedAt: number[] = [];
	const sender = new Sender({
		provider: { displayName: 'Example' },
		client: async ({ body }) => {
			const records = JSON.parse(body ?? '') as number[];
			startedAt.push(clock.now());
			requests.push(records);
			return await answer(records, requests.length - 1);
		},
		clock,
		throttle: new Throttle(clock.process).join({ concurrency, maxWaitMs: 60_000, clock }),
		policy: { maxRetries: 3, maxWaitMs: 60_000, ...policy },
		random: () => 1,
	});
	const send = async (...batches: PreparedRecord[][]) =>
		(
			await clock.until(
				Promise.all(
					batches.map(
						async (batch, i) => await sender.send(forOperation(more.operation ?? operation, batch), i),
					),
				),
			)
		).flat();
	return { sender, send, requests, startedAt, clock };
}

const notResendable = (batch: PreparedRecord[]) => batch.map((record) => ({ ...record, resendable: false }));

const singles = (count: number) => Array.from({ length: count }, (_, i) => batchOf(1, i));

/** Gives one answer after the other, and the last one to all further requests. */
const inTurn = (...answers: Answer[]) => {
	return (_: number[], n: number) => answers[Math.min(n, answers.length - 1)] ?? accepted;
};

const overloaded = failed('unavailable', { retryable: true });
const perhapsReceived = failed('unavailable', { retryable: true, mayHaveBeenReceived: true });
const refusing =
	(bad: readonly number[], code: Failure['code'] = 'refused') =>
	(records: number[]) =>
		records.some((record) => bad.includes(record)) ? failed(code) : accepted;

describe('an accepted batch', () => {
	test('delivers each of its records with the answer', async () => {
		const { sender, requests, clock } = setUp({ answer: () => accepted });
		const delivered = { status: 'delivered', statusCode: 202, attempts: 1, response: 'OK', warnings: [] };
		expect(await clock.until(sender.send(batchOf(2), 7))).toEqual([
			{ ...delivered, position: { itemIndex: 0 }, messageId: 'm0', batch: { index: 7, size: 2 } },
			{ ...delivered, position: { itemIndex: 1 }, messageId: 'm1', batch: { index: 7, size: 2 } },
		]);
		expect(requests).toEqual([[0, 1]]);
		expect(sender).toMatchObject({ requests: 1, retries: 0 });
	});

	test('keeps the warnings and the whole position of its records', async () => {
		const warnings = [{ path: 'a', code: 'b', message: 'c' }];
		const position = { itemIndex: 4, listIndex: 2, event: { type: 'track' } };
		const record = { ...recordOf(4, 10), position, warnings };
		expect(await setUp({ answer: () => accepted }).send([record])).toMatchObject([{ position, warnings }]);
	});

	test('is not in the result when the service has no batches', async () => {
		const single = { ...operation, bulk: undefined };
		const [outcome] = await setUp({ answer: () => accepted, operation: single }).send(batchOf(1));
		expect(outcome).not.toHaveProperty('batch');
	});

	test('shows an empty answer as null', async () => {
		const empty: Answer = { ok: true, value: { statusCode: 204, headers: {}, body: undefined } };
		expect(await setUp({ answer: () => empty }).send(batchOf(1))).toMatchObject([{ response: null }]);
	});
});

describe('a record of several requests', () => {
	/** Requests 1, 2 and 3. The second one can be undone with request 9. */
	const inSteps = (second: Partial<Step> = {}): Operation => ({
		...operation,
		bulk: undefined,
		*steps() {
			const { body } = yield { request: { body: '[1]' } };
			yield { request: { body: '[2]' }, done: 'The first part is done.', ...second };
			yield { request: { body: '[3]' }, undo: () => undefined };
			return `${String(body)}, all`;
		},
	});
	const undo: Step['undo'] = () => ({
		request: { body: '[9]' },
		done: 'It is as before.',
		notDone: 'A part is left.',
	});
	const sendOne = async (answer: Setting['answer'], second?: Partial<Step>) => {
		const setting = setUp({ answer, operation: inSteps(second) });
		const outcomes = await setting.send(batchOf(1));
		return { outcomes, requests: setting.requests.flat() };
	};
	const fails =
		(answer: Answer) =>
		([id]: number[]) =>
			id === 2 ? answer : accepted;

	test('makes them in order, and counts each one', async () => {
		const { outcomes, requests } = await sendOne(() => accepted);
		expect(requests).toEqual([1, 2, 3]);
		expect(outcomes).toMatchObject([{ status: 'delivered', attempts: 3, response: 'OK, all' }]);
	});

	test('stops at the first that fails, and says what is done', async () => {
		const { outcomes, requests } = await sendOne(fails(failed('refused', { description: 'Change it.' })));
		expect(requests).toEqual([1, 2]);
		expect(outcomes).toMatchObject([
			{
				status: 'failed',
				attempts: 2,
				failure: { code: 'refused', description: 'The first part is done. Change it.' },
			},
		]);
	});

	test('undoes what can be undone', async () => {
		const received = failed('refused', { description: 'Change it.', mayHaveBeenReceived: true });
		const { outcomes, requests } = await sendOne(fails(received), { undo });
		expect(requests).toEqual([1, 2, 9]);
		expect(outcomes).toMatchObject([
			{ attempts: 3, failure: { code: 'refused', description: 'It is as before. Change it.' } },
		]);
		expect(outcomes[0]).not.toHaveProperty('failure.mayHaveBeenReceived');
	});

	test('says what is left when that fails, too', async () => {
		const answer = ([id]: number[]) =>
			id === 1 ? accepted : failed('refused', { description: `${String(id)}.`, mayHaveBeenReceived: true });
		const { outcomes, requests } = await sendOne(answer, { undo });
		expect(requests).toEqual([1, 2, 9]);
		expect(outcomes).toMatchObject([
			{ failure: { description: 'A part is left. 2.', mayHaveBeenReceived: true } },
		]);
	});

	test('stops at an answer that lacks what the next request needs', async () => {
		const { outcomes, requests } = await sendOne(() => accepted, {
			lacks: (body) => (body === 'OK' ? 'id' : undefined),
		});
		expect(requests).toEqual([1, 2]);
		expect(outcomes).toMatchObject([
			{
				attempts: 2,
				failure: { code: 'unexpected_answer', message: "The response from Example has no 'id'" },
			},
		]);
	});
});

describe('an answer for each record', () => {
	const own = failed('refused', { statusCode: 400 }).reason;
	const answering = (readAnswers: Bulk['readAnswers']): Operation => ({
		...operation,
		bulk: { ...(operation.bulk as Bulk), readAnswers },
	});
	const speaking = answering(() => [{ statusCode: 201, body: 'first' }, { failure: own }, {}]);

	test('decides about each record, and nothing is resent', async () => {
		const { send, requests } = setUp({ answer: () => accepted, operation: speaking });
		expect(await send(batchOf(3))).toMatchObject([
			{ status: 'delivered', statusCode: 201, response: 'first', attempts: 1 },
			{ status: 'failed', failure: own, attempts: 1 },
			{ status: 'delivered', statusCode: 202, response: 'OK', attempts: 1 },
		]);
		expect(requests).toHaveLength(1);
	});

	test('counts for all records when it mentions none', async () => {
		const silent = answering(() => undefined);
		const { send } = setUp({ answer: () => accepted, operation: silent });
		expect(await send(batchOf(2))).toMatchObject([
			{ status: 'delivered', response: 'OK' },
			{ status: 'delivered', response: 'OK' },
		]);
	});

	test('fails a record that it leaves out and warns that the record may have arrived', async () => {
		const incomplete = answering(() => [{ statusCode: 201 }]);
		const { send, requests } = setUp({ answer: () => accepted, operation: incomplete });
		const [first, second] = await send(batchOf(2));
		expect(first).toMatchObject({ status: 'delivered', statusCode: 201 });
		expect(second).toEqual({
			position: { itemIndex: 1 },
			messageId: 'm1',
			status: 'failed',
			resendable: true,
			attempts: 1,
			failure: {
				code: 'unexpected_answer',
				message: expect.stringMatching(/batch/) as string,
				description: expect.stringMatching(/before you send the item again/) as string,
				retryable: false,
				mayHaveBeenReceived: true,
			},
		});
		expect(requests).toHaveLength(1);
	});

	test('still warns that an earlier attempt may have arrived', async () => {
		const { send } = setUp({ answer: inTurn(perhapsReceived, accepted), operation: speaking });
		expect(await send(batchOf(3))).toMatchObject([
			{ status: 'delivered' },
			{ status: 'failed', attempts: 2, failure: { ...own, mayHaveBeenReceived: true } },
			{ status: 'delivered' },
		]);
	});
});

describe('a failed batch', () => {
	test('is retried after longer and longer waits until it is accepted', async () => {
		const { send, sender, requests, startedAt } = setUp({ answer: inTurn(overloaded, overloaded, accepted) });
		expect(await send(batchOf(2))).toMatchObject([
			{ status: 'delivered', attempts: 3 },
			{ status: 'delivered', attempts: 3 },
		]);
		expect(requests).toEqual([
			[0, 1],
			[0, 1],
			[0, 1],
		]);
		expect(startedAt).toEqual([0, 250, 750]);
		expect(sender).toMatchObject({ requests: 3, retries: 2 });
	});

	test('fails with the last answer after Max Retries', async () => {
		const { send, sender } = setUp({
			answer: inTurn(overloaded, overloaded, failed('rate_limited', { retryable: true })),
			policy: { maxRetries: 2 },
		});
		expect(await send(batchOf(1))).toMatchObject([
			{ status: 'failed', attempts: 3, failure: { code: 'rate_limited' } },
		]);
		expect(sender).toMatchObject({ requests: 3, retries: 2 });
	});

	test('is not retried when it may have arrived and is not resendable', async () => {
		const { send, requests } = setUp({
			answer: inTurn(perhapsReceived, accepted),
		});
		expect(await send(notResendable(batchOf(1)))).toMatchObject([
			{ status: 'failed', failure: perhapsReceived.reason },
		]);
		expect(requests).toHaveLength(1);
	});

	test.each([
		['first', [false, true]],
		['last', [true, false]],
	])('is not retried when its %s record is not resendable', async (_, resendable) => {
		const batch = batchOf(2).map((record, i) => ({ ...record, resendable: resendable[i] === true }));
		const { send, requests } = setUp({ answer: inTurn(perhapsReceived, accepted) });
		expect(await send(batch)).toMatchObject([
			{ status: 'failed', attempts: 1, resendable: resendable[0] },
			{ status: 'failed', attempts: 1, resendable: resendable[1] },
		]);
		expect(requests).toEqual([[0, 1]]);
	});

	test.each([
		['rejected', [failed('refused')]],
		['rejected after the service was overloaded', [overloaded, failed('refused')]],
		[
			'rejected after the service was unreachable',
			[failed('unreachable', { retryable: true }), failed('refused')],
		],
	])('was certainly not received when it was %s', async (_, answers) => {
		const [outcome] = await setUp({ answer: inTurn(...answers) }).send(batchOf(1));
		expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'refused' } });
		expect(outcome).not.toHaveProperty('failure.mayHaveBeenReceived');
	});

	test('waits as long as the service says', async () => {
		const wait = failed('rate_limited', { retryable: true, retryAfterMs: 5000 });
		const { send, startedAt } = setUp({ answer: inTurn(wait, accepted) });
		await send(batchOf(1));
		expect(startedAt).toEqual([0, 5000]);
	});

	test('makes the other batches wait when the service is overloaded', async () => {
		const wait = failed('rate_limited', { retryable: true, retryAfterMs: 5000 });
		const { send, startedAt } = setUp({ answer: inTurn(wait, accepted), concurrency: 1 });
		const outcomes = await send(...singles(3));
		expect(outcomes.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
		expect(startedAt).toEqual([0, 5000, 5000, 5000]);
	});

	test('does not make the other batches wait when its connection is lost', async () => {
		const lost = failed('connection_lost', { retryable: true, mayHaveBeenReceived: true });
		const { send, startedAt } = setUp({ answer: inTurn(lost, accepted), concurrency: 1 });
		await send(...singles(3));
		expect(startedAt).toEqual([0, 0, 0, 250]);
	});

	test('makes the other batches wait up to exactly Max Wait', async () => {
		const wait = failed('rate_limited', { retryable: true, retryAfterMs: 60_000 });
		const { send, startedAt } = setUp({ answer: inTurn(wait, accepted) });
		await send(...singles(3));
		expect(startedAt).toEqual([0, 60_000, 60_000, 60_000]);
	});

	test.each([
		['unavailable', 1],
		['rate_limited', 1],
		['unreachable', 8],
		['timed_out', 8],
		['connection_lost', 8],
	] as const)(
		'with the code %s among 8 requests at the same time leaves %d at the same time',
		async (code, expected) => {
			const clock = new FakeClock();
			let inFlight = 0;
			let most = 0;
			const { send } = setUp({
				clock,
				concurrency: 8,
				answer: async (_, n) => {
					if (n < 8) return failed(code, { retryable: true });
					most = Math.max(most, ++inFlight);
					await clock.sleep(10);
					inFlight--;
					return accepted;
				},
			});
			await send(...singles(8));
			expect(most).toBe(expected);
		},
	);
});

describe('a batch with rejected data', () => {
	test.each(['refused'] as const)(
		'(%s) is split in half until the bad record is alone, in order',
		async (code) => {
			const { send, requests, sender } = setUp({ answer: refusing([2], code), concurrency: 10 });
			expect(await send(batchOf(4))).toMatchObject([
				{ status: 'delivered', attempts: 2, batch: { size: 2 } },
				{ status: 'delivered', attempts: 2, batch: { size: 2 } },
				{ status: 'failed', attempts: 3, failure: { code } },
				{ status: 'delivered', attempts: 3, batch: { size: 1 } },
			]);
			expect(requests).toEqual([[0, 1, 2, 3], [0, 1], [2, 3], [2], [3]]);
			expect(sender).toMatchObject({ requests: 5, retries: 0 });
		},
	);

	test('is also split after retries, and all requests are counted', async () => {
		const { send, sender } = setUp({
			answer: inTurn(overloaded, failed('refused'), accepted, overloaded, failed('refused')),
		});
		expect(await send(batchOf(2))).toMatchObject([
			{ status: 'delivered', attempts: 3 },
			{ status: 'failed', attempts: 4 },
		]);
		expect(sender).toMatchObject({ requests: 5, retries: 2 });
	});

	test.each([
		...(['unauthorized', 'rate_limited', 'unavailable', 'unexpected_answer'] as const),
		...(['unreachable', 'bad_certificate', 'timed_out', 'connection_lost', 'cancelled'] as const),
	])('is split, but a batch that fails as %s is not', async (code) => {
		const { send, requests } = setUp({ answer: refusing([0], code) });
		const all = Array.from({ length: 4 }, () => ({ status: 'failed', failure: { code }, attempts: 1 }));
		expect(await send(batchOf(4))).toMatchObject(all);
		expect(requests).toHaveLength(1);
	});

	test('is not retried when it has only one record', async () => {
		const { send, requests } = setUp({ answer: refusing([0]) });
		await send(batchOf(1));
		expect(requests).toEqual([[0]]);
	});

	test('fails only the bad records and delivers the others once and in order', async () => {
		const arbitrary = fc
			.integer({ min: 1, max: 40 })
			.chain((size) =>
				fc.tuple(fc.constant(size), fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 5 })),
			);
		await fc.assert(
			fc.asyncProperty(arbitrary, async ([size, bad]) => {
				const accepted: number[] = [];
				const { send } = setUp({
					answer: (records) => {
						const answer = refusing(bad)(records);
						if (answer.ok) accepted.push(...records);
						return answer;
					},
				});
				const outcomes = await send(batchOf(size));
				const all = Array.from({ length: size }, (_, i) => i);

				expect(outcomes.map(({ position }) => position.itemIndex)).toEqual(all);
				const failures = outcomes.filter(({ status }) => status === 'failed');
				expect(failures.map(({ position }) => position.itemIndex)).toEqual([...bad].sort((a, b) => a - b));
				expect(accepted).toEqual(all.filter((record) => !bad.includes(record)));
			}),
			{ numRuns: 100 },
		);
	});
});

describe('the run ends early:', () => {
	const unsent = {
		status: 'failed',
		attempts: 0,
		failure: { description: expect.stringMatching(/not sent/) as string },
	};

	test.each(['unauthorized', 'bad_certificate'] as const)(
		'after %s, the remaining records are not sent',
		async (code) => {
			const { send, requests } = setUp({ answer: () => failed(code) });
			const outcomes = await send(...singles(3));
			expect(outcomes).toMatchObject([
				{ status: 'failed', attempts: 1, failure: failed(code).reason },
				{ ...unsent, failure: { ...unsent.failure, code, message: code } },
				{ ...unsent, failure: { ...unsent.failure, code, message: code } },
			]);
			expect(requests).toEqual([[0]]);
		},
	);

	test('when Retry-After is longer than Max Wait', async () => {
		const { send, requests, clock } = setUp({
			answer: () => failed('rate_limited', { retryable: true, retryAfterMs: 60_001 }),
		});
		const outcomes = await send(...singles(3));
		expect(outcomes.map(({ attempts }) => attempts)).toEqual([1, 0, 0]);
		expect(outcomes[2]).toMatchObject({ ...unsent, failure: { code: 'rate_limited', retryAfterMs: 60_001 } });
		expect(requests).toHaveLength(1);
		expect(clock.now()).toBe(0);
	});

	test('when ten batches in a row fail', async () => {
		const { send, requests } = setUp({
			answer: () => perhapsReceived,
			policy: { maxRetries: 0 },
		});
		const outcomes = await send(...singles(15));
		expect(outcomes.map(({ attempts }) => attempts)).toEqual([...Array<number>(10).fill(1), 0, 0, 0, 0, 0]);
		expect(requests).toHaveLength(10);
		expect(outcomes[9]).toMatchObject({ failure: { mayHaveBeenReceived: true } });
		expect(outcomes[10]).toMatchObject(unsent);
		// A record that was never sent was certainly not received.
		expect(outcomes[10]).not.toHaveProperty('failure.mayHaveBeenReceived');
	});

	test.each([
		['a 404 for each single record', failed('not_found'), singles(15), 15],
		[
			'a 404 for each batch',
			failed('not_found'),
			[0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22].map((i) => batchOf(2, i)),
			10,
		],
		['a 403, which may be about one record', failed('unauthorized', { statusCode: 403 }), singles(9), 9],
		['a 401', failed('unauthorized', { statusCode: 401 }), singles(9), 1],
	])('if the failure concerns all requests, not only one (%s)', async (_, answer, batches, expected) => {
		const { send, requests } = setUp({ answer: () => answer });
		await send(...batches);
		expect(requests).toHaveLength(expected);
	});

	test('but not when Retry-After is exactly Max Wait', async () => {
		const { send, requests } = setUp({
			answer: () => failed('unavailable', { retryable: true, retryAfterMs: 1000 }),
			policy: { maxRetries: 0, maxWaitMs: 1000 },
		});
		await send(...singles(3));
		expect(requests).toHaveLength(3);
	});

	test('and a later cancellation does not change the reason', async () => {
		const { sender, clock } = setUp({ answer: () => failed('unauthorized') });
		await sender.send(batchOf(1), 0);
		clock.cancel();
		expect(await sender.send(batchOf(1, 1), 1)).toMatchObject([{ failure: { code: 'unauthorized' } }]);
	});

	test.each([
		['a success', accepted],
		['a rejection', failed('refused')],
		['a 404', failed('not_found')],
	])('but not with %s in between', async (_, between) => {
		const { send, requests } = setUp({
			answer: (__, n) => (n % 10 === 9 ? between : perhapsReceived),
			policy: { maxRetries: 0 },
		});
		await send(...singles(45));
		expect(requests).toHaveLength(45);
	});

	test('but not when retries succeed', async () => {
		const tries = new Map<number, number>();
		const { send, requests } = setUp({
			answer: ([record = 0]) => {
				const tried = (tries.get(record) ?? 0) + 1;
				tries.set(record, tried);
				return tried === 3 ? accepted : perhapsReceived;
			},
		});
		const outcomes = await send(...singles(30));
		expect(outcomes.every(({ status }) => status === 'delivered')).toBe(true);
		expect(requests).toHaveLength(90);
	});

	test('and a batch that waits for its retry reports its own failure', async () => {
		const { send, requests } = setUp({
			answer: ([record]) => (record === 0 ? perhapsReceived : failed('unauthorized')),
			concurrency: 2,
		});
		expect(await send(...singles(2))).toMatchObject([
			{ status: 'failed', attempts: 1, failure: perhapsReceived.reason },
			{ status: 'failed', attempts: 1, failure: { code: 'unauthorized' } },
		]);
		expect(requests).toEqual([[0], [1]]);
	});

	test('and the rest of a split batch warns that it may have been received', async () => {
		const { send, requests } = setUp({
			answer: inTurn(perhapsReceived, failed('refused'), failed('unauthorized')),
		});
		expect(await send(batchOf(2))).toMatchObject([
			{ attempts: 3, failure: { code: 'unauthorized', mayHaveBeenReceived: true } },
			{ attempts: 2, failure: { code: 'unauthorized', mayHaveBeenReceived: true } },
		]);
		expect(requests).toEqual([[0, 1], [0, 1], [0]]);
	});

	test('and the second half of a split batch is not sent', async () => {
		const { send, requests } = setUp({
			answer: inTurn(failed('refused'), failed('unauthorized', { description: 'Enter valid keys.' })),
		});
		expect(await send(batchOf(2))).toMatchObject([
			{ attempts: 2, failure: { code: 'unauthorized', description: 'Enter valid keys.' } },
			{
				attempts: 1,
				failure: { code: 'unauthorized', description: expect.stringMatching(/not sent again/) as string },
			},
		]);
		expect(requests).toEqual([[0, 1], [0]]);
	});
});

describe('when the execution is canceled,', () => {
	test('waiting batches are not sent', async () => {
		const { send, requests, sender, clock } = setUp({ answer: () => accepted });
		clock.cancel();
		const one = { status: 'failed', attempts: 0, failure: { code: 'cancelled', retryable: true } };
		expect(await send(batchOf(1), batchOf(1, 1))).toMatchObject([one, one]);
		expect(requests).toEqual([]);
		expect(sender).toMatchObject({ requests: 0, retries: 0 });
	});

	test('a batch stops waiting for its retry and reports its own failure', async () => {
		const wait = failed('rate_limited', { retryable: true, retryAfterMs: 50_000 });
		const { sender, requests, clock } = setUp({ answer: () => wait });
		const outcomes = Promise.all(singles(2).map(async (batch, i) => await sender.send(batch, i)));
		await clock.advance(1000);
		clock.cancel();
		expect((await outcomes).flat()).toMatchObject([
			{ status: 'failed', attempts: 1, failure: wait.reason },
			{ status: 'failed', attempts: 0, failure: { code: 'cancelled' } },
		]);
		expect(requests).toEqual([[0]]);
		expect(clock.now()).toBe(1000);
	});

	test('the answer to a sent batch still counts', async () => {
		let reply = (_: Answer) => {};
		const { sender, clock } = setUp({
			answer: async () => await new Promise<Answer>((resolve) => (reply = resolve)),
		});
		const outcome = sender.send(batchOf(1), 0);
		await settle();
		clock.cancel();
		reply(accepted);
		expect(await outcome).toMatchObject([{ status: 'delivered', attempts: 1 }]);
	});

	test('the second half of a split batch is not sent', async () => {
		const clock = new FakeClock();
		const { send, requests } = setUp({
			clock,
			answer: (records) => {
				if (records.length > 1) return failed('refused');
				clock.cancel();
				return accepted;
			},
		});
		expect(await send(batchOf(2))).toMatchObject([
			{ status: 'delivered', attempts: 2 },
			{
				status: 'failed',
				attempts: 1,
				failure: { code: 'cancelled', message: 'The execution was stopped before this item was sent again' },
			},
		]);
		expect(requests).toEqual([[0, 1], [0]]);
	});
});

test('each record has exactly one true outcome, whatever the service answers', async () => {
	const answer = fc.oneof(
		{ weight: 6, arbitrary: fc.constant<Answer>(accepted) },
		{ weight: 3, arbitrary: fc.constantFrom<Answer>(failed('refused'), failed('not_found')) },
		{
			weight: 4,
			arbitrary: fc
				.record({
					code: fc.constantFrom('rate_limited', 'unavailable', 'timed_out', 'connection_lost', 'unreachable'),
					mayHaveBeenReceived: fc.boolean(),
					retryAfterMs: fc.option(fc.integer({ min: 0, max: 62_000 }), { nil: undefined }),
				})
				.map(({ code, ...more }) => failed(code as Failure['code'], { retryable: true, ...more })),
		},
		{ weight: 1, arbitrary: fc.constant<Answer>(failed('unauthorized')) },
	);
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.tuple(answer, fc.integer({ min: 0, max: 500 })), { minLength: 1, maxLength: 40 }),
			fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
			fc.integer({ min: 1, max: 4 }),
			fc.boolean(),
			async (answers, sizes, concurrency, resendable) => {
				const clock = new FakeClock();
				const deliveredTo: number[] = [];
				const perhapsDelivered = new Set<number>();
				const { send, sender, requests } = setUp({
					clock,
					concurrency,
					answer: async (records, n) => {
						if (!resendable) expect(records.filter((each) => perhapsDelivered.has(each))).toEqual([]);
						const [given, latency] = answers[n % answers.length] ?? [accepted, 0];
						await clock.sleep(latency);
						if (given.ok) deliveredTo.push(...records);
						else if (given.reason.mayHaveBeenReceived === true)
							records.forEach((each) => perhapsDelivered.add(each));
						return given;
					},
				});
				let from = 0;
				const batches = sizes.map((size) => batchOf(size, (from += size) - size));
				const outcomes = await send(...(resendable ? batches : batches.map(notResendable)));

				const all = batches.flat().map(({ position }) => position.itemIndex);
				expect(outcomes.map(({ position }) => position.itemIndex)).toEqual(all);
				const delivered = outcomes.filter(({ status }) => status === 'delivered');
				expect(delivered.map(({ position }) => position.itemIndex)).toEqual(
					[...deliveredTo].sort((a, b) => a - b),
				);
				for (const { position, attempts } of outcomes) {
					expect(attempts).toBe(requests.filter((records) => records.includes(position.itemIndex)).length);
				}
				expect(sender.requests).toBe(requests.length);
				const different = new Set(requests.map((records) => records.join()));
				expect(sender.retries).toBe(requests.length - different.size);
			},
		),
		{ numRuns: 150 },
	);
});

describe('a prerequisite', () => {
	const prerequisite = (once: string | undefined) => ({
		purpose: 'Ensure Customer Exists',
		once,
		request: { method: 'POST', path: '/ping', body: '[-1]' } as const,
	});
	const needing = (once: string | undefined, index: number): PreparedRecord[] =>
		batchOf(1, index).map((record) => ({ ...record, prerequisite: prerequisite(once) }));

	test('is requested once for each customer', async () => {
		const { send, requests } = setUp({ answer: () => accepted });
		await send(needing('a', 0), needing('a', 1), needing('b', 2));
		expect(requests).toEqual([[-1], [-1], [0], [1], [2]]);
	});

	test('is not requested again for a later batch after it succeeds', async () => {
		const { send, requests } = setUp({ answer: () => accepted });
		await send(needing('a', 0));
		await send(needing('a', 1));
		expect(requests).toEqual([[-1], [0], [1]]);
	});

	test('is requested for a whole batch when only its last record needs it', async () => {
		const { send, requests } = setUp({ answer: () => accepted });
		expect(await send([...batchOf(1), ...needing('a', 1)])).toMatchObject([
			{ status: 'delivered' },
			{ status: 'delivered' },
		]);
		expect(requests).toEqual([[-1], [0, 1]]);
	});

	test('is retried when its answer is lost', async () => {
		const { send, requests } = setUp({ answer: inTurn(perhapsReceived, accepted) });
		const batch = needing('a', 0).map((record) => ({ ...record, resendable: false }));
		expect(await send(batch)).toMatchObject([{ status: 'delivered', attempts: 1 }]);
		expect(requests).toEqual([[-1], [-1], [0]]);
	});

	test('is not requested when the execution is canceled first', async () => {
		const { send, requests, clock } = setUp({ answer: () => accepted });
		clock.cancel();
		expect(await send(needing('a', 0))).toMatchObject([
			{ status: 'failed', attempts: 0, failure: { code: 'cancelled' } },
		]);
		expect(requests).toEqual([]);
	});

	test('is requested for each record without a key to share it', async () => {
		const { send, requests } = setUp({ answer: () => accepted });
		await send(needing(undefined, 0), needing(undefined, 1));
		expect(requests).toEqual([[-1], [-1], [0], [1]]);
	});

	test('stops its record when it fails, and the message names it', async () => {
		const { send, requests } = setUp({
			answer: ([first]) =>
				first === -1 ? failed('refused', { message: 'No.', description: 'Ask again.' }) : accepted,
		});
		const [outcome] = await send(needing('a', 0));
		expect(outcome).toMatchObject({
			status: 'failed',
			attempts: 0,
			failure: {
				code: 'refused',
				message: "'Ensure Customer Exists' failed: No.",
				description: expect.stringMatching(/not sent.*Ask again\.$/) as string,
			},
		});
		expect(requests).toEqual([[-1]]);
	});

	test('is requested again for the next record after it fails', async () => {
		const { send } = setUp({ answer: inTurn(failed('refused'), accepted) });
		expect(await send(needing('a', 0))).toMatchObject([{ status: 'failed' }]);
		expect(await send(needing('a', 1))).toMatchObject([{ status: 'delivered' }]);
	});

	test.each([
		['succeeds', accepted],
		['is rejected', failed('refused')],
		['is not found', failed('not_found')],
	])('that %s does not keep ten failed records from ending the run', async (_, answer) => {
		let people = 0;
		const { send, requests } = setUp({
			answer: ([first = 0]) => (first >= 0 ? overloaded : people++ % 2 === 0 ? answer : accepted),
			policy: { maxRetries: 0 },
		});
		for (let index = 0; index < 40; index++) await send(needing(`person ${index}`, index));
		expect(requests.filter(([first]) => first !== -1)).toHaveLength(10);
	});

	test('ends the run when ten of them fail', async () => {
		const { send, requests } = setUp({ answer: () => overloaded, policy: { maxRetries: 0 } });
		for (let index = 0; index < 15; index++) await send(needing(`person ${index}`, index));
		expect(requests).toHaveLength(10);
	});

	test('is not named as the cause after the run has ended', async () => {
		const { send } = setUp({ answer: () => failed('unauthorized') });
		expect(await send(needing('a', 0), needing('b', 1))).toMatchObject([
			{ attempts: 0, failure: { message: "'Ensure Customer Exists' failed: unauthorized" } },
			{ attempts: 0, failure: { message: 'unauthorized' } },
		]);
	});

	test('without an answer leaves no doubt that its record was not sent', async () => {
		const { send } = setUp({ answer: () => perhapsReceived, policy: { maxRetries: 0 } });
		const [outcome] = await send(needing('a', 0));
		expect(outcome).toMatchObject({ status: 'failed' });
		expect(outcome).not.toHaveProperty('failure.mayHaveBeenReceived');
	});
});
