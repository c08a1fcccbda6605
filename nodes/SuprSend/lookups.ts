import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { choicesWith, isObject, lookUp, text, type Endpoint } from '../shared';
import { listObjects, objectPreferences, tenantPreferences, userPreferences } from './endpoints';
import { suprSend } from './supr-send.provider';

const usersAtOnce = 50;
/** SuprSend's maximum per page: docs.suprsend.com/docs/node-tenants and /docs/node-lists. */
const entriesAtOnce = '1000';

/** Pages by cursor, as in docs.suprsend.com/reference/list-users, which documents no search. */
export async function listUsers(
	this: ILoadOptionsFunctions,
	_filter?: string,
	after?: string,
): Promise<INodeListSearchResult> {
	return await browse(this, { path: '/v1/user/' }, 'distinct_id', after);
}

/** The objects of the type in the node's 'Object Type'. */
export async function listObjectsOfType(
	this: ILoadOptionsFunctions,
	_filter?: string,
	after?: string,
): Promise<INodeListSearchResult> {
	const params = { object_type: filledIn(this, 'objectType') ?? pleaseFillIn(this, 'Object Type') };
	return await browse(this, { path: listObjects.path, params }, 'id', after);
}

/** docs.suprsend.com/reference, "Fetch Template List". It documents no parameters for pages. */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
	offset?: string,
): Promise<INodeListSearchResult> {
	return await search(this, { path: '/v1/template/' }, ['slug', 'name'], filter, offset);
}

/** The categories of the user, object or tenant that is chosen in the node. */
export async function searchCategories(
	this: ILoadOptionsFunctions,
	filter?: string,
	offset?: string,
): Promise<INodeListSearchResult> {
	const at = ownerOf(this);
	return await search(this, at, ['category', 'name'], filter, offset);
}

interface Place extends Pick<Endpoint, 'path'> {
	params?: Record<string, string>;
	/** How many entries to ask for. */
	limit?: string;
}

function ownerOf(context: ILoadOptionsFunctions): Place {
	const [distinct_id, object_type, id, tenant_id] = ['distinctId', 'objectType', 'objectId', 'tenantId'].map(
		(name) => filledIn(context, name),
	);
	if (distinct_id !== undefined) return { path: userPreferences.list.path, params: { distinct_id } };
	if (object_type !== undefined && id !== undefined) {
		return { path: objectPreferences.list.path, params: { object_type, id } };
	}
	if (tenant_id !== undefined) return { path: tenantPreferences.list.path, params: { tenant_id } };
	return pleaseFillIn(context, 'the previous field');
}

function filledIn(context: ILoadOptionsFunctions, name: string): string | undefined {
	// Not getCurrentNodeParameter, which throws for a field that the operation doesn't have.
	const chosen: unknown = context.getCurrentNodeParameters()?.[name];
	const value = text(isObject(chosen) ? chosen.value : chosen);
	// The editor passes an expression as it is written when it has no data for it yet.
	return value?.startsWith('=') === true ? undefined : value;
}

function pleaseFillIn(context: ILoadOptionsFunctions, what: string): never {
	throw new NodeOperationError(context.getNode(), `Fill in ${what} first`, {
		description:
			'The list depends on that field. If the field contains an expression, run the previous node first, or choose By ID.',
	});
}

async function browse(
	context: ILoadOptionsFunctions,
	place: Place,
	id: string,
	after: string | undefined,
): Promise<INodeListSearchResult> {
	const { meta, results } = await page(context, place, { limit: String(usersAtOnce), after });
	return {
		results: results.flatMap(({ [id]: value, properties }) =>
			toItem(value, isObject(properties) ? properties.name : undefined),
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
	return await search(
		this,
		{ path: '/v1/subscriber_list/', limit: entriesAtOnce },
		['list_id', 'list_name'],
		filter,
		offset,
	);
}

/** docs.suprsend.com/reference/get-tenant-list */
export async function searchTenants(
	this: ILoadOptionsFunctions,
	filter?: string,
	offset?: string,
): Promise<INodeListSearchResult> {
	return await search(
		this,
		{ path: '/v1/tenant/', limit: entriesAtOnce },
		['tenant_id', 'tenant_name'],
		filter,
		offset,
	);
}

async function search(
	context: ILoadOptionsFunctions,
	place: Place,
	[id, name]: readonly [string, string],
	filter: string | undefined,
	offset = '0',
): Promise<INodeListSearchResult> {
	const { meta, results } = await page(context, place, { limit: place.limit, offset });
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
	{ path, params }: Place,
	query: Record<string, string | undefined>,
): Promise<{ meta: Record<string, unknown>; results: Array<Record<string, unknown>> }> {
	const body = await lookUp(context, suprSend, { method: 'GET', path, params, query });
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
