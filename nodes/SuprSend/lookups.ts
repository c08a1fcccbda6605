import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { choicesWith, isObject, lookUp, text } from '../shared';
import { suprSend } from './supr-send.provider';

const usersAtOnce = 50;
/** SuprSend's maximum per page: docs.suprsend.com/docs/node-tenants and /docs/node-lists. */
const entriesAtOnce = 1000;

/** Pages by cursor, as in docs.suprsend.com/reference/list-users, which documents no search. */
export async function listUsers(
	this: ILoadOptionsFunctions,
	_filter?: string,
	after?: string,
): Promise<INodeListSearchResult> {
	const query = { limit: String(usersAtOnce), after };
	const { meta, results } = await page(this, '/v1/user/', query);
	return {
		results: results.flatMap(({ distinct_id, properties }) =>
			toItem(distinct_id, isObject(properties) ? properties.name : undefined),
		),
		paginationToken: meta.has_next === true ? text(meta.after) : undefined,
	};
}

/** docs.suprsend.com/reference/get-all-lists */
export async function searchLists(
	this: ILoadOptionsFunctions,
	filter?: string,
	offset?: string,
): Promise<INodeListSearchResult> {
	return await search(this, '/v1/subscriber_list/', ['list_id', 'list_name'], filter, offset);
}

/** docs.suprsend.com/reference/get-tenant-list */
export async function searchTenants(
	this: ILoadOptionsFunctions,
	filter?: string,
	offset?: string,
): Promise<INodeListSearchResult> {
	return await search(this, '/v1/tenant/', ['tenant_id', 'tenant_name'], filter, offset);
}

async function search(
	context: ILoadOptionsFunctions,
	path: string,
	[id, name]: readonly [string, string],
	filter: string | undefined,
	offset = '0',
): Promise<INodeListSearchResult> {
	const { meta, results } = await page(context, path, { limit: String(entriesAtOnce), offset });
	const next = Number(offset) + results.length;
	return {
		results: choicesWith(
			filter,
			results.flatMap((entry) => toItem(entry[id], entry[name])),
		),
		paginationToken: results.length > 0 && next < Number(meta.count) ? String(next) : undefined,
	};
}

async function page(
	context: ILoadOptionsFunctions,
	path: string,
	query: Record<string, string | undefined>,
): Promise<{ meta: Record<string, unknown>; results: Array<Record<string, unknown>> }> {
	const body = await lookUp(context, suprSend, { method: 'GET', path, query });
	const { meta, results } = isObject(body) ? body : {};
	return {
		meta: isObject(meta) ? meta : {},
		results: Array.isArray(results) ? results.filter(isObject) : [],
	};
}

function toItem(id: unknown, name: unknown): INodeListSearchItems[] {
	const value = text(id);
	if (value === undefined) return [];
	const known = text(name);
	return [{ value, name: known === undefined || known === value ? value : `${known} (${value})` }];
}
