import type { Locator, Page } from '../host/playwright';
import { chooseIn, exactly } from './elements';

/** The dialog for creating and changing a credential. */
export class CredentialForm {
	private readonly dialog: Locator;

	constructor(private readonly page: Page) {
		this.dialog = page.locator('[data-test-id="editCredential-modal"]');
	}

	/** Fills in or chooses values by the labels of the fields. */
	async fill(values: Record<string, string>): Promise<void> {
		for (const [label, value] of Object.entries(values)) {
			const field = this.field(label);
			if ((await field.locator('.el-select').count()) > 0) await chooseIn(this.page, field, value);
			else await field.locator('input, textarea').first().fill(value);
		}
	}

	/** Clicks "Save". n8n then tests the credential. */
	async save(): Promise<void> {
		// n8n gets an ID from its server and can't save without it.
		await this.dialog.locator('[data-test-id="credential-name"]', { hasText: /\S/ }).waitFor();
		await this.dialog.locator('[data-test-id="credential-save-button"]').click();
	}

	/** Saves a new credential that works. n8n closes the dialog. */
	async saveAndClose(): Promise<void> {
		await this.save();
		await this.dialog.waitFor({ state: 'hidden' });
	}

	/** Returns the full result of the credential's test. */
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
