import type { ProviderClient } from './client';
import type { Failure, Outcome } from './failure';
import type { Operation, Outgoing } from './provider';

/** Answers that may be about one record of many. */
const blamesTheData = new Set<Failure['code']>(['refused', 'not_found']);

/**
 * Sends one batch. When it is refused for its data it is halved until the bad record stands alone, so
 * that one bad event never takes the others down. A refused batch was not taken, so nothing is repeated.
 */
export async function sendBatch(
	batch: readonly Outgoing[],
	batchIndex: number,
	operation: Operation,
	client: ProviderClient,
	attempts = 1,
): Promise<Outcome[]> {
	const answer = await client(operation.request(batch));
	if (answer.ok) {
		const { statusCode, body } = answer.response;
		const inBatch = operation.limits.records > 1 ? { batch: { index: batchIndex, size: batch.length } } : {};
		return batch.map(({ itemIndex, messageId, warnings }) => ({
			itemIndex,
			messageId,
			status: 'delivered',
			statusCode,
			attempts,
			...inBatch,
			response: body ?? null,
			warnings,
		}));
	}

	const { failure } = answer;
	if (batch.length > 1 && blamesTheData.has(failure.code)) {
		const middle = Math.ceil(batch.length / 2);
		// One after the other: the second half may hold later events of the same people.
		const first = await sendBatch(batch.slice(0, middle), batchIndex, operation, client, attempts + 1);
		const second = await sendBatch(batch.slice(middle), batchIndex, operation, client, attempts + 1);
		return [...first, ...second];
	}
	return batch.map(({ itemIndex, messageId }) => ({
		itemIndex,
		messageId,
		status: 'failed',
		failure,
		attempts,
	}));
}
