import type { Locator, Page } from '../host/playwright';

/** Selects an element by the attribute that n8n sets for its own tests. */
export const id = (testId: string) => `[data-test-id="${testId}"]`;

/** Matches a label exactly, with or without the star of a required field. */
export const exactly = (text: string) =>
	new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\s*\\*)?\\s*$`);

/** Opens a select and chooses one of its options. Returns the names of all of them. */
export async function chooseIn(page: Page, select: Locator, option: string): Promise<string[]> {
	await select.locator('input').first().click();
	const items = page.locator('.el-select-dropdown__item', { visible: true });
	await items.first().waitFor();
	const names = await items.locator('.option-headline').allInnerTexts();
	await items.filter({ has: page.locator('*', { hasText: exactly(option) }) }).click();
	await items.first().waitFor({ state: 'hidden' });
	return names;
}
