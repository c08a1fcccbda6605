/**
 * Cuts a package for each service out of this one: the service's nodes, their credential type and the shared code that
 * they need. n8n verifies only packages of one service.
 */
const { existsSync, readFileSync } = require('node:fs');
const { cp, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const { groupBy, lowerFirst, memoize, uniq } = require('lodash');
const ts = require('typescript');
const { changelogOf } = require('./service-changelog');
const { readmeOf } = require('./service-readme');
const { BUILD, ROOT, instanceOf, packageIn, refuse } = require('./tools');

const CUTS = join(BUILD, 'packages');
/** Where n8n's scanner looks for the sources of a published package, in the commit that its provenance names. */
const COMMITTED = join(ROOT, 'packages');

/** What `n8n-node lint` wants in strict mode, to the letter. */
const ESLINT_CONFIG = `import { config } from '@n8n/node-cli/eslint';

export default config;
`;

const folderOf = ({ name }) => join(CUTS, name);

/** Writes the folder of every package: the sources that it needs, and their part of `dist`. */
async function cutServices() {
	await rm(CUTS, { recursive: true, force: true });
	for (const service of await services()) await cut(service);
}

/** Returns the packages that `cutServices` has written. */
async function cutPackages() {
	return (await services()).map((service) => packageIn(folderOf(service)));
}

/** Writes the folder of each package in `packages`: its package.json, and links to its sources. */
async function writeCommitted() {
	for (const service of await services()) {
		const folder = join(COMMITTED, service.name);
		await rm(folder, { recursive: true, force: true });
		for (const path of linksOf(service)) {
			await mkdir(dirname(join(folder, path)), { recursive: true });
			await symlink(targetOf(folder, path), join(folder, path));
		}
		await writeFile(join(folder, 'package.json'), asJson(manifestOf(service)));
	}
}

/** Throws if `packages` is not what `writeCommitted` would write. */
async function checkCommitted() {
	const faults = [];
	for (const service of await services()) {
		const folder = join(COMMITTED, service.name);
		const manifest = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '');
		const links = await Promise.all(
			linksOf(service).map(
				async (path) => (await readlink(join(folder, path)).catch(() => '')) === targetOf(folder, path),
			),
		);
		if (manifest !== asJson(manifestOf(service)) || links.includes(false))
			faults.push(relative(ROOT, folder));
	}
	refuse(faults, 'Run `npm run pack:services` and commit what it changes in:');
}

const linksOf = ({ folder, credentials }) => [folder, 'nodes/shared', ...credentials.map(sourceOf)];

const targetOf = (folder, path) => relative(dirname(join(folder, path)), join(ROOT, path));

/** Returns the services: the folders of nodes listed under "n8n" in package.json that have a provider file. */
async function services() {
	const { manifest } = packageIn(ROOT);
	const folders = groupBy(manifest.n8n.nodes, (node) => dirname(sourceOf(node)));
	const found = [];
	for (const [folder, nodes] of Object.entries(folders)) {
		const files = await readdir(join(ROOT, folder));
		if (!files.some((file) => file.endsWith('.provider.ts'))) continue;
		found.push(await serviceIn(folder, files, nodes));
	}
	return found;
}

/** The node with the name of the folder describes the package. A trigger is in the same folder. */
async function serviceIn(folder, files, built) {
	const { manifest } = packageIn(ROOT);
	const nodes = await Promise.all(
		built.map(async (node) => ({
			node,
			description: instanceOf(join(ROOT, node)).description,
			codex: JSON.parse(await readFile(join(ROOT, node.replace(/\.js$/, '.json')), 'utf8')),
		})),
	);
	const { description, codex } = nodes.find(({ node }) => basename(node) === `${basename(folder)}.node.js`);
	const wanted = nodes.flatMap((each) => each.description.credentials.map(({ name }) => name));
	const credentials = manifest.n8n.credentials.filter((file) =>
		wanted.includes(instanceOf(join(ROOT, file)).name),
	);
	const ofCredentials = credentials.flatMap((file) =>
		Object.values(instanceOf(join(ROOT, file)).icon).map((icon) =>
			join('credentials', icon.replace('file:', '')),
		),
	);
	const ofNodes = files.filter((file) => /\.(svg|png)$/.test(file)).map((file) => join(folder, file));
	return {
		name: `n8n-nodes-${basename(folder).toLowerCase()}`,
		folder,
		description,
		codex,
		nodes,
		credentials,
		icons: uniq([...ofNodes, ...ofCredentials]),
	};
}

async function cut(service) {
	const { name, folder, nodes, credentials, icons } = service;
	const to = folderOf(service);
	const copy = (path) => cp(join(ROOT, path), join(to, path), { recursive: true });
	const write = async (path, text) => {
		await mkdir(dirname(join(to, path)), { recursive: true });
		await writeFile(join(to, path), text);
	};
	const sources = sourcesBehind([...nodes.map(({ node }) => node), ...credentials].map(sourceOf));
	const built = [
		...sources.map((path) => path.replace(/\.ts$/, '.js')),
		...icons,
		join(folder, '__schema__'),
	];
	await Promise.all([...sources, ...icons, ...built.map((path) => join('dist', path))].map(copy));
	for (const { node, description, codex } of nodes) {
		const ownCodex = asJson({ ...codex, node: `${name}.${description.name}` });
		await write(node.replace(/\.js$/, '.json'), ownCodex);
		await write(sourceOf(node).replace(/\.ts$/, '.json'), ownCodex);
	}

	await copy('LICENSE.md');
	await write('package.json', asJson(manifestOf(service)));
	await write('README.md', await readmeOf(service));
	await write('CHANGELOG.md', await changelogOf(service));
	await write('eslint.config.mjs', ESLINT_CONFIG);
}

const asJson = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

function manifestOf({ name, folder, description, nodes, credentials, codex }) {
	const { manifest } = packageIn(ROOT);
	return {
		name,
		version: manifest.version,
		description: `n8n node for ${description.displayName}: ${lowerFirst(description.description)}`,
		keywords: ['n8n-community-node-package', 'n8n', basename(folder).toLowerCase(), ...codex.alias],
		license: manifest.license,
		homepage: codex.resources.primaryDocumentation[0].url,
		bugs: manifest.bugs,
		repository: { ...manifest.repository, directory: `packages/${name}` },
		author: manifest.author,
		engines: manifest.engines,
		files: manifest.files,
		n8n: { ...manifest.n8n, strict: true, credentials, nodes: nodes.map(({ node }) => node) },
		peerDependencies: manifest.peerDependencies,
	};
}

/** Returns these files of ours and all that they import, also indirectly. */
function sourcesBehind(entries) {
	const found = new Set(entries);
	for (const path of found) {
		for (const imported of importsOf(path)) found.add(imported);
	}
	return [...found];
}

const importsOf = memoize((path) => {
	const text = readFileSync(join(ROOT, path), 'utf8');
	const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
	const names = statements.flatMap(({ moduleSpecifier }) => moduleSpecifier?.text ?? []);
	const own = names.filter((name) => name.startsWith('.')).map((name) => join(dirname(path), name));
	return own.map((module) =>
		existsSync(join(ROOT, `${module}.ts`)) ? `${module}.ts` : join(module, 'index.ts'),
	);
});

/** `dist/nodes/SuprSend/SuprSend.node.js` is compiled from `nodes/SuprSend/SuprSend.node.ts`. */
const sourceOf = (built) => relative('dist', built).replace(/\.js$/, '.ts');

module.exports = { COMMITTED, CUTS, checkCommitted, cutPackages, cutServices, writeCommitted };
