import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CanonicalEvent } from '../../nodes/shared/event';
import { outputOf } from './n8n-client';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';

jest.setTimeout(300_000);

/** Embeddables with entries that change. Publishing a workflow makes n8n poll at once. */
const entries = new Map<string, { entry_id: string; created_at: string; updated_at: string }>();
let service: Server;
let n8n: RunningN8n;

beforeAll(async () => {
	service = createServer(({ url = '' }, response) => {
		const { searchParams } = new URL(url, 'http://localhost');
		const time = (name: string, otherwise: number) => Date.parse(searchParams.get(name) ?? '') || otherwise;
		const [after, before] = [time('updated_after', 0), time('updated_before', Infinity)];
		const chosen = [...entries.values()].filter(({ updated_at }) => {
			const updated = Date.parse(updated_at);
			return updated > after && updated < before;
		});
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(chosen.slice(0, 1000)));
	}).listen(0, '127.0.0.1');
	await once(service, 'listening');
	const { port } = service.address() as AddressInfo;
	n8n = await startN8n({
		packages: [await packPackage()],
		credentials: [
			{
				name: 'Embeddables',
				type: 'embeddablesApi',
				data: { apiKey: 'rk_test', projectId: 'pr_test', baseUrl: `http://127.0.0.1:${port}` },
			},
		],
	});
});
afterAll(async () => {
	await n8n?.stop();
	service?.close();
});

const rounds = 20;
const changesInARound = 500;

test('10,000 changes over 20 polls arrive once each, although n8n is killed twice', async () => {
	const draft = await n8n.addDraft({
		name: 'Entries',
		nodes: [
			{
				id: 'trigger',
				name: 'Embeddables Trigger',
				type: 'n8n-nodes-customer-events.embeddablesTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { pollTimes: { item: [{ mode: 'everyX', unit: 'hours', value: 12 }] } },
				credentials: { embeddablesApi: { id: null, name: 'Embeddables' } },
			},
		],
		connections: {},
		settings: { executionOrder: 'v1' },
	});
	const publish = async () =>
		await n8n.rest('POST', `/rest/workflows/${draft.id}/activate`, { versionId: draft.versionId });
	await publish();

	const expected: string[] = [];
	let time = Date.now();
	for (let round = 0; round < rounds; round++) {
		for (let index = 0; index < changesInARound; index++) {
			// Every third has the time of the one before it.
			if (index % 3 !== 0) time += 7;
			const isOld = round > 0 && index % 5 === 0;
			const entry_id = isOld ? `entry-${round - 1}-${index + 1}` : `entry-${round}-${index}`;
			const updated_at = new Date(time).toISOString();
			const { created_at = updated_at } = entries.get(entry_id) ?? {};
			entries.set(entry_id, { entry_id, created_at, updated_at });
			expected.push(`${entry_id}:${updated_at}`);
		}
		if (round === 7 || round === 14) {
			await n8n.kill();
			await n8n.boot();
		} else {
			await n8n.rest('POST', `/rest/workflows/${draft.id}/deactivate`);
			await publish();
		}
		await n8n.waitForExecutions(round + 1);
		await n8n.waitUntilIdle();
	}

	const executions = await n8n.executions();
	const whole = await Promise.all(executions.map(async ({ id }) => await n8n.execution(id)));
	const events = whole.flatMap((execution) =>
		outputOf(execution, 'Embeddables Trigger').map(({ json }) => json as unknown as CanonicalEvent),
	);
	expect(events.map(({ messageId }) => messageId).sort()).toEqual(expected.sort());
});
