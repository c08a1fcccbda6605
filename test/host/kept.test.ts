import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from './demo';
import type { Workflow } from './n8n-client';
import { packPackage } from './package';

jest.setTimeout(180_000);

let stateDir: string;
beforeAll(async () => {
	stateDir = await mkdtemp(join(tmpdir(), 'customer-events-kept-'));
});
afterAll(async () => await rm(stateDir, { recursive: true, force: true }));

const start = async () =>
	await startDemo({ stateDir, packages: [await packPackage()], offerTemplates: true });

const names = (workflows: Workflow[]) => workflows.map(({ name }) => name).sort();

test('a second start keeps what people built, and the sandbox’s new address works', async () => {
	const first = await start();
	const own = { name: 'My own', nodes: [], connections: {}, settings: {} };
	let before: Workflow[];
	try {
		await first.n8n.addDraft(own);
		await first.n8n.addCredential({
			name: 'My own',
			type: 'rehookApi',
			data: { apiKey: 'a', secretKey: 'b' },
		});
		before = await first.n8n.rest<Workflow[]>('GET', '/rest/workflows');
	} finally {
		await first.stop();
	}

	const second = await start();
	try {
		expect(second.n8n.password).toBe(first.n8n.password);
		const after = await second.n8n.rest<Workflow[]>('GET', '/rest/workflows');
		expect(names(after)).toEqual(names(before));
		expect(names(after)).toContain('My own');
		const credentials = await second.n8n.rest<Array<{ name: string }>>('GET', '/rest/credentials');
		expect(credentials.filter(({ name }) => name === 'My own')).toHaveLength(1);
		expect(credentials.filter(({ name }) => name === 'RelationKit sandbox')).toHaveLength(1);

		await fetch(second.webhookUrl, {
			method: 'POST',
			headers: { authorization: `Basic ${btoa(`${second.segment.writeKey}:`)}` },
			body: JSON.stringify({ userId: 'ada', event: 'Order Completed' }),
		});
		await second.n8n.waitForExecutions(1);
		expect(second.sandbox.records('relationkit', 'event')).toHaveLength(1);
	} finally {
		await second.stop();
	}
});
