import { get } from 'lodash';
import type { IDataObject } from 'n8n-workflow';
import { expectDocumentedTable } from '../documented-table';
import { startSandbox, type Sandbox } from '../sandbox';
import {
	actionOf,
	misbehaviors,
	repeatability,
	type Misbehavior,
	type Repeatability,
} from './harness/misbehaviors';
import type { NodeRun } from './harness/run-node';
import { events, send, senders, type Sender } from './harness/senders';
import { UnrepeatableSuprSend } from './harness/unrepeatable';

/**
 * Tests what happens to events if a service fails the first request of a run. Each cell checks both sides: the sandbox
 * (what arrived, how often, in which order) and the workflow (what each item was told). The last test compares all cells
 * with the table in docs/delivery.md, so run the whole file.
 */
const suprSend = senders[1] as Sender;
const sizes = { one: 1, batch: 10, many: 30 };
const perRequest = 10;

let sandbox: Sandbox;
const seen = new Map<string, Partial<Record<Repeatability, string>>>();

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

/** Closed even if a test fails, because an open server would keep jest from ending. */
const sandboxes: Sandbox[] = [];
async function closeSandboxes(): Promise<void> {
	for (const each of sandboxes.splice(0)) await each.close();
}
afterAll(closeSandboxes);

async function sendAs(at: Sandbox, kind: Repeatability, items: IDataObject[], options: IDataObject = {}) {
	return await send(suprSend, at, items, {
		onError: 'continueRegularOutput',
		...(kind === 'unrepeatable' ? { nodeType: new UnrepeatableSuprSend() } : {}),
		// One request at a time, so that the first one is always the same.
		parameters: { options: { batchSize: perRequest, concurrency: 1, ...options } },
	});
}

/** Returns the items of the first request, from a run with "Preview Only", which sends nothing. */
async function inFirstRequest(at: Sandbox, kind: Repeatability, items: IDataObject[]): Promise<Set<number>> {
	const { output } = await sendAs(at, kind, items, { previewOnly: true });
	const first = output.flatMap(({ json: { batch } }, item) => (get(batch, 'index') === 0 ? [item] : []));
	expect(first).toHaveLength(Math.min(items.length, perRequest));
	return new Set(first);
}

function arrivedAt(at: Sandbox): Map<unknown, number> {
	const counts = new Map<unknown, number>();
	for (const { name } of at.records('suprsend')) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}

const of = <T>(value: T | Record<Repeatability, T>, kind: Repeatability): T =>
	typeof value === 'object' && value !== null && kind in value
		? (value as Record<Repeatability, T>)[kind]
		: (value as T);

/** Returns the text of a cell in the docs, from what an item was told. */
function inWords(json: IDataObject, again: boolean): string {
	if (json.status === 'delivered') return `${again ? 'retried, ' : ''}delivered once`;
	const { code, mayHaveBeenReceived } = json.reason as IDataObject;
	return `fails as \`${String(code)}\`${mayHaveBeenReceived === true ? ', with `mayHaveBeenReceived`' : ''}`;
}

/** A cell of the table: what arrived at the service and what each item was told. */
interface Cell {
	sandbox: Sandbox;
	items: IDataObject[];
	first: Set<number>;
	run: NodeRun;
}

/** Sends the items to a sandbox of their own, so that cells can run at the same time. */
async function runCell(kind: Repeatability, row: Misbehavior, count: number): Promise<Cell> {
	const own = await startSandbox();
	sandboxes.push(own);
	const items = events(count);
	const first = await inFirstRequest(own, kind, items);
	own.misbehave({ provider: 'suprsend', do: actionOf(row) });
	const run = await sendAs(own, kind, items, row.timeout === undefined ? {} : { timeout: row.timeout });
	return { sandbox: own, items, first, run };
}

describe.each(repeatability)('%s', (kind) => {
	describe.each(misbehaviors)('$title', (row) => {
		const verdict = of(row.expected, kind);
		const again = of(row.again ?? false, kind);
		const endsTheRun = typeof verdict === 'object' && verdict.failed === 'unauthorized';
		let cells: Map<number, Cell>;

		// Runs a row's cells at the same time, because they mostly wait.
		beforeAll(async () => {
			const counts = Object.values(sizes);
			const ran = await Promise.all(counts.map(async (count) => await runCell(kind, row, count)));
			cells = new Map(counts.map((count, index) => [count, ran[index] as Cell]));
		});
		afterAll(async () => await closeSandboxes());

		test.each(Object.entries(sizes))('%s', (_, count) => {
			const { sandbox, items, first, run } = cells.get(count) as Cell;
			const { output, error } = run;

			expect(error).toBeUndefined();
			expect(output.map(({ pairedItem }) => pairedItem)).toEqual(items.map((__, item) => ({ item })));
			const requests = endsTheRun ? 1 : Math.ceil(count / perRequest) + (again ? 1 : 0);
			expect(sandbox.counts('suprsend').requests).toBe(requests);

			const counts = arrivedAt(sandbox);
			for (const [index, { json }] of output.entries()) {
				const timesArrived = counts.get(items[index]?.event) ?? 0;
				const metTheFault = first.has(index);
				if (!metTheFault && !endsTheRun) {
					expect(json).toMatchObject({ status: 'delivered', attempts: 1 });
					expect(timesArrived).toBe(1);
				} else if (verdict === 'delivered') {
					expect(json).toMatchObject({ status: 'delivered', attempts: again ? 2 : 1 });
					expect(timesArrived).toBe(row.stores === false ? 0 : 1);
				} else {
					expect(json).toMatchObject({
						status: 'failed',
						attempts: metTheFault ? 1 : 0,
						reason: { code: verdict.failed },
					});
					expect(timesArrived).toBe(verdict.arrived ? 1 : 0);
					// A record that arrived is never reported as if it hadn't.
					if (verdict.arrived) expect(json.reason).toMatchObject({ mayHaveBeenReceived: true });
				}
			}
			expectOrderPerUser(sandbox, items);

			const words = inWords(output[0]?.json ?? {}, again) + (endsTheRun ? ', and ends the run' : '');
			seen.set(row.title, { ...seen.get(row.title), [kind]: words });
		});
	});

	test('fails only the bad record of a batch', async () => {
		const items = events(30).map((event, index) => (index === 13 ? { ...event, event: 'bad' } : event));
		sandbox.misbehave({ provider: 'suprsend', when: { event: 'bad' }, times: 'always', do: { status: 400 } });
		const { output } = await sendAs(sandbox, kind, items);

		const failed = output.filter(({ json }) => json.status === 'failed');
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 13 }]);
		expect(arrivedAt(sandbox).size).toBe(29);
		expect([...arrivedAt(sandbox).values()].every((times) => times === 1)).toBe(true);
		seen.set('400 for one bad record in a batch', {
			...seen.get('400 for one bad record in a batch'),
			[kind]:
				'the batch is halved until the bad record is alone; that record fails as `refused`, and the others are delivered once',
		});
	});

	test('stops sending when credentials expire during a run', async () => {
		const items = events(50);
		const first = await inFirstRequest(sandbox, kind, items);
		sandbox.misbehave({ provider: 'suprsend', after: 1, times: 'always', do: { status: 401 } });
		const { output } = await sendAs(sandbox, kind, items);

		expect(sandbox.counts('suprsend').requests).toBe(2);
		expect(output.map(({ json }) => json.status)).toEqual(
			items.map((_, item) => (first.has(item) ? 'delivered' : 'failed')),
		);
		expect(arrivedAt(sandbox).size).toBe(10);
	});

	test('waits for a service that is down and delivers everything when it is back', async () => {
		const later = await startSandbox();
		const port = Number(new URL(later.url).port);
		await later.close();
		const reopened = new Promise<Sandbox>((resolve) =>
			setTimeout(() => resolve(startSandbox({ port })), 700),
		);
		const { output } = await send(suprSend, later, events(30), {
			...(kind === 'unrepeatable' ? { nodeType: new UnrepeatableSuprSend() } : {}),
			parameters: { options: { batchSize: perRequest } },
		});
		const open = await reopened;
		sandboxes.push(open);

		expect(output.map(({ json }) => json.status)).toEqual(Array(30).fill('delivered'));
		expect(open.records('suprsend')).toHaveLength(30);
		const title = 'Connection refused';
		seen.set(title, { ...seen.get(title), [kind]: 'retried, delivered once' });
	});

	test('ends the wait and sends nothing more when the execution is cancelled', async () => {
		sandbox.misbehave({
			provider: 'suprsend',
			after: 1,
			times: 'always',
			do: { status: 503, headers: { 'retry-after': '30' } },
		});
		const startedAt = Date.now();
		await send(suprSend, sandbox, events(50), {
			cancelAfterMs: 400,
			...(kind === 'unrepeatable' ? { nodeType: new UnrepeatableSuprSend() } : {}),
			parameters: { options: { batchSize: perRequest, concurrency: 1 } },
		});

		expect(Date.now() - startedAt).toBeLessThan(5_000);
		const requests = sandbox.requests('suprsend').length;
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(sandbox.counts('suprsend').requests).toBe(requests);
		expect(requests).toBeLessThanOrEqual(2);
		const title = 'Execution stopped while waiting';
		seen.set(title, { ...seen.get(title), [kind]: 'the wait ends immediately, and nothing more is sent' });
	});
});

test('docs/delivery.md lists the outcomes of the tests above', () => {
	const rows = [...seen].map(([title, cells]) => [title, cells.repeatable ?? '', cells.unrepeatable ?? '']);
	expectDocumentedTable('docs/delivery.md', 'fault matrix', [
		['Fault', 'Repeatable', 'Not repeatable'],
		...rows,
	]);
});

function expectOrderPerUser(at: Sandbox, items: readonly IDataObject[]): void {
	const stored = at.records('suprsend');
	for (const user of new Set(items.map(({ userId }) => userId))) {
		const theirs = stored.filter((record) => record.user === user).map(({ name }) => name);
		const sent = items.filter(({ userId }) => userId === user).map(({ event }) => event);
		expect(theirs).toEqual(sent.filter((name) => theirs.includes(String(name))));
	}
}
