import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildOnce } from './build-once';
import { run } from './commands';

const FILES = ['package.json', 'package-lock.json', '.npmrc'];

/**
 * Installs a package of this repository that has its own lockfile, once for all clones: in a folder outside of them, named
 * after the lockfile's hash. Returns that folder.
 * @param install gets a folder with the package's files
 */
export async function installOnce(
	subPackage: string,
	name: string,
	install: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = join(cacheFolder(), `${name}-${lockHash(subPackage)}`);
	await buildOnce(folder, async (draft) => {
		await Promise.all(FILES.map((file) => copyFile(join(subPackage, file), join(draft, file))));
		await install(draft);
	});
	return folder;
}

export async function npmCi(folder: string): Promise<void> {
	await run('npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: folder });
}

function cacheFolder(): string {
	const { CUSTOMER_EVENTS_CACHE, XDG_CACHE_HOME } = process.env;
	const base = CUSTOMER_EVENTS_CACHE || XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-customer-events');
}

function lockHash(subPackage: string): string {
	const lock = readFileSync(join(subPackage, 'package-lock.json'));
	return createHash('sha256').update(lock).digest('hex').slice(0, 12);
}
