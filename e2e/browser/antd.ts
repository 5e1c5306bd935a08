/** How a person handles the console's controls: drawers, trees, date fields, messages. */
import type { Locator, Page } from 'playwright-core';

// On a busy machine what opens may move on between the press and the release of a button, which then miss it.
/** What does not grow or shrink just now. */
const still = (page: Page): Locator => page.locator(':not([class*=ant-zoom])');
/** The drawer that is open now, once it stands still. */
export const drawer = (page: Page): Locator => page.locator('.ant-drawer-open:not(:has(> [class*="-motion-"]))');
/** A field of it, by its label. */
export const field = (page: Page, label: string): Locator => drawer(page).getByLabel(label, { exact: true });
export const dialog = (page: Page): Locator => page.getByRole('dialog').last().and(still(page));

/** Types once the keyboard is in a text field: a page that was asked to put it there may still be about to. */
export async function typeInto(page: Page, text: string): Promise<void> {
  await page.locator(':is(input:not([type=radio], [type=checkbox]), textarea):focus').waitFor();
  await page.keyboard.type(text);
}

/** Waits for the short message that says what was done. */
export const told = (page: Page, text: string) => page.locator('.ant-message-notice', { hasText: text }).waitFor();

/** Opens a page by the main menu. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name }).click();
}

/** Chooses from the tree of units by searching for the name. */
export async function chooseUnit(page: Page, tree: Locator, name: string): Promise<void> {
  await tree.click();
  await typeInto(page, name);
  const choices = page.locator('.ant-select-dropdown:visible .ant-select-tree-title');
  await choices.getByText(name, { exact: true }).click();
}

/** Chooses the first entry of a list that contains the text. A list that closed again before it was pressed is opened once more. */
export async function choose(page: Page, list: Locator, text: string): Promise<void> {
  const opened = page.locator('.ant-select-dropdown:visible:not([class*=ant-slide])');
  const entry = opened.locator('.ant-select-item-option', { hasText: text }).first();
  await list.click();
  const chosen = await entry.click({ timeout: 10_000 }).then(
    () => true,
    () => false,
  );
  if (chosen) return;
  await list.click();
  await entry.click();
}

/** Types a date into a picker and leaves it. */
export async function typeDate(page: Page, picker: Locator, date: string): Promise<void> {
  await picker.click();
  await picker.fill(date);
  await page.keyboard.press('Enter');
}

/** The row of a table that contains the text. */
export const row = (page: Page, text: string): Locator => page.locator('.ant-table-row', { hasText: text });

/** Answers a question that names what is about to happen. */
export async function confirm(page: Page, question: string, answer: string): Promise<void> {
  const asked = page.locator('.ant-modal-confirm', { hasText: question });
  await asked.and(still(page)).getByRole('button', { name: answer }).click();
  await asked.waitFor({ state: 'detached' });
}

/** Waits until the list has exactly so many rows. */
export async function rowsAre(page: Page, count: number): Promise<void> {
  const rows = page.locator('.ant-table-row');
  await rows.nth(count).waitFor({ state: 'detached' });
  await rows.nth(count - 1).waitFor();
}
