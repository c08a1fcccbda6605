import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import manifest from '../../package.json';
import { buildOnce } from './build-once';
import { run } from './commands';
import { step } from './progress';

const REPOSITORY = join(__dirname, '..', '..');
const BUILD = join(REPOSITORY, 'build');
/** A folder for each tarball from which the services' packages have been cut, so that test files share them. */
const CUT = join(BUILD, 'cut');

/** Builds this package and packs it for npm, once per run. Returns the path of the tarball. */
export async function packPackage(): Promise<string> {
	// Jest's workers inherit the environment of its global setup.
	process.env.CUSTOMER_EVENTS_TARBALL ??= await step('Build and pack this package', 'a few seconds', pack);
	return process.env.CUSTOMER_EVENTS_TARBALL;
}

async function pack(): Promise<string> {
	await rm(CUT, { recursive: true, force: true });
	await gulp('pack');
	return join(BUILD, `${manifest.name}-${manifest.version}.tgz`);
}

/** Cuts a package for each service out of this one, and packs them, once per run. Returns tarballs by package name. */
export async function packServices(): Promise<Map<string, string>> {
	const { mtimeMs } = await stat(await packPackage());
	await buildOnce(join(CUT, String(mtimeMs)), () =>
		step('Cut and pack a package for each service', 'a few seconds', () => gulp('services')),
	);
	const folder = join(BUILD, 'packages');
	const ending = `-${manifest.version}.tgz`;
	const tarballs = (await readdir(folder)).filter((file) => file.endsWith(ending));
	return new Map(tarballs.map((file) => [file.slice(0, -ending.length), join(folder, file)]));
}

async function gulp(task: string): Promise<void> {
	const program = join(REPOSITORY, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await run(process.execPath, [program, task], { cwd: REPOSITORY });
}

/** Unpacks a tarball into the folder where n8n's installer puts community packages, in place of an older one. */
export async function unpackPackage(tarball: string, stateDir: string): Promise<void> {
	const packages = join(stateDir, '.n8n', 'nodes', 'node_modules');
	await mkdir(packages, { recursive: true });
	const unpacked = await mkdtemp(join(stateDir, 'unpacked-'));
	await run('tar', ['xzf', tarball, '-C', unpacked, '--strip-components=1'], { cwd: stateDir });
	const { name } = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as { name: string };
	await mkdir(dirname(join(packages, name)), { recursive: true });
	await rm(join(packages, name), { recursive: true, force: true });
	await rename(unpacked, join(packages, name));
}
