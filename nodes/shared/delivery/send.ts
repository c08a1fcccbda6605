import type { Answer, ProviderClient } from './client';
import { cancelled, notSent, type Failure } from './failure';
import { inBatch, type Outcome } from './outcome';
import type { Clock, Pace } from './pace';
import type {
	Operation,
	Outgoing,
	ProviderRequest,
	ProviderResponse,
	RecordAnswer,
	RequestBefore,
} from './provider';
import { requestTo } from './request';
import { waitBeforeRetry, type RetryPolicy } from './retry';

export interface SenderOptions {
	operation: Operation;
	client: ProviderClient;
	pace: Pace;
	clock: Clock;
	policy: Omit<RetryPolicy, 'repeatable'>;
	/** 0 to 1. */
	random: () => number;
}

/** What a record has been through. */
interface Tried {
	/** How many requests it was part of. */
	attempts: number;
	/** Whether one of them may have been carried out although it failed. */
	perhapsReceived: boolean;
}

const untried: Tried = { attempts: 0, perhapsReceived: false };

interface Settled extends Tried {
	/** Undefined when the run ended before there was one. */
	answer: Answer | undefined;
}

interface RequestTraits {
	repeatable: boolean;
	/** 0 for one that only goes before them. */
	records: number;
}

/** So many batches in a row given up, and the provider is taken to be down. */
const givenUpInARow = 10;

/** Sends the batches of one run. What it learns from one, such as a key that is refused, holds for the others. */
export class Sender {
	/** Requests sent, and how many of them repeated an earlier one. */
	requests = 0;
	retries = 0;
	/** Why nothing more is sent in this run, as it is told of what was sent so many times before. */
	private halted: ((attempts: number) => Failure) | undefined;
	private givenUp = 0;
	private readonly wentBefore = new Map<string, Promise<Answer | undefined>>();

	constructor(private readonly options: SenderOptions) {}

	/**
	 * One batch, until it is delivered or there is no more hope. When it is refused for its data it is halved
	 * until the bad record stands alone, so that one bad record never takes the others down. A refused batch
	 * is taken for not taken at all; where a service does otherwise, its idempotency keys catch the repetition.
	 * @param earlier what its records have been through as part of a larger batch
	 */
	async send(batch: readonly Outgoing[], batchIndex: number, earlier = untried): Promise<Outcome[]> {
		const hindered = await this.requestBefore(batch, earlier);
		if (hindered !== undefined) return hindered;
		const { operation } = this.options;
		const request = requestTo(operation.endpoint, operation.request(batch));
		const repeatable = batch.every((record) => record.repeatable);
		const traits = { repeatable, records: batch.length };
		const { answer, ...tried } = await this.requestUntilSettled(request, traits, earlier);
		if (answer === undefined) return this.notSent(batch, tried);
		if (answer.ok) return this.readAnswer(batch, batchIndex, answer.response, tried);

		const { failure } = answer;
		if (batch.length > 1 && failure.code === blamesTheData) {
			const middle = Math.ceil(batch.length / 2);
			// One after the other: the second half may hold later events of the same people.
			const first = await this.send(batch.slice(0, middle), batchIndex, tried);
			const second = await this.send(batch.slice(middle), batchIndex, tried);
			return [...first, ...second];
		}
		return failedAlike(batch, failure, tried);
	}

	/** What has to go through first for the batch's records; their failures where it does not. */
	private async requestBefore(batch: readonly Outgoing[], tried: Tried): Promise<Outcome[] | undefined> {
		for (const { before } of batch) {
			if (before === undefined) continue;
			const answer = await this.goBefore(before);
			if (answer === undefined) return this.notSent(batch, tried);
			if (!answer.ok) return failedAlike(batch, failedFirst(answer.failure, before.purpose), tried);
		}
		return undefined;
	}

	/** Once is enough, also for records that go out side by side; what failed is tried again for the next. */
	private async goBefore({ once, request }: RequestBefore): Promise<Answer | undefined> {
		const earlier = once === undefined ? undefined : this.wentBefore.get(once);
		if (earlier !== undefined) return await earlier;
		const going = this.requestUntilSettled(request, { repeatable: true, records: 0 });
		const answered = going.then(({ answer }) => answer);
		if (once !== undefined) this.wentBefore.set(once, answered);
		const answer = await answered;
		if (once !== undefined && answer?.ok !== true) this.wentBefore.delete(once);
		return answer;
	}

	private async requestUntilSettled(
		request: ProviderRequest,
		about: RequestTraits,
		earlier = untried,
	): Promise<Settled> {
		const { pace, clock } = this.options;
		let settled: Settled = { ...earlier, answer: undefined };
		for (let attempt = 1; ; attempt++) {
			const tried = await pace.run((startedAt) =>
				this.requestUnlessHalted(request, about, attempt, startedAt),
			);
			// What became of its own last request says more than why there is no further one.
			if (tried === undefined) return settled;
			const { answer, waitMs } = tried;
			const perhapsReceived = !answer.ok && answer.failure.mayHaveBeenReceived === true;
			settled = {
				answer,
				attempts: settled.attempts + 1,
				perhapsReceived: settled.perhapsReceived || perhapsReceived,
			};
			if (waitMs === undefined) return settled;
			await clock.sleep(waitMs);
		}
	}

	/** Learns from the answer before it lets the next request start. Undefined when the run has ended. */
	private async requestUnlessHalted(
		request: ProviderRequest,
		{ repeatable, records }: RequestTraits,
		attempt: number,
		startedAt: number,
	): Promise<{ answer: Answer; waitMs?: number } | undefined> {
		const { client, clock, pace, policy, random } = this.options;
		if (clock.isCancelled()) this.halted ??= cancelled;
		if (this.halted !== undefined) return undefined;
		this.requests++;
		if (attempt > 1) this.retries++;

		const answer = await client(request);
		if (answer.ok) {
			this.learnThatItWorks(records);
			pace.succeeded();
			return { answer };
		}
		const waitMs = waitBeforeRetry(answer.failure, attempt, { ...policy, repeatable }, random);
		const { code, retryAfterMs = 0 } = answer.failure;
		if (overloaded.has(code)) pace.slowDown(retryAfterMs <= policy.maxWaitMs ? retryAfterMs : 0, startedAt);
		if (waitMs === undefined) this.learnFrom(answer.failure, records);
		return { answer, waitMs };
	}

	private notSent(batch: readonly Outgoing[], tried: Tried): Outcome[] {
		const why = this.halted ?? cancelled;
		return failedAlike(batch, why(tried.attempts), tried);
	}

	/** That what goes before records is taken says nothing of the records themselves. */
	private learnThatItWorks(records: number): void {
		if (records > 0) this.givenUp = 0;
	}

	/** Ends the run early where going on could only do harm or nothing at all. */
	private learnFrom(failure: Failure, records: number): void {
		// What is not found for one record may be there for the next; for a whole batch it is the address.
		if (failure.code === blamesTheData || (failure.code === 'not_found' && records <= 1)) {
			this.learnThatItWorks(records);
			return;
		}
		const askedToStayAway = (failure.retryAfterMs ?? 0) > this.options.policy.maxWaitMs;
		if (endsTheRun(failure) || askedToStayAway || ++this.givenUp >= givenUpInARow) {
			this.halted ??= (attempts) => notSent(failure, attempts);
		}
	}

	private readAnswer(
		batch: readonly Outgoing[],
		batchIndex: number,
		response: ProviderResponse,
		tried: Tried,
	): Outcome[] {
		const { operation } = this.options;
		const travelled = inBatch(operation, batchIndex, batch.length);
		const { statusCode, body } = response;
		const perRecord = operation.readRecords?.(response);
		return batch.map((outgoing, position) => {
			const { place, messageId, warnings } = outgoing;
			const result = perRecord === undefined ? undefined : (perRecord[position] ?? unmentioned);
			if (result?.failure !== undefined) {
				return failed(outgoing, result.failure, tried);
			}
			return {
				place,
				messageId,
				status: 'delivered',
				statusCode: result?.statusCode ?? statusCode,
				attempts: tried.attempts,
				...travelled,
				response: result?.body ?? body ?? null,
				warnings,
			};
		});
	}
}

/** A clear no to a later try does not make an earlier, unanswered one unsent. */
function failed(outgoing: Outgoing, failure: Failure, { attempts, perhapsReceived }: Tried): Outcome {
	const { place, messageId, repeatable } = outgoing;
	const whole = perhapsReceived ? { ...failure, mayHaveBeenReceived: true } : failure;
	return { place, messageId, status: 'failed', failure: whole, repeatable, attempts };
}

function failedAlike(batch: readonly Outgoing[], failure: Failure, tried: Tried): Outcome[] {
	return batch.map((outgoing) => failed(outgoing, failure, tried));
}

/** The record itself has not been sent then, whatever became of the request before it. */
function failedFirst(failure: Failure, purpose: string): Failure {
	const { mayHaveBeenReceived: _, ...rest } = failure;
	return {
		...rest,
		message: `'${purpose}' failed: ${failure.message}`,
		description: `This item itself was not sent. ${failure.description}`,
	};
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
