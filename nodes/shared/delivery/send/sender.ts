import { accepted, notAccepted } from '../../checked';
import type { Warning } from '../../event';
import type {
	Endpoint,
	Prerequisite,
	Provider,
	ProviderRequest,
	ProviderResponse,
	RecordAnswer,
	Step,
	Steps,
} from '../../service/definition';
import { cancelled, notReceived, notSent, type Failure } from '../../service/failure';
import { warningsOf, type Outcome, type PreparedRecord } from '../stages';
import type { Answer, ProviderClient } from './client';
import type { Clock } from './clock';
import { answerLacks, answerTooLarge } from './explain-failure';
import { mostMegabytes } from './read-body';
import { batchInfo, operationOf, requestFor } from './request';
import { waitBeforeRetry, type RetryPolicy } from './retry';
import type { RunThrottle } from './throttle';

export interface SenderOptions {
	provider: Pick<Provider, 'displayName'>;
	client: ProviderClient;
	throttle: RunThrottle;
	clock: Clock;
	policy: Omit<RetryPolicy, 'resendable'>;
	/** Returns 0 to 1. */
	random: () => number;
}

/** The requests that a record was part of so far. */
interface Attempts {
	attempts: number;
	/** Whether one of them may have been processed although it failed. */
	perhapsReceived: boolean;
}

const noAttempts: Attempts = { attempts: 0, perhapsReceived: false };

interface Answered extends Attempts {
	/** Undefined when the run ended before an answer arrived. */
	answer: Answer | undefined;
}

interface RequestTraits {
	resendable: boolean;
	/** How many records it carries: 0 for a prerequisite. */
	records: number;
}

/** After this many failed batches in a row, the service counts as down and the run ends. */
const mostFailuresInARow = 10;

/** Sends the batches of one run, and applies what it learns from one batch, such as a rejected key, to the rest. */
export class Sender {
	/** Requests sent, and how many of them were retries. */
	requests = 0;
	retries = 0;
	/** Set once the run has given up. Builds the failure of each remaining record from its number of attempts. */
	private halted: ((attempts: number) => Failure) | undefined;
	private failuresInARow = 0;
	private readonly prerequisites = new Map<string, Promise<Answer | undefined>>();

	constructor(private readonly options: SenderOptions) {}

	/**
	 * Sends a batch until it is delivered or has failed for good. When the service rejects the data, the batch is
	 * split in half until the bad record is alone, so that it doesn't fail the others. Such a batch counts as not
	 * processed at all; idempotency keys cover services that process a part.
	 * @param earlier the attempts of its records as part of a larger batch
	 */
	async send(batch: readonly PreparedRecord[], batchIndex: number, earlier = noAttempts): Promise<Outcome[]> {
		const failedPrerequisite = await this.meetPrerequisites(batch, earlier);
		if (failedPrerequisite !== undefined) return failedPrerequisite;
		const traits = { resendable: batch.every(({ resendable }) => resendable), records: batch.length };
		const { answer, ...attempts } = await this.deliver(batch, traits, earlier);
		if (answer === undefined) return this.failUnsent(batch, attempts);
		if (answer.ok) return this.readAnswer(batch, batchIndex, answer.value, attempts);

		const failure = answer.reason;
		if (batch.length > 1 && failure.code === rejectsTheData) {
			const middle = Math.ceil(batch.length / 2);
			// One after the other, because the second half may hold later events of the same users.
			const first = await this.send(batch.slice(0, middle), batchIndex, attempts);
			const second = await this.send(batch.slice(middle), batchIndex, attempts);
			return [...first, ...second];
		}
		return failAll(batch, failure, attempts);
	}

	private async deliver(
		batch: readonly PreparedRecord[],
		traits: RequestTraits,
		earlier: Attempts,
	): Promise<Answered> {
		const { endpoint, steps } = operationOf(batch);
		const [first] = batch;
		if (steps !== undefined && first !== undefined) {
			return await this.takeSteps(endpoint, steps(first.record), traits, earlier);
		}
		return await this.requestUntilAnswered(requestFor(batch), traits, earlier);
	}

	/** Makes the requests of one record, up to the first that fails. */
	private async takeSteps(
		{ method, path }: Endpoint,
		steps: Steps,
		traits: RequestTraits,
		earlier: Attempts,
	): Promise<Answered> {
		let attempts = earlier;
		let step = steps.next();
		while (step.done !== true) {
			const request = { method, path, ...step.value.request };
			const own = await this.requestUntilAnswered(request, traits, {
				...noAttempts,
				attempts: attempts.attempts,
			});
			const { answer, perhapsReceived } = own;
			attempts = {
				attempts: own.attempts,
				perhapsReceived: attempts.perhapsReceived || perhapsReceived,
			};
			if (answer?.ok !== true) {
				const failure = answer?.reason ?? this.unsentFailure(attempts.attempts);
				const whole = perhapsReceived ? { ...failure, mayHaveBeenReceived: true } : failure;
				return await this.stopAt(step.value, { method, path }, whole, traits, attempts);
			}
			if (answer.value.isCut === true && request.method === 'GET') {
				return { ...attempts, answer: notAccepted(answerTooLarge(this.options.provider)) };
			}
			const missing = step.value.lacks?.(answer.value.body);
			if (missing !== undefined) {
				const failure = answerLacks(missing, this.options.provider);
				return await this.stopAt(step.value, { method, path }, failure, traits, attempts);
			}
			step = steps.next(answer.value);
			if (step.done === true) return { ...attempts, answer: accepted({ ...answer.value, body: step.value }) };
		}
		throw new Error('A record needs at least one step');
	}

	/** Takes back the steps before the one that failed, or says what they have done. */
	private async stopAt(
		{ done, undo }: Step,
		endpoint: Pick<Endpoint, 'method' | 'path'>,
		failure: Failure,
		traits: RequestTraits,
		attempts: Attempts,
	): Promise<Answered> {
		const undoing = undo?.(failure);
		if (undoing === undefined) {
			const description = [...(done === undefined ? [] : [done]), failure.description].join(' ');
			return { ...attempts, answer: notAccepted({ ...failure, description }) };
		}
		const request = { ...endpoint, ...undoing.request };
		const { answer, attempts: count } = await this.requestUntilAnswered(
			request,
			{ ...traits, records: 0 },
			attempts,
		);
		const isUndone = answer?.ok === true;
		const said = isUndone ? undoing.done : undoing.notDone;
		const perhapsReceived = attempts.perhapsReceived && !isUndone;
		const left = isUndone ? notReceived(failure) : failure;
		const whole = { ...left, description: `${said} ${failure.description}` };
		return { attempts: count, perhapsReceived, answer: notAccepted(whole) };
	}

	/** Makes the requests that must succeed first. Returns the records' failures when one doesn't. */
	private async meetPrerequisites(
		batch: readonly PreparedRecord[],
		attempts: Attempts,
	): Promise<Outcome[] | undefined> {
		for (const { prerequisite } of batch) {
			if (prerequisite === undefined) continue;
			const answer = await this.meet(prerequisite);
			if (answer === undefined) return this.failUnsent(batch, attempts);
			if (!answer.ok) return failAll(batch, prerequisiteFailure(answer.reason, prerequisite), attempts);
		}
		return undefined;
	}

	/** Shares one request between records that need the same prerequisite. A failed one is tried again for the next. */
	private async meet({ once, request }: Prerequisite): Promise<Answer | undefined> {
		const earlier = once === undefined ? undefined : this.prerequisites.get(once);
		if (earlier !== undefined) return await earlier;
		const answering = this.requestUntilAnswered(request, { resendable: true, records: 0 }).then(
			({ answer }) => answer,
		);
		if (once !== undefined) this.prerequisites.set(once, answering);
		const answer = await answering;
		if (once !== undefined && answer?.ok !== true) this.prerequisites.delete(once);
		return answer;
	}

	private async requestUntilAnswered(
		request: ProviderRequest,
		traits: RequestTraits,
		earlier = noAttempts,
	): Promise<Answered> {
		const { throttle, clock } = this.options;
		let answered: Answered = { ...earlier, answer: undefined };
		for (let attempt = 1; ; attempt++) {
			const result = await throttle.run((startedAt) =>
				this.requestUnlessHalted(request, traits, attempt, startedAt),
			);
			// The answer to its own last request says more than the reason why there is no further one.
			if (result === undefined) return answered;
			const { answer, waitMs } = result;
			const perhapsReceived = !answer.ok && answer.reason.mayHaveBeenReceived === true;
			answered = {
				answer,
				attempts: answered.attempts + 1,
				perhapsReceived: answered.perhapsReceived || perhapsReceived,
			};
			if (waitMs === undefined) return answered;
			await clock.sleep(waitMs);
		}
	}

	/** Returns undefined when the run has ended. Learns from the answer before the next request may start. */
	private async requestUnlessHalted(
		request: ProviderRequest,
		{ resendable, records }: RequestTraits,
		attempt: number,
		startedAt: number,
	): Promise<{ answer: Answer; waitMs?: number } | undefined> {
		const { client, clock, throttle, policy, random } = this.options;
		if (clock.isCancelled()) this.halted ??= cancelled;
		if (this.halted !== undefined) return undefined;
		this.requests++;
		if (attempt > 1) this.retries++;

		const answer = await client(request);
		if (answer.ok) {
			this.learnThatItWorks(records);
			throttle.answered(startedAt);
			return { answer };
		}
		const failure = answer.reason;
		const waitMs = waitBeforeRetry(failure, attempt, { ...policy, resendable }, random);
		if (isOverloaded(failure)) {
			const { retryAfterMs = 0 } = failure;
			const sharedPauseMs = retryAfterMs <= policy.maxWaitMs ? retryAfterMs : 0;
			const isRateLimit = failure.code === 'rate_limited';
			throttle.refused({ startedAt, retryAfterMs: sharedPauseMs, isRateLimit });
		} else if (failure.statusCode !== undefined) {
			throttle.answered(startedAt);
		}
		if (waitMs === undefined) this.learnFrom(failure, records);
		return { answer, waitMs };
	}

	private failUnsent(batch: readonly PreparedRecord[], attempts: Attempts): Outcome[] {
		return failAll(batch, this.unsentFailure(attempts.attempts), attempts);
	}

	private unsentFailure(attempts: number): Failure {
		const failureAfter = this.halted ?? cancelled;
		return failureAfter(attempts);
	}

	/** A successful prerequisite says nothing about the records themselves. */
	private learnThatItWorks(records: number): void {
		if (records > 0) this.failuresInARow = 0;
	}

	/** Ends the run when more requests would only do harm or fail the same way. */
	private learnFrom(failure: Failure, records: number): void {
		// A 404 for one record may be about that record; for a batch it is about the address.
		if (failure.code === rejectsTheData || (failure.code === 'not_found' && records <= 1)) {
			this.learnThatItWorks(records);
			return;
		}
		const askedToStayAway = (failure.retryAfterMs ?? 0) > this.options.policy.maxWaitMs;
		if (concernsAll(failure) || askedToStayAway || ++this.failuresInARow >= mostFailuresInARow) {
			this.halted ??= (attempts) => notSent(failure, attempts);
		}
	}

	private readAnswer(
		batch: readonly PreparedRecord[],
		batchIndex: number,
		response: ProviderResponse,
		attempts: Attempts,
	): Outcome[] {
		const { provider } = this.options;
		const { bulk, endpoint, result } = operationOf(batch);
		const isCut = response.isCut === true;
		if (isCut && (endpoint.method === 'GET' || result?.items !== undefined)) {
			return failAll(batch, answerTooLarge(provider), attempts);
		}
		const info = batchInfo(batch, batchIndex);
		const { statusCode, body } = response;
		const perRecord = bulk?.readAnswers?.(response);
		return batch.map((record, index) => {
			const own = perRecord === undefined ? undefined : (perRecord[index] ?? unmentioned);
			if (own?.failure !== undefined) return failed(record, own.failure, attempts);
			const { position, messageId, warnings } = record;
			return {
				position,
				messageId,
				status: 'delivered',
				statusCode: own?.statusCode ?? statusCode,
				attempts: attempts.attempts,
				...info,
				response: own?.body ?? body ?? null,
				warnings: isCut ? [...warnings, responseCut] : warnings,
			};
		});
	}
}

/** An earlier request without an answer may have been processed, even if a later one was clearly rejected. */
function failed(
	{ position, messageId, resendable, warnings }: PreparedRecord,
	failure: Failure,
	{ attempts, perhapsReceived }: Attempts,
): Outcome {
	const whole = perhapsReceived ? { ...failure, mayHaveBeenReceived: true } : failure;
	return {
		position,
		messageId,
		status: 'failed',
		failure: whole,
		resendable,
		attempts,
		...warningsOf(warnings),
	};
}

function failAll(batch: readonly PreparedRecord[], failure: Failure, attempts: Attempts): Outcome[] {
	return batch.map((record) => failed(record, failure, attempts));
}

/** The record wasn't sent, whatever happened to the request before it. */
function prerequisiteFailure(failure: Failure, { purpose }: Prerequisite): Failure {
	return {
		...notReceived(failure),
		message: `'${purpose}' failed: ${failure.message}`,
		description: `This item itself was not sent. ${failure.description}`,
	};
}

/** For a record that an answer doesn't mention although it answers each record of the batch separately. */
const unmentioned: RecordAnswer = {
	failure: {
		code: 'unexpected_answer',
		message: 'The response covers other records in the batch, but not this one',
		description:
			'The service might have accepted this item. Check the service before you send the item again.',
		retryable: false,
		mayHaveBeenReceived: true,
	},
};

const responseCut: Warning = {
	path: 'response',
	code: 'response_cut',
	message: `Only the beginning of the response is shown, because the response is larger than ${mostMegabytes} MB.`,
};

/** The failure that splits a batch, because it may be about one of its records. */
const rejectsTheData = 'refused';

function isOverloaded({ code }: Failure): boolean {
	return code === 'rate_limited' || code === 'unavailable';
}

/** Whether every later request would fail the same way. A 403 may be about one record. */
function concernsAll({ code, statusCode }: Failure): boolean {
	return code === 'bad_certificate' || (code === 'unauthorized' && statusCode !== 403);
}
