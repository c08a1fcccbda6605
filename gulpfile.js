/**
 * The build, the tarball and n8n's own gate. Everything that n8n loads comes out of `dist`:
 *
 *   npm run build   compile, copy what tsc leaves behind, check that n8n will find it all
 *   npm run pack    build, then make the tarball that npm would publish and look inside it
 *   npm run scan    pack, then ask n8n's community package scanner about the source and the tarball
 *   npm run watch   build, then again whenever a file changes
 */
const { spawn } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { mkdir, readdir, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const { dest, parallel, series, src, watch } = require('gulp');
const manifest = require('./package.json');

const ASSETS = ['nodes', 'credentials'].flatMap((folder) =>
	['*.{svg,png}', '*.node.json'].map((files) => `${folder}/**/${files}`),
);
const TARBALL = join('build', `${manifest.name}-${manifest.version}.tgz`);
const UNPACKED = join('build', 'package');

const clean = () => rm('dist', { recursive: true, force: true });

const compile = () => run('tsc', ['--project', 'tsconfig.json']);

const assets = () => src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));

/** Says what each operation's items look like, so that n8n offers their fields before a first run. */
async function schemas() {
	const { toJSONSchema } = require('zod/v4');
	const { canonicalEventSchema } = require('./dist/nodes/shared/event');
	const { resultSchema, summarySchema } = require('./dist/nodes/shared/delivery');
	const write = async (folder, path, schema) => {
		const file = join(folder, '__schema__', 'v1.0.0', `${path}.json`);
		await mkdir(dirname(file), { recursive: true });
		const { $schema: _, ...body } = toJSONSchema(schema);
		await writeFile(file, JSON.stringify({ ...body, version: 1 }, undefined, 2));
	};
	for (const folder of new Set(manifest.n8n.nodes.map(dirname))) {
		const providers = (await readdir(folder)).filter((file) => file.endsWith('.provider.js'));
		if (providers.length === 0) await write(folder, 'output', canonicalEventSchema);
		for (const file of providers) {
			const [provider] = Object.values(require(join(__dirname, folder, file)));
			for (const { resource, operation, reports, responseSchema: response } of provider.operations) {
				const result = response === undefined ? resultSchema : resultSchema.extend({ response });
				await write(folder, join(resource, operation), reports === 'each' ? result : summarySchema);
			}
		}
	}
}

/** n8n skips what it cannot load with a line in its log; better to hear of it here. */
async function check() {
	const { nodes, credentials } = manifest.n8n;
	const faults = [...nodes.flatMap(faultsOfNode), ...credentials.flatMap(faultsOfCredential)];
	refuse(faults, 'The build lacks something that n8n needs:');
	console.log(`${nodes.length} nodes and ${credentials.length} credential types, complete.`);
}

const build = series(clean, parallel(compile, assets), schemas, check);

async function makeTarball() {
	await mkdir('build', { recursive: true });
	for (const file of await readdir('build')) if (file.endsWith('.tgz')) await rm(join('build', file));
	const out = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', 'build'], 'read');
	const [{ files, size }] = Object.values(JSON.parse(out));
	for (const file of files) console.log(`${String(file.size).padStart(9)}  ${file.path}`);
	console.log(
		`${files.length} files, ${kB(files.reduce((sum, file) => sum + file.size, 0))}; ${kB(size)} packed.`,
	);
	refuse(faultsOfTarball(files.map((file) => file.path)), `${TARBALL} is not fit to publish:`);
}

async function unpack() {
	await rm(UNPACKED, { recursive: true, force: true });
	await mkdir(UNPACKED, { recursive: true });
	await run('tar', ['-xzf', TARBALL, '-C', UNPACKED, '--strip-components=1']);
}

/** What n8n does with a published package: it scans the source and, more lightly, what was built from it. */
async function scanBoth() {
	const { SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const faults = [
		...(await scanFolder('source', '.', SOURCE_FILE_PATTERNS)),
		...(await scanFolder('tarball', UNPACKED, ['**/*.js', 'package.json'])),
	];
	refuse(faults, "n8n's scanner would turn this package down:");
}

const pack = series(build, makeTarball);
const scan = series(pack, unpack, scanBoth);

const watchAssets = () => watch(ASSETS, assets);
const watchSources = () => run('tsc', ['--project', 'tsconfig.json', '--watch', '--preserveWatchOutput']);

module.exports = {
	clean,
	compile,
	assets,
	schemas,
	build,
	pack,
	scan,
	watch: series(build, parallel(watchAssets, watchSources)),
	default: build,
};

function faultsOfNode(path) {
	if (!existsSync(path)) return [missing(path)];
	const { name, icon } = instanceOf(path).description;
	return [...faultsOfCodex(path.replace(/\.js$/, '.json'), name), ...faultsOfIcon(path, icon)];
}

function faultsOfCredential(path) {
	return existsSync(path) ? faultsOfIcon(path, instanceOf(path).icon) : [missing(path)];
}

function faultsOfCodex(path, nodeName) {
	if (!existsSync(path)) return [`${path} is missing: write the node's codex beside its .node.ts file.`];
	const expected = `${manifest.name}.${nodeName}`;
	let codex;
	try {
		codex = JSON.parse(readFileSync(path, 'utf8'));
	} catch (error) {
		return [`${path} is not valid JSON: ${error.message}`];
	}
	return codex.node === expected ? [] : [`${path} says "node": "${codex.node}"; make it "${expected}".`];
}

function faultsOfIcon(path, icon) {
	if (!icon?.light || !icon?.dark)
		return [`${path} needs an icon for the light and one for the dark canvas.`];
	return [icon.light, icon.dark]
		.map((reference) => join(dirname(path), reference.replace('file:', '')))
		.filter((file) => !existsSync(file))
		.map((file) => `${path} names an icon that is not there: ${file}`);
}

function faultsOfTarball(paths) {
	const wanted = /^(dist\/.+\.(js|json|svg|png)|package\.json|README\.md|LICENSE\.md|CHANGELOG\.md)$/;
	const unwanted = /(^|\/)(test|__tests__)\/|\.test\.js$|^dist\/package\.json$/;
	const needed = [
		...manifest.n8n.nodes,
		...manifest.n8n.credentials,
		'package.json',
		'README.md',
		'LICENSE.md',
	];
	return [
		...paths
			.filter((path) => !wanted.test(path) || unwanted.test(path))
			.map((path) => `${path} does not belong in it: see "files" in package.json, or what put it in dist.`),
		...needed.filter((path) => !paths.includes(path)).map((path) => `${path} is not in it.`),
	];
}

/** The scanner's verdict, and the warnings that it would pass over in silence. */
async function scanFolder(what, folder, patterns) {
	const { analyzePackage, buildScanConfig } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const { ESLint } = require('eslint');
	const verdict = await analyzePackage(join(__dirname, folder), patterns);
	const eslint = new ESLint({
		cwd: join(__dirname, folder),
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	console.log(`Scanned the ${what}: ${results.length} files.`);
	const findings = results.flatMap(({ filePath, messages }) =>
		messages.map(({ line, column, severity, ruleId, message }) => {
			const place = `${relative(__dirname, filePath)}:${line}:${column}`;
			return `${place} ${severity === 2 ? 'error' : 'warning'} ${ruleId}: ${message}`;
		}),
	);
	return findings.length > 0 || verdict.passed ? findings : [`The ${what}: ${verdict.message}`];
}

const missing = (path) =>
	`${path} is not there: correct its name under "n8n" in package.json, or write ${path
		.replace(/^dist\//, '')
		.replace(/\.js$/, '.ts')}.`;

/** As n8n does it: the class has the name of its file. */
function instanceOf(path) {
	const [className] = basename(path).split('.');
	const Class = require(join(__dirname, path))[className];
	if (!Class)
		throw plainError(`${path} must export a class named ${className}: n8n goes by the file's name.`);
	return new Class();
}

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

function refuse(faults, headline) {
	if (faults.length > 0) throw plainError([headline, ...faults.map((fault) => `  - ${fault}`)].join('\n'));
}

/** The stack of a build script tells nobody anything. */
const plainError = (message) => Object.assign(new Error(message), { showStack: false });

/** Runs a program, of this project if it has it; with 'read' its output is returned, else shown. */
function run(program, args, output = 'show') {
	const local = join(__dirname, 'node_modules', '.bin', program);
	const child = spawn(existsSync(local) ? local : program, args, {
		stdio: ['ignore', output === 'read' ? 'pipe' : 'inherit', 'inherit'],
		shell: process.platform === 'win32',
	});
	let text = '';
	child.stdout?.on('data', (chunk) => (text += chunk));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) =>
			code === 0
				? resolve(text)
				: reject(plainError(`${program} ended with exit code ${code}; what it found is above.`)),
		);
	});
}
