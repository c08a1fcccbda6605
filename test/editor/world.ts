import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import manifest from '../../package.json';
import { secrets } from '../sandbox/credentials';
import { startSandbox, type Sandbox } from '../sandbox';
import { launchBrowser } from '../host/browser';
import { startN8n, type RunningN8n } from '../host/n8n-process';
import { packPackage } from '../host/package';
import type { Browser } from '../host/playwright';
import { Editor } from './editor';

/** A real n8n with this package, its editor with a signed-in user, and a sandbox that simulates the services. */
export interface World {
	n8n: RunningN8n;
	sandbox: Sandbox;
	editor: Editor;
}

const BUILD = join(__dirname, '..', '..', 'build', 'editor');

/** Returns the description of a node's type that n8n serves to its editor. */
export async function typeOf(n8n: RunningN8n, node: string): Promise<INodeTypeDescription> {
	const types = await n8n.nodeTypes();
	const type = types.find(({ name }) => name === `${manifest.name}.${node}`);
	if (type === undefined) throw new Error(`n8n has no node "${node}".`);
	return type as unknown as INodeTypeDescription;
}

/** Starts everything before the tests of a file, and checks the page after each of them. */
export function inTheEditor(): World {
	const world = {} as World;
	let browser: Browser | undefined;

	beforeAll(async () => {
		await mkdir(BUILD, { recursive: true });
		world.sandbox = await startSandbox();
		world.n8n = await startN8n({ packages: [await packPackage()] });
		browser = await launchBrowser();
		world.editor = await Editor.open(browser, world.n8n);
	});
	afterEach(async () => {
		const { editor } = world;
		if (editor === undefined) return;
		const { currentTestName = '' } = expect.getState();
		await editor.screenshot(join(BUILD, `${currentTestName.replace(/\W+/g, '-')}.png`));
		expect(editor.watch.take()).toEqual({ outside: [], complaints: [] });
		const shown = await editor.everythingShown();
		expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
		expect(shown).not.toMatch(/\bundefined\b|\[object \w+\]|\bNaN\b/);
	});
	afterAll(async () => {
		await browser?.close();
		await world.n8n?.stop();
		await world.sandbox?.close();
	});
	return world;
}
