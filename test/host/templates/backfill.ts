import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putFile } from '../demo';
import { credentials } from '../../sandbox';
import { outputOf, type Workflow } from '../n8n-client';
import type { Workbench } from './workbench';
import { SAMPLE_CSV } from './files';

const TEMPLATE = 'csv-backfill-to-suprsend';
const ROWS = Number(process.env.BACKFILL_ROWS ?? 10_000);
const START = Date.UTC(2024, 0);

/** Saves the data of executions, so that tests can look at it. */
const keepData = (workflow: Workflow): Workflow => ({ ...workflow, settings: { executionOrder: 'v1' } });

interface Arrived {
	distinct_id: string;
	event: string;
	$time: number;
	$idempotency_key: string;
	properties: { amount: string };
}

export function backfill(workbench: () => Workbench): void {
	async function putRows(rows: string[]): Promise<void> {
		const folder = await mkdtemp(join(tmpdir(), 'customer-events-rows-'));
		await writeFile(join(folder, 'rows.csv'), rows.join('\n'));
		await putFile(workbench().n8n, join(folder, 'rows.csv'), 'events.csv');
		await rm(folder, { recursive: true });
	}
	/** Adds users to SuprSend, 400 per request, which is its maximum. */
	async function identify(users: string[]): Promise<void> {
		const { baseUrl } = workbench().sandbox;
		const edits = users.map((user) => ({ distinct_id: user, $user_operations: [{ $set: { known: true } }] }));
		for (let from = 0; from < edits.length; from += 400) {
			const response = await fetch(`${baseUrl('suprsend')}/event/`, {
				method: 'POST',
				headers: { authorization: `Bearer ${credentials.suprsend.apiKey}` },
				body: JSON.stringify(edits.slice(from, from + 400)),
			});
			expect(response.status).toBe(202);
		}
	}
	const arrived = () =>
		workbench()
			.sandbox.records('suprsend', 'event')
			.map(({ body }) => body as Arrived);

	test('delivers the sample file and sends one message about it', async () => {
		await putFile(workbench().n8n, SAMPLE_CSV, 'events.csv');
		const draft = await workbench().add(TEMPLATE, { change: keepData });
		const execution = await draft.execute('Start backfill');

		expect(outputOf(execution, 'Summarize').map(({ json }) => json)).toEqual([
			{
				message: expect.stringMatching(
					/^10 of 10 events arrived at SuprSend in \d+ s \(requests: 1\)\. Failed: 0\. Rejected rows: 0\.$/,
				),
			},
		]);
		expect(arrived()[1]).toMatchObject({
			distinct_id: 'ada',
			event: 'Order Completed',
			$time: Date.UTC(2025, 2, 4, 14, 17),
			$idempotency_key: 'history-2',
			properties: { order_id: 'o-1', total: '42.50' },
		});
		expect(workbench().sandbox.dropped()).toEqual([]);
	});

	test('counts what cannot be sent, with the first reason', async () => {
		const header = 'event_id,user_id,event,occurred_at';
		const good = 'a,ada,Signed Up,2025-01-01T00:00:00Z';
		const tooOld = 'b,ada,Signed Up,2021-01-01T00:00:00Z';
		const nobodys = 'c,,Signed Up,2025-01-01T00:00:00Z';
		await putRows([header, good, tooOld, nobodys]);
		const draft = await workbench().add(TEMPLATE, { change: keepData });
		const execution = await draft.execute('Start backfill');

		expect(outputOf(execution, 'Summarize')[0]?.json.message).toMatch(
			/^1 of 2 events .* Failed: 1 \(first error: .*before 2022.*\)\. Rejected rows: 1\.$/,
		);
		expect(arrived().map(({ $idempotency_key }) => $idempotency_key)).toEqual(['a']);
	});

	test(`${ROWS.toLocaleString('en')} events are delivered exactly once, at their own times, 100 per request`, async () => {
		const users = Array.from({ length: 5000 }, (_, index) => `user-${index}`);
		await identify(users);
		const rows = Array.from(
			{ length: ROWS },
			(_, index) =>
				`e-${index},${users[index % users.length]},Order Completed,${new Date(START + index * 60_000).toISOString()},${index}`,
		);
		await putRows(['event_id,user_id,event,occurred_at,amount', ...rows]);
		const { n8n, sandbox } = workbench();
		const before = sandbox.requests('suprsend').length;
		const { id } = await workbench().add(TEMPLATE);
		await n8n.start(id, 'Start backfill');
		await n8n.waitUntilIdle(240_000);

		const events = arrived();
		expect(events).toHaveLength(ROWS);
		expect(sandbox.requests('suprsend').length - before).toBe(Math.ceil(ROWS / 100));
		const expected = new Set(rows.map((row) => row.split(',').join(' ')));
		for (const { distinct_id, event, $time, $idempotency_key, properties } of events) {
			const time = new Date($time).toISOString();
			expected.delete([$idempotency_key, distinct_id, event, time, properties.amount].join(' '));
		}
		expect(expected.size).toBe(0);
	}, 300_000);
}
