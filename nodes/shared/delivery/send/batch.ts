import type { Operation, ProviderRequest } from '../../service/definition';
import type { BatchInfo, PreparedRecord } from '../stages';

/** The request that delivers a batch. */
export function requestFor(
	{ endpoint, request, bulk }: Operation,
	batch: readonly PreparedRecord[],
): ProviderRequest {
	const { method, path } = endpoint;
	const [first, ...others] = batch;
	if (first === undefined) throw new Error('A batch holds at least one record');
	const parts =
		bulk === undefined || others.length === 0
			? request(first.record, first.json)
			: bulk.request(batch.map(({ json }) => json));
	return { method, path, ...parts };
}

/** The `batch` of a result, only for services that accept several records in one request. */
export function batchInfo({ bulk }: Operation, index: number, size: number): { batch?: BatchInfo } {
	return bulk === undefined ? {} : { batch: { index, size } };
}
