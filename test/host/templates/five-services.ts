import { Analytics } from '@segment/analytics-node';
import type { Fault, ProviderName } from '../../sandbox';
import { WRITE_KEY } from '../demo';
import type { Execution, Workflow } from '../n8n-client';
import type { Workbench, Draft, Published } from './workbench';

const TEMPLATE = 'segment-to-all-services';
const TABLE = 'Failed customer events';
const SERVICES: ProviderName[] = ['embeddables', 'rehook', 'relationkit', 'simondata', 'suprsend'];

interface Row {
	key: string;
	service: string;
	event: string;
	reason: string;
	tries: number;
	status: string;
}

/** An event with its own ID, because the trigger leaves out events that it has seen. */
const track = (messageId: string, event = 'Parcel Shipped') => ({
	type: 'track',
	event,
	userId: 'ada',
	messageId,
	properties: { order_id: 'o-1' },
	context: { traits: { email: 'ada@example.com' } },
});

/** A service that asks to wait an hour, which is longer than the node waits. */
const overloaded = (provider: ProviderName): Fault => ({
	provider,
	times: 'always',
	do: { status: 429, headers: { 'retry-after': '3600' } },
});

/** No wait in the workflow: the test decides when to send again. */
const inTestsTime = (workflow: Workflow): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) => {
		if (node.type.endsWith('.scheduleTrigger')) return { ...node, disabled: true };
		if (!node.type.endsWith('.suprSend')) return node;
		return { ...node, parameters: { ...node.parameters, options: { maxRetries: 0 } } };
	}),
});

export function fiveServices(workbench: () => Workbench): void {
	let live: Published;
	let draft: Draft;
	beforeAll(async () => {
		live = await workbench().publish(TEMPLATE, { change: inTestsTime });
		draft = await workbench().add(TEMPLATE);
	});
	beforeEach(deleteTable);

	const sendAgain = (): Promise<Execution> => draft.execute('Every 15 minutes');
	const arrived = (provider: ProviderName) =>
		workbench()
			.sandbox.records(provider)
			.map(({ name }) => name);

	test('sends the samples to all five services', async () => {
		const execution = await draft.execute('Try with sample events');

		expect(execution.status).toBe('success');
		const people = ['rehook', 'relationkit', 'simondata', 'suprsend'] as const;
		for (const service of people) expect(workbench().sandbox.records(service)).toHaveLength(2);
		expect(arrived('embeddables')).toEqual(['user_identified', 'order_completed']);
	});

	test('delivers events of Segment’s SDK to all five services once', async () => {
		const { n8n, sandbox } = workbench();
		const analytics = new Analytics({
			writeKey: WRITE_KEY,
			host: n8n.url,
			path: `${live.path}/v1/batch`,
		});
		for (const userId of ['ada', 'grace', 'hedy']) {
			analytics.identify({ userId, traits: { email: `${userId}@example.com` } });
			analytics.page({ userId, name: 'Pricing' });
			analytics.track({ userId, event: 'Parcel Shipped', properties: { order_id: `o-${userId}` } });
		}
		await analytics.closeAndFlush();
		await n8n.waitForExecutions(1, { workflowId: live.id });

		const kinds = Object.fromEntries(
			SERVICES.map((service) => [
				service,
				sandbox
					.records(service)
					.map(({ kind, name, user }) => [kind, name, user].join(' '))
					.sort(),
			]),
		);
		expect(kinds).toEqual({
			embeddables: [
				...['ada', 'grace', 'hedy'].map((user) => `event page_viewed ${user}`),
				...['ada', 'grace', 'hedy'].map((user) => `event parcel_shipped ${user}`),
				...['ada', 'grace', 'hedy'].map((user) => `event user_identified ${user}`),
			],
			rehook: [
				...['ada', 'grace', 'hedy'].map((user) => `customer  ${user}`),
				...['ada', 'grace', 'hedy'].map((user) => `event Page Viewed ${user}`),
				...['ada', 'grace', 'hedy'].map((user) => `event Parcel Shipped ${user}`),
			],
			relationkit: [
				...['ada', 'grace', 'hedy'].map((user) => `customer  ${user}`),
				...['ada', 'grace', 'hedy'].map((user) => `event page-viewed ${user}`),
				...['ada', 'grace', 'hedy'].map((user) => `event parcel-shipped ${user}`),
			],
			simondata: [
				...['ada', 'grace', 'hedy'].map((user) => `contact ${user}@example.com ${user}`),
				...['ada', 'grace', 'hedy'].map((user) => `event Parcel Shipped ${user}`),
				...['ada', 'grace', 'hedy'].map((user) => `event page_view ${user}`),
			],
			suprsend: [
				...['ada', 'grace', 'hedy'].map((user) => `event Page Viewed ${user}`),
				...['ada', 'grace', 'hedy'].map((user) => `event Parcel Shipped ${user}`),
				...['ada', 'grace', 'hedy'].map((user) => `user  ${user}`),
			],
		});
		expect(sandbox.dropped()).toEqual([]);
		expect(await rows()).toBeUndefined();
	});

	test('keeps an event that a service refuses for now, and sends it to that service alone later', async () => {
		const { sandbox } = workbench();
		sandbox.misbehave(overloaded('suprsend'));
		await live.post(track('kept-1'));

		for (const service of SERVICES) expect(arrived(service)).toHaveLength(service === 'suprsend' ? 0 : 1);
		expect(await rows()).toMatchObject([
			{
				key: 'SuprSend kept-1',
				service: 'SuprSend',
				reason: 'SuprSend received too many requests at once (status 429)',
				tries: 1,
				status: 'waiting',
			},
		]);

		expect((await sendAgain()).status).toBe('success');
		expect(await rows()).toMatchObject([{ key: 'SuprSend kept-1', tries: 2, status: 'waiting' }]);

		sandbox.behave();
		expect((await sendAgain()).status).toBe('success');
		expect(await rows()).toEqual([]);
		for (const service of SERVICES) expect(arrived(service)).toHaveLength(1);
		expect(sandbox.records('suprsend')).toMatchObject([
			{
				body: {
					event: 'Parcel Shipped',
					distinct_id: 'ada',
					properties: { order_id: 'o-1' },
					$idempotency_key: 'kept-1',
				},
			},
		]);

		await sendAgain();
		expect(arrived('suprsend')).toHaveLength(1);
	});

	test('sends each waiting event to the services that do not have it', async () => {
		const { sandbox } = workbench();
		sandbox.misbehave(overloaded('suprsend'));
		sandbox.misbehave({ ...overloaded('rehook'), when: { event_name: 'Second' } });
		await live.post([track('several-1', 'First'), track('several-2', 'Second')]);
		expect((await rows())?.map(({ key }) => key).sort()).toEqual([
			'Rehook several-2',
			'SuprSend several-1',
			'SuprSend several-2',
		]);

		sandbox.behave();
		await sendAgain();
		expect(await rows()).toEqual([]);
		for (const service of SERVICES) expect(arrived(service)).toHaveLength(2);
	});

	test('sends a failed identify again', async () => {
		const { sandbox } = workbench();
		sandbox.misbehave(overloaded('relationkit'));
		await live.post({ type: 'identify', userId: 'ada', messageId: 'profile-1', traits: { plan: 'pro' } });
		sandbox.behave();
		await sendAgain();

		expect(sandbox.records('relationkit').map(({ kind, user }) => [kind, user])).toEqual([
			['customer', 'ada'],
		]);
	});

	test('gives up an event after five tries, fails the execution once and keeps the row', async () => {
		workbench().sandbox.misbehave(overloaded('rehook'));
		await live.post(track('tried-1'));
		for (let tries = 2; tries <= 4; tries++) expect((await sendAgain()).status).toBe('success');
		const last = await sendAgain();

		expect(last.status).toBe('error');
		expect(last.data.resultData.error?.message).toBe(
			`Number of events that the workflow gave up on: 1. See the data table "${TABLE}". The first event, for Rehook, failed with: Rehook received too many requests at once (status 429)`,
		);
		expect(await rows()).toMatchObject([{ key: 'Rehook tried-1', tries: 5, status: 'reported' }]);
		const requests = workbench().sandbox.requests('rehook').length;
		expect((await sendAgain()).status).toBe('success');
		expect(workbench().sandbox.requests('rehook')).toHaveLength(requests);
	});

	test('gives up at once what can never be delivered', async () => {
		const { sandbox } = workbench();
		sandbox.misbehave({
			provider: 'relationkit',
			do: { status: 422, body: { error: 'name is too silly' } },
		});
		await live.post(track('silly-1'));

		expect(await rows()).toMatchObject([{ service: 'RelationKit', tries: 1, status: 'given up' }]);
		const execution = await sendAgain();
		expect(execution.data.resultData.error?.message).toContain('name is too silly');
		expect(arrived('relationkit')).toEqual([]);
	});

	test.each([
		['rehook', 'given up'],
		['suprsend', 'waiting'],
	] as const)('does not count twice what %s may have received already (%s)', async (service, status) => {
		const { sandbox } = workbench();
		sandbox.misbehave({ provider: service, do: { reset: 'after-storing' } });
		await live.post(track(`unsure-${service}`));

		expect(await rows()).toMatchObject([{ status }]);
		sandbox.behave();
		await sendAgain();
		expect(arrived(service)).toHaveLength(1);
	});

	interface Table {
		id: string;
		name: string;
		projectId: string;
	}

	async function table(): Promise<string | undefined> {
		const { n8n } = workbench();
		const { data } = await n8n.rest<{ data: Table[] }>('GET', '/rest/data-tables-global');
		const found = data.find(({ name }) => name === TABLE);
		return found && `/rest/projects/${found.projectId}/data-tables/${found.id}`;
	}

	/** Returns undefined if there is no table. */
	async function rows(): Promise<Row[] | undefined> {
		const path = await table();
		if (!path) return undefined;
		const { data } = await workbench().n8n.rest<{ data: Row[] }>('GET', `${path}/rows?sortBy=id:asc`);
		return data;
	}

	async function deleteTable(): Promise<void> {
		const path = await table();
		if (path) await workbench().n8n.rest('DELETE', path);
	}
}
