import type { Locator, Page } from '../host/playwright';
import { chooseIn, exactly } from './elements';

/** The dialogue in which a credential is made and changed. */
export class CredentialForm {
	private readonly dialog: Locator;

	constructor(private readonly page: Page) {
		this.dialog = page.locator('[data-test-id="editCredential-modal"]');
	}

	/** Fills in and chooses, by the labels of the fields. */
	async fill(values: Record<string, string>): Promise<void> {
		for (const [label, value] of Object.entries(values)) {
			const field = this.field(label);
			if ((await field.locator('.el-select').count()) > 0) await chooseIn(this.page, field, value);
			else await field.locator('input, textarea').first().fill(value);
		}
	}

	/** Presses "Save". n8n tests the credential then. */
	async save(): Promise<void> {
		// n8n asks its server for one, and refuses to save without.
		await this.dialog.locator('[data-test-id="credential-name"]', { hasText: /\S/ }).waitFor();
		await this.dialog.locator('[data-test-id="credential-save-button"]').click();
	}

	/** The same for a new one that is good: n8n closes the dialogue by itself. */
	async saveAndClose(): Promise<void> {
		await this.save();
		await this.dialog.waitFor({ state: 'hidden' });
	}

	/** What the test of the credential found, in full, once it is over. */
	async verdict(): Promise<string> {
		await this.banner.waitFor();
		const more = this.banner.locator('text="More details"');
		if (await more.isVisible()) await more.click();
		const lines = (await this.banner.locator('xpath=..').innerText()).split('\n').map((line) => line.trim());
		return lines.filter((line) => line !== '' && line !== 'Retry').join(': ');
	}

	async close(): Promise<void> {
		await this.dialog.locator('.el-dialog__headerbtn').click();
		await this.dialog.waitFor({ state: 'hidden' });
	}

	private get banner(): Locator {
		return this.dialog.locator('[class*="_banner_"]', { visible: true });
	}

	private field(label: string): Locator {
		const named = this.page.locator('label .n8n-text', { hasText: exactly(label) });
		return this.dialog.locator('[data-test-id="credential-connection-parameter"]', { has: named });
	}
}
