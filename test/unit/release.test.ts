import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json';

const root = join(__dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

/** The part of a workflow that describes one job. */
function jobOf(workflow: string, name: string): string {
	const [, job = ''] = new RegExp(`\\n {2}${name}:\\n((?: {4}.*\\n|\\n)+)`).exec(workflow) ?? [];
	return job;
}

describe('publishing', () => {
	const workflow = read('.github', 'workflows', 'publish.yml');

	test('stops at a tag whose commit is not on main, before anything is built', () => {
		const build = jobOf(workflow, 'build');
		const check = build.indexOf('git merge-base --is-ancestor "$GITHUB_SHA" origin/main ||');
		expect(check).toBeGreaterThan(build.indexOf('fetch-depth: 0'));
		expect(build.indexOf('npm run scan')).toBeGreaterThan(check);
		expect(jobOf(workflow, 'publish')).toMatch(/^ {4}needs: \[ci, build\]$/m);
	});

	test('publishes every package in the environment npm, then the release notes', () => {
		expect(jobOf(workflow, 'publish')).toMatch(/^ {4}environment: npm$/m);
		expect(jobOf(workflow, 'build')).toContain('cp build/*.tgz build/packages/*.tgz release');
		expect(jobOf(workflow, 'release')).toMatch(/^ {4}needs: \[publish\]$/m);
	});

	test('runs only actions that are pinned to a commit', () => {
		const files = readdirSync(join(root, '.github', 'workflows'));
		const actions = files.flatMap((file) => [
			...read('.github', 'workflows', file).matchAll(/uses: ([^.\s]\S*)/g),
		]);
		expect(actions.length).toBeGreaterThan(3);
		for (const [, action] of actions) expect(action).toMatch(/@[0-9a-f]{40}$/);
	});
});

test('each image in deploy/ is pinned to a full version', () => {
	const images = [
		...[...read('deploy', 'compose.yml').matchAll(/image: (\S+)/g)].map(([, image = '']) => image),
		read('deploy', 'Dockerfile').match(/N8N_VERSION=(\S+)/)?.[1] ?? '',
	].filter((image) => image !== 'n8n-with-customer-events');
	expect(images).toHaveLength(4);
	for (const image of images) expect(image).toMatch(/(^|:)\d+\.\d+(\.\d+)?$/);
	expect(images.join(' ')).not.toMatch(/:\d+(\s|$)/);
});

test('the form for bug reports offers every node', () => {
	const form = read('.github', 'ISSUE_TEMPLATE', 'bug.yml');
	for (const built of manifest.n8n.nodes) {
		const [, name] = /^\t\tdisplayName: '(.+)',$/m.exec(read(sourceOf(built))) ?? [];
		expect(form).toContain(`        - ${name}\n`);
	}
});

const sourceOf = (built: string) => built.replace(/^dist\//, '').replace(/\.js$/, '.ts');

describe('the release notes', () => {
	let folder: string;
	beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'customer-events-release-'))));
	afterEach(() => rmSync(folder, { recursive: true }));

	const packages = readdirSync(join(root, 'packages'));

	function notesFor(names: string[]) {
		const tarballs = names.map((name) => join(folder, `${name}-${manifest.version}.tgz`));
		for (const tarball of tarballs) writeFileSync(tarball, tarball);
		const args = [join(root, 'scripts', 'release-notes.mjs'), ...tarballs];
		const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
		return { status, stdout, stderr, tarballs };
	}

	test('have the changes, and the checksum of each tarball in the form that npm and n8n use', () => {
		const { status, stdout, tarballs } = notesFor([manifest.name, ...packages]);
		expect(status).toBe(0);
		expect(stdout).toContain('Customer Events Trigger');
		expect(tarballs).toHaveLength(6);
		for (const tarball of tarballs) {
			expect(stdout).toContain(`sha512-${createHash('sha512').update(tarball).digest('base64')}`);
		}
	});

	test('are not written when a tarball is missing', () => {
		const { status, stdout, stderr } = notesFor([manifest.name, ...packages.slice(1)]);
		expect([status, stdout]).toEqual([1, '']);
		expect(stderr).toContain(packages[0]);
	});
});

describe('packages/, the sources of the packages that n8n looks for', () => {
	const packages = readdirSync(join(root, 'packages'));

	test.each(packages)('%s has the version of the main package', (name) => {
		const { version, n8n } = JSON.parse(read('packages', name, 'package.json')) as typeof manifest;
		expect(version).toBe(manifest.version);
		for (const built of [...n8n.nodes, ...n8n.credentials]) {
			const source = sourceOf(built);
			expect(read('packages', name, source)).toBe(read(source));
		}
	});
});
