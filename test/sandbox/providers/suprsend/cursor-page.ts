import { type Answer, json, type ProviderRequest } from '../provider';

/** The order in a list. It works as a cursor even after its entry is deleted. */
export interface Serial {
	serial: number;
}

const DEFAULT_LIMIT = 10;

const invalid = json(400, { code: 400, message: 'invalid_request_error' });

export const cursorOf = ({ serial }: Serial): string => String(serial).padStart(26, '0');

/** Returns a page by `limit`, `after` and `before`; `after` wins. The entries are in the order of the list. */
export function cursorPage<Entry extends Serial>(
	{ query }: ProviderRequest,
	all: readonly Entry[],
	shown: (entry: Entry) => unknown,
	{ isDescending = false, maxLimit = Infinity, refusesBoth = false } = {},
): Answer {
	const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
	const [after, before] = [query.get('after'), query.get('before')];
	const cursors = [after, before].filter((cursor) => cursor !== null);
	const areCursorsGood =
		cursors.every((cursor) => /^\d{26}$/.test(cursor)) && !(refusesBoth && cursors.length > 1);
	if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit || !areCursorsGood) return invalid;

	const follows = (entry: Entry, cursor: string) =>
		isDescending ? cursorOf(entry) < cursor : cursorOf(entry) > cursor;
	const precedes = (entry: Entry, cursor: string) => cursorOf(entry) !== cursor && !follows(entry, cursor);
	let page = all.slice(0, limit);
	if (after !== null) page = all.filter((entry) => follows(entry, after)).slice(0, limit);
	else if (before !== null) page = all.filter((entry) => precedes(entry, before)).slice(-limit);
	const [first, last] = [page[0], page.at(-1)];
	const hasPrevious = first !== undefined && first !== all[0];
	const hasNext = last !== undefined && last !== all.at(-1);
	const meta = {
		count: all.length,
		limit,
		has_prev: hasPrevious,
		before: hasPrevious ? cursorOf(first) : null,
		has_next: hasNext,
		after: hasNext ? cursorOf(last) : null,
	};
	return json(200, { meta, results: page.map(shown) });
}
