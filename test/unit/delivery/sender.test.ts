import fc from 'fast-check';
import type { Answer } from '../../../nodes/shared/delivery/send/client';
import type { Failure } from '../../../nodes/shared/service/failure';
import { Throttle } from '../../../nodes/shared/delivery/send/throttle';
import type { Bulk, Operation } from '../../../nodes/shared/service/definition';
import type { PreparedRecord } from '../../../nodes/shared/delivery/stages';
import type { RetryPolicy } from '../../../nodes/shared/delivery/send/retry';
import { Sender } from '../../../nodes/shared/delivery/send/sender';
import { batchOf, FakeClock, failed, operation, recordOf, settle, taken } from './helpers';

interface Setting {
	/** What the service says of a request with these records, the n-th of all. */
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
		operation: more.operation ?? operation,
		client: async ({ body }) => {
			const records = JSON.parse(body ?? '') as number[];
			startedAt.push(clock.now());
			requests.push(records);
			return await answer(records, requests.length - 1);
		},
		clock,
		throttle: new Throttle({ concurrency, clock }),
		policy: { maxRetries: 3, maxWaitMs: 60_000, ...policy },
		random: () => 1,
	});
	const send = async (...batches: PreparedRecord[][]) =>
		(await clock.until(Promise.all(batches.map(async (batch, i) => await sender.send(batch, i))))).flat();
	return { sender, send, requests, startedAt, clock };
}

const notRepeatable = (batch: PreparedRecord[]) => batch.map((record) => ({ ...record, resendable: false }));

const singles = (count: number) => Array.from({ length: count }, (_, i) => batchOf(1, i));

/** One answer after the other; the last one for all that follow. */
const inTurn = (...answers: Answer[]) => {
	return (_: number[], n: number) => answers[Math.min(n, answers.length - 1)] ?? taken;
};

const overloaded = failed('unavailable', { retryable: true });
const perhapsTaken = failed('unavailable', { retryable: true, mayHaveBeenReceived: true });
const refusing =
	(bad: readonly number[], code: Failure['code'] = 'refused') =>
	(records: number[]) =>
		records.some((record) => bad.includes(record)) ? failed(code) : taken;

describe('a batch that is taken', () => {
	test('delivers each of its records, with the answer', async () => {
		const { sender, requests, clock } = setUp({ answer: () => taken });
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
		expect(await setUp({ answer: () => taken }).send([record])).toMatchObject([{ position, warnings }]);
	});

	test('is not spoken of where the service has no batches', async () => {
		const single = { ...operation, bulk: undefined };
		const [outcome] = await setUp({ answer: () => taken, operation: single }).send(batchOf(1));
		expect(outcome).not.toHaveProperty('batch');
	});

	test('shows an empty answer as null', async () => {
		const empty: Answer = { ok: true, value: { statusCode: 204, headers: {}, body: undefined } };
		expect(await setUp({ answer: () => empty }).send(batchOf(1))).toMatchObject([{ response: null }]);
	});
});

describe('an answer that speaks of each record', () => {
	const own = failed('refused', { statusCode: 400 }).reason;
	const answering = (readAnswers: Bulk['readAnswers']): Operation => ({
		...operation,
		bulk: { ...(operation.bulk as Bulk), readAnswers },
	});
	const speaking = answering(() => [{ statusCode: 201, body: 'first' }, { failure: own }, {}]);

	test('is taken at its word, and nothing is sent again', async () => {
		const { send, requests } = setUp({ answer: () => taken, operation: speaking });
		expect(await send(batchOf(3))).toMatchObject([
			{ status: 'delivered', statusCode: 201, response: 'first', attempts: 1 },
			{ status: 'failed', failure: own, attempts: 1 },
			{ status: 'delivered', statusCode: 202, response: 'OK', attempts: 1 },
		]);
		expect(requests).toHaveLength(1);
	});

	test('is one for all where it does not', async () => {
		const silent = answering(() => undefined);
		const { send } = setUp({ answer: () => taken, operation: silent });
		expect(await send(batchOf(2))).toMatchObject([
			{ status: 'delivered', response: 'OK' },
			{ status: 'delivered', response: 'OK' },
		]);
	});

	test('fails a record that the answer leaves out, and warns that it may have arrived', async () => {
		const incomplete = answering(() => [{ statusCode: 201 }]);
		const { send, requests } = setUp({ answer: () => taken, operation: incomplete });
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
				description: expect.stringMatching(/before you send it again/) as string,
				retryable: false,
				mayHaveBeenReceived: true,
			},
		});
		expect(requests).toHaveLength(1);
	});

	test('does not make an earlier, unanswered try unsent', async () => {
		const { send } = setUp({ answer: inTurn(perhapsTaken, taken), operation: speaking });
		expect(await send(batchOf(3))).toMatchObject([
			{ status: 'delivered' },
			{ status: 'failed', attempts: 2, failure: { ...own, mayHaveBeenReceived: true } },
			{ status: 'delivered' },
		]);
	});
});

describe('a batch that is not taken', () => {
	test('is sent again until it is, after longer and longer waits', async () => {
		const { send, sender, requests, startedAt } = setUp({ answer: inTurn(overloaded, overloaded, taken) });
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

	test('is given up after Max Retries, with what was said last', async () => {
		const { send, sender } = setUp({
			answer: inTurn(overloaded, overloaded, failed('rate_limited', { retryable: true })),
			policy: { maxRetries: 2 },
		});
		expect(await send(batchOf(1))).toMatchObject([
			{ status: 'failed', attempts: 3, failure: { code: 'rate_limited' } },
		]);
		expect(sender).toMatchObject({ requests: 3, retries: 2 });
	});

	test('is not sent again where it may have arrived and must not be repeated', async () => {
		const { send, requests } = setUp({
			answer: inTurn(perhapsTaken, taken),
		});
		expect(await send(notRepeatable(batchOf(1)))).toMatchObject([
			{ status: 'failed', failure: perhapsTaken.reason },
		]);
		expect(requests).toHaveLength(1);
	});

	test.each([
		['first', [false, true]],
		['last', [true, false]],
	])('is not resent when its %s record must not be there twice', async (_, resendable) => {
		const batch = batchOf(2).map((record, i) => ({ ...record, resendable: resendable[i] === true }));
		const { send, requests } = setUp({ answer: inTurn(perhapsTaken, taken) });
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

	test('waits as long as it is told to', async () => {
		const wait = failed('rate_limited', { retryable: true, retryAfterMs: 5000 });
		const { send, startedAt } = setUp({ answer: inTurn(wait, taken) });
		await send(batchOf(1));
		expect(startedAt).toEqual([0, 5000]);
	});

	test('makes the others wait where the service is overloaded', async () => {
		const wait = failed('rate_limited', { retryable: true, retryAfterMs: 5000 });
		const { send, startedAt } = setUp({ answer: inTurn(wait, taken), concurrency: 1 });
		const outcomes = await send(...singles(3));
		expect(outcomes.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
		expect(startedAt).toEqual([0, 5000, 5000, 5000]);
	});

	test('leaves the others alone where only its connection broke', async () => {
		const lost = failed('connection_lost', { retryable: true, mayHaveBeenReceived: true });
		const { send, startedAt } = setUp({ answer: inTurn(lost, taken), concurrency: 1 });
		await send(...singles(3));
		expect(startedAt).toEqual([0, 0, 0, 250]);
	});

	test('makes the others wait for exactly Max Wait when the service asks for it', async () => {
		const wait = failed('rate_limited', { retryable: true, retryAfterMs: 60_000 });
		const { send, startedAt } = setUp({ answer: inTurn(wait, taken) });
		await send(...singles(3));
		expect(startedAt).toEqual([0, 60_000, 60_000, 60_000]);
	});

	test.each([
		['unavailable', 4],
		['rate_limited', 4],
		['unreachable', 8],
		['timed_out', 8],
		['connection_lost', 8],
	] as const)('of 8 at the same time that fails as %s leaves %d at the same time', async (code, expected) => {
		const clock = new FakeClock();
		let underWay = 0;
		let most = 0;
		const { send } = setUp({
			clock,
			concurrency: 8,
			answer: async (_, n) => {
				if (n < 8) return failed(code, { retryable: true });
				most = Math.max(most, ++underWay);
				await clock.sleep(10);
				underWay--;
				return taken;
			},
		});
		await send(...singles(8));
		expect(most).toBe(expected);
	});
});

describe('a batch that is refused for its data', () => {
	test.each(['refused'] as const)(
		'(%s) is halved until the bad record stands alone, in order',
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

	test('is halved after retries too, and all requests are counted', async () => {
		const { send, sender } = setUp({
			answer: inTurn(overloaded, failed('refused'), taken, overloaded, failed('refused')),
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
	])('is meant, not one that failed as %s: that is not about a record', async (code) => {
		const { send, requests } = setUp({ answer: refusing([0], code) });
		const all = Array.from({ length: 4 }, () => ({ status: 'failed', failure: { code }, attempts: 1 }));
		expect(await send(batchOf(4))).toMatchObject(all);
		expect(requests).toHaveLength(1);
	});

	test('is not sent again where it is one record', async () => {
		const { send, requests } = setUp({ answer: refusing([0]) });
		await send(batchOf(1));
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

describe('the run ends early', () => {
	const unsent = {
		status: 'failed',
		attempts: 0,
		failure: { description: expect.stringMatching(/not sent/) as string },
	};

	test.each(['unauthorized', 'bad_certificate'] as const)('after %s: the rest is not sent', async (code) => {
		const { send, requests } = setUp({ answer: () => failed(code) });
		const outcomes = await send(...singles(3));
		expect(outcomes).toMatchObject([
			{ status: 'failed', attempts: 1, failure: failed(code).reason },
			{ ...unsent, failure: { ...unsent.failure, code, message: code } },
			{ ...unsent, failure: { ...unsent.failure, code, message: code } },
		]);
		expect(requests).toEqual([[0]]);
	});

	test('when the service asks to stay away for longer than Max Wait', async () => {
		const { send, requests, clock } = setUp({
			answer: () => failed('rate_limited', { retryable: true, retryAfterMs: 60_001 }),
		});
		const outcomes = await send(...singles(3));
		expect(outcomes.map(({ attempts }) => attempts)).toEqual([1, 0, 0]);
		expect(outcomes[2]).toMatchObject({ ...unsent, failure: { code: 'rate_limited', retryAfterMs: 60_001 } });
		expect(requests).toHaveLength(1);
		expect(clock.now()).toBe(0);
	});

	test('when ten batches in a row were given up', async () => {
		const { send, requests } = setUp({
			answer: () => perhapsTaken,
			policy: { maxRetries: 0 },
		});
		const outcomes = await send(...singles(15));
		expect(outcomes.map(({ attempts }) => attempts)).toEqual([...Array<number>(10).fill(1), 0, 0, 0, 0, 0]);
		expect(requests).toHaveLength(10);
		expect(outcomes[9]).toMatchObject({ failure: { mayHaveBeenReceived: true } });
		expect(outcomes[10]).toMatchObject(unsent);
		// What was never sent was surely not received.
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
	])('after %s: of %# batches it sends as many as make sense', async (_, answer, batches, expected) => {
		const { send, requests } = setUp({ answer: () => answer });
		await send(...batches);
		expect(requests).toHaveLength(expected);
	});

	test('not when the service asks for exactly Max Wait', async () => {
		const { send, requests } = setUp({
			answer: () => failed('unavailable', { retryable: true, retryAfterMs: 1000 }),
			policy: { maxRetries: 0, maxWaitMs: 1000 },
		});
		await send(...singles(3));
		expect(requests).toHaveLength(3);
	});

	test('and reports the first reason to the rest, also when it is cancelled afterwards', async () => {
		const { sender, clock } = setUp({ answer: () => failed('unauthorized') });
		await sender.send(batchOf(1), 0);
		clock.cancel();
		expect(await sender.send(batchOf(1, 1), 1)).toMatchObject([{ failure: { code: 'unauthorized' } }]);
	});

	test.each([
		['a success', taken],
		['a refusal', failed('refused')],
		['a 404', failed('not_found')],
	])('not when there was %s in between', async (_, between) => {
		const { send, requests } = setUp({
			answer: (__, n) => (n % 10 === 9 ? between : perhapsTaken),
			policy: { maxRetries: 0 },
		});
		await send(...singles(45));
		expect(requests).toHaveLength(45);
	});

	test('not when retries helped', async () => {
		const tries = new Map<number, number>();
		const { send, requests } = setUp({
			answer: ([record = 0]) => {
				const tried = (tries.get(record) ?? 0) + 1;
				tries.set(record, tried);
				return tried === 3 ? taken : perhapsTaken;
			},
		});
		const outcomes = await send(...singles(30));
		expect(outcomes.every(({ status }) => status === 'delivered')).toBe(true);
		expect(requests).toHaveLength(90);
	});

	test('and who was to be sent again reports what happened to it, not to the others', async () => {
		const { send, requests } = setUp({
			answer: ([record]) => (record === 0 ? perhapsTaken : failed('unauthorized')),
			concurrency: 2,
		});
		expect(await send(...singles(2))).toMatchObject([
			{ status: 'failed', attempts: 1, failure: perhapsTaken.reason },
			{ status: 'failed', attempts: 1, failure: { code: 'unauthorized' } },
		]);
		expect(requests).toEqual([[0], [1]]);
	});

	test('in the middle of a halved batch that may have been received: the rest says so', async () => {
		const { send, requests } = setUp({
			answer: inTurn(perhapsTaken, failed('refused'), failed('unauthorized')),
		});
		expect(await send(batchOf(2))).toMatchObject([
			{ attempts: 3, failure: { code: 'unauthorized', mayHaveBeenReceived: true } },
			{ attempts: 2, failure: { code: 'unauthorized', mayHaveBeenReceived: true } },
		]);
		expect(requests).toEqual([[0, 1], [0, 1], [0]]);
	});

	test('in the middle of a batch that is halved: the other half is not sent', async () => {
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

describe('when the execution is cancelled', () => {
	test('before a batch is sent, it is not', async () => {
		const { send, requests, sender, clock } = setUp({ answer: () => taken });
		clock.cancel();
		const one = { status: 'failed', attempts: 0, failure: { code: 'cancelled', retryable: true } };
		expect(await send(batchOf(1), batchOf(1, 1))).toMatchObject([one, one]);
		expect(requests).toEqual([]);
		expect(sender).toMatchObject({ requests: 0, retries: 0 });
	});

	test('while a batch waits, the wait ends, and it reports what happened to it', async () => {
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

	test('while a batch is under way, its answer still counts', async () => {
		let reply = (_: Answer) => {};
		const { sender, clock } = setUp({
			answer: async () => await new Promise<Answer>((resolve) => (reply = resolve)),
		});
		const outcome = sender.send(batchOf(1), 0);
		await settle();
		clock.cancel();
		reply(taken);
		expect(await outcome).toMatchObject([{ status: 'delivered', attempts: 1 }]);
	});

	test('in the middle of a batch that is halved, the other half is not sent', async () => {
		const clock = new FakeClock();
		const { send, requests } = setUp({
			clock,
			answer: (records) => {
				if (records.length > 1) return failed('refused');
				clock.cancel();
				return taken;
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

test('whatever the service answers: each record has one outcome, and it is true', async () => {
	const answer = fc.oneof(
		{ weight: 6, arbitrary: fc.constant<Answer>(taken) },
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
						const [given, latency] = answers[n % answers.length] ?? [taken, 0];
						await clock.sleep(latency);
						if (given.ok) deliveredTo.push(...records);
						else if (given.reason.mayHaveBeenReceived === true)
							records.forEach((each) => perhapsDelivered.add(each));
						return given;
					},
				});
				let from = 0;
				const batches = sizes.map((size) => batchOf(size, (from += size) - size));
				const outcomes = await send(...(resendable ? batches : batches.map(notRepeatable)));

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

describe('what has to go through before a record', () => {
	const prerequisite = (once: string | undefined) => ({
		purpose: 'Ensure Customer Exists',
		once,
		request: { method: 'POST', path: '/ping', body: '[-1]' } as const,
	});
	const needing = (once: string | undefined, index: number): PreparedRecord[] =>
		batchOf(1, index).map((record) => ({ ...record, prerequisite: prerequisite(once) }));

	test('goes through once for each of whom it is about', async () => {
		const { send, requests } = setUp({ answer: () => taken });
		await send(needing('a', 0), needing('a', 1), needing('b', 2));
		expect(requests).toEqual([[-1], [-1], [0], [1], [2]]);
	});

	test('is not repeated after a success, also for a later batch', async () => {
		const { send, requests } = setUp({ answer: () => taken });
		await send(needing('a', 0));
		await send(needing('a', 1));
		expect(requests).toEqual([[-1], [0], [1]]);
	});

	test('is requested for a whole batch when only its last record needs it', async () => {
		const { send, requests } = setUp({ answer: () => taken });
		expect(await send([...batchOf(1), ...needing('a', 1)])).toMatchObject([
			{ status: 'delivered' },
			{ status: 'delivered' },
		]);
		expect(requests).toEqual([[-1], [0, 1]]);
	});

	test('is resent when its answer is lost, because it does no harm twice', async () => {
		const { send, requests } = setUp({ answer: inTurn(perhapsTaken, taken) });
		const batch = needing('a', 0).map((record) => ({ ...record, resendable: false }));
		expect(await send(batch)).toMatchObject([{ status: 'delivered', attempts: 1 }]);
		expect(requests).toEqual([[-1], [-1], [0]]);
	});

	test('fails as cancelled when the execution is cancelled before it', async () => {
		const { send, requests, clock } = setUp({ answer: () => taken });
		clock.cancel();
		expect(await send(needing('a', 0))).toMatchObject([
			{ status: 'failed', attempts: 0, failure: { code: 'cancelled' } },
		]);
		expect(requests).toEqual([]);
	});

	test('goes through for every record where it is about the record itself', async () => {
		const { send, requests } = setUp({ answer: () => taken });
		await send(needing(undefined, 0), needing(undefined, 1));
		expect(requests).toEqual([[-1], [-1], [0], [1]]);
	});

	test('keeps the record back when it fails, and says which of the two failed', async () => {
		const { send, requests } = setUp({
			answer: ([first]) =>
				first === -1 ? failed('refused', { message: 'No.', description: 'Ask again.' }) : taken,
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

	test('is tried again for the next record when it failed for one', async () => {
		const { send } = setUp({ answer: inTurn(failed('refused'), taken) });
		expect(await send(needing('a', 0))).toMatchObject([{ status: 'failed' }]);
		expect(await send(needing('a', 1))).toMatchObject([{ status: 'delivered' }]);
	});

	test.each([
		['goes through', taken],
		['is refused', failed('refused')],
		['finds nothing', failed('not_found')],
	])('says nothing of the records themselves when it %s: ten given up end the run', async (_, answer) => {
		let people = 0;
		const { send, requests } = setUp({
			answer: ([first = 0]) => (first >= 0 ? overloaded : people++ % 2 === 0 ? answer : taken),
			policy: { maxRetries: 0 },
		});
		for (let index = 0; index < 40; index++) await send(needing(`person ${index}`, index));
		expect(requests.filter(([first]) => first !== -1)).toHaveLength(10);
	});

	test('counts where it is given up: ten of them end the run', async () => {
		const { send, requests } = setUp({ answer: () => overloaded, policy: { maxRetries: 0 } });
		for (let index = 0; index < 15; index++) await send(needing(`person ${index}`, index));
		expect(requests).toHaveLength(10);
	});

	test('is not blamed for a run that has ended', async () => {
		const { send } = setUp({ answer: () => failed('unauthorized') });
		expect(await send(needing('a', 0), needing('b', 1))).toMatchObject([
			{ attempts: 0, failure: { message: "'Ensure Customer Exists' failed: unauthorized" } },
			{ attempts: 0, failure: { message: 'unauthorized' } },
		]);
	});

	test('leaves no doubt about the record itself when its answer is lost', async () => {
		const { send } = setUp({ answer: () => perhapsTaken, policy: { maxRetries: 0 } });
		const [outcome] = await send(needing('a', 0));
		expect(outcome).toMatchObject({ status: 'failed' });
		expect(outcome).not.toHaveProperty('failure.mayHaveBeenReceived');
	});
});
