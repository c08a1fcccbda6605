import { existsSync } from 'node:fs';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from './commands';
import { n8nEnvironment } from './environment';
import { generation } from './generation';
import { installOfImage } from './image';
import { step } from './progress';
import { installOnce, npmCi } from './sub-package';

export interface N8nInstall {
	folder: string;
	version: string;
	/** The Node.js that n8n runs on. It can differ from the one that runs this project. */
	node: string;
	/** n8n's command line, a script for `node`. */
	cli: string;
	/** State of an n8n that has only created its database. Starting from a copy saves the migrations. */
	emptyState: string;
}

const BUNDLED_NODE = `node-${process.platform}-${process.arch}`;
const MIN_NODE_MAJOR = 24;
const NEEDED_GB = 3;

/**
 * Returns the n8n of the committed lockfile, and installs it if this machine doesn't have it yet; or the n8n of the Docker
 * image in N8N_IMAGE.
 */
export async function ensureN8n(): Promise<N8nInstall> {
	if (process.env.N8N_IMAGE) return await installOfImage(process.env.N8N_IMAGE);
	const { version, subPackage } = generation;
	const folder = await installOnce(subPackage, `n8n-${version}`, (draft) => install(draft, version));
	return installIn(folder, version);
}

function installIn(folder: string, version: string): N8nInstall {
	return {
		folder,
		version,
		node: bundledNode(folder) ?? process.execPath,
		cli: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		emptyState: join(folder, 'empty-state'),
	};
}

async function install(folder: string, version: string): Promise<void> {
	checkNode();
	await checkDiskSpace(folder);
	await step(`Download n8n ${version}`, `${generation.sizeGb} GB on disk, once, about 3 minutes`, () =>
		npmCi(folder),
	);
	await step("Build n8n's database driver", 'once, about 2 minutes', () =>
		run('npm', ['rebuild', 'sqlite3', '--loglevel=error'], {
			cwd: folder,
			env: nativeBuildEnvironment(folder),
		}),
	).catch((error: Error) => {
		throw new Error(`${error.message}\nBuilding it needs a C++ compiler, make and python3.`);
	});
	await step('Create an empty database', 'once, about 10 seconds', () =>
		makeEmptyState(installIn(folder, version)),
	);
}

/** Creates a database. Any command of n8n does this. */
async function makeEmptyState({ node, cli, emptyState }: N8nInstall): Promise<void> {
	await mkdir(join(emptyState, 'home'), { recursive: true });
	const env = n8nEnvironment({ stateDir: emptyState, port: 0, brokerPort: 0, logLevel: 'warn' });
	await run(node, [cli, 'list:workflow'], { cwd: emptyState, env });
	// This file pins the encryption key, which each start sets itself.
	await rm(join(emptyState, '.n8n', 'config'));
}

function checkNode(): void {
	const bundled = generation.bundledNodes.includes(BUNDLED_NODE);
	if (bundled || Number.parseInt(process.versions.node) >= MIN_NODE_MAJOR) return;
	throw new Error(
		`n8n needs Node.js ${MIN_NODE_MAJOR} or newer. None comes bundled for ${process.platform} on ` +
			`${process.arch}, and this is ${process.versions.node}: run the same command with a newer Node.js.`,
	);
}

async function checkDiskSpace(folder: string): Promise<void> {
	const { bavail, bsize } = await statfs(folder);
	const freeGb = (bavail * bsize) / 1e9;
	if (freeGb >= NEEDED_GB) return;
	throw new Error(
		`n8n needs ${NEEDED_GB} GB in ${folder}, and ${freeGb.toFixed(1)} GB are free. ` +
			'Set CUSTOMER_EVENTS_CACHE to a folder with more room.',
	);
}

/** Builds the database driver with the bundled Node.js and its headers, because that Node.js loads it. */
function nativeBuildEnvironment(folder: string): NodeJS.ProcessEnv {
	if (!bundledNode(folder)) return process.env;
	const modules = join(folder, 'node_modules');
	return {
		...process.env,
		npm_config_nodedir: join(modules, BUNDLED_NODE),
		PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter),
	};
}

function bundledNode(folder: string): string | undefined {
	const node = join(folder, 'node_modules', BUNDLED_NODE, 'bin', 'node');
	return existsSync(node) ? node : undefined;
}
