import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import manifest from '../../package.json';
import { buildOnce } from './build-once';
import { run } from './commands';
import { step } from './progress';

const REPOSITORY = join(__dirname, '..', '..');
const BUILD = join(REPOSITORY, 'build');
/** A folder for each tarball from which the services' packages have been cut, so that test files share them. */
const CUT = join(BUILD, 'cut');

/** Everything that a tarball is made from. */
const SOURCES = [
	...['nodes', 'credentials', 'gulp', 'docs', 'templates'],
	...['gulpfile.js', 'tsconfig.json', 'package.json', 'package-lock.json'],
	...['CHANGELOG.md', 'LICENSE.md', 'README.md'],
].map((path) => join(REPOSITORY, path));

/** Builds this package and packs it for npm, unless it is packed already. Returns the path of the tarball. */
export async function packPackage(): Promise<string> {
	// Jest's workers inherit the environment of its global setup.
	process.env.CUSTOMER_EVENTS_TARBALL ??= await step('Build and pack this package', 'a few seconds', pack);
	return process.env.CUSTOMER_EVENTS_TARBALL;
}

async function pack(): Promise<string> {
	const tarball = join(BUILD, `${manifest.name}-${manifest.version}.tgz`);
	if ((await changedAt(tarball)) > (await newestOf(SOURCES))) return tarball;
	await rm(CUT, { recursive: true, force: true });
	await gulp('pack');
	return tarball;
}

/** Cuts a package for each service out of this one, and packs them, once per run. Returns tarballs by package name. */
export async function packServices(): Promise<Map<string, string>> {
	const packedAt = await changedAt(await packPackage());
	const folder = join(BUILD, 'packages');
	await buildOnce(join(CUT, String(packedAt)), async () => {
		const cutAt = await Promise.all((await tarballsIn(folder)).map(async (file) => await changedAt(file)));
		if (cutAt.length > 0 && Math.min(...cutAt) > packedAt) return;
		await step('Build and pack a package for each service', 'a few seconds', () => gulp('services'));
	});
	const ending = `-${manifest.version}.tgz`;
	return new Map((await tarballsIn(folder)).map((file) => [basename(file, ending), file]));
}

async function tarballsIn(folder: string): Promise<string[]> {
	const files = await readdir(folder).catch(() => []);
	return files.filter((file) => file.endsWith(`-${manifest.version}.tgz`)).map((file) => join(folder, file));
}

/** When a file changed, in milliseconds. 0 if there is none. */
const changedAt = async (path: string) => (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;

/** When the newest of these changed. A folder changes when a file in it is removed. */
async function newestOf(paths: string[]): Promise<number> {
	const inFolders = paths.map(async (path) => await readdir(path, { recursive: true }).catch(() => []));
	const below = (await Promise.all(inFolders)).flatMap((files, index) =>
		files.map((file) => join(paths[index] ?? '', file)),
	);
	return Math.max(...(await Promise.all([...paths, ...below].map(changedAt))));
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
