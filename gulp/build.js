/** Builds `dist`, which has everything that n8n loads. */
const { mkdir, readdir, rm, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { dest, parallel, series, src, watch } = require('gulp');
const { checkComplete } = require('./complete');
const { BUILD, ROOT, instanceOf, packageIn, run } = require('./tools');

const ASSETS = ['nodes', 'credentials'].flatMap((folder) =>
	['*.{svg,png}', '*.node.json'].map((files) => `${folder}/**/${files}`),
);

/** Removes `dist` and the tarballs made of it, so that no tarball is older than `dist`. */
async function clean() {
	const tarballs = (await readdir(BUILD).catch(() => [])).filter((file) => file.endsWith('.tgz'));
	for (const file of tarballs) await rm(join(BUILD, file));
	await rm('dist', { recursive: true, force: true });
}

const compile = () => run('tsc', ['--project', 'tsconfig.json']);

const assets = () => src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));

/** Writes the schema of each operation's output, so that n8n offers its fields before the first run. */
async function schemas() {
	const { looseObject, toJSONSchema } = require('zod/v4');
	const { canonicalEventSchema } = require('../dist/nodes/shared/event');
	const { resultSchema, summarySchema } = require('../dist/nodes/shared');
	const { manifest } = packageIn(ROOT);
	const versionsIn = (folder) => {
		const nodes = manifest.n8n.nodes.filter((path) => dirname(path) === folder);
		return new Set(nodes.flatMap((path) => instanceOf(join(ROOT, path)).description.version));
	};
	const write = async (folder, path, schema) => {
		const { $schema: _, ...body } = toJSONSchema(schema);
		for (const version of versionsIn(folder)) {
			const file = join(folder, '__schema__', `v${version}.0.0`, `${path}.json`);
			await mkdir(dirname(file), { recursive: true });
			await writeFile(file, JSON.stringify({ ...body, version: 1 }, undefined, 2));
		}
	};
	for (const folder of new Set(manifest.n8n.nodes.map(dirname))) {
		const providers = (await readdir(folder)).filter((file) => file.endsWith('.provider.js'));
		if (providers.length === 0) await write(folder, 'output', canonicalEventSchema);
		for (const file of providers) {
			const [provider] = Object.values(require(join(ROOT, folder, file)));
			for (const { resource, operation, summary, result = {} } of provider.operations) {
				const { schema: response, entity } = result;
				const item = response === undefined ? resultSchema : resultSchema.extend({ response });
				const output = entity === undefined ? item : (response ?? looseObject({}));
				await write(folder, join(resource, operation), summary === true ? summarySchema : output);
			}
		}
	}
}

async function check() {
	checkComplete(packageIn(ROOT));
}

const build = series(clean, parallel(compile, assets), schemas, check);

const watchAssets = () => watch(ASSETS, assets);
const watchSources = () => run('tsc', ['--project', 'tsconfig.json', '--watch', '--preserveWatchOutput']);
const buildAndWatch = series(build, parallel(watchAssets, watchSources));

module.exports = { clean, compile, assets, schemas, build, buildAndWatch };
