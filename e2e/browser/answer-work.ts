/** How people work on the bank of answers in the console. */
import type { Locator, Page } from 'playwright-core';
import { goTo, typeInto } from './antd.ts';
import { apiOf } from './order-work.ts';
import { type BrowserBench, enter } from './support.ts';

export const WRITER = '6001';
export const CITY_WRITER = '6002';
/** May adopt for the province. */
export const LEADER = '1000';
/** Writes and adopts for 南宁. */
export const CITY_MANAGER = '2000';
export const LIBRARY = '热线问答';
export const CATEGORY = '发票';

/** The province's library, with a category to file answers in. */
export async function makeLibrary(
  bench: BrowserBench,
): Promise<{ libraryId: string; categoryId: string; unitId: string }> {
  const api = await apiOf(bench, WRITER);
  const { unit } = await api.auth.me();
  const facts = { name: LIBRARY, enabled: true, reviewSteps: 1 as const, roleIds: [] };
  const { id: libraryId } = await api.knowledgeLibraries.create({ unitId: unit.id, ...facts });
  const { categories } = await api.knowledgeLibraries.createCategory({ libraryId, parentId: null, name: CATEGORY });
  return { libraryId, categoryId: categories[0]?.id ?? '', unitId: unit.id };
}

export async function bank(bench: BrowserBench, login: string): Promise<Page> {
  const page = await bench.page({ width: 1366, height: 768 });
  await enter(bench, page, login);
  await goTo(page, '问答库');
  await page.getByLabel('查找问答').waitFor();
  return page;
}

const picture = process.env.PICTURES;
/** As it looks on small screens and on large ones. */
export const shot = async (page: Page, name: string) => {
  if (!picture) return;
  const before = page.viewportSize();
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${picture}/${name}-${width}.png` });
  }
  if (before) await page.setViewportSize(before);
};

export const press = (page: Page, ...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
export const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name });
export const question = (page: Page) => page.getByLabel('标准问题');

export async function choosePlace(page: Page, category: string): Promise<void> {
  await page.getByLabel('知识库 / 目录').click();
  await typeInto(page, category);
  await page.locator('.ant-select-dropdown:visible .ant-select-tree-title', { hasText: category }).click();
}

/** What the page's own world has of the clipboard. */
interface Pasting {
  DataTransfer: new () => { setData(kind: string, text: string): void };
  ClipboardEvent: new (kind: string, init: object) => unknown;
}

/** Lines as they are pasted from a document. */
export const paste = (into: Locator, text: string): Promise<void> =>
  into.evaluate((element, pasted) => {
    const { DataTransfer, ClipboardEvent } = globalThis as unknown as Pasting;
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', pasted);
    const field = element as unknown as { dispatchEvent(event: unknown): void };
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
