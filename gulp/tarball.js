/** Makes and checks the tarball that npm would publish. */
const { mkdir, rm } = require('node:fs/promises');
const { join, relative } = require('node:path');
const { BUILD, ROOT, refuse, run } = require('./tools');

const tarballOf = ({ manifest }, destination) =>
	join(destination, `${manifest.name}-${manifest.version}.tgz`);

/** Packs packages into a folder. Throws if one isn't fit to publish. Returns npm's list of the files of each. */
async function makeTarballs(packages, destination) {
	await mkdir(destination, { recursive: true });
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
	const folders = packages.map(({ folder }) => folder);
	const packed = Object.values(JSON.parse(await run('npm', [...args, ...folders], { read: true })));
	return packages.map((each) => {
		const { files, size } = packed.find(({ name }) => name === each.manifest.name);
		const tarball = relative(ROOT, tarballOf(each, destination));
		const unpackedSize = files.reduce((sum, file) => sum + file.size, 0);
		console.log(`${tarball}: ${files.length} files, ${kB(unpackedSize)}; ${kB(size)} packed.`);
		const paths = files.map(({ path }) => path);
		refuse(faultsOfTarball(each.manifest, paths), `${tarball} can't be published:`);
		return files;
	});
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
		'CHANGELOG.md',
	];
	return [
		...paths
			.filter((path) => !wanted.test(path) || unwanted.test(path))
			.map(
				(path) => `${path} doesn't belong in it: check "files" in package.json, and what wrote it to dist.`,
			),
		...needed.filter((path) => !paths.includes(path)).map((path) => `${path} is not in it.`),
	];
}

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

module.exports = { makeTarballs, unpack };
