import { chunk } from 'lodash';
import { startSandbox, type Sandbox } from '../sandbox';
import { paceAt, paceGoals, paceLoads } from '../shared-pace';
import { credentials as accepted } from '../sandbox/credentials';
import { demoCredentials } from './demo';
import { outputOf, type Workflow } from './n8n-client';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { Trigger } from './trigger';
import { waitFor } from './wait';

jest.setTimeout(600_000);

const eventCount = 600;
const perSecond = 100;
const path = 'rate-limit-comparison';

let n8n: RunningN8n;
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await startN8n({
		packages: [await packPackage()],
		credentials: demoCredentials(sandbox),
		workflows: [comparison(sandbox)],
		webhooks: [`/webhook/${path}`],
	});
});
afterAll(async () => {
	await n8n?.stop();
	await sandbox.close();
});

/** Sends the same items to our node and to HTTP Request, both with default options. */
function comparison({ baseUrl }: Sandbox): Workflow {
	const node = (
		name: string,
		type: string,
		parameters: Workflow['nodes'][number]['parameters'],
		more = {},
	) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
		...more,
	});
	return {
		name: 'Beyond a rate limit',
		nodes: [
			node(
				'Webhook',
				'n8n-nodes-base.webhook',
				{ path, httpMethod: 'POST' },
				{ typeVersion: 2, webhookId: path },
			),
			node('Events', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'body.events', options: {} }),
			node(
				'Ours',
				'n8n-nodes-customer-events.relationKit',
				{
					resource: 'event',
					operation: 'send',
					mappingMode: 'canonicalEvent',
					options: { eventNameFormat: 'asIs' },
				},
				{
					credentials: { relationKitApi: { id: null, name: 'RelationKit sandbox' } },
					onError: 'continueErrorOutput',
				},
			),
			node(
				'HTTP Request',
				'n8n-nodes-base.httpRequest',
				{
					method: 'POST',
					url: `${baseUrl('relationkit')}/events`,
					sendHeaders: true,
					headerParameters: {
						parameters: [{ name: 'Authorization', value: `Bearer ${accepted.relationkit.apiToken}` }],
					},
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ { event: { user_id: $json.userId, name: "http " + $json.event, metadata: {} } } }}',
					options: {},
				},
				{ typeVersion: 4.2, onError: 'continueErrorOutput' },
			),
		],
		connections: {
			Webhook: { main: [[{ node: 'Events', type: 'main', index: 0 }]] },
			Events: {
				main: [
					[
						{ node: 'Ours', type: 'main', index: 0 },
						{ node: 'HTTP Request', type: 'main', index: 0 },
					],
				],
			},
		},
		settings: { executionOrder: 'v1' },
	};
}

const sendToRelationKit = {
	name: 'Send',
	type: 'n8n-nodes-customer-events.relationKit',
	typeVersion: 1,
	parameters: {
		resource: 'event',
		operation: 'send',
		mappingMode: 'canonicalEvent',
		options: { eventNameFormat: 'asIs' },
	},
	credentials: { relationKitApi: { id: null, name: 'RelationKit sandbox' } },
};

test(`delivers ${eventCount} events exactly once with default options to a service that accepts ${perSecond} per second`, async () => {
	sandbox.misbehave({ provider: 'relationkit', do: { rate: { perSecond, retryAfter: 'seconds' } } });
	const events = Array.from({ length: eventCount }, (_, index) => ({
		type: 'track',
		messageId: `m${index}`,
		event: `event ${index}`,
		userId: `user-${index % 200}`,
	}));
	await fetch(`${n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ events }),
	});
	const [ended] = await n8n.waitForExecutions(1, {}, 180_000);
	const execution = await n8n.execution(ended?.id ?? '');
	const names = sandbox.records('relationkit', 'event').map(({ name }) => name ?? '');
	const ours = names.filter((name) => !name.startsWith('http '));
	const theirs = names.filter((name) => name.startsWith('http '));

	expect(execution.data.resultData.error).toBeUndefined();
	expect(ours).toHaveLength(eventCount);
	expect(new Set(ours).size).toBe(eventCount);
	expect(outputOf(execution, 'Ours')).toHaveLength(eventCount);
	expect(new Set(theirs).size).toBeLessThan(eventCount);
});

const loads = paceLoads({ executions: 40, events: 5, perSecond: 50, requestsPerEvent: 2, rateShare: 0.2 });

describe.each(loads)('$executions requests of $events events to the trigger at once', (load) => {
	test.each(paceGoals)('share what the service says %s', async (_, retryAfter, goal) => {
		const { executions, events, perSecond, requestsPerEvent, rateShare } = { ...goal, ...load };
		const trigger = await Trigger.add(n8n, { followedBy: [sendToRelationKit] });
		sandbox.reset();
		sandbox.misbehave({ provider: 'relationkit', do: { rate: { perSecond, retryAfter } } });
		const ids = Array.from(
			{ length: executions * events },
			(_id, index) => `${executions}-${retryAfter}-${index}`,
		);
		const posts = chunk(ids, events).map(async (some) => {
			const batch = some.map((messageId) => ({
				type: 'track',
				messageId,
				event: messageId,
				userId: messageId,
			}));
			const response = await fetch(trigger.url, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ batch }),
			});
			return response.status;
		});
		expect(new Set(await Promise.all(posts))).toEqual(new Set([200]));
		await waitFor(() => Promise.resolve(sandbox.records('relationkit').length >= ids.length || undefined), {
			what: 'all events to arrive',
			timeoutMs: 180_000,
		});
		await n8n.waitUntilIdle(60_000);
		expect(
			sandbox
				.records('relationkit', 'event')
				.map(({ name }) => name)
				.sort(),
		).toEqual(ids.sort());
		const measured = paceAt(sandbox, load);
		if (process.env.EXECUTION_LOADS !== undefined)
			console.info(JSON.stringify({ ...load, retryAfter, ...measured }));
		expect(measured.requestsPerEvent).toBeLessThanOrEqual(requestsPerEvent);
		expect(measured.rateShare).toBeGreaterThanOrEqual(rateShare);
	});
});
