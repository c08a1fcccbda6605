import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { preProcessFile } from 'typescript';
import { secrets } from '../sandbox/credentials';
import { run } from './commands';
import { ensureN8n } from './install';
import { unpackPackage } from './package';

const repository = join(__dirname, '..', '..');
/** Packages that n8n provides. We bring no dependencies. */
const lentByN8n = ['lodash', 'luxon', 'n8n-workflow', 'zod/v4'];
/** Modules of Node.js that we use. n8n provides them like other modules. */
const ofNode = ['node:crypto'];

interface PackedPackage {
	packageName: string;
	/** The package's folder. */
	sources: string;
	/** Packs the package and returns the tarball. */
	pack: () => Promise<string>;
}

interface Manifest {
	n8n: Record<'nodes' | 'credentials', string[]>;
	scripts?: Record<string, string>;
	peerDependencies: Record<string, string>;
}

/** Tests the tarball of `sources`, the folder of a package. */
export function describeTarball({ packageName, sources, pack }: PackedPackage): void {
	describe(`the tarball of ${packageName}`, () => {
		let stateDir: string;
		let folder: string;
		let files: string[];
		let manifest: Manifest;

		beforeAll(async () => {
			stateDir = await mkdtemp(join(tmpdir(), 'customer-events-tarball-'));
			await unpackPackage(await pack(), stateDir);
			folder = join(stateDir, '.n8n', 'nodes', 'node_modules', packageName);
			files = await filesIn(folder);
			manifest = JSON.parse(contentOf('package.json')) as Manifest;
		});
		afterAll(async () => await rm(stateDir, { recursive: true }));

		const contentOf = (file: string) => readFileSync(join(folder, file), 'utf8');

		/** Code is compiled, icons are copied, and a schema describes the output of each operation. */
		test('has the compiled sources and nothing else', async () => {
			const ofSources = await Promise.all(
				['nodes', 'credentials'].map(async (root) =>
					(await filesIn(join(sources, root))).map((file) =>
						join('dist', root, file.replace(/\.ts$/, '.js')),
					),
				),
			);
			const others = ['CHANGELOG.md', 'LICENSE.md', 'README.md', 'package.json'];
			const folders = manifest.n8n.nodes.flatMap((path) =>
				versionsOf(join(sources, path)).map((version) =>
					join(dirname(path), '__schema__', `v${version}.0.0`, '/'),
				),
			);
			const isSchema = (file: string) =>
				file.endsWith('.json') && folders.some((schemas) => file.startsWith(schemas));
			expect(files.filter((file) => !isSchema(file))).toEqual([...ofSources.flat(), ...others].sort());
			expect(folders.filter((schemas) => !files.some((file) => file.startsWith(schemas)))).toEqual([]);
		});

		test('has no install scripts and no dependencies', () => {
			const { scripts = {}, ...published } = manifest;
			const lifecycle =
				/^(pre|post)?(install|prepare|publish|pack|uninstall)$|^prepublishOnly$|^dependencies$/;
			const { pack: _, ...others } = scripts;
			expect(Object.keys(others).filter((name) => lifecycle.test(name))).toEqual([]);
			const bringing = [
				'dependencies',
				'optionalDependencies',
				'bundleDependencies',
				'bundledDependencies',
				'bin',
			];
			expect(Object.keys(published).filter((name) => bringing.includes(name))).toEqual([]);
			expect(published.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		});

		test('imports only its own files and what n8n provides', async () => {
			const { folder: host } = await ensureN8n();
			const ofN8n = createRequire(join(host, 'node_modules', 'n8n', 'package.json'));
			const scripts = files.filter((file) => file.endsWith('.js'));
			const asked = scripts.flatMap((file) =>
				preProcessFile(contentOf(file), true, true).importedFiles.map(({ fileName }) => ({ file, fileName })),
			);
			const unanswered = asked.filter(({ file, fileName }) => {
				if (fileName.startsWith('.')) return !resolves(createRequire(join(folder, file)), fileName);
				if (ofNode.includes(fileName)) return false;
				return !lentByN8n.includes(fileName) || !resolves(ofN8n, fileName);
			});
			expect(unanswered).toEqual([]);
			expect(asked.length).toBeGreaterThan(scripts.length);
		});

		test('contains no path of the build machine and no key', () => {
			const telling = [repository, homedir() + '/', ...secrets, 'sourceMappingURL', '-----BEGIN'];
			const found = files.flatMap((file) =>
				telling.filter((text) => contentOf(file).includes(text)).map((text) => ({ file, text })),
			);
			expect(found).toEqual([]);
		});

		test("loads in n8n's own loader without a warning", async () => {
			const { folder: host, node } = await ensureN8n();
			const n8n = join(host, 'node_modules', 'n8n');
			const program = `
				require('reflect-metadata');
				const { PackageDirectoryLoader } = require('n8n-core');
				const loader = new PackageDirectoryLoader(${JSON.stringify(folder)});
				loader.loadAll().then(() => console.log(JSON.stringify({ known: loader.known, types: loader.types })));
			`;
			const env = { PATH: process.env.PATH, NODE_PATH: join(host, 'node_modules'), N8N_LOG_LEVEL: 'warn' };
			const printed = await run(node, ['--eval', program], { cwd: n8n, env: { ...env, HOME: stateDir } });
			// A warning before the output would make it invalid JSON.
			const { known, types } = JSON.parse(printed) as Loaded;
			const classes = (paths: string[]) => paths.map((path) => /(\w+)\.\w+\.js$/.exec(path)?.[1]).sort();
			expect(
				Object.values(known.nodes)
					.map(({ className }) => className)
					.sort(),
			).toEqual(classes(manifest.n8n.nodes));
			expect(
				Object.values(known.credentials)
					.map(({ className }) => className)
					.sort(),
			).toEqual(classes(manifest.n8n.credentials));
			for (const { name, codex } of types.nodes) {
				expect({ name, codex }).toMatchObject({
					codex: { resources: { primaryDocumentation: expect.any(Array) } },
				});
			}
			for (const { name, iconUrl } of [...types.nodes, ...types.credentials]) {
				const urls = [iconUrl?.light, iconUrl?.dark].map((url) => url?.replace(`icons/${packageName}/`, ''));
				expect({ name, urls }).toEqual({
					name,
					urls: urls.filter((url) => url && existsSync(join(folder, url))),
				});
			}
		});
	});
}

async function filesIn(root: string): Promise<string[]> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	return paths.map((path) => relative(root, path)).sort();
}

/** Returns the schemas that n8n looks for, for each version of a node. */
function versionsOf(builtNode: string): number[] {
	const [className = ''] = basename(builtNode).split('.');
	const { [className]: Class } = createRequire(__filename)(builtNode) as Record<string, new () => INodeType>;
	if (Class === undefined) throw new Error(`${builtNode} exports no ${className}.`);
	return [new Class().description.version].flat();
}

function resolves(from: NodeJS.Require, name: string): boolean {
	try {
		return existsSync(from.resolve(name));
	} catch {
		return false;
	}
}

interface Loaded {
	known: Record<'nodes' | 'credentials', Record<string, { className: string }>>;
	types: Record<
		'nodes' | 'credentials',
		Array<{ name: string; codex?: object; iconUrl?: { light?: string; dark?: string } }>
	>;
}
