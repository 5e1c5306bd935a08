/** How an administrator draws a flow: by mouse, by keys, and beside somebody else; `bench flow-editor` measures how quick it is. */
import type { FlowDetail, FlowDocument } from '@rexian/contracts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { choose, dialog, drawer, field, goTo, typeInto } from './antd.ts';
import { call, openLarge } from './editor-work.ts';
import { type BrowserBench, enter, startBrowserBench } from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-flow-editor', { base: 23_300, rtp: 61_000 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

async function opened(login: string): Promise<Page> {
  const page = await bench.page({ width: 1440, height: 900 });
  await enter(bench, page, login);
  return page;
}

const drawing = (page: Page) => page.locator('.flow-canvas');
const pane = (page: Page) => page.locator('.react-flow__pane');
const node = (page: Page, title: string) =>
  page.locator('.react-flow__node', { has: page.locator('strong', { hasText: title }) });
const exit = (page: Page, title: string, label: string) =>
  node(page, title).locator('li', { hasText: label }).locator('.flow-exit');
const panel = (page: Page) => page.getByRole('complementary', { name: '属性' });
const inForm = (page: Page, label: string) => panel(page).getByLabel(label, { exact: true });
/** All of them, also those out of view. */
const nodes = (page: Page) => page.locator('.react-flow__minimap-node');
const lines = (page: Page) => page.locator('.react-flow__edge');
const kind = (page: Page, title: string) =>
  page.getByRole('search', { name: '节点类型' }).getByText(title, { exact: true });
const saved = (page: Page) => page.locator('.draft-state', { hasText: '已保存' }).waitFor();
const count = async (items: Locator, number: number) => {
  await items.nth(number).waitFor({ state: 'detached' });
  if (number > 0) await items.nth(number - 1).waitFor({ state: 'attached' });
};

/** Presses on one thing, moves as a hand does, and lets go over another. */
async function draw(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const start = await middle(from);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + to.x) / 2, (start.y + to.y) / 2, { steps: 5 });
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  await of.waitFor();
  const box = await of.boundingBox();
  if (!box) throw new Error('not in view');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Begins a flow by the list's form; greeting and hang-up are in it. */
async function blank(page: Page, name: string): Promise<void> {
  await goTo(page, '流程管理');
  await page.getByRole('button', { name: '新建流程' }).click();
  await field(page, '名称').fill(name);
  await drawer(page).getByText('空白流程').click();
  await drawer(page).getByRole('button', { name: '新建并编辑' }).click();
  await node(page, '欢迎词').waitFor();
}

const flowId = (page: Page) => page.url().split('/').at(-1) ?? '';
const stored = (page: Page) => call<FlowDetail>(page, 'flows/get', { id: flowId(page) });

describe('the flow editor', () => {
  it('draws a menu by mouse and keys, hears it, and shows it again after a reload', async () => {
    const page = await opened('2000');
    await blank(page, '报税季菜单');
    await kind(page, '按键菜单').dragTo(pane(page), { targetPosition: { x: 320, y: 120 } });
    await node(page, '按键菜单').waitFor();
    await draw(page, exit(page, '欢迎词', '播放完'), await middle(node(page, '按键菜单').locator('header')));
    await inForm(page, '菜单提示语').fill('咨询请按1，');
    await page.keyboard.type('投诉请按2。');
    await panel(page).getByRole('button', { name: '添加按键' }).click();
    await panel(page).locator('.row').last().getByRole('textbox').fill('咨询');
    await draw(page, exit(page, '按键菜单', '1 咨询'), await middle(node(page, '挂机').locator('header')));
    await choose(page, inForm(page, '次数用完'), '挂机');
    await count(lines(page), 3);

    await panel(page).getByRole('button', { name: '试听 菜单提示语' }).click();
    await panel(page).getByRole('button', { name: '停止 菜单提示语' }).waitFor();

    await page.getByRole('button', { name: '检查' }).click();
    await page.getByText('没有发现问题').waitFor();
    await saved(page);
    const { nodes } = (await stored(page)).document;
    const menu = Object.values(nodes).find(({ type }) => type === 'menu');
    expect(menu?.config).toMatchObject({ text: '咨询请按1，投诉请按2。', items: [{ key: '1', label: '咨询' }] });
    expect(nodes[Object.values(nodes).find(({ title }) => title === '欢迎词')?.next.done ?? '']).toEqual(menu);

    await page.reload();
    await node(page, '按键菜单').click();
    expect(await inForm(page, '菜单提示语').inputValue()).toBe('咨询请按1，投诉请按2。');
    await count(lines(page), 3);
  });

  it('adds where an exit was drawn to, leads to what is wrong, and takes everything back', async () => {
    const page = await opened('2000');
    await blank(page, '撤销与粘贴');
    const before = (await stored(page)).document;
    const { x, y } = await middle(exit(page, '欢迎词', '播放完'));
    await draw(page, exit(page, '欢迎词', '播放完'), { x: x + 40, y: y + 220 });
    await typeInto(page, '条件');
    await page.keyboard.press('Enter');
    await node(page, '条件分支').waitFor();
    await page.getByRole('button', { name: '检查' }).click();
    await page
      .getByRole('region', { name: '检查结果' })
      .getByRole('button', { name: /条件分支/ })
      .first()
      .click();
    await inForm(page, '节点名称').fill('上午');
    await node(page, '上午').waitFor();

    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await count(nodes(page), 6);
    await panel(page).getByText('已选 3 个节点').waitFor();
    await page.keyboard.press('Delete');
    await count(nodes(page), 3);
    await page.keyboard.press('Control+f');
    await typeInto(page, '上午');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+d');
    await count(node(page, '上午'), 2);

    // Title, menu, paste, delete, duplicate.
    for (const left of [3, 6, 3, 3, 2]) {
      await page.keyboard.press('Control+z');
      await count(nodes(page), left);
    }
    await saved(page);
    expect(placeless((await stored(page)).document)).toEqual(placeless(before));
    await page.keyboard.press('Control+y');
    await node(page, '条件分支').waitFor();
  });

  it('tells of somebody else, and loses nothing when both have changed it', async () => {
    const [mine, theirs] = [await opened('2000'), await opened('admin')];
    await blank(mine, '两人同改');
    await theirs.goto(`/flows/${flowId(mine)}`);
    await node(theirs, '欢迎词').waitFor();
    await mine.getByText('也在编辑').waitFor();
    // Loaded anew, the page isn't somebody else beside the one it was.
    await theirs.reload();
    await theirs.getByText('也在编辑').waitFor();
    expect((await call<FlowDetail>(theirs, 'flows/get', { id: flowId(theirs) })).editors).toHaveLength(2);
    await mine.context().setOffline(true);
    await node(mine, '欢迎词').click();
    await inForm(mine, '节点名称').fill('我的欢迎词');
    await mine.locator('.draft-state', { hasText: '未保存' }).waitFor();
    await node(theirs, '欢迎词').click();
    await inForm(theirs, '节点名称').fill('对方的欢迎词');
    await saved(theirs);
    await mine.context().setOffline(false);

    await dialog(mine).getByText('保存此流程').waitFor();
    await dialog(mine).getByRole('button', { name: '载入对方的版本' }).click();
    await node(mine, '对方的欢迎词').waitFor();
    await drawing(mine).focus();
    await mine.keyboard.press('Control+z');
    await node(mine, '我的欢迎词').waitFor();
    await saved(mine);
    const { nodes } = (await stored(mine)).document;
    expect(Object.values(nodes).map(({ title }) => title)).toContain('我的欢迎词');
  });

  it('opens where it can be read, and takes no more nodes than a flow can have', async () => {
    const page = await opened('2000');
    await blank(page, '很大的流程');
    await openLarge(page, flowId(page), 600);
    const start = node(page, '节点 0').first();
    await start.waitFor();
    const width = async () => (await start.boundingBox())?.width ?? 0;
    expect(await width()).toBeGreaterThan(220 * 0.65);

    // A field belongs to the node that it was typed for, also when another one is dragged straight away.
    await start.click();
    await inForm(page, '等待按键').fill('99');
    const other = node(page, '节点 1').first().locator('header');
    const { x, y } = await middle(other);
    await draw(page, other, { x: x + 40, y: y + 40 });
    await expect.poll(() => inForm(page, '节点名称').inputValue()).toBe('节点 1');
    expect(await inForm(page, '等待按键').inputValue()).toBe('5');
    await start.click();
    await expect.poll(() => inForm(page, '等待按键').inputValue()).toBe('60');

    await drawing(page).focus();
    await page.keyboard.press('0');
    await expect.poll(width).toBeLessThan(220 * 0.65);

    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await page.getByText('节点不能超过 1000 个，未添加').waitFor();
    await count(nodes(page), 600);
  });
});

const placeless = ({ start, nodes }: FlowDocument) => ({
  start,
  nodes: Object.fromEntries(Object.entries(nodes).map(([id, { at: _at, ...node }]) => [id, node])),
});
