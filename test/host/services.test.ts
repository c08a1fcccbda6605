import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import manifest from '../../package.json';
import { allProviders } from '../engine/harness/providers-under-test';
import { startSandbox, type Sandbox } from '../sandbox';
import { run } from './commands';
import { demoCredentials } from './demo';
import { generation } from './generation';
import { outputOf, type Execution, type NodeTypeSummary, type Workflow } from './n8n-client';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage, packServices } from './package';
import { startRegistry, type Registry } from './registry';
import { describeTarball } from './tarball-suite';

jest.setTimeout(240_000);

const repository = join(__dirname, '..', '..');
const homepage = manifest.homepage.replace('#readme', '');

const headerSecret = 'a-header-secret-not-real';

/** What each service sends, or its trigger reads, and the event that it becomes. RelationKit has nothing to listen to. */
const heard: Record<string, { parameters: INodeParameters; body?: object; event: object }> = {
	embeddables: {
		parameters: { startFrom: '2020-01-01T00:00:00', pollTimes: { item: [{ mode: 'everyMinute' }] } },
		event: { event: 'Entry Created', userId: 'test@test.com' },
	},
	rehook: {
		parameters: {},
		body: { event: 'reward.earned', source_id: 'user-42', reward: { points: 10 } },
		event: { event: 'reward.earned', userId: 'user-42' },
	},
	simonData: {
		parameters: { paths: { event: 'campaign', userId: 'email' } },
		body: { email: 'ada@example.com', campaign: 'Win Back' },
		event: { event: 'Win Back', userId: 'ada@example.com' },
	},
	suprSend: {
		parameters: {},
		// Source: https://docs.suprsend.com/docs/outbound-webhook
		body: {
			distinct_id: 'joe@example.com',
			event_type: 'status',
			reference: { supr_nid: '01GNEQZ6F4JZF1BAK9CDXYD4T4' },
			suprsend_status: { status: 'delivered', timestamp: 1672310923000 },
			template: 'purchase-made',
		},
		event: { event: 'Notification Delivered', userId: 'joe@example.com' },
	},
};

const services = allProviders.map(({ provider, node, sandboxName, settings }) => ({
	folder: `${node[0]?.toUpperCase()}${node.slice(1)}`,
	packageName: `n8n-nodes-${node.toLowerCase()}`,
	title: provider.displayName,
	node,
	credential: provider.credentialType,
	sandboxName,
	settings,
	/** `event:send` and the others that each service has. */
	sending: provider.operations
		.filter(({ operation }) => /^(send|identify)(Many)?$/.test(operation))
		.filter(({ resource }) => resource !== 'broadcast')
		.map(({ resource, operation }) => ({ resource, operation })),
	heard: heard[node],
}));
type Service = (typeof services)[number];
const suprSend = services.find(({ node }) => node === 'suprSend')!;

let tarballs: Map<string, string>;
let registry: Registry;
let n8n: RunningN8n;
let sandbox: Sandbox;

beforeAll(async () => {
	tarballs = await packServices();
	registry = await startRegistry([await packPackage(), ...tarballs.values()]);
	sandbox = await startSandbox();
	n8n = await startN8n({ env: { PATH: registry.path, ...generation.installingEnvironment } });
});
afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
	await registry?.close();
});
beforeEach(() => sandbox.reset());

function tarballOf(packageName: string): string {
	const tarball = tarballs.get(packageName);
	if (tarball === undefined) throw new Error(`No package ${packageName} was cut.`);
	return tarball;
}

/** Installs a package as the editor's form does. */
const install = async (name: string) =>
	await n8n.rest('POST', '/rest/community-packages', { name, verify: false, version: manifest.version });
const uninstall = async (name: string) => await n8n.rest('DELETE', `/rest/community-packages?name=${name}`);

const nodesFolder = () => join(n8n.stateDir, '.n8n', 'nodes');

const credentialsOf = ({ credential }: Service) => [
	...demoCredentials(sandbox).filter(({ type }) => type === credential),
	{
		name: 'Webhook secret',
		type: 'customerEventsWebhookApi',
		data: { scheme: 'header', headerName: 'X-Token', headerValueSecret: headerSecret },
	},
];

/** Returns a workflow whose nodes all get the items of the first one. */
function workflowOf(
	name: string,
	nodes: Array<Pick<INode, 'name' | 'type' | 'parameters'> & Partial<INode>>,
): Workflow {
	const [{ name: first } = { name: '' }, ...others] = nodes;
	return {
		name,
		nodes: nodes.map((node) => ({ id: randomUUID(), typeVersion: 1, position: [0, 0], ...node })),
		connections: { [first]: { main: [others.map((node) => ({ node: node.name, type: 'main', index: 0 }))] } },
		settings: { executionOrder: 'v1' },
	};
}

/** A workflow that sends what is posted to `/webhook/<path>` with each of a node's operations. */
function sendingBy(packageName: string, service: Service, path = packageName): Workflow {
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { path, httpMethod: 'POST' },
		webhookId: path,
	};
	const senders = service.sending.map(({ resource, operation }) => {
		const [one, many] = operation.startsWith('identify') ? ['person', 'people'] : ['event', 'events'];
		const field = operation.endsWith('Many')
			? { eventsField: `body.${many}` }
			: { eventField: `body.${one}` };
		return {
			name: operation,
			type: `${packageName}.${service.node}`,
			parameters: { resource, operation, mappingMode: 'canonicalEvent', ...service.settings, ...field },
			credentials: { [service.credential]: { id: null, name: `${service.title} sandbox` } },
		};
	});
	return workflowOf(`${service.title} of ${packageName}`, [webhook, ...senders]);
}

/** A workflow that is only the trigger of a service, at `/webhook/<path>` if it has a webhook. */
function hearingBy(packageName: string, service: Service, path: string): Workflow {
	const isPolling = service.heard?.body === undefined;
	const credential = isPolling
		? { [service.credential]: { id: null, name: `${service.title} sandbox` } }
		: { customerEventsWebhookApi: { id: null, name: 'Webhook secret' } };
	const trigger = {
		name: 'Trigger',
		type: `${packageName}.${service.node}Trigger`,
		typeVersion: isPolling ? 1 : 2,
		parameters: {
			...(isPolling ? {} : { authentication: 'credential' }),
			...service.heard?.parameters,
		},
		...(isPolling ? {} : { webhookId: path }),
		credentials: credential,
	};
	return workflowOf(`${service.title} Trigger of ${packageName}`, [trigger]);
}

async function post(path: string, body: object): Promise<void> {
	const { status } = await fetch(`${n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-token': headerSecret },
		body: JSON.stringify(body),
	});
	expect(status).toBe(200);
}

async function newestExecution(workflowId: string, count = 1): Promise<Execution> {
	const [newest] = await n8n.waitForExecutions(count, { workflowId });
	return await n8n.execution(newest?.id ?? '');
}

const someone = { userId: 'ada', context: { traits: { email: 'ada@example.test' } } };
const given = (by: string) => {
	const event = { ...someone, type: 'track', event: 'Order Completed', properties: { by } };
	const person = { ...someone, type: 'identify', traits: { email: 'ada@example.test', name: 'Ada' } };
	return { event, person, events: [event], people: [person] };
};

const jsonOf = (execution: Execution, node: string) => outputOf(execution, node).map(({ json }) => json);

async function expectSent(execution: Execution, { sending }: Service): Promise<void> {
	expect(execution.status).toBe('success');
	for (const { operation } of sending) {
		const expected = operation.endsWith('Many')
			? { status: 'success', total: 1, success: 1, failure: 0 }
			: { status: 'delivered' };
		expect({ operation, output: jsonOf(execution, operation) }).toMatchObject({
			operation,
			output: [expected],
		});
	}
}

const ofPackage = (packageName: string, types: NodeTypeSummary[]) =>
	types.filter(({ name }) => name.startsWith(`${packageName}.`));

test('there is a package for every service and no other', () => {
	expect([...tarballs.keys()].sort()).toEqual(services.map(({ packageName }) => packageName).sort());
});

describe.each(services)('n8n with $packageName and no other package', (service) => {
	const { packageName, node, credential, sandboxName } = service;
	const added: string[] = [];
	const add = async (workflow: Workflow) => {
		const id = await n8n.addWorkflow(workflow);
		added.push(id);
		return id;
	};

	beforeAll(async () => {
		await install(packageName);
		for (const each of credentialsOf(service)) {
			const types = (await n8n.credentialTypes()).map(({ name }) => name);
			if (types.includes(each.type)) await n8n.putCredential(each);
		}
	});
	afterAll(async () => {
		for (const id of added) await n8n.rest('POST', `/rest/workflows/${id}/deactivate`, {});
		await uninstall(packageName);
	});

	test('has its nodes, and its credential types', async () => {
		const nodes = (await n8n.nodeTypes()).map(({ name }) => name);
		expect(nodes.filter((name) => /^n8n-nodes-(?!base)/.test(name)).sort()).toEqual(
			[node, `${node}Tool`, ...(service.heard ? [`${node}Trigger`] : [])].map(
				(name) => `${packageName}.${name}`,
			),
		);
		const credentials = (await n8n.credentialTypes()).map(({ name }) => name);
		const ours = [...services.map((each) => each.credential), 'customerEventsWebhookApi'];
		const forWebhooks = service.heard?.body ? ['customerEventsWebhookApi'] : [];
		expect(credentials.filter((name) => ours.includes(name)).sort()).toEqual(
			[...forWebhooks, credential].sort(),
		);
	});

	test('tests the credential, sends events, and identifies people, one by one and in bulk', async () => {
		const saved = await n8n.rest<Array<{ id: string; type: string }>>('GET', '/rest/credentials');
		const id = saved.find(({ type }) => type === credential)?.id;
		const [shown] = credentialsOf(service);
		expect(await n8n.rest('POST', '/rest/credentials/test', { credentials: { ...shown, id } })).toMatchObject(
			{ status: 'OK' },
		);

		const workflowId = await add(sendingBy(packageName, service));
		await n8n.waitForWebhook(`/webhook/${packageName}`);
		await post(packageName, given(packageName));
		await expectSent(await newestExecution(workflowId), service);
		expect(service.sending).toHaveLength(4);
		expect(sandbox.requests(sandboxName).length).toBeGreaterThanOrEqual(4);
	});

	test(service.heard ? 'has a trigger that starts a workflow' : 'has no trigger', async () => {
		if (service.heard === undefined) {
			expect(ofPackage(packageName, await n8n.nodeTypes()).map(({ name }) => name)).not.toContain(
				`${packageName}.${node}Trigger`,
			);
			return;
		}
		const path = `${packageName}-trigger`;
		const workflowId = await add(hearingBy(packageName, service, path));
		if (service.heard.body) {
			await n8n.waitForWebhook(`/webhook/${path}`);
			await post(path, service.heard.body);
		}
		expect(jsonOf(await newestExecution(workflowId), 'Trigger')).toMatchObject(
			expect.arrayContaining([expect.objectContaining(service.heard.event)]),
		);
	});
});

describe("n8n with packages from the editor's form", () => {
	/** Returns the packages that n8n has nodes of. */
	async function loaded(): Promise<string[]> {
		const names = (await n8n.nodeTypes()).map(({ name }) => name.split('.')[0] ?? '');
		const known = registry.packages.map(({ name }) => name);
		return [...new Set(names)].filter((name) => known.includes(name)).sort();
	}

	test('installs the whole package, but not that of a service next to it', async () => {
		await install(manifest.name);
		// n8n doesn't allow two installed nodes with the same display name.
		await expect(install(suprSend.packageName)).rejects.toThrow(/UNIQUE|an entry with this name/);
		expect(await loaded()).toEqual([manifest.name]);
	});

	test('replaces it by that of a service, to which the commands in the docs move workflows', async () => {
		for (const each of credentialsOf(suprSend)) await n8n.putCredential(each);
		const sending = await n8n.addWorkflow(sendingBy(manifest.name, suprSend, 'moved'));
		const hearing = await n8n.addWorkflow(hearingBy(manifest.name, suprSend, 'moved-trigger'));
		await n8n.waitForWebhook('/webhook/moved');
		await post('moved', given('before'));
		await expectSent(await newestExecution(sending), suprSend);

		await uninstall(manifest.name);
		expect(await install(suprSend.packageName)).toMatchObject({
			packageName: suprSend.packageName,
			installedVersion: manifest.version,
		});
		const guide = readFileSync(join(repository, 'docs', 'operations.md'), 'utf8');
		const [, commands = ''] = /### Move workflows[^]+?```sh\n([^]+?)```/.exec(guide) ?? [];
		for (const command of commands.trim().split('\n')) {
			const [program = '', ...args] = command.split(' ');
			if (program === 'n8n') await n8n.cli(...args);
			else await run('sh', ['-c', command], { cwd: n8n.stateDir });
		}

		for (const id of [sending, hearing]) {
			const { nodes, versionId } = await n8n.workflow(id);
			const types = nodes.map(({ type }) => type.split('.')[0]);
			expect(types).not.toContain(manifest.name);
			expect(types).toContain(suprSend.packageName);
			await n8n.rest('POST', `/rest/workflows/${id}/activate`, { versionId });
		}
		await n8n.waitForWebhook('/webhook/moved');
		await n8n.waitForWebhook('/webhook/moved-trigger');
		await post('moved', given('after'));
		await expectSent(await newestExecution(sending, 2), suprSend);
		await post('moved-trigger', suprSend.heard?.body ?? {});
		expect(jsonOf(await newestExecution(hearing), 'Trigger')).toMatchObject([suprSend.heard?.event]);
	});

	test('installs the packages of all services', async () => {
		for (const { packageName } of services) {
			if (packageName !== suprSend.packageName) await install(packageName);
		}
		expect(await loaded()).toEqual(services.map(({ packageName }) => packageName).sort());
		for (const { packageName } of services) await uninstall(packageName);
	});
});

describe('n8n with the packages of all services and the whole package, installed with npm', () => {
	let nodeTypes: NodeTypeSummary[];

	beforeAll(async () => {
		await rm(nodesFolder(), { recursive: true, force: true });
		await mkdir(nodesFolder(), { recursive: true });
		const args = ['install', '--legacy-peer-deps', await packPackage(), ...tarballs.values()];
		await run('npm', args, { cwd: nodesFolder() });
		await n8n.restart();
		nodeTypes = await n8n.nodeTypes();
	});

	test.each(services)('$packageName has the nodes of the whole package, and their icons', async (service) => {
		const { packageName, node } = service;
		const ofCut = ofPackage(packageName, nodeTypes).filter(({ name }) => !name.endsWith('Tool'));
		const names = [node, `${node}Trigger`].map((name) => `${manifest.name}.${name}`);
		const ofWhole = nodeTypes.filter(({ name }) => names.includes(name));
		expect(ofWhole.length).toBeGreaterThan(0);
		expect(ofCut.map((type) => asOf(manifest.name, type))).toEqual(ofWhole);

		for (const type of ofCut) {
			const { light, dark } = (type as NodeTypeSummary & { iconUrl: Record<string, string> }).iconUrl;
			for (const url of [light, dark]) expect((await fetch(`${n8n.url}/${url}`)).status).toBe(200);
		}
	});

	/** Renames the package in a text and leaves the rest as it is. */
	function asOf(packageName: string, type: NodeTypeSummary | undefined): unknown {
		const own = type?.name.split('.')[0] ?? '';
		return JSON.parse(JSON.stringify(type).replaceAll(own, packageName)) as unknown;
	}

	test.each(services)(
		'$credential is there twice, once of each package, the same',
		async ({ credential }) => {
			const found = (await n8n.credentialTypes()).filter(({ name }) => name === credential);
			expect(found).toHaveLength(2);
			const properties = found.map((type) => (type as { properties?: unknown }).properties);
			expect(properties[0]).toEqual(properties[1]);
		},
	);
});

const folderOf = (packageName: string) => join(repository, 'build', 'packages', packageName);

for (const { packageName } of services) {
	describeTarball({
		packageName,
		sources: folderOf(packageName),
		pack: async () => tarballOf(packageName),
	});
}

describe('the folder of each package', () => {
	const readmeOf = (packageName: string) => readFileSync(join(folderOf(packageName), 'README.md'), 'utf8');

	test.each(services)('$packageName has one service and the shared code', ({ packageName, folder }) => {
		const contents = (root: string) => readdirSync(join(folderOf(packageName), root)).sort();
		expect(contents('nodes')).toEqual([folder, 'shared'].sort());
		const ofWebhooks = ['Rehook', 'SimonData', 'SuprSend'].includes(folder)
			? ['CustomerEventsWebhookApi.credentials.ts']
			: [];
		expect(contents('credentials')).toEqual([...ofWebhooks, `${folder}Api.credentials.ts`]);
	});

	/** The headings of n8n's README template. */
	const headings = [
		'Installation',
		'Operations',
		'Credentials',
		'Compatibility',
		'Usage',
		'Resources',
		'Version history',
	];

	test.each(services)('$packageName: the README has everything that n8n requires', ({ packageName }) => {
		const sections = readmeOf(packageName).split(/^## /m).slice(1);
		expect(sections.map((section) => section.split('\n')[0])).toEqual(headings);
		for (const section of sections) expect(section.split('\n').slice(1).join('').trim()).not.toBe('');
	});

	test.each(services)('$packageName: every link in the README works', ({ packageName }) => {
		const readme = readmeOf(packageName);
		const targets = [...readme.matchAll(/(?:\]\(|(?:src|srcset|href)=")([^)"\s]+)/g)].map(
			([, target = '']) => target,
		);
		expect(targets.length).toBeGreaterThan(10);
		expect(targets.filter((target) => !leadsSomewhere(target, readme))).toEqual([]);
	});

	function leadsSomewhere(target: string, page: string): boolean {
		const [address = '', anchor] = target.split('#');
		if (address === '') return anchorsIn(page).includes(anchor ?? '');
		const [, path] = new RegExp(`^${homepage}/(?:blob|raw)/main/(.+)$`).exec(address) ?? [];
		if (path === undefined) return /^https:\/\//.test(address);
		const file = join(repository, path);
		return (
			existsSync(file) && (anchor === undefined || anchorsIn(readFileSync(file, 'utf8')).includes(anchor))
		);
	}

	/** The anchor that GitHub makes of a heading. */
	function anchorsIn(page: string): string[] {
		return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
			heading
				.toLowerCase()
				.replace(/[^\p{L}\p{N} _-]/gu, '')
				.replaceAll(' ', '-'),
		);
	}
});
