import { isEqual } from 'lodash';
import { isGiven, isObject, text } from '../event';
import type { RequestParts, Step, Steps } from './definition';
import { listOf } from './operations';

type Query = Record<string, string>;

/** How a service divides a list into pages. */
export interface Paging {
	/** The most entries that one request returns, and the parameter that asks for fewer. */
	mostPerPage?: number;
	sizeParameter?: string;
	/** The query of the first page. */
	first: Query;
	/** The query of the page after this one. Undefined after the last page. */
	next(page: Page): Query | undefined;
	/** The entries in a response. */
	entriesIn(body: unknown): unknown[];
	/** What tells entries apart, for lists whose pages shift when entries are added. */
	idOf?(entry: unknown): unknown;
}

/** A page that was read, and what it adds to the pages before it. */
interface Page {
	body: unknown;
	/** The number of pages so far, with this one. */
	pages: number;
	/** The entries that were asked for, that are in this page, that are new in it, and that are in all pages so far. */
	asked: number;
	entries: number;
	fresh: number;
	total: number;
}

/** Pages by cursor: `meta.after` leads to the next page while `meta.has_next` is true. */
export function byCursor(mostPerPage?: number): Paging {
	return {
		...(mostPerPage === undefined ? {} : { mostPerPage, sizeParameter: 'limit' }),
		first: {},
		next({ body }) {
			const { has_next, after } = metaOf(body);
			const cursor = has_next === true ? text(after) : undefined;
			return cursor === undefined ? undefined : { after: cursor };
		},
		entriesIn: resultsIn,
	};
}

/**
 * Pages by offset: up to `meta.count`, or to a page that isn't full. Entries that are added at the beginning shift the
 * others into the next page, so entries need an ID.
 */
export function byOffset(mostPerPage: number, idOf: NonNullable<Paging['idOf']>): Paging {
	return {
		mostPerPage,
		sizeParameter: 'limit',
		first: { offset: '0' },
		next({ body, asked, entries, fresh, total }) {
			const { count } = metaOf(body);
			const isLast = typeof count === 'number' ? total >= count : entries < asked || fresh === 0;
			return entries === 0 || isLast ? undefined : { offset: String(total) };
		},
		entriesIn: resultsIn,
		idOf,
	};
}

/** Pages by number, up to one that has nothing new. */
export function byPage(idOf: NonNullable<Paging['idOf']>): Paging {
	return {
		first: { page: '1' },
		next: ({ fresh, pages }) => (fresh === 0 ? undefined : { page: String(pages + 1) }),
		entriesIn: resultsIn,
		idOf,
	};
}

/** A list that one response holds. */
export const wholeList: Paging = { first: {}, next: () => undefined, entriesIn: resultsIn };

/**
 * Requests one page after the other, until there are enough entries or no more.
 * @returns the entries, each once and in order
 */
export function* readPages(paging: Paging, request: RequestParts, limit = Infinity): Steps {
	const { mostPerPage = Infinity, entriesIn, idOf } = paging;
	const entries: unknown[] = [];
	const known = new Set<unknown>();
	let query: Query | undefined = paging.first;
	let previous: unknown[] = [];
	for (let pages = 1, total = 0; query !== undefined; pages++) {
		const asked = Math.min(mostPerPage, limit - entries.length);
		const { body } = yield pageRequest(paging, request, query, asked);
		const page = entriesIn(body);
		// A service that ignores the number of the page would never end.
		if (page.length > 0 && isEqual(page, previous)) break;
		previous = page;
		const fresh = idOf === undefined ? page : page.filter((entry) => isNew(idOf(entry), known));
		for (const entry of fresh) entries.push(entry);
		total += page.length;
		if (entries.length >= limit) break;
		const next = paging.next({
			...{ body, pages, asked, total },
			...{ entries: page.length, fresh: fresh.length },
		});
		// A service that gives the same cursor again would never end.
		query = isEqual(next, query) ? undefined : next;
	}
	return entries;
}

/** The request of the first page, for previews. */
export function firstPage(paging: Paging, request: RequestParts, limit = Infinity): RequestParts {
	const { mostPerPage = Infinity, first } = paging;
	return pageRequest(paging, request, first, Math.min(mostPerPage, limit)).request;
}

function pageRequest({ sizeParameter }: Paging, request: RequestParts, query: Query, size: number): Step {
	const limit = sizeParameter === undefined ? {} : { [sizeParameter]: String(size) };
	return { request: { ...request, query: { ...request.query, ...limit, ...query } } };
}

function isNew(id: unknown, known: Set<unknown>): boolean {
	// An entry without an ID can't be told from others.
	if (!isGiven(id)) return true;
	const isFirst = !known.has(id);
	known.add(id);
	return isFirst;
}

function metaOf(body: unknown): Record<string, unknown> {
	return isObject(body) && isObject(body.meta) ? body.meta : {};
}

/** The `results` of a page, or a list without anything around it. */
function resultsIn(body: unknown): unknown[] {
	const results = isObject(body) && 'results' in body ? body.results : body;
	return listOf(results);
}
