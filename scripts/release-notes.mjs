/**
 * Prints the notes of a release: its section of the changelog, and each tarball's checksum, which n8n needs to install
 * packages with N8N_COMMUNITY_PACKAGES where unverified ones are disabled.
 *
 *   node scripts/release-notes.mjs build/*.tgz build/packages/*.tgz > notes.md
 *
 * Fails unless there is a tarball for every package, all in the version of package.json.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (...path) => readFileSync(join(root, ...path), 'utf8');

const { name, version } = JSON.parse(read('package.json'));
const names = [name, ...readdirSync(join(root, 'packages')).filter((each) => each.startsWith('n8n-nodes-'))];
const tarballs = new Map(process.argv.slice(2).map((path) => [basename(path), path]));
const wanted = names.map((each) => `${each}-${version}.tgz`);
const missing = wanted.filter((file) => !tarballs.has(file));
const unknown = [...tarballs.keys()].filter((file) => !wanted.includes(file));
if (missing.length > 0 || unknown.length > 0) {
	for (const file of missing) console.error(`Missing tarball: ${file}.`);
	for (const file of unknown) console.error(`Unexpected tarball: ${file}. The version is ${version}.`);
	process.exit(1);
}

const packages = names.map((each) => {
	const tarball = readFileSync(tarballs.get(`${each}-${version}.tgz`));
	const checksum = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
	return { name: each, version, checksum };
});

console.log(`${changesOf(version)}

## Checksums

| package | checksum (npm's \`dist.integrity\`) |
| --- | --- |
${packages.map((each) => `| \`${each.name}\` | \`${each.checksum}\` |`).join('\n')}

If your n8n disables unverified packages, as n8n 3 does by default, set these variables to install ${name}:

\`\`\`sh
N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV=true
N8N_COMMUNITY_PACKAGES='${JSON.stringify(packages.slice(0, 1))}'
\`\`\`

With these variables, n8n uninstalls all community packages that aren't listed in \`N8N_COMMUNITY_PACKAGES\`.`);

/** Returns the changelog's section about a version, without its heading. */
function changesOf(wantedVersion) {
	const sections = read('CHANGELOG.md').split(/^## /m);
	const section = sections.find((each) => each.startsWith(`[${wantedVersion}]`));
	if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${wantedVersion}.`);
	return section.slice(section.indexOf('\n')).trim();
}
