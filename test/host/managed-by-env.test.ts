import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import manifest from '../../package.json';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage, packServices } from './package';

/**
 * `N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV` installs packages when n8n starts, also where unverified ones are disabled, as
 * they are by default in n8n 3: https://docs.n8n.io/hosting/configuration/environment-variables/nodes/
 */

jest.setTimeout(240_000);

let folder: string;
let registry: Server;
let registryUrl: string;
/** By the name of the package. */
const published = new Map<string, { tarball: string; integrity: string }>();

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'customer-events-registry-'));
	await publish(manifest.name, await packPackage());
	await publish('n8n-nodes-suprsend', (await packServices()).get('n8n-nodes-suprsend') ?? '');
	registry = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
	await once(registry, 'listening');
	registryUrl = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});
afterAll(async () => {
	registry?.close();
	await rm(folder, { recursive: true, force: true });
});

async function publish(name: string, tarball: string): Promise<void> {
	const hash = createHash('sha512').update(await readFile(tarball));
	published.set(name, { tarball, integrity: `sha512-${hash.digest('base64')}` });
}

/** An npm registry with one version of each package. */
async function answer({ url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
	const [, name = '', file] = url.split('/');
	const known = published.get(name);
	if (known === undefined) return void response.writeHead(404).end();
	if (file !== undefined) return void response.end(await readFile(known.tarball));
	const { version } = manifest;
	const dist = { tarball: `${registryUrl}/${name}/${basename(known.tarball)}`, integrity: known.integrity };
	response.end(
		JSON.stringify({
			name,
			'dist-tags': { latest: version },
			versions: { [version]: { name, version, dist } },
		}),
	);
}

/** n8n always names npm's own registry, and needs a license for another one. This `npm` replaces the name. */
async function folderOfNpm(): Promise<string> {
	const bin = join(folder, 'bin');
	await mkdir(bin, { recursive: true });
	const script = `#!/bin/sh
PATH="${process.env.PATH}"
for argument do
	shift
	case "$argument" in --registry=*) argument="--registry=${registryUrl}" ;; esac
	set -- "$@" "$argument"
done
exec npm "$@"
`;
	await writeFile(join(bin, 'npm'), script);
	await chmod(join(bin, 'npm'), 0o755);
	return bin;
}

async function startManaged(packages: object[], stateDir?: string): Promise<RunningN8n> {
	return await startN8n({
		stateDir,
		env: {
			PATH: `${await folderOfNpm()}:${process.env.PATH ?? ''}`,
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'false',
			N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV: 'true',
			N8N_COMMUNITY_PACKAGES: JSON.stringify(packages),
		},
	});
}

const wanted = (name: string) => ({
	name,
	version: manifest.version,
	checksum: published.get(name)?.integrity,
});

async function nodesOf(n8n: RunningN8n, name: string): Promise<string[]> {
	const types = await n8n.nodeTypes();
	return types.map((type) => type.name).filter((type) => type.startsWith(`${name}.`));
}

test('n8n installs the package and keeps it after a restart, although unverified packages are disabled', async () => {
	const n8n = await startManaged([wanted(manifest.name)]);
	try {
		const { nodes } = manifest.n8n;
		// All nodes but triggers are tools, too.
		const types = nodes.length + nodes.filter((node) => !node.includes('Trigger')).length;
		expect(await nodesOf(n8n, manifest.name)).toHaveLength(types);
		await n8n.restart();
		expect(await nodesOf(n8n, manifest.name)).toHaveLength(types);
	} finally {
		await n8n.stop();
	}
});

test('n8n installs the package of one service in the same way', async () => {
	const n8n = await startManaged([wanted('n8n-nodes-suprsend')]);
	try {
		expect(await nodesOf(n8n, 'n8n-nodes-suprsend')).toContain('n8n-nodes-suprsend.suprSend');
	} finally {
		await n8n.stop();
	}
});

test('n8n does not start without a checksum, and says why', async () => {
	const stateDir = await mkdtemp(join(folder, 'state-'));
	const { name, version } = wanted(manifest.name);
	await expect(startManaged([{ name, version }], stateDir)).rejects.toThrow();
	expect(await readFile(join(stateDir, 'n8n.log'), 'utf8')).toMatch(/checksum/i);
});
