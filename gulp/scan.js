/** Scans a package as n8n does after it is published: the source, and with fewer rules the tarball. */
const { relative } = require('node:path');
const { ESLint } = require('eslint');
const { ROOT, plainError, refuse } = require('./tools');

/** Throws if n8n's scanner would reject this package, or finds anything to warn about. */
async function scanWhole({ folder, manifest }, unpacked) {
	const { SOURCE_FILE_PATTERNS } = await scanner();
	const faults = [
		...(await rejection('source', await rootIn(folder, manifest), SOURCE_FILE_PATTERNS)),
		...(await findings(folder, SOURCE_FILE_PATTERNS)),
		...(await rejection('tarball', unpacked, BUILT_FILE_PATTERNS)),
		...(await findings(unpacked, BUILT_FILE_PATTERNS)),
	];
	refuse(faults, `n8n's scanner would reject ${manifest.name}:`);
}

/**
 * Throws if n8n's scanner would reject a package that was cut out of this one. The sources are the same, so `scanWhole`
 * has the warnings about them.
 * @param committed where the scanner finds the package in this repository. It follows the links there.
 */
async function scanCut({ folder, manifest }, unpacked, committed) {
	const { SOURCE_FILE_PATTERNS } = await scanner();
	const faults = [
		...(await rejection('source', await rootIn(committed, manifest), SOURCE_FILE_PATTERNS)),
		...(await findings(folder, ['package.json'])),
		...(await rejection('tarball', unpacked, BUILT_FILE_PATTERNS)),
	];
	refuse(faults, `n8n's scanner would reject ${manifest.name}:`);
}

const BUILT_FILE_PATTERNS = ['**/*.js', 'package.json'];

const scanner = async () => await import('@n8n/scan-community-package/scanner/scanner.mjs');

/** Returns the folder in which the scanner finds a package. */
async function rootIn(committed, { name }) {
	const { findPackageRoot } = await scanner();
	const found = findPackageRoot(committed, name);
	if (found === null) throw plainError(`n8n's scanner doesn't find ${name} in ${committed}.`);
	return found;
}

/** Returns why the scanner rejects a folder, if it does. */
async function rejection(what, folder, patterns) {
	const { analyzePackage } = await scanner();
	const { passed, message, details } = await analyzePackage(folder, patterns);
	console.log(`Scanned the ${what} in ${relative(ROOT, folder) || '.'}.`);
	return passed ? [] : [`The ${what}: ${message}\n${details}`];
}

/** Returns what the scanner's rules find, including the warnings that the scanner doesn't report. */
async function findings(folder, patterns) {
	const { buildScanConfig } = await scanner();
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	return results.flatMap(({ filePath, messages }) =>
		messages.map(({ line, column, severity, ruleId, message }) => {
			const place = `${relative(ROOT, filePath)}:${line}:${column}`;
			return `${place} ${severity === 2 ? 'error' : 'warning'} ${ruleId}: ${message}`;
		}),
	);
}

module.exports = { scanCut, scanWhole };
