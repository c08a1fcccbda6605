import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { escapeRegExp } from 'lodash';
import manifest from '../../package.json';
import { n8nEnvironment } from '../host/environment';
import { ensureN8n, type N8nInstall } from '../host/install';
import { packPackage } from '../host/package';
import { commands, mainAlone, queueEnvironment } from './queue-mode';

interface Process {
	image: string;
	build?: string;
	command: string;
	environment: Record<string, string>;
}

const folder = join(__dirname, '..', '..', 'deploy');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

let install: N8nInstall;
let services: Record<'main' | 'worker' | 'webhook', Process>;

beforeAll(async () => {
	install = await ensureN8n();
	// n8n comes with a library that reads YAML.
	const yaml = createRequire(join(install.folder, 'node_modules', 'n8n', 'package.json'))('yaml') as {
		parse: (text: string, options: { merge: boolean }) => { services: typeof services };
	};
	({ services } = yaml.parse(read('compose.yml'), { merge: true }));
});

/** The variables of the processes in the queue tests. */
const tried = {
	...n8nEnvironment({ stateDir: '/', port: 0, brokerPort: 0, logLevel: 'warn' }),
	...queueEnvironment({ port: 5432 }, { port: 5432 }),
};
/** Variables that differ: paths, names and waits. */
const ofThePlace = /_(HOST|PORT|DATABASE|USER|PASSWORD|KEY|TIMEOUT|URL|ADDRESS)$|^N8N_PROXY_HOPS$/;
const forTheTestsOnly = /^QUEUE_WORKER_LOCK_/;

test('gives every process the settings of the queue tests', () => {
	const needed = Object.keys(queueEnvironment({ port: 0 }, { port: 0 })).filter(
		(name) => !forTheTestsOnly.test(name) && name !== 'N8N_WORKER_SERVER_ADDRESS',
	);
	for (const { environment } of Object.values({ ...services }).filter(({ command }) => runsN8n(command))) {
		expect(Object.keys(environment)).toEqual(expect.arrayContaining(needed));
		const chosen = Object.entries(environment).filter(
			([name]) => !ofThePlace.test(name) && !(name in mainAlone),
		);
		expect(tried).toMatchObject(Object.fromEntries(chosen));
	}
	expect(services.main.environment).toMatchObject(mainAlone);
	expect(services.worker.environment).not.toMatchObject(mainAlone);
});

const runsN8n = (command: string) => /^(start|worker|webhook)\b/.test(command);

test('starts main, workers and webhook processors as in the queue tests', () => {
	expect(services.main.command).toBe('start');
	expect(services.worker.command).toBe(commands.worker.join(' '));
	expect(services.webhook.command).toBe(commands.webhook.join(' '));
});

test('builds the image of all n8n processes in one of them', () => {
	const { main, worker, webhook } = services;
	expect([worker.image, webhook.image]).toEqual([main.image, main.image]);
	expect([main, worker, webhook].map(({ build }) => build)).toEqual(['.', undefined, undefined]);
});

test('has only variables that n8n has', () => {
	const config = join(install.folder, 'node_modules', '@n8n', 'config', 'dist');
	const files = readdirSync(config, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.js'),
	);
	const source = files.map((file) => readFileSync(join(config, file), 'utf8')).join('\n');
	const names = Object.keys(services.main.environment);
	expect(names.filter((name) => !source.includes(`Env)('${name}'`) && !(name in tried))).toEqual([]);
});

test('has an image with the n8n of the tests and this package', async () => {
	expect(read('Dockerfile')).toContain(`N8N_VERSION=${install.version}\n`);
	expect(read('Dockerfile')).toContain(`PACKAGE_VERSION=${manifest.version}\n`);
	const tarball = basename(await packPackage()).replace(manifest.version, '${PACKAGE_VERSION}');
	expect(read('Dockerfile')).toContain(`COPY ${tarball} /tmp/\n`);
	expect(read('Dockerfile')).toMatch(new RegExp(`npm install .+ /tmp/${escapeRegExp(tarball)}\n`));
});
