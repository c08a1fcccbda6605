import { join } from 'node:path';
import { zipObject } from 'lodash';
import { OWNER } from '../host/environment';
import type { Browser, Locator, Page } from '../host/playwright';
import { CredentialForm } from './credential-form';
import { chooseIn, exactly, id } from './elements';
import { PageWatch } from './page-watch';

export type Theme = 'light' | 'dark';

const PICTURES = join(__dirname, '..', '..', 'docs', 'images');
const VIEWPORT = { width: 1280, height: 800 };
/** A busy machine takes its time to show what somebody waits for. */
const PATIENCE_MS = 30_000;
/** What the node panel finds, it shows at once. */
const SEARCH_TIMEOUT_MS = 5_000;

const MESSAGE = '.el-notification';

/** n8n's editor in a browser, in the words of the person in front of it. */
export class Editor {
	private constructor(
		private readonly page: Page,
		private readonly url: string,
		/** What no page of ours may do, seen while it was used. */
		readonly watch: PageWatch,
	) {}

	/** Opens the editor of a running n8n and signs in as its owner. */
	static async open(browser: Browser, url: string): Promise<Editor> {
		const page = await browser.newPage({ viewport: VIEWPORT });
		page.setDefaultTimeout(PATIENCE_MS);
		const editor = new Editor(page, url, new PageWatch(page));
		await page.goto(`${url}/signin`);
		await page.locator(`${id('emailOrLdapLoginId')} input`).fill(OWNER.email);
		await page.locator('input[type=password]').fill(OWNER.password);
		await page.locator(id('form-submit-button')).click();
		await page.waitForURL(({ pathname }) => pathname !== '/signin');
		// It tries to sign in without anything first.
		editor.watch.take();
		return editor;
	}

	/** As the machine's owner likes it; the editor follows at once. */
	async theme(colorScheme: Theme): Promise<void> {
		await this.page.emulateMedia({ colorScheme });
		// A menu that was open fades away, and pictures of the other theme are loaded.
		await this.page.evaluate(
			'Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))',
		);
		expect(await this.missingPictures()).toEqual([]);
	}

	async screenshot(path: string): Promise<void> {
		await this.page.screenshot({ path });
	}

	/** For the docs, in both themes, if that is asked for: `UPDATE_SCREENSHOTS=1 npm run test:editor`. */
	async picture(name: string): Promise<void> {
		if (process.env.UPDATE_SCREENSHOTS !== '1') return;
		await this.dismissMessages();
		const checklist = this.page.locator(id('suggested-actions-close'));
		if (await checklist.isVisible()) await checklist.click();
		await this.page.mouse.move(0, 0);
		await this.theme('dark');
		await this.screenshot(join(PICTURES, `${name}.dark.png`));
		await this.theme('light');
		await this.screenshot(join(PICTURES, `${name}.png`));
	}

	/** All that could be read on the page, passwords on their way into a credential aside. */
	async everythingShown(): Promise<string> {
		return await this.page.evaluate(`[
			document.body.innerText,
			...[...document.querySelectorAll('input:not([type=password]), textarea')].map(({ value }) => value),
		].join('\\n')`);
	}

	/** Pictures that are not there, by their addresses. */
	async missingPictures(): Promise<string[]> {
		return await this.page.evaluate(`Promise.all(
			[...document.images].map((image) => image.decode().then(() => [], () => [image.src])),
		).then((missing) => missing.flat())`);
	}

	/** The addresses of all pictures. */
	async pictures(): Promise<string[]> {
		return await this.page.evaluate('[...document.images].map(({ src }) => src)');
	}

	// The canvas

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.locator(id('canvas-add-button')).waitFor();
	}

	async openWorkflow(workflowId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
		await this.page.locator(id('canvas-node')).first().waitFor();
	}

	/** The menu's "Import", "From file". */
	async importFromFile(path: string): Promise<void> {
		await this.page.locator(id('workflow-menu')).first().click();
		await this.page.locator(id('workflow-menu-item-import')).hover();
		const fromFile = this.page.locator(id('workflow-menu-item-import-from-file'));
		const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), fromFile.click()]);
		await chooser.setFiles(path);
		await this.page.locator(id('canvas-node')).first().waitFor();
	}

	/** Searches the node panel; with an action, the form of the new node opens. */
	async addNode(name: string, action?: string): Promise<void> {
		await this.page.locator(id('node-creator-plus-button')).click();
		await this.page.locator(id('node-creator-search-bar')).fill(name);
		await this.inNodePanel(name).click();
		if (action !== undefined) await this.inNodePanel(action).click();
	}

	/** Opens the node panel, and says by which of these words it does not find a node. */
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

	/** What the node panel finds. */
	private inNodePanel(name: string): Locator {
		return this.page
			.locator(id('node-creator-item-name'))
			.filter({ hasText: exactly(name) })
			.first();
	}

	/** The nodes on the canvas, by their names. */
	async nodes(): Promise<string[]> {
		const nodes = await this.page.locator(id('canvas-node')).all();
		return await Promise.all(nodes.map(async (node) => (await node.getAttribute('data-node-name')) ?? ''));
	}

	private node(name: string): Locator {
		return this.page.locator(`${id('canvas-node')}[data-node-name="${name}"]`);
	}

	/** What is added next comes behind it. */
	async selectNode(name: string): Promise<void> {
		await this.node(name).click();
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.form.waitFor();
	}

	async closeNode(): Promise<void> {
		await this.page.locator(id('ndv-close-button')).click();
		await this.page.locator(id('ndv')).waitFor({ state: 'hidden' });
	}

	async zoomOut(): Promise<void> {
		await this.page.locator(id('zoom-out-button')).click();
	}

	async executeWorkflow(): Promise<void> {
		await this.page.locator(id('execute-workflow-button')).click();
	}

	// The form of a node

	private get form(): Locator {
		return this.page.locator(id('node-parameters'));
	}

	/** All labels that the open form shows, from top to bottom. */
	async labels(): Promise<string[]> {
		return trimmed(await this.form.locator('label .n8n-text', { visible: true }).allInnerTexts());
	}

	private async input(label: string): Promise<Locator> {
		const text = this.page.locator('.n8n-text', { hasText: exactly(label) });
		const named = this.form.locator('label', { has: text, visible: true }).first();
		return this.form.locator(id(`parameter-input-${await named.getAttribute('for')}`)).first();
	}

	async fill(label: string, text: string): Promise<void> {
		const input = await this.input(label);
		await input.locator('input, textarea').first().fill(text);
	}

	/** Takes an option of a select, unless it is taken already. */
	async choose(label: string, option: string): Promise<void> {
		const select = await this.input(label);
		if ((await select.locator('input').first().inputValue()) === option) return;
		await chooseIn(this.page, select, option);
	}

	/** Takes an entry of a list that comes from the service. */
	async chooseFromList(label: string, entry: string): Promise<void> {
		const list = await this.input(label);
		await list.locator(id('rlc-input')).click();
		await this.page
			.locator(id('rlc-item'), { visible: true })
			.filter({ hasText: exactly(entry) })
			.click();
	}

	/** On the tab Settings. */
	async onError(reaction: string): Promise<void> {
		await this.page.locator(id('tab-settings')).click();
		await this.choose('On Error', reaction);
		await this.page.locator(id('tab-params')).click();
	}

	/** "Execute step". Returns what n8n says when it is done. */
	async execute(): Promise<string> {
		await this.dismissMessages();
		await this.page.locator(`${id('ndv')} ${id('node-execute-button')}`).click();
		return await this.message();
	}

	/** What n8n shows in the corner, taken away once it is read. */
	async message(): Promise<string> {
		const text = await this.page.locator(MESSAGE).first().innerText();
		await this.dismissMessages();
		return text.trim();
	}

	private async dismissMessages(): Promise<void> {
		const messages = this.page.locator(MESSAGE);
		// Not by the mouse: they also go by themselves.
		while ((await messages.count()) > 0) {
			await this.page.evaluate(`document.querySelector('${MESSAGE} .el-notification__closeBtn')?.click()`);
		}
	}

	// The panel of a trigger

	/** What "Webhook URLs" shows: the test URL or the production URL. */
	async webhookUrl(which: 'Test URL' | 'Production URL'): Promise<string> {
		const choice = this.form.locator('.n8n-segment-control-item, label', { hasText: which }).first();
		if (!(await choice.isVisible())) await this.form.locator('text="Webhook URLs"').click();
		await choice.click();
		return (await this.form.locator('.webhook-url').first().innerText()).replace(/\s/g, '');
	}

	/** "Execute step" of a trigger, which then waits for an event. */
	async listen(): Promise<void> {
		await this.page.locator(id('trigger-execute-button')).click();
		await this.page.locator('text="Stop Listening"').first().waitFor();
	}

	// What a node gave

	private get outputPanel(): Locator {
		return this.page.locator(id('output-panel'));
	}

	/** One of several outputs, by the beginning of its name. */
	async showOutput(name: string): Promise<void> {
		await this.outputPanel.locator('[role=tab]', { hasText: new RegExp(`^\\s*${name}`) }).click();
	}

	/** The table of items: each row by the names of its columns. */
	async output(): Promise<Array<Record<string, string>>> {
		await this.outputPanel.locator(id('radio-button-table')).click();
		const table = this.outputPanel.locator('table');
		const columns = await table.locator('thead th').allInnerTexts();
		const rows = await table.locator('tbody tr').all();
		const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
		return cells.map((row) => zipObject(trimmed(columns), trimmed(row)));
	}

	// Credentials

	/** "Connect to …" in the form of a node. */
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

const trimmed = (texts: string[]) => texts.map((text) => text.trim());
