import { type Answer, json, type ProviderRequest } from '../provider';
import { refuse } from './replies';

const DEFAULT_LIMIT = 20;
/** https://docs.suprsend.com/docs/node-tenants */
const MAX_LIMIT = 1000;

/** Returns a page of a list by `limit` and `offset`. */
export function offsetPage(
	{ query }: ProviderRequest,
	all: readonly unknown[],
	defaultLimit = DEFAULT_LIMIT,
): Answer {
	const limit = Number(query.get('limit') ?? defaultLimit);
	const offset = Number(query.get('offset') ?? 0);
	if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
		return refuse({ field: 'limit', message: `limit must be an integer from 1 to ${MAX_LIMIT}` });
	}
	if (!Number.isInteger(offset) || offset < 0) {
		return refuse({ field: 'offset', message: 'offset must be an integer from 0' });
	}
	const meta = { count: all.length, limit, offset };
	return json(200, { meta, results: all.slice(offset, offset + limit) });
}
