import { isEqual } from 'lodash';
import type { Locator, Page } from '../host/playwright';
import { waitFor } from '../host/wait';

/** Selects an element by the attribute that n8n sets for its own tests. */
export const id = (testId: string) => `[data-test-id="${testId}"]`;

/** Matches a label exactly, with or without the star of a required field. */
export const exactly = (text: string) =>
	new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\s*\\*)?\\s*$`);

/** Opens a select and chooses one of its options. Checks first that it offers these names, if there are any. */
export async function chooseIn(
	page: Page,
	select: Locator,
	option: string,
	offered?: readonly string[],
): Promise<void> {
	await select.locator('input').first().click();
	const items = page.locator('.el-select-dropdown__item', { visible: true });
	await items.first().waitFor();
	if (offered !== undefined) await expectNames(items, offered);
	await items.filter({ has: page.locator('*', { hasText: exactly(option) }) }).click();
	await items.first().waitFor({ state: 'hidden' });
}

/** For a moment, a select may still have the options of what was chosen above it before. */
async function expectNames(items: Locator, offered: readonly string[]): Promise<void> {
	const names = () => items.locator('.option-headline').allInnerTexts();
	await waitFor(async () => isEqual(await names(), offered) || undefined, {
		what: 'the options to change',
		timeoutMs: 5_000,
	}).catch(() => undefined);
	expect(await names()).toEqual(offered);
}
