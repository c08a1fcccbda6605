import type { Operation, ProviderRequest } from '../../service/definition';
import type { BatchInfo, PreparedRecord } from '../stages';
import type { Connection } from './connection';

/** The operation of a batch's records. */
export function operationOf([first]: readonly PreparedRecord[]): Operation {
	if (first === undefined) throw new Error('A batch holds at least one record');
	return first.operation;
}

/** The request that delivers a batch. */
export function requestFor(batch: readonly PreparedRecord[]): ProviderRequest {
	const { endpoint, request, bulk } = operationOf(batch);
	const { method, path } = endpoint;
	const [first, ...others] = batch as readonly [PreparedRecord, ...PreparedRecord[]];
	const parts =
		bulk === undefined || others.length === 0
			? request(first.record, first.json)
			: bulk.request(batch.map(({ json }) => json));
	return { method, path, ...parts };
}

/** The `batch` of a result, only for services that accept several records in one request. */
export function batchInfo(batch: readonly PreparedRecord[], index: number): { batch?: BatchInfo } {
	return operationOf(batch).bulk === undefined ? {} : { batch: { index, size: batch.length } };
}

/** The URL of a request, with the variable parts of its path filled in. */
export function urlOf(
	connection: Connection,
	{ path, params = {}, query = {}, baseUrl = connection.baseUrl }: ProviderRequest,
): string {
	const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
	const given = Object.entries(query).flatMap(([name, value = []]) =>
		[value].flat().map((each): [string, string] => [name, each]),
	);
	const search = new URLSearchParams(given).toString();
	return `${baseUrl}${filled}${search === '' ? '' : `?${search}`}`;
}
