import {
	byCursor,
	byOffset,
	byPage,
	firstPage,
	readPages,
	wholeList,
} from '../../../nodes/shared/service/paging';
import type { Paging } from '../../../nodes/shared/service/paging';
import { isObject } from '../../../nodes/shared/event';

const id = (entry: unknown) => isObject(entry) && entry.id;
const entries = (...ids: unknown[]) => ids.map((each) => ({ id: each }));

/** Answers each request with the next body. Returns what was asked, and the entries. */
function read(paging: Paging, bodies: unknown[], limit?: number) {
	const steps = readPages(paging, { query: { a: 'b' } }, limit);
	const asked: unknown[] = [];
	let step = steps.next();
	while (step.done !== true) {
		asked.push(step.value.request.query);
		step = steps.next({ statusCode: 200, headers: {}, body: bodies[asked.length - 1] });
	}
	return { asked, entries: step.value };
}

test('a cursor leads to the next page until there is none', () => {
	const page = (after: string, has_next: boolean, ...ids: number[]) => ({
		meta: { has_next, after },
		results: entries(...ids),
	});
	expect(read(byCursor(2), [page('x', true, 1, 2), page('y', false, 3)])).toEqual({
		asked: [
			{ a: 'b', limit: '2' },
			{ a: 'b', limit: '2', after: 'x' },
		],
		entries: entries(1, 2, 3),
	});
});

test.each([
	['a cursor that repeats itself', { has_next: true, after: 'x' }, 2],
	['a next page without a cursor', { has_next: true, after: null }, 1],
	['no information about pages', undefined, 1],
])('a list ends with %s', (_, meta, requests) => {
	const body = { meta, results: entries(1) };
	expect(read(byCursor(2), [body, body, body, body]).asked).toHaveLength(requests);
});

test('an offset counts all entries of the pages before, and repeated ones are left out', () => {
	const page = (count: number, ...ids: number[]) => ({ meta: { count }, results: entries(...ids) });
	// Entry 0 was added before the second request.
	expect(read(byOffset(2, id), [page(3, 1, 2), page(4, 2, 3)])).toEqual({
		asked: [
			{ a: 'b', limit: '2', offset: '0' },
			{ a: 'b', limit: '2', offset: '2' },
		],
		entries: entries(1, 2, 3),
	});
});

test('a list without a count ends with a page that is not full, or that has nothing new', () => {
	expect(read(byOffset(2, id), [entries(1, 2), entries(3)]).asked).toHaveLength(2);
	expect(read(byOffset(2, id), [entries(1, 2), entries(1, 2), entries(1, 2)]).asked).toHaveLength(2);
});

test('a service that returns fewer than were asked for is asked for the rest', () => {
	const page = (...ids: number[]) => ({ meta: { count: 3 }, results: entries(...ids) });
	expect(read(byOffset(100, id), [page(1), page(2), page(3)]).entries).toEqual(entries(1, 2, 3));
});

test('numbered pages end with an empty one', () => {
	expect(read(byPage(id), [entries(1, 2), entries(2, 3), []])).toEqual({
		asked: [1, 2, 3].map((page) => ({ a: 'b', page: String(page) })),
		entries: entries(1, 2, 3),
	});
});

test('pages without IDs end when a page comes again', () => {
	const page = [{ id: null, points: 10 }];
	expect(read(byPage(id), [page, page, page])).toMatchObject({ entries: page, asked: [{}, {}] });
});

test('entries without an ID are kept', () => {
	expect(read(wholeList, [entries(1, 1)]).entries).toEqual(entries(1, 1));
	expect(read(byOffset(5, id), [[{ id: null }, { id: null }]]).entries).toHaveLength(2);
});

test('no more is asked for than the limit needs', () => {
	const page = (...ids: number[]) => ({
		meta: { has_next: true, after: String(ids.at(-1)) },
		results: entries(...ids),
	});
	expect(read(byCursor(2), [page(1, 2), page(3)], 3)).toEqual({
		asked: [
			{ a: 'b', limit: '2' },
			{ a: 'b', limit: '1', after: '2' },
		],
		entries: entries(1, 2, 3),
	});
	expect(firstPage(byCursor(100), {}, 3)).toEqual({ query: { limit: '3' } });
});
