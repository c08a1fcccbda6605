import { randomUUID } from 'node:crypto';
import { PollContext } from 'n8n-core';
import { Workflow, type IDataObject, type INodeExecutionData, type INodeParameters } from 'n8n-workflow';
import { canonicalEventSchema, type CanonicalEvent } from '../../nodes/shared/event';
import { credentials, startSandbox, type FilledIn, type Sandbox } from '../sandbox';
import { InMemoryCredentials } from './harness/credentials-helper';
import { packageCredentialTypes } from './harness/package-types';
import { additionalData, nodeUnderTest, registryWith } from './harness/run-node';

let sandbox: Sandbox;
const filledIn = new Map<string, FilledIn>();

beforeAll(async () => {
	sandbox = await startSandbox({ entries: filledIn });
});
afterAll(async () => await sandbox.close());
beforeEach(() => {
	sandbox.reset();
	filledIn.clear();
});

/** A published Embeddables Trigger on n8n-core's own `PollContext`. */
class Trigger {
	private stored = '{}';
	private readonly id = randomUUID();
	/** How long a poll may take. */
	budgetMs = Infinity;
	/** Whether n8n stores the progress of a poll that had nothing to emit. */
	storesEmptyPolls = true;

	constructor(
		private parameters: INodeParameters = {},
		private readonly mode: 'trigger' | 'manual' = 'trigger',
	) {}

	/** Polls in a new process of n8n, which knows what was stored with the workflow. */
	async poll(): Promise<{ events: CanonicalEvent[]; rejected: IDataObject[] } | null> {
		const options = {
			node: 'embeddablesTrigger',
			parameters: this.parameters,
			credentials: {
				embeddablesApi: { ...credentials.embeddables, baseUrl: sandbox.baseUrl('embeddables') },
			},
		};
		const nodeTypes = registryWith(options);
		const node = nodeUnderTest(options);
		const staticData = JSON.parse(this.stored) as IDataObject;
		const workflow = new Workflow({
			...{ id: this.id, active: true, nodeTypes, nodes: [node], connections: {}, staticData },
		});
		const known = new Map(packageCredentialTypes.map((type) => [type.name, type]));
		const data = additionalData('1', new InMemoryCredentials(known, options.credentials));
		const rest = [undefined, undefined, undefined, undefined, undefined, () => this.budgetMs] as const;
		const context = new PollContext(workflow, node, data, this.mode, 'activate', ...rest);
		const outputs = await nodeTypes.getByNameAndVersion(node.type).poll?.call(context);
		if (outputs || this.storesEmptyPolls) this.stored = JSON.stringify(workflow.staticData);
		return outputs ? { events: jsonOf(outputs[0]), rejected: jsonOf(outputs[1]) } : null;
	}

	change(parameters: INodeParameters): void {
		this.parameters = parameters;
	}

	get staticData(): string {
		return this.stored;
	}
}

const jsonOf = <T>(items: INodeExecutionData[] = []) => items.map(({ json }) => json as T);

const entry = (id: string, updatedAt: string, data: object = { email: `${id}@example.com` }) => ({
	entry_id: id,
	embeddable_id: 'flow_myexampleflow',
	created_at: updatedAt,
	updated_at: updatedAt,
	entry_data: JSON.stringify(data),
});
const answer = (body: unknown, times: number | 'always' = 'always') =>
	sandbox.misbehave({ provider: 'embeddables', times, do: { status: 200, body } });
const secondsAhead = (seconds: number) => new Date(Date.now() + 1000 * seconds).toISOString();

test('emits a new entry as a canonical event, once', async () => {
	const trigger = new Trigger();
	expect(await trigger.poll()).toBeNull();
	const at = secondsAhead(1);
	answer([entry('entry_1', at, { email: 'ada@example.com', plan: 'pro', current_page_key: 'end' })]);
	const found = await trigger.poll();

	expect(found?.events.map((event) => canonicalEventSchema.parse(event))).toMatchObject([
		{
			type: 'track',
			event: 'Entry Created',
			messageId: `entry_1:${at}`,
			userId: 'ada@example.com',
			anonymousId: 'entry_1',
			timestamp: at,
			context: { traits: { email: 'ada@example.com' } },
			properties: {
				...{ entry_id: 'entry_1', embeddable_id: 'flow_myexampleflow', created_at: at, updated_at: at },
				...{ email: 'ada@example.com', plan: 'pro' },
			},
			_meta: { format: 'embeddables', transport: 'poll', warnings: [] },
		},
	]);
	expect(found?.rejected).toEqual([]);
	expect(await trigger.poll()).toBeNull();
});

test('leaves out what was there before it was published, unless it starts from an earlier time', async () => {
	answer([entry('entry_1', new Date(Date.now() - 5000).toISOString())]);
	expect(await new Trigger().poll()).toBeNull();

	const backfill = new Trigger({ startFrom: '2026-01-01T00:00:00' });
	expect((await backfill.poll())?.events).toMatchObject([{ event: 'Entry Created', anonymousId: 'entry_1' }]);
	expect(await backfill.poll()).toBeNull();
});

test('starts over when "Start From" changes', async () => {
	const trigger = new Trigger();
	await trigger.poll();
	answer([entry('entry_1', '2026-03-01T00:00:00Z')]);
	trigger.change({ startFrom: '2026-01-01T00:00:00' });

	expect((await trigger.poll())?.events).toHaveLength(1);
});

test.each([
	['created', ['Entry Created']],
	['updated', ['Entry Updated']],
	['createdOrUpdated', ['Entry Created', 'Entry Updated']],
])('with Trigger On at %s, emits %j', async (triggerOn, expected) => {
	const trigger = new Trigger({ triggerOn });
	await trigger.poll();
	const names: Array<string | undefined> = [];
	answer([entry('entry_1', secondsAhead(1))], 1);
	names.push(...((await trigger.poll())?.events ?? []).map(({ event }) => event));
	answer([{ ...entry('entry_1', secondsAhead(5)), created_at: secondsAhead(1) }], 1);
	names.push(...((await trigger.poll())?.events ?? []).map(({ event }) => event));

	expect(names).toEqual(expected);
});

test('emits only the entries of the chosen embeddable', async () => {
	const trigger = new Trigger({ embeddableId: { __rl: true, mode: 'id', value: 'flow_checkout' } });
	await trigger.poll();
	answer([
		entry('entry_1', secondsAhead(1)),
		{ ...entry('entry_2', secondsAhead(2)), embeddable_id: 'flow_checkout' },
	]);

	expect((await trigger.poll())?.events).toMatchObject([{ anonymousId: 'entry_2' }]);
});

test('rejects an entry without an ID, with the reason', async () => {
	const trigger = new Trigger({ userIdKey: { __rl: true, mode: 'name', value: 'customer' } });
	await trigger.poll();
	answer([{ updated_at: secondsAhead(1), entry_data: '{}' }, entry('entry_2', secondsAhead(2))]);
	const found = await trigger.poll();

	expect(found?.events).toMatchObject([{ anonymousId: 'entry_2', userId: null }]);
	expect(found?.rejected).toMatchObject([{ code: 'no_user_anon_id' }]);
});

test('a poll that fails skips nothing, and says what to do without showing the key', async () => {
	const trigger = new Trigger();
	await trigger.poll();
	const before = trigger.staticData;
	sandbox.misbehave({
		provider: 'embeddables',
		times: 1,
		do: { status: 403, body: credentials.embeddables.apiKey },
	});
	const failed: unknown = await trigger.poll().catch((error: unknown) => error);

	expect(failed).toMatchObject({ description: expect.stringContaining('Ask the Embeddables team') });
	expect(JSON.stringify(failed)).not.toContain(credentials.embeddables.apiKey);
	expect(trigger.staticData).toBe(before);
});

test('starts when it was published, although n8n 2 with durable polls does not store that', async () => {
	const trigger = new Trigger();
	trigger.storesEmptyPolls = false;
	answer([entry('entry_1', new Date(Date.now() - 5000).toISOString())], 2);
	expect(await trigger.poll()).toBeNull();
	expect(await trigger.poll()).toBeNull();
	answer([entry('entry_2', secondsAhead(1))]);

	expect((await trigger.poll())?.events).toMatchObject([{ anonymousId: 'entry_2' }]);
	expect(await trigger.poll()).toBeNull();
});

test('returns what it has found before n8n abandons the poll, and continues from there', async () => {
	for (let index = 0; index < 600; index++) {
		const at = new Date(Date.parse('2026-03-01T00:00:00Z') + 1000 * index).toISOString();
		const id = `entry-${index}`;
		filledIn.set(id, { ...entry(id, at), answers: {} });
	}
	const trigger = new Trigger({ startFrom: '2026-02-01T00:00:00' });
	trigger.budgetMs = 0;
	const sizes: number[] = [];
	const found = new Set<string>();
	for (let events = await trigger.poll(); events !== null; events = await trigger.poll()) {
		sizes.push(events.events.length);
		for (const { messageId } of events.events) found.add(messageId);
	}

	expect(sizes.length).toBeGreaterThan(2);
	expect(sizes.reduce((sum, size) => sum + size)).toBe(600);
	expect(found.size).toBe(600);
});

describe('"Fetch Test Event"', () => {
	test('returns the latest entry and remembers nothing', async () => {
		const trigger = new Trigger({}, 'manual');
		const found = await trigger.poll();

		expect(found?.events).toMatchObject([{ event: 'Entry Created', userId: 'grace@example.test' }]);
		expect(trigger.staticData).toBe('{}');
	});

	test('says what to do when there is no entry', async () => {
		answer([]);
		await expect(new Trigger({}, 'manual').poll()).rejects.toMatchObject({
			message: 'There are no entries yet',
			description: expect.stringContaining('Fill in your embeddable once'),
		});
	});
});
