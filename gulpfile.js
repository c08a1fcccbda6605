/**
 * The tasks of build, pack and scan. How each of them works is in `gulp/`.
 *
 *   npm run build           compiles, copies what isn't TypeScript, checks that n8n will find everything
 *   npm run pack            builds, makes the tarball that npm would publish, and checks it
 *   npm run pack:services   builds, cuts a package for each service, packs them, and updates `packages`
 *   npm run scan            packs all of them, and runs n8n's scanner on sources and tarballs, and n8n's strict lint
 *   npm run watch           builds, and builds again after every change
 */
const { parallel, series } = require('gulp');
const { clean, compile, assets, schemas, build, buildAndWatch } = require('./gulp/build');
const { checkComplete } = require('./gulp/complete');
const { scanCut, scanWhole } = require('./gulp/scan');
const {
	COMMITTED,
	CUTS,
	checkCommitted,
	cutPackages,
	cutServices,
	writeCommitted,
} = require('./gulp/services');
const { lintStrictly } = require('./gulp/strict-lint');
const { makeTarballs, unpack } = require('./gulp/tarball');
const { BUILD, ROOT, packageIn } = require('./gulp/tools');

const whole = packageIn(ROOT);

async function makeTarball() {
	return await makeTarballs([whole], BUILD);
}

async function packWhole() {
	const [files] = await makeTarball();
	for (const { path, size } of files) console.log(`${String(size).padStart(9)}  ${path}`);
}

async function packCuts() {
	const cuts = await cutPackages();
	for (const cut of cuts) checkComplete(cut);
	await makeTarballs(cuts, CUTS);
}

async function scanAll() {
	await scanWhole(whole, await unpack(whole, BUILD));
	for (const cut of await cutPackages()) await scanCut(cut, await unpack(cut, CUTS), COMMITTED);
}

async function lintCuts() {
	await lintStrictly(await cutPackages());
}

/** Needs `dist`. */
const services = series(cutServices, packCuts);

const pack = series(build, packWhole);
const packServices = series(build, services, writeCommitted);
const scan = series(build, makeTarball, services, checkCommitted, parallel(scanAll, lintCuts));

module.exports = {
	clean,
	compile,
	assets,
	schemas,
	build,
	pack,
	services,
	packServices,
	scan,
	watch: buildAndWatch,
	default: build,
};
