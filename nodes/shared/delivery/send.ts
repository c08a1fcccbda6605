import type { Answer, ProviderClient } from './client';
import { cancelled, notSent, type Failure } from './failure';
import type { Outcome } from './outcome';
import type { Clock, Pace } from './pace';
import type { Operation, Outgoing, ProviderRequest, ProviderResponse, RecordAnswer } from './provider';
import { waitBeforeRetry, type RetryPolicy } from './retry';

export interface SenderOptions {
	operation: Operation;
	client: ProviderClient;
	pace: Pace;
	clock: Clock;
	policy: RetryPolicy;
	/** 0 to 1. */
	random: () => number;
}

interface Settled {
	answer: Answer;
	/** Requests that the batch's records were part of, in all. */
	attempts: number;
}

/** So many batches in a row given up, and the provider is taken to be down. */
const givenUpInARow = 10;

/** Sends the batches of one run. What it learns from one, such as a key that is refused, holds for the others. */
export class Sender {
	/** Requests sent, and how many of them repeated an earlier one. */
	requests = 0;
	retries = 0;
	/** Why nothing more is sent in this run. */
	private halted: Failure | undefined;
	private givenUp = 0;

	constructor(private readonly options: SenderOptions) {}

	/**
	 * One batch, until it is delivered or there is no more hope. When it is refused for its data it is halved
	 * until the bad record stands alone, so that one bad record never takes the others down. A refused batch
	 * is taken for not taken at all; where a service does otherwise, its idempotency keys catch the repetition.
	 * @param attemptsBefore how many requests its records were part of already
	 */
	async send(batch: readonly Outgoing[], batchIndex: number, attemptsBefore = 0): Promise<Outcome[]> {
		const { answer, attempts } = await this.requestUntilSettled(batch, attemptsBefore);
		if (answer.ok) return this.readAnswer(batch, batchIndex, answer.response, attempts);

		const { failure } = answer;
		if (batch.length > 1 && failure.code === blamesTheData) {
			const middle = Math.ceil(batch.length / 2);
			// One after the other: the second half may hold later events of the same people.
			const first = await this.send(batch.slice(0, middle), batchIndex, attempts);
			const second = await this.send(batch.slice(middle), batchIndex, attempts);
			return [...first, ...second];
		}
		return batch.map(({ place, messageId }) => ({ place, messageId, status: 'failed', failure, attempts }));
	}

	private async requestUntilSettled(batch: readonly Outgoing[], attemptsBefore: number): Promise<Settled> {
		const { operation, pace, clock } = this.options;
		const request = operation.request(batch);
		let lastAnswer: Answer | undefined;
		let mayHaveBeenReceived = false;
		for (let attempt = 1; ; attempt++) {
			const tried = await pace.run((startedAt) =>
				this.requestUnlessHalted(request, batch.length, attempt, startedAt),
			);
			if (tried === undefined) {
				// What became of its own last request says more than why there is no further one.
				return { answer: lastAnswer ?? this.whyHalted(), attempts: attemptsBefore + attempt - 1 };
			}
			lastAnswer = mayHaveBeenReceived ? unsure(tried.answer) : tried.answer;
			if (tried.waitMs === undefined) return { answer: lastAnswer, attempts: attemptsBefore + attempt };
			if (!tried.answer.ok) mayHaveBeenReceived ||= tried.answer.failure.mayHaveBeenReceived === true;
			await clock.sleep(tried.waitMs);
		}
	}

	/** Learns from the answer before it lets the next request start. */
	private async requestUnlessHalted(
		request: ProviderRequest,
		batchSize: number,
		attempt: number,
		startedAt: number,
	): Promise<{ answer: Answer; waitMs?: number } | undefined> {
		const { client, clock, pace, policy, random } = this.options;
		if (clock.isCancelled()) this.halted ??= cancelled();
		if (this.halted !== undefined) return undefined;
		this.requests++;
		if (attempt > 1) this.retries++;

		const answer = await client(request);
		if (answer.ok) {
			this.givenUp = 0;
			pace.succeeded();
			return { answer };
		}
		const waitMs = waitBeforeRetry(answer.failure, attempt, policy, random);
		const { code, retryAfterMs = 0 } = answer.failure;
		if (overloaded.has(code)) pace.slowDown(retryAfterMs <= policy.maxWaitMs ? retryAfterMs : 0, startedAt);
		if (waitMs === undefined) this.learnFrom(answer.failure, batchSize);
		return { answer, waitMs };
	}

	private whyHalted(): Answer {
		return { ok: false, failure: this.halted ?? cancelled() };
	}

	/** Ends the run early where going on could only do harm or nothing at all. */
	private learnFrom(failure: Failure, batchSize: number): void {
		// What is not found for one record may be there for the next; for a whole batch it is the address.
		if (failure.code === blamesTheData || (failure.code === 'not_found' && batchSize === 1)) {
			this.givenUp = 0;
			return;
		}
		const askedToStayAway = (failure.retryAfterMs ?? 0) > this.options.policy.maxWaitMs;
		if (endsTheRun(failure) || askedToStayAway || ++this.givenUp >= givenUpInARow) {
			this.halted ??= notSent(failure);
		}
	}

	private readAnswer(
		batch: readonly Outgoing[],
		batchIndex: number,
		response: ProviderResponse,
		attempts: number,
	): Outcome[] {
		const { operation } = this.options;
		const inBatch = operation.limits.records > 1 ? { batch: { index: batchIndex, size: batch.length } } : {};
		const { statusCode, body } = response;
		const perRecord = operation.readRecords?.(response);
		return batch.map(({ place, messageId, warnings }, position) => {
			const result = perRecord === undefined ? undefined : (perRecord[position] ?? unmentioned);
			if (result?.failure !== undefined) {
				return { place, messageId, status: 'failed', failure: result.failure, attempts };
			}
			return {
				place,
				messageId,
				status: 'delivered',
				statusCode: result?.statusCode ?? statusCode,
				attempts,
				...inBatch,
				response: result?.body ?? body ?? null,
				warnings,
			};
		});
	}
}

/** A clear no to a later try does not make an earlier, unanswered one unsent. */
function unsure(answer: Answer): Answer {
	return answer.ok ? answer : { ok: false, failure: { ...answer.failure, mayHaveBeenReceived: true } };
}

/** For a record of which an answer says nothing although it speaks of others. */
const unmentioned: RecordAnswer = {
	failure: {
		code: 'unexpected_answer',
		message: 'The answer speaks of other records of the batch, but not of this one',
		description: 'It may have been taken. Look at the service before you send it again.',
		retryable: false,
		mayHaveBeenReceived: true,
	},
};

/** The one answer that may be about one record of many. */
const blamesTheData = 'refused';

/** Answers that say: too much, or not now. */
const overloaded = new Set<Failure['code']>(['rate_limited', 'unavailable']);

/** What is true of one request is true of all that follow; a 403 may be about one record. */
function endsTheRun({ code, statusCode }: Failure): boolean {
	return code === 'bad_certificate' || (code === 'unauthorized' && statusCode !== 403);
}
