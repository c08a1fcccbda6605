import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { credentials } from '../sandbox';
import { byId, withApiKey } from './harness/supr-send';
import { runNode } from './harness/run-node';

/** Lists of many pages, at services where entries are added between one page and the next. */

interface Service {
	/** The entries, to which each request may add. */
	entries: string[];
	/** What a request changes before it is answered. */
	beforeAnswer?: (entries: string[], request: number) => void;
	/** The status of the n-th request. */
	statusOf?: (request: number) => number;
}

let server: Server;
let queries: URLSearchParams[];
let service: Service;

const number = (query: URLSearchParams, name: string) => Number(query.get(name));

/** Entries in the order in which they were added, with a cursor. */
function byCursor(query: URLSearchParams): unknown {
	const { entries } = service;
	const after = query.get('after');
	const start = after === null ? 0 : entries.indexOf(after) + 1;
	const page = entries.slice(start, start + number(query, 'limit'));
	const has_next = start + page.length < entries.length;
	return {
		meta: { count: entries.length, has_next, after: has_next ? page.at(-1) : null },
		results: page.map((distinct_id) => ({ distinct_id, properties: {} })),
	};
}

/** Entries with the newest first, so that each new one shifts the others. */
function byOffset(query: URLSearchParams): unknown {
	const { entries } = service;
	const offset = number(query, 'offset');
	const page = entries.toReversed().slice(offset, offset + number(query, 'limit'));
	return {
		meta: { count: entries.length, limit: number(query, 'limit'), offset },
		results: page.map((list_id) => ({ list_id })),
	};
}

/** Pages by number. The size of a page isn't documented. */
function byPage(query: URLSearchParams): unknown {
	const start = (number(query, 'page') - 1) * 40;
	return service.entries
		.toReversed()
		.slice(start, start + 40)
		.map((transaction_id) => ({ transaction_id }));
}

beforeAll(async () => {
	server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
		queries.push(searchParams);
		const { entries, beforeAnswer, statusOf } = service;
		beforeAnswer?.(entries, queries.length);
		const status = statusOf?.(queries.length) ?? 200;
		const answer = pathname.includes('/user/') ? byCursor : pathname.includes('wallets') ? byPage : byOffset;
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(status === 200 ? answer(searchParams) : { message: 'Not now' }));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});
beforeEach(() => (queries = []));

const ids = (count: number, prefix = 'e') =>
	Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(5, '0')}`);

const kinds = {
	cursor: { resource: 'user', operation: 'getMany', id: 'distinct_id' },
	offset: { resource: 'list', operation: 'getMany', id: 'list_id' },
	page: {
		resource: 'wallet',
		operation: 'getTransactions',
		id: 'transaction_id',
		sourceId: 'ada',
		walletId: byId('w'),
	},
} as const;

async function read(kind: keyof typeof kinds, parameters: INodeParameters = { returnAll: true }) {
	const { id, ...form } = kinds[kind];
	const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const { output, error } = await runNode({
		node: kind === 'page' ? 'rehook' : 'suprSend',
		parameters: { ...form, simplify: false, ...parameters } as INodeParameters,
		credentials: {
			suprSendApi: { ...withApiKey, baseUrl },
			rehookApi: { ...credentials.rehook, baseUrl },
		},
		items: [{}],
	});
	return { read: output.map(({ json }) => (json as IDataObject)[id]), error, output };
}

describe.each(['cursor', 'offset', 'page'] as const)('a list of 2,500 entries by %s', (kind) => {
	/** Lists by offset and page start with the newest entry. */
	const inOrder = (entries: string[]) => (kind === 'cursor' ? entries : entries.toReversed());

	test('returns each entry once and in order while entries are added', async () => {
		const entries = ids(2_500);
		service = {
			entries: [...entries],
			beforeAnswer: (all, request) => request > 1 && all.push(...ids(3, `new${request}-`)),
		};
		const { read: found } = await read(kind);

		expect(new Set(found).size).toBe(found.length);
		const old = found.filter((id) => String(id).startsWith('e'));
		expect(old).toEqual(inOrder(entries));
	});

	test('returns up to the limit, and asks for no more than it needs', async () => {
		const entries = ids(2_500);
		service = { entries: [...entries] };
		const { read: found } = await read(kind, { limit: 1_234 });

		expect(found).toEqual(inOrder(entries).slice(0, 1_234));
		const sizes = queries.map((query) => number(query, 'limit'));
		if (kind !== 'page') expect(sizes.reduce((sum, size) => sum + size)).toBe(1_234);
	});

	test('repeats a page that the busy service did not answer', async () => {
		const entries = ids(2_500);
		service = { entries: [...entries], statusOf: (request) => (request === 2 ? 503 : 200) };
		const { read: found } = await read(kind);

		expect(found).toEqual(inOrder(entries));
		expect(queries[2]).toEqual(queries[1]);
	});

	test('fails as a whole when a page is refused', async () => {
		service = { entries: ids(2_500), statusOf: (request) => (request === 2 ? 400 : 200) };
		const { error, read: found } = await read(kind);

		expect(found).toEqual([]);
		expect(error?.message).toContain('Not now');
	});
});

test('a service that gives the same cursor again does not keep the node busy', async () => {
	service = {
		entries: ids(2_500),
		beforeAnswer: (_, request) => request > 1 && queries.at(-1)?.delete('after'),
	};
	const { read: found } = await read('cursor');
	expect(queries.length).toBeLessThan(5);
	expect(found.length).toBeGreaterThan(0);
});

test('an empty list returns no items', async () => {
	service = { entries: [] };
	expect((await read('offset')).output).toEqual([]);
	expect(queries).toHaveLength(1);
});
