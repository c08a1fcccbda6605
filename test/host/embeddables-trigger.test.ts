import { startSandbox, type FilledIn, type Sandbox } from '../sandbox';
import { demoCredentials } from './demo';
import { describeWith } from './generation';
import { itemsHeldBy, outputOf } from './n8n-client';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { waitFor } from './wait';

jest.setTimeout(600_000);

const CHANGES_PER_POLL = 500;

const until = (what: string, isTrue: () => Promise<boolean> | boolean) =>
	waitFor(async () => (await isTrue()) || undefined, { what, timeoutMs: 60_000, everyMs: 20 });

/** Embeddables with entries that people fill in and change. */
class People {
	readonly entries = new Map<string, FilledIn>();
	/** Every change, as the trigger has to name it. */
	readonly changes: string[] = [];
	private time = Date.parse('2026-01-01T00:00:00Z');
	private round = 0;

	/** One in five changes an old entry. A third of the changes have the time of the one before. */
	change(): void {
		for (let index = 0; index < CHANGES_PER_POLL; index++) {
			if (index % 3 !== 0) this.time += 1 + (index % 7) * 120;
			const at = new Date(this.time).toISOString();
			const old = index % 5 === 0 ? this.entries.get(`entry-${this.round - 1}-${index + 1}`) : undefined;
			const entry = old ?? {
				entry_id: `entry-${this.round}-${index}`,
				embeddable_id: 'flow_myexampleflow',
				created_at: at,
				answers: { email: `${this.round}-${index}@example.com` },
			};
			this.entries.set(entry.entry_id, { ...entry, updated_at: at });
			this.changes.push(`${old ? 'Entry Updated' : 'Entry Created'} ${entry.entry_id}:${at}`);
		}
		this.time += 60_000;
		this.round++;
	}
}

interface Setting {
	env: Record<string, string>;
	/** Whether n8n polls when it starts. */
	pollsAtStart: boolean;
	polls: number;
	killedWhileReading?: number;
	killedBefore: number;
}

describe('by default', () =>
	emitsEachChangeOnce({ env: {}, pollsAtStart: true, polls: 20, killedWhileReading: 7, killedBefore: 15 }));

describeWith('durable polls', 'with durable polls', () => {
	const env = {
		N8N_SCHEDULER_ENABLED: 'true',
		N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
		N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	};
	emitsEachChangeOnce({ env, pollsAtStart: false, polls: 3, killedBefore: 2 });
});

function emitsEachChangeOnce({ env, pollsAtStart, polls, killedWhileReading, killedBefore }: Setting): void {
	const people = new People();
	let n8n: RunningN8n;
	let sandbox: Sandbox;

	beforeAll(async () => {
		sandbox = await startSandbox({ entries: people.entries });
		n8n = await startN8n({
			packages: [await packPackage()],
			credentials: demoCredentials(sandbox),
			env: {
				...env,
				// How long n8n waits before it publishes a workflow again after it was killed at that. Two minutes by default.
				N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '30',
				N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
			},
		});
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	const addWorkflow = () =>
		n8n.addDraft({
			name: 'Entries',
			nodes: [
				{
					id: 'embeddables-trigger',
					name: 'Trigger',
					type: 'n8n-nodes-customer-events.embeddablesTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {
						startFrom: '2026-01-01T00:00:00',
						// Apart from this date, n8n polls when it publishes the workflow, and by default when it starts.
						pollTimes: { item: [{ mode: 'custom', cronExpression: '0 0 29 2 *' }] },
					},
					credentials: { embeddablesApi: { id: null, name: 'Embeddables sandbox' } },
				},
			],
			connections: {},
			settings: { executionOrder: 'v1' },
		});

	test(`emits each of ${polls * CHANGES_PER_POLL} changes once over ${polls} polls, although n8n is killed`, async () => {
		const workflow = await addWorkflow();
		const executions = () => n8n.executions({ workflowId: workflow.id });

		const publishAgain = async () => {
			await n8n.unpublish(workflow);
			await n8n.publish(workflow);
		};
		for (let poll = 0; poll < polls; poll++) {
			if (poll === killedBefore) await n8n.kill('SIGKILL');
			people.change();
			if (poll === killedBefore) {
				await n8n.restart();
				if (!pollsAtStart) await publishAgain();
			} else if (poll === killedWhileReading) {
				sandbox.reset();
				sandbox.misbehave({ provider: 'embeddables', after: 2, do: { delayMs: 60_000 } });
				const publishing = publishAgain().catch(() => undefined);
				await until('the trigger to read', () => sandbox.requests('embeddables').length >= 3);
				await n8n.kill('SIGKILL');
				await publishing;
				sandbox.behave();
				await n8n.restart();
			} else {
				await (poll === 0 ? n8n.publish(workflow) : publishAgain());
			}
			await until(`${poll + 1} executions`, async () => (await executions()).length > poll);
		}
		await publishAgain();

		const all = await Promise.all((await executions()).map(({ id }) => n8n.execution(id)));
		const emitted = all.flatMap((execution) =>
			execution.status === 'success' ? outputOf(execution, 'Trigger') : itemsHeldBy(execution),
		);
		const found = emitted.map(({ json }) => `${String(json.event)} ${String(json.messageId)}`);
		expect(all).toHaveLength(polls);
		expect(found.sort()).toEqual(people.changes.sort());
	});
}
