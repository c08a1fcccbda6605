/** Makes and checks the tarball that npm would publish. */
const { mkdir, rm } = require('node:fs/promises');
const { join, relative } = require('node:path');
const { BUILD, ROOT, refuse, run } = require('./tools');

const tarballOf = ({ manifest }, destination) =>
	join(destination, `${manifest.name}-${manifest.version}.tgz`);

/** Packs a package into a folder, throws if it isn't fit to publish, and returns npm's list of its files. */
async function makeTarball(thePackage, destination) {
	const { folder, manifest } = thePackage;
	await mkdir(destination, { recursive: true });
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
	const [{ files, size }] = Object.values(JSON.parse(await run('npm', args, { cwd: folder, read: true })));
	const tarball = relative(ROOT, tarballOf(thePackage, destination));
	const unpackedSize = files.reduce((sum, file) => sum + file.size, 0);
	console.log(`${tarball}: ${files.length} files, ${kB(unpackedSize)}; ${kB(size)} packed.`);
	const paths = files.map(({ path }) => path);
	refuse(faultsOfTarball(manifest, paths), `${tarball} is not fit to publish:`);
	return files;
}

/** Unpacks a package's tarball and returns the folder. */
async function unpack(thePackage, destination) {
	const folder = join(BUILD, 'unpacked', thePackage.manifest.name);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const tarball = tarballOf(thePackage, destination);
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	return folder;
}

function faultsOfTarball(manifest, paths) {
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

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

module.exports = { makeTarball, unpack };
