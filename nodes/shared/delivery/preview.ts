import { requestHeaders } from './client';
import type { Outcome } from './outcome';
import type { Connection, Operation, Outgoing } from './provider';
import { parseRedacted } from './redact';

/** What would be sent for a batch, without sending it. The request is shown with the batch's first record. */
export function previewBatch(
	batch: readonly Outgoing[],
	batchIndex: number,
	{ operation, connection }: { operation: Operation; connection: Connection },
): Outcome[] {
	const { method, path, body } = operation.request(batch);
	const request = {
		method,
		url: `${connection.baseUrl}${path}`,
		headers: { ...requestHeaders, ...connection.shownHeaders },
		body: parseRedacted(body, connection.secrets),
	};
	const inBatch = operation.limits.records > 1 ? { batch: { index: batchIndex, size: batch.length } } : {};
	return batch.map(({ place, messageId, warnings }, position) => ({
		place,
		messageId,
		attempts: 0,
		status: 'previewed',
		...inBatch,
		...(position === 0 ? { request } : {}),
		warnings,
	}));
}
