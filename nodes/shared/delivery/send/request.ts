import type { Operation, ProviderRequest } from '../../service/definition';
import type { BatchInfo, PreparedRecord } from '../stages';
import type { Connection } from './connection';

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

/** The URL of a request, with the variable parts of its path filled in. */
export function urlOf(
	connection: Connection,
	{ path, params = {}, query = {}, baseUrl = connection.baseUrl }: ProviderRequest,
): string {
	const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
	const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
	const search = new URLSearchParams(given).toString();
	return `${baseUrl}${filled}${search === '' ? '' : `?${search}`}`;
}
