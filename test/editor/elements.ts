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
	if (offered !== undefined)
		await expectSoon<readonly string[]>(() => items.locator('.option-headline').allInnerTexts(), offered);
	await items.filter({ has: page.locator('*', { hasText: exactly(option) }) }).click();
	await items.first().waitFor({ state: 'hidden' });
}

/**
 * Waits up to 15 s until `read` returns what is expected, because the page changes a moment after a click. Then asserts
 * it: the failure shows the difference.
 */
export async function expectSoon<T>(read: () => Promise<T>, expected: T): Promise<void> {
	await waitFor(async () => isEqual(await read(), expected) || undefined, {
		what: 'the page to change',
		timeoutMs: 15_000,
	}).catch(() => undefined);
	expect(await read()).toEqual(expected);
}
