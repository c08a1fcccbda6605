import type { Locator, Page } from '../host/playwright';

/** What n8n marks for its own tests. */
export const id = (testId: string) => `[data-test-id="${testId}"]`;

/** A text and nothing around it, but for the star of what is required. */
export const exactly = (text: string) =>
	new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\s*\\*)?\\s*$`);

/** Opens a select and takes one of its options. */
export async function chooseIn(page: Page, select: Locator, option: string): Promise<void> {
	await select.locator('input').first().click();
	const items = page.locator('.el-select-dropdown__item', { visible: true });
	await items.filter({ has: page.locator('*', { hasText: exactly(option) }) }).click();
	await items.first().waitFor({ state: 'hidden' });
}
