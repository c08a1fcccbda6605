import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json';
import { startSandbox, type Sandbox } from '../sandbox';
import { demoCredentials } from './demo';
import { outputOf, type NodeTypeSummary, type Workflow } from './n8n-client';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage, packServices, unpackPackage } from './package';
import { describeTarball } from './tarball-suite';

jest.setTimeout(240_000);

const repository = join(__dirname, '..', '..');
const homepage = manifest.homepage.replace('#readme', '');

/** Name of a folder that has a provider, e.g. `SuprSend`. */
const serviceFolders = readdirSync(join(repository, 'nodes')).filter((folder) =>
	readdirSync(join(repository, 'nodes', folder)).some((file) => file.endsWith('.provider.ts')),
);
const services = serviceFolders.map((folder) => ({
	folder,
	packageName: `n8n-nodes-${folder.toLowerCase()}`,
	node: folder[0]?.toLowerCase() + folder.slice(1),
	credential: `${folder[0]?.toLowerCase() + folder.slice(1)}Api`,
}));

let tarballs: Map<string, string>;
let n8n: RunningN8n;
let sandbox: Sandbox;

beforeAll(async () => {
	tarballs = await packServices();
	sandbox = await startSandbox();
	n8n = await startN8n({
		packages: [tarballOf('n8n-nodes-suprsend')],
		credentials: demoCredentials(sandbox).filter(({ type }) => type === 'suprSendApi'),
		workflows: [sendingBy('n8n-nodes-suprsend')],
		webhooks: ['/webhook/n8n-nodes-suprsend'],
	});
});
afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});
beforeEach(() => sandbox.reset());

function tarballOf(packageName: string): string {
	const tarball = tarballs.get(packageName);
	if (tarball === undefined) throw new Error(`No package ${packageName} was cut.`);
	return tarball;
}

/** A workflow that passes what is posted to `/webhook/<package>` to that package's node for SuprSend. */
function sendingBy(packageName: string): Workflow {
	const common = { typeVersion: 1, position: [0, 0] as [number, number] };
	return {
		name: `SuprSend of ${packageName}`,
		nodes: [
			{
				...common,
				id: `${packageName}-webhook`,
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				parameters: { path: packageName, httpMethod: 'POST' },
				webhookId: packageName,
			},
			{
				...common,
				id: `${packageName}-suprsend`,
				name: 'SuprSend',
				type: `${packageName}.suprSend`,
				parameters: {
					resource: 'event',
					operation: 'send',
					mappingMode: 'canonicalEvent',
					eventField: 'body',
				},
				credentials: { suprSendApi: { id: null, name: 'SuprSend sandbox' } },
			},
		],
		connections: { Webhook: { main: [[{ node: 'SuprSend', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

async function send(packageName: string) {
	const before = (await n8n.executions()).length;
	const body = { type: 'track', event: 'Order Completed', userId: 'ada', properties: { by: packageName } };
	await fetch(`${n8n.url}/webhook/${packageName}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const [newest] = await n8n.waitForExecutions(before + 1);
	return outputOf(await n8n.execution(newest?.id ?? ''), 'SuprSend').map(({ json }) => json);
}

const arrived = () =>
	sandbox.records('suprsend', 'event').map(({ body }) => body as { event: string; properties: object });

const ofPackage = (packageName: string, types: NodeTypeSummary[]) =>
	types.filter(({ name }) => name.startsWith(`${packageName}.`));

test('there is a package for every service and no other', () => {
	expect([...tarballs.keys()].sort()).toEqual(services.map(({ packageName }) => packageName).sort());
});

describe('n8n with the package for SuprSend and no other', () => {
	test('has its node, as itself and as a tool, and its credential type', async () => {
		const nodes = (await n8n.nodeTypes()).map(({ name }) => name);
		expect(nodes.filter((name) => /^n8n-nodes-(?!base)/.test(name)).sort()).toEqual([
			'n8n-nodes-suprsend.suprSend',
			'n8n-nodes-suprsend.suprSendTool',
			'n8n-nodes-suprsend.suprSendTrigger',
		]);
		const credentials = (await n8n.credentialTypes()).map(({ name }) => name);
		const ours = services.map(({ credential }) => credential);
		expect(credentials.filter((name) => ours.includes(name))).toEqual(['suprSendApi']);
	});

	test('sends an event', async () => {
		expect(await send('n8n-nodes-suprsend')).toMatchObject([{ status: 'delivered' }]);
		expect(arrived()).toMatchObject([{ event: 'Order Completed', properties: { by: 'n8n-nodes-suprsend' } }]);
	});
});

describe('n8n with the packages of all services and the whole package', () => {
	let nodeTypes: NodeTypeSummary[];

	beforeAll(async () => {
		const others = [...tarballs.keys()].filter((name) => name !== 'n8n-nodes-suprsend').map(tarballOf);
		for (const tarball of [await packPackage(), ...others]) await unpackPackage(tarball, n8n.stateDir);
		await n8n.restart();
		await n8n.addWorkflow(sendingBy(manifest.name));
		await n8n.waitForWebhook(`/webhook/${manifest.name}`);
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

	test('uses and tests one credential for the nodes of both packages', async () => {
		for (const packageName of ['n8n-nodes-suprsend', manifest.name]) {
			expect(await send(packageName)).toMatchObject([{ status: 'delivered' }]);
		}
		expect(arrived().map(({ properties }) => properties)).toEqual([
			{ by: 'n8n-nodes-suprsend' },
			{ by: manifest.name },
		]);

		const [saved] = await n8n.rest<Array<{ id: string }>>('GET', '/rest/credentials');
		const [credential] = demoCredentials(sandbox).filter(({ type }) => type === 'suprSendApi');
		expect(
			await n8n.rest('POST', '/rest/credentials/test', { credentials: { ...credential, id: saved?.id } }),
		).toMatchObject({ status: 'OK' });
	});
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
