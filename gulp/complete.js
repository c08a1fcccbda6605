/** Finds what n8n couldn't load. n8n only logs a line about it and continues without it. */
const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { instanceOf, refuse } = require('./tools');

/** Throws if a built package lacks something that n8n needs. */
function checkComplete({ folder, manifest }) {
	const { nodes, credentials } = manifest.n8n;
	const faults = [
		...nodes.flatMap((path) => faultsOfNode(folder, path, manifest.name)),
		...credentials.flatMap((path) => faultsOfCredential(folder, path)),
	];
	refuse(faults, `The build of ${manifest.name} lacks something that n8n needs:`);
	console.log(
		`${manifest.name}: ${nodes.length} nodes and ${credentials.length} credential types, complete.`,
	);
}

function faultsOfNode(folder, path, packageName) {
	if (!existsSync(join(folder, path))) return [missing(path)];
	const { name, icon } = instanceOf(join(folder, path)).description;
	const codex = path.replace(/\.js$/, '.json');
	return [...faultsOfCodex(folder, codex, `${packageName}.${name}`), ...faultsOfIcon(folder, path, icon)];
}

function faultsOfCredential(folder, path) {
	if (!existsSync(join(folder, path))) return [missing(path)];
	return faultsOfIcon(folder, path, instanceOf(join(folder, path)).icon);
}

function faultsOfCodex(folder, path, expected) {
	if (!existsSync(join(folder, path)))
		return [`${path} is missing: write the node's codex beside its .node.ts file.`];
	let codex;
	try {
		codex = JSON.parse(readFileSync(join(folder, path), 'utf8'));
	} catch (error) {
		return [`${path} is not valid JSON: ${error.message}`];
	}
	return codex.node === expected ? [] : [`${path} says "node": "${codex.node}"; make it "${expected}".`];
}

function faultsOfIcon(folder, path, icon) {
	if (!icon?.light || !icon?.dark)
		return [`${path} needs an icon for the light and one for the dark canvas.`];
	return [icon.light, icon.dark]
		.map((reference) => join(dirname(path), reference.replace('file:', '')))
		.filter((file) => !existsSync(join(folder, file)))
		.map((file) => `${path} names an icon that doesn't exist: ${file}`);
}

const missing = (path) =>
	`${path} doesn't exist: correct its name under "n8n" in package.json, or write ${path
		.replace(/^dist\//, '')
		.replace(/\.js$/, '.ts')}.`;

module.exports = { checkComplete };
