import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json';
import { describeWith } from './generation';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage, packServices } from './package';
import { startRegistry, type Published, type Registry } from './registry';

/** Packages from environment variables. services.test.ts has the other ways to install them. */

jest.setTimeout(600_000);

let registry: Registry;

beforeAll(async () => {
	const services = await packServices();
	registry = await startRegistry([await packPackage(), ...services.values()]);
});
afterAll(async () => await registry?.close());

/** Returns the packages that n8n has nodes of. */
async function loaded(n8n: RunningN8n): Promise<string[]> {
	const names = (await n8n.nodeTypes()).map(({ name }) => name.split('.')[0] ?? '');
	const known = registry.packages.map(({ name }) => name);
	return [...new Set(names)].filter((name) => known.includes(name)).sort();
}

const whole = () => registry.packages.filter(({ name }) => name === manifest.name);
const ofServices = () => registry.packages.filter(({ name }) => name !== manifest.name);
const namesOf = (packages: Published[]) => packages.map(({ name }) => name).sort();

const managed = 'with N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV, and unverified packages disabled as in n8n 3';

describeWith('packages from environment variables', managed, () => {
	const startManaged = async (packages: object[], stateDir?: string) =>
		await startN8n({
			stateDir,
			env: {
				PATH: registry.path,
				N8N_UNVERIFIED_PACKAGES_ENABLED: 'false',
				N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV: 'true',
				N8N_COMMUNITY_PACKAGES: JSON.stringify(packages),
			},
		});

	test.each([
		['the package', whole],
		['the packages of all services', ofServices],
	])('n8n installs %s by checksum, and keeps it after a restart', async (_, chosen) => {
		const wanted = chosen().map(({ name, version, integrity }) => ({ name, version, checksum: integrity }));
		const n8n = await startManaged(wanted);
		try {
			expect(await loaded(n8n)).toEqual(namesOf(chosen()));
			await n8n.restart();
			expect(await loaded(n8n)).toEqual(namesOf(chosen()));
		} finally {
			await n8n.stop();
		}
	});

	test('n8n does not start without a checksum, and says why', async () => {
		const stateDir = await mkdtemp(join(tmpdir(), 'customer-events-state-'));
		const { name, version } = manifest;
		await expect(startManaged([{ name, version }], stateDir)).rejects.toThrow();
		expect(await readFile(join(stateDir, 'n8n.log'), 'utf8')).toMatch(/checksum/i);
		await rm(stateDir, { recursive: true, force: true });
	});
});
