import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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

	test('publishes in the environment npm', () => {
		expect(jobOf(workflow, 'publish')).toMatch(/^ {4}environment: npm$/m);
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
