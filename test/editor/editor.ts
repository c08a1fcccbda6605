import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isEqual, zipObject } from 'lodash';
import { OWNER } from '../host/environment';
import type { RunningN8n } from '../host/n8n-process';
import type { Box, Browser, Locator, Page } from '../host/playwright';
import { waitFor } from '../host/wait';
import { CredentialForm } from './credential-form';
import { chooseIn, exactly, id } from './elements';
import { PageWatch } from './page-watch';

export type Theme = 'light' | 'dark';

const PICTURES = join(__dirname, '..', '..', 'docs', 'images');
const VIEWPORT = { width: 1280, height: 800 };
/** Pictures for the docs, only with `UPDATE_SCREENSHOTS=1 npm run test:editor`. */
const TAKES_PICTURES = process.env.UPDATE_SCREENSHOTS === '1';
/** Small enough that labels can be read in a picture of 960 pixels. */
const PICTURE = { width: 1040, height: 700 };
/** Time that a busy machine may need to show something. */
const PATIENCE_MS = 60_000;
/** The node panel shows results at once. */
const SEARCH_TIMEOUT_MS = 5_000;

/** Where the editor is after a person signs in. */
const HOME = '/home/workflows';
const MESSAGE = '.el-notification';

/** Tests needn't wait for menus and dialogs to fade. */
const WITHOUT_ANIMATIONS =
	'*, ::before, ::after { transition: none !important; animation: none !important; }';

/** n8n's editor in a browser, as its user sees it. */
export class Editor {
	private constructor(
		private readonly page: Page,
		/** Collects what a page must never do. */
		readonly watch: PageWatch,
	) {}

	/** Opens the editor of a running n8n and signs in as its owner. */
	static async open(browser: Browser, { url, password }: RunningN8n): Promise<Editor> {
		const page = await browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: TAKES_PICTURES ? 2 : 1 });
		page.setDefaultTimeout(PATIENCE_MS);
		await page.addInitScript(`addEventListener('DOMContentLoaded', () => {
			document.head.appendChild(document.createElement('style')).textContent = ${JSON.stringify(WITHOUT_ANIMATIONS)};
		})`);
		const editor = new Editor(page, new PageWatch(page));
		await page.goto(`${url}/signin`);
		await page.locator(`${id('emailOrLdapLoginId')} input`).fill(OWNER.email);
		await page.locator('input[type=password]').fill(password);
		await page.locator(id('form-submit-button')).click();
		await page.waitForURL(({ pathname }) => pathname !== '/signin');
		await page.locator(id('main-sidebar-help')).first().waitFor();
		// The page first tries to sign in without a password.
		editor.watch.take();
		return editor;
	}

	/** Sets the system's theme, which the editor follows. */
	async theme(colorScheme: Theme): Promise<void> {
		await this.page.emulateMedia({ colorScheme });
		// Waits until open menus have faded and the theme's pictures have loaded.
		await this.page.evaluate(
			'Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))',
		);
		expect(await this.missingPictures()).toEqual([]);
	}

	async resize(width: number, height: number): Promise<void> {
		await this.page.setViewportSize({ width, height });
	}

	async screenshot(path: string): Promise<void> {
		await this.page.screenshot({ path });
	}

	/** Takes a picture for the docs in both themes. Needs pngquant, which makes it a third as large. */
	async picture(name: string, size = PICTURE): Promise<void> {
		if (!TAKES_PICTURES) return;
		await this.dismissMessages();
		const checklist = this.page.locator(id('suggested-actions-close'));
		if (await checklist.isVisible()) await checklist.click();
		await this.page.mouse.move(0, 0);
		await this.resize(size.width, size.height);
		for (const [theme, file] of [
			['dark', `${name}.dark.png`],
			['light', `${name}.png`],
		] as const) {
			await this.theme(theme);
			await this.screenshot(join(PICTURES, file));
			execFileSync('pngquant', ['--force', '--ext', '.png', '--strip', join(PICTURES, file)]);
		}
		await this.resize(VIEWPORT.width, VIEWPORT.height);
	}

	/** Returns all text on the page except passwords. */
	async everythingShown(): Promise<string> {
		return await this.page.evaluate(`[
			document.body.innerText,
			...[...document.querySelectorAll('input:not([type=password]), textarea')].map(({ value }) => value),
		].join('\\n')`);
	}

	/** Returns the addresses of pictures that don't load. */
	async missingPictures(): Promise<string[]> {
		return await this.page.evaluate(`Promise.all(
			[...document.images].map((image) => image.decode().then(() => [], () => [image.src])),
		).then((missing) => missing.flat())`);
	}

	/** Returns the addresses of all pictures. */
	async pictures(): Promise<string[]> {
		return await this.page.evaluate('[...document.images].map(({ src }) => src)');
	}

	// The canvas

	async newWorkflow(): Promise<void> {
		await this.leaveWorkflow();
		await this.follow('/workflow/new');
		await this.page.locator(id('canvas-add-button')).waitFor();
	}

	async openWorkflow(workflowId: string): Promise<void> {
		await this.leaveWorkflow();
		await this.follow(`/workflow/${workflowId}`);
		await this.page.locator(id('canvas-node')).first().waitFor();
	}

	/** Goes to a page as a link in the editor does, because loading the editor again takes much longer. */
	private async follow(path: string): Promise<void> {
		const router = "document.querySelector('#app').__vue_app__.config.globalProperties.$router";
		await this.page.evaluate(`void ${router}.push('${path}')`);
	}

	/** Leaves the workflow, without its unsaved changes. */
	private async leaveWorkflow(): Promise<void> {
		const leave = this.page.locator('button', { hasText: 'Leave without saving' });
		await this.closeOpenNode();
		await this.follow(HOME);
		await waitFor(
			async () => {
				if (await leave.isVisible()) await leave.click();
				const isCanvas = (await this.page.locator(id('canvas-node')).count()) > 0;
				return (!isCanvas && new URL(this.page.url()).pathname === HOME) || undefined;
			},
			{ what: 'the editor to leave the workflow', timeoutMs: PATIENCE_MS },
		);
	}

	/** Chooses "Import", "From file" in the menu. */
	async importFromFile(path: string): Promise<void> {
		await this.page.locator(id('workflow-menu')).first().click();
		await this.page.locator(id('workflow-menu-item-import')).hover();
		const fromFile = this.page.locator(id('workflow-menu-item-import-from-file'));
		const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), fromFile.click()]);
		await chooser.setFiles(path);
		await this.page.locator(id('canvas-node')).first().waitFor();
		// n8n saves it. If the test left the workflow before that, n8n would open a page without a workflow.
		await this.page.waitForURL(({ searchParams }) => !searchParams.has('new'));
	}

	/** Clicks "Add first step" on an empty canvas. The node panel opens. */
	async addFirstStep(): Promise<void> {
		await this.page.locator(id('canvas-add-button')).click();
	}

	/** Clicks the plus behind a node, at one of its outputs. The node panel opens. */
	async addAfter(name: string, output = 0): Promise<void> {
		const handle = this.page
			.locator(`${id('canvas-node-output-handle')}[data-node-name="${name}"]`)
			.nth(output);
		await handle.locator(id('canvas-handle-plus')).click();
	}

	/** Drags a line from an output of a node to the input of another. */
	async connect(from: string, output: number, to: string): Promise<void> {
		const handleOf = (end: 'input' | 'output', name: string) =>
			this.page.locator(`${id(`canvas-node-${end}-handle`)}[data-node-name="${name}"]`);
		const line = this.page.locator(
			`${id('edge')}[data-source-node-name="${from}"][data-target-node-name="${to}"]`,
		);
		await this.dragMouse(handleOf('output', from).nth(output), handleOf('input', to).first());
		await line.first().waitFor({ state: 'attached' });
	}

	/** Opens the node panel with the plus at the edge. The node follows the selected one. */
	async openNodePanel(): Promise<void> {
		await this.page.locator(id('node-creator-plus-button')).click();
	}

	/** Clicks the plus below an agent. The node panel opens. */
	async addTool(agent: string): Promise<void> {
		const handle = `${id('canvas-node-input-handle')}[data-connection-type="ai_tool"][data-node-name="${agent}"]`;
		await this.page
			.locator(`${handle} ${id('canvas-handle-plus')}`)
			.first()
			.click();
	}

	async searchNodes(text: string): Promise<void> {
		await this.page.locator(id('node-creator-search-bar')).fill(text);
	}

	/** Clicks a node or an action in the node panel. */
	async pickNode(name: string): Promise<void> {
		await this.inNodePanel(name).click();
	}

	/** Adds a node from the node panel. With an action, n8n opens the form of the new node. */
	async addNode(name: string, action?: string): Promise<void> {
		await this.page.locator(id('node-creator-plus-button')).click();
		await this.page.locator(id('node-creator-search-bar')).fill(name);
		await this.inNodePanel(name).click();
		if (action !== undefined) await this.inNodePanel(action).click();
	}

	/** Opens the node panel and returns the words by which it doesn't find a node. */
	async wordsWithout(name: string, words: string[]): Promise<string[]> {
		await this.page.locator(id('node-creator-plus-button')).click();
		const without: string[] = [];
		for (const word of words) {
			await this.page.locator(id('node-creator-search-bar')).fill(word);
			const found = this.inNodePanel(name).waitFor({ timeout: SEARCH_TIMEOUT_MS });
			await found.catch(() => without.push(word));
		}
		return without;
	}

	/** Returns what the node panel finds. */
	private inNodePanel(name: string): Locator {
		return this.page
			.locator(id('node-creator-item-name'))
			.filter({ hasText: exactly(name) })
			.first();
	}

	/** Returns the names of the nodes on the canvas. */
	async nodes(): Promise<string[]> {
		const nodes = await this.page.locator(id('canvas-node')).all();
		return await Promise.all(nodes.map(async (node) => (await node.getAttribute('data-node-name')) ?? ''));
	}

	private node(name: string): Locator {
		return this.page.locator(`${id('canvas-node')}[data-node-name="${name}"]`);
	}

	/** Selects a node. The next node that is added follows it. */
	async selectNode(name: string): Promise<void> {
		await this.node(name).click();
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.form.waitFor();
	}

	/** Opens a node by its address, which is faster than finding it on the canvas. Its ID and its name must be the same. */
	async showNode(name: string): Promise<void> {
		await this.closeOpenNode();
		const [workflow] = /^\/workflow\/\w+/.exec(new URL(this.page.url()).pathname) ?? [];
		await this.follow(`${workflow}/${name}`);
		const heading = this.page.locator(`${id('ndv')} header *`, { visible: true });
		await heading
			.filter({ hasText: exactly(name) })
			.first()
			.waitFor();
		await this.form.waitFor();
	}

	async closeNode(): Promise<void> {
		await this.page.locator(id('ndv-close-button')).click();
		await this.page.locator(id('ndv')).waitFor({ state: 'hidden' });
	}

	private async closeOpenNode(): Promise<void> {
		if (await this.page.locator(id('ndv')).isVisible()) await this.closeNode();
	}

	async zoomOut(): Promise<void> {
		await this.page.locator(id('zoom-out-button')).click();
	}

	async executeWorkflow(): Promise<void> {
		await this.dismissMessages();
		await this.page.locator(id('execute-workflow-button')).click();
	}

	/** Clicks "Execute workflow" next to a trigger, which is there when the mouse is over the trigger. */
	async executeFrom(trigger: string): Promise<void> {
		await this.dismissMessages();
		await this.node(trigger).hover();
		await this.page.locator(id(`execute-workflow-button-${trigger}`)).click();
	}

	// The form of a node

	private get form(): Locator {
		return this.page.locator(id('node-parameters'));
	}

	/** Returns all labels of the open form, from top to bottom. */
	async labels(): Promise<string[]> {
		return trimmed(await this.form.locator('label .n8n-text', { visible: true }).allInnerTexts());
	}

	private async input(label: string): Promise<Locator> {
		const text = this.page.locator('.n8n-text', { hasText: exactly(label) });
		const named = this.form.locator('label', { has: text, visible: true }).first();
		// n8n calls a column of a table value["email"] here, and email there.
		const name = (await named.getAttribute('for'))?.replace(/^value\["(.+)"\]$/, '$1');
		return this.form.locator(id(`parameter-input-${name}`)).first();
	}

	async fill(label: string, text: string): Promise<void> {
		const input = await this.input(label);
		await input.locator('input, textarea').first().fill(text);
	}

	/** Chooses an option of a select, unless it is already chosen. */
	async choose(label: string, option: string): Promise<void> {
		const select = await this.input(label);
		if ((await select.locator('input').first().inputValue()) === option) return;
		await chooseIn(this.page, select, option);
	}

	/** Opens a select, checks the names of its options, and chooses one. */
	async chooseAmong(label: string, option: string, offered: readonly string[]): Promise<void> {
		const select = await this.input(label);
		await chooseIn(this.page, select, option, offered);
		const chosen = async () => (await select.locator('input').first().inputValue()) === option;
		await waitFor(async () => (await chosen()) || undefined, {
			what: `${label} to be ${option}`,
			timeoutMs: PATIENCE_MS,
		});
	}

	/** Chooses an entry of a list that comes from the service. */
	async chooseFromList(label: string, entry: string): Promise<void> {
		const list = await this.input(label);
		await list.locator(id('rlc-input')).click();
		await this.page
			.locator(id('rlc-item'), { visible: true })
			.filter({ hasText: exactly(entry) })
			.click();
	}

	/** Drags a field of the input data into a field of the form. */
	async drag(column: string, label: string): Promise<void> {
		const data = this.page.locator(id('ndv-input-panel'));
		const from = data.locator(`[data-target="mappable"][data-name="${column}"]`).first();
		const to = await this.input(label);
		await from.scrollIntoViewIfNeeded();
		await to.scrollIntoViewIfNeeded();
		const dropped = to.locator('text=$json').first();
		// On a busy machine, the editor may miss the first movement.
		for (let tries = 0; tries < 3 && !(await dropped.isVisible()); tries++) {
			await this.dragMouse(from, to);
			await dropped.waitFor({ timeout: SEARCH_TIMEOUT_MS }).catch(() => {});
		}
		await dropped.waitFor();
	}

	/** Returns the middle of an element, once it has stopped moving. */
	private async placeOf(element: Locator): Promise<{ x: number; y: number }> {
		let before = middleOf(await element.boundingBox());
		return await waitFor(
			async () => {
				const now = middleOf(await element.boundingBox());
				const isStill = isEqual(before, now);
				before = now;
				return isStill ? now : undefined;
			},
			{ what: 'an element to stop moving', timeoutMs: PATIENCE_MS, everyMs: 300 },
		);
	}

	private async dragMouse(from: Locator, to: Locator): Promise<void> {
		const [start, end] = [await this.placeOf(from), await this.placeOf(to)];
		const { mouse } = this.page;
		await mouse.move(start.x, start.y);
		await mouse.down();
		await mouse.move(end.x, end.y, { steps: 10 });
		await mouse.up();
	}

	/** Clicks the button that adds a row to a collection, such as "Add channel". */
	async addRow(button: string): Promise<void> {
		await this.form
			.locator('button', { hasText: exactly(button) })
			.first()
			.click();
	}

	/** Lets the model of an agent fill in a field. */
	async letModelFillIn(label: string): Promise<void> {
		await (await this.input(label)).hover();
		await (await this.input(label)).locator(id('from-ai-override-button')).first().click();
	}

	/** Opens the tab Settings. */
	async openSettings(): Promise<void> {
		await this.page.locator(id('tab-settings')).click();
	}

	/** Sets an option on the tab Settings. */
	async onError(reaction: string): Promise<void> {
		await this.openSettings();
		await this.choose('On Error', reaction);
		await this.page.locator(id('tab-params')).click();
	}

	/** Clicks "Execute step". n8n's message at the end stays. */
	async clickExecute(): Promise<void> {
		await this.dismissMessages();
		await this.page.locator(`${id('ndv')} ${id('node-execute-button')}`).click();
		await this.page.locator(MESSAGE).first().waitFor();
	}

	/** Returns the hints above the output and the error in it, as the person reads them. */
	async messagesInOutput(): Promise<string> {
		const message = ['node-hint', 'node-error-message', 'node-error-description'].map(id).join(', ');
		await this.page.locator(message).first().waitFor();
		return (await this.page.locator(message).allInnerTexts()).join('\n');
	}

	/** Returns the elements that have a text in one of their attributes, except for the fields of the form. */
	async elementsWith(text: string): Promise<string[]> {
		return await this.page.evaluate(`[...document.querySelectorAll('img, a, input, iframe, script')]
			.filter((element) => [...element.attributes].some(({ value }) => value.includes('${text}')))
			.map(({ outerHTML }) => outerHTML)`);
	}

	/** Clicks "Execute step". Returns n8n's message at the end. */
	async execute(): Promise<string> {
		await this.dismissMessages();
		await this.page.locator(`${id('ndv')} ${id('node-execute-button')}`).click();
		return await this.message();
	}

	/** Returns the message that n8n shows in the corner, and closes it. */
	async message(): Promise<string> {
		const text = await this.page.locator(MESSAGE).first().innerText();
		await this.dismissMessages();
		return text.trim();
	}

	private async dismissMessages(): Promise<void> {
		const messages = this.page.locator(MESSAGE);
		// Closed by script, because messages may also close on their own.
		while ((await messages.count()) > 0) {
			await this.page.evaluate(`document.querySelector('${MESSAGE} .el-notification__closeBtn')?.click()`);
		}
	}

	// The panel of a trigger

	/** Returns what "Webhook URLs" shows: the test URL or the production URL. */
	async webhookUrl(which: 'Test URL' | 'Production URL'): Promise<string> {
		const choice = this.form.locator('.n8n-segment-control-item, label', { hasText: which }).first();
		if (!(await choice.isVisible())) await this.form.locator('text="Webhook URLs"').click();
		await choice.click();
		return (await this.form.locator('.webhook-url').first().innerText()).replace(/\s/g, '');
	}

	/** Clicks "Execute step" of a trigger, which then waits for an event. */
	async listen(): Promise<void> {
		const registered = this.page.waitForResponse(/\/rest\/workflows\/[^/]+\/run/);
		await this.page.locator(id('trigger-execute-button')).click();
		await registered;
		await this.page.locator('text="Stop Listening"').first().waitFor();
	}

	// The output of a node

	private get outputPanel(): Locator {
		return this.page.locator(id('output-panel'));
	}

	/** Opens one of several outputs by the beginning of its name. */
	async showOutput(name: string): Promise<void> {
		await this.outputPanel.locator('[role=tab]', { hasText: new RegExp(`^\\s*${name}`) }).click();
	}

	/** Shows the fields of the output one below the other. */
	async showSchema(): Promise<void> {
		await this.outputPanel.locator(id('radio-button-schema')).click();
	}

	/** Returns the table of items: each row by the names of its columns. */
	async output(): Promise<Array<Record<string, string>>> {
		await this.outputPanel.locator(id('radio-button-table')).click();
		const table = this.outputPanel.locator('table');
		// Reading texts doesn't wait for the table.
		await table.locator('thead th').first().waitFor();
		const columns = await table.locator('thead th').allInnerTexts();
		const rows = await table.locator('tbody tr').all();
		const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
		return cells.map((row) => zipObject(trimmed(columns), trimmed(row)));
	}

	/** Returns the text that the output panel shows without scrolling. */
	async visibleOutput(): Promise<string> {
		await this.page.locator(id('output-panel')).waitFor();
		return await this.page.evaluate(`(() => {
			const panel = document.querySelector('${id('output-panel')}');
			const texts = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
			const visible = [];
			while (texts.nextNode()) {
				const range = document.createRange();
				range.selectNodeContents(texts.currentNode);
				const { left, top, width, height } = range.getBoundingClientRect();
				// What is scrolled away, or below something else, isn't at its own place.
				const shown = document.elementFromPoint(left + Math.min(4, width / 2), top + Math.min(8, height / 2));
				if (width > 0 && panel.contains(shown) && shown.contains(texts.currentNode))
					visible.push(texts.currentNode.textContent);
			}
			return visible.join(' ');
		})()`);
	}

	// Credentials

	/** Clicks "Connect to …" in the form of a node. */
	async newCredential(): Promise<CredentialForm> {
		await this.form
			.locator(`${id('node-credentials-empty-state')} button`)
			.first()
			.click();
		return new CredentialForm(this.page);
	}

	async openCredential(): Promise<CredentialForm> {
		await this.form.locator(id('credential-edit-button')).click();
		return new CredentialForm(this.page);
	}
}

function middleOf(box: Box | null): { x: number; y: number } {
	if (box === null) throw new Error('The element is not visible');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const trimmed = (texts: string[]) => texts.map((text) => text.trim());
