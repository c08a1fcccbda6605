/** Scans a package as n8n does after it is published: the source, and with fewer rules the tarball. */
const { join, relative } = require('node:path');
const { ESLint } = require('eslint');
const { ROOT, plainError, refuse } = require('./tools');

/**
 * Throws if n8n's scanner would reject a package or find anything to warn about.
 * @param committed where the scanner finds the package in this repository. It follows the links there, ESLint doesn't.
 */
async function scanPackage({ folder, manifest }, unpacked, committed = folder) {
	const { SOURCE_FILE_PATTERNS, findPackageRoot } =
		await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const found = findPackageRoot(committed, manifest.name);
	if (found === null) throw plainError(`n8n's scanner doesn't find ${manifest.name} in ${committed}.`);
	const faults = [
		...(await scanFolder('source', folder, SOURCE_FILE_PATTERNS, found)),
		...(await scanFolder('tarball', unpacked, ['**/*.js', 'package.json'])),
	];
	refuse(faults, `n8n's scanner would reject ${manifest.name}:`);
}

/** Returns the scanner's findings, including the warnings that it doesn't report. */
async function scanFolder(what, folder, patterns, judged = folder) {
	const { analyzePackage, buildScanConfig } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const verdict = await analyzePackage(judged, patterns);
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	console.log(`Scanned the ${what} in ${relative(ROOT, folder) || '.'}: ${results.length} files.`);
	const findings = results.flatMap(({ filePath, messages }) =>
		messages.map(({ line, column, severity, ruleId, message }) => {
			const place = `${relative(ROOT, filePath)}:${line}:${column}`;
			return `${place} ${severity === 2 ? 'error' : 'warning'} ${ruleId}: ${message}`;
		}),
	);
	return findings.length > 0 || verdict.passed
		? findings
		: [`The ${what}: ${verdict.message}\n${verdict.details}`];
}

module.exports = { scanPackage };
