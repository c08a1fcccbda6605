import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import manifest from '../../package.json';
import type { Workflow } from './n8n-client';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { waitFor } from './wait';

jest.setTimeout(120_000);

/** Names that n8n gives to the nodes in these files: `relationKit` for dist/nodes/RelationKit/RelationKit.node.js. */
const namesOf = (files: string[]) =>
	files
		.map((file) => basename(file).split('.', 1)[0] ?? '')
		.map((name) => name[0]?.toLowerCase() + name.slice(1));

/** Whether a process exists, or with a negative number any process of that group. */
const isAlive = (pid: number) => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

const workflow: Workflow = {
	name: 'Kept',
	nodes: [
		{
			id: 'd0f3f6a6-5d3c-4a2f-8a3e-6d7c1f0f9b11',
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			parameters: { path: 'kept', httpMethod: 'POST' },
			webhookId: 'kept',
		},
	],
	connections: {},
	settings: { executionOrder: 'v1' },
};

describe('n8n with the packed package', () => {
	let n8n: RunningN8n;

	beforeAll(async () => {
		n8n = await startN8n({
			packages: [await packPackage()],
			// n8n then starts a process, which has to end with it.
			env: { N8N_RUNNERS_MODE: 'internal' },
			workflows: [workflow],
			webhooks: ['/webhook/kept'],
		});
	});

	afterAll(() => n8n?.stop());

	it('knows every node type', async () => {
		const known = (await n8n.nodeTypes()).map(({ name }) => name);
		const expected = namesOf(manifest.n8n.nodes).map((name) => `${manifest.name}.${name}`);
		expect(known).toEqual(expect.arrayContaining(expected));
	});

	it('offers every node in the panel, and those that send also to AI agents', async () => {
		const ours = (await n8n.nodeTypes()).filter(({ name }) => name.startsWith(manifest.name));
		const nodes = ours.filter(({ name }) => !name.endsWith('Tool'));
		// The panel shows nodes of the category AI only to agents.
		for (const { codex } of nodes) expect(codex?.categories).not.toContain('AI');
		for (const { codex } of nodes) expect(codex?.alias).not.toHaveLength(0);
		const tools = ours.filter(({ codex }) => codex?.categories?.includes('AI')).map(({ name }) => name);
		const usable = nodes.map(({ name }) => name).filter((name) => !name.endsWith('Trigger'));
		expect(tools.sort()).toEqual(usable.map((name) => `${name}Tool`).sort());
	});

	it('offers a custom API call with the credential of each service', async () => {
		const services = (await n8n.nodeTypes()).filter(
			({ name, properties }) =>
				name.startsWith(manifest.name) &&
				!name.endsWith('Tool') &&
				properties.some((each) => each.name === 'resource'),
		);
		const offering = services.filter(({ properties }) =>
			properties.some(
				({ name, options }) => name === 'operation' && options?.at(-1)?.name === 'Custom API Call',
			),
		);
		expect(services).toHaveLength(5);
		expect(offering).toEqual(services);
	});

	it('knows every credential type', async () => {
		const known = (await n8n.credentialTypes()).map(({ name }) => name);
		expect(known).toEqual(expect.arrayContaining(namesOf(manifest.n8n.credentials)));
	});

	it('starts again on the same state after a kill', async () => {
		await n8n.kill('SIGKILL');
		await n8n.restart();

		const { status } = await fetch(`${n8n.url}/webhook/kept`, { method: 'POST' });
		expect(status).toBe(200);
		const [execution] = await n8n.waitForExecutions(1);
		expect(execution?.status).toBe('success');
	});

	it('leaves no process or file behind after stop()', async () => {
		const { pid = 0, url, stateDir } = n8n;
		await n8n.stop();
		expect(isAlive(-pid)).toBe(false);
		expect(existsSync(stateDir)).toBe(false);
		await expect(fetch(url)).rejects.toThrow();
	});
});

it('n8n leaves no process behind after its parent is killed', async () => {
	const stateDir = await mkdtemp(join(tmpdir(), 'customer-events-orphan-'));
	const module = JSON.stringify(join(__dirname, 'n8n-process'));
	const program = `
			setInterval(() => {}, 1000);
			require(${module}).startN8n({ stateDir: ${JSON.stringify(stateDir)} }).then(({ pid }) => console.log(pid));
		`;
	const parent = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', program], {
		cwd: __dirname,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
	const pid = Number(printed.toString());
	expect(isAlive(-pid)).toBe(true);

	parent.kill('SIGKILL');
	await waitFor(async () => !isAlive(-pid) || undefined, { what: 'n8n to leave too', timeoutMs: 20_000 });
	await rm(stateDir, { recursive: true });
});
