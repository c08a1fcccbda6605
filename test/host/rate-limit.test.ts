import { startSandbox, type Sandbox } from '../sandbox';
import { credentials as accepted } from '../sandbox/credentials';
import { demoCredentials } from './demo';
import { outputOf, type Workflow } from './n8n-client';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';

jest.setTimeout(240_000);

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
