/** Lints the packages of the services as their developers would: with `n8n-node lint`, in strict mode. */
const { rm, symlink } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const tsx = require('tsx/cjs/api');
const { run } = require('./tools');

const { installOnce, npmCi } = tsx.require('../test/host/sub-package.ts', __filename);

/** Returns the folder with n8n's command line tool. It is as large as n8n's code that it brings along. */
async function ensureNodeCli() {
	console.log("n8n's linter: 500 MB on disk, downloaded once.");
	return await installOnce(join(__dirname, 'n8n-node-cli'), 'n8n-node-cli', npmCi);
}

/** Throws if the linter finds something in packages. They need `eslint.config.mjs` and `n8n.strict`. */
async function lintStrictly(packages) {
	const modules = join(await ensureNodeCli(), 'node_modules');
	const program = join(modules, '@n8n/node-cli/bin/n8n-node.mjs');
	// In the parent folder, so that none of it becomes a part of a package.
	const link = join(dirname(packages[0].folder), 'node_modules');
	await rm(link, { force: true });
	await symlink(modules, link);
	try {
		for (const { folder, manifest } of packages) {
			console.log(`n8n-node lint, strict, on ${manifest.name}:`);
			await run(process.execPath, [program, 'lint'], { cwd: folder });
		}
	} finally {
		await rm(link, { force: true });
	}
}

module.exports = { lintStrictly };
