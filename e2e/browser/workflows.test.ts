/** 工单流程: an administrator draws one from a template, sees what is wrong while drawing, publishes it and goes back. */
import { signedIn } from '@rexian/server/testing/signed-in.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { choose, confirm, dialog, drawer, field, goTo, row, told, typeInto } from './antd.ts';
import { type BrowserBench, enter, startBrowserBench } from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-workflows', { base: 20_380, rtp: 65_000 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

async function listOf(login: string, size = { width: 1440, height: 900 }): Promise<Page> {
  const page = await bench.page(size);
  await enter(bench, page, login);
  await goTo(page, '工单流程');
  return page;
}

/** Begins a workflow of the kind from its template, and waits for the drawing. */
async function begin(page: Page, kind: string): Promise<void> {
  await page.getByRole('button', { name: '新建工单流程' }).click();
  await choose(page, field(page, '工单类型'), kind);
  await expect.poll(() => field(page, '名称').inputValue()).toBe(`${kind}流程`);
  await drawer(page).getByRole('button', { name: '新建并编辑' }).click();
  await page.waitForURL(/\/workflows\/[0-9a-f-]{36}$/);
  await element(page, 'end').waitFor();
}

const element = (page: Page, id: string) => page.locator(`.workflow-middle [data-element-id="${id}"]`).first();
const side = (page: Page) => page.getByRole('complementary', { name: '属性' });
const findings = (page: Page) => page.getByRole('region', { name: '检查结果' });
const saved = (page: Page) => page.getByRole('status').getByText('已保存').waitFor();

async function rename(page: Page, id: string, name: string): Promise<void> {
  await element(page, id).click();
  await renameChosen(page, name);
  await element(page, id).getByText(name).waitFor();
}

async function renameChosen(page: Page, name: string): Promise<void> {
  await side(page).getByLabel('名称').fill(name);
  await page.keyboard.press('Enter');
}

async function publish(page: Page, note: string, version: number): Promise<void> {
  await saved(page);
  await page.locator('.editor-tools').getByRole('button', { name: '发布', exact: true }).click();
  await page.getByLabel('发布说明').fill(note);
  await dialog(page).getByRole('button', { name: '发布', exact: true }).click();
  await told(page, `已发布版本 ${version}`);
  await page.getByText(`已发布 v${version}`).waitFor();
}

describe('drawing a workflow', () => {
  it('begins with a template, is changed, mended and published, and an older version comes back', async () => {
    const page = await listOf('2000');
    await begin(page, '投诉');
    await findings(page).getByText('没有发现问题').waitFor();

    await rename(page, 'accept', '受理登记');
    await side(page).getByLabel('办结时限：一般', { exact: true }).fill('12');
    await page.keyboard.press('Tab');
    await publish(page, '首版', 1);

    // A task that is put onto a flow stands between its ends.
    const line = await element(page, 'handle_to_review').boundingBox();
    if (!line) throw new Error('no line');
    await page.getByRole('button', { name: '办理环节' }).click();
    await page.mouse.move(line.x + line.width / 2, line.y + line.height / 2, { steps: 8 });
    await page.mouse.click(line.x + line.width / 2, line.y + line.height / 2);
    const fault = findings(page).getByRole('button', { name: '请填写环节名称' });
    await fault.waitFor();
    await page.locator('.workflow-badge').waitFor();
    expect(await page.getByRole('button', { name: '发布', exact: true }).isDisabled()).toBe(true);
    await page.mouse.click(line.x, line.y - 150);
    await fault.click();
    await side(page).getByLabel('名称').fill('法制会签');
    await page.keyboard.press('Enter');
    await findings(page).getByText('没有发现问题').waitFor();
    await publish(page, '增加会签', 2);

    await page.getByRole('button', { name: '发布历史' }).click();
    await drawer(page).getByRole('region', { name: '版本 2 的流程图' }).getByText('法制会签').waitFor();
    await drawer(page).getByRole('region', { name: '版本 1 的流程图' }).getByText('受理登记').waitFor();
    const changes = drawer(page).getByRole('region', { name: '改动' });
    await changes.getByRole('button', { name: '新增办理环节“法制会签”' }).click();
    await drawer(page).locator('.workflow-change-added.selected').first().waitFor();
    await drawer(page).getByRole('navigation', { name: '版本' }).getByText('版本 1').click();
    await drawer(page).getByRole('region', { name: '版本 1 的流程图' }).getByText('受理登记').waitFor();
    await drawer(page).getByRole('button', { name: '回退到版本 1' }).click();
    await page.getByLabel('回退说明').fill('会签取消');
    await dialog(page).getByRole('button', { name: '回退', exact: true }).click();
    await told(page, '已回退到版本 1');
    await drawer(page).getByText('回退自版本 1').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.workflow-middle').getByText('法制会签').waitFor({ state: 'detached' });
    expect(bench.faults).toEqual([]);
  }, 180_000);

  it('says which condition no longer fits, leads there, and takes changes back', async () => {
    const page = await listOf('2000');
    await begin(page, '涉税举报');
    await element(page, 'accept').click();
    const outcomes = side(page).locator('.ant-select', { has: page.getByLabel('办理结果', { exact: true }) });
    await outcomes.locator('.ant-select-selection-item', { hasText: '不予受理' }).getByLabel('Close').click();
    await side(page).getByLabel('办理结果', { exact: true }).fill('不受理');
    await page.keyboard.press('Enter');
    await findings(page).getByRole('button', { name: '“不予受理”不是前面环节的办理结果' }).click();
    await choose(page, side(page).getByLabel('办理结果是'), '不受理');
    await findings(page).getByText('没有发现问题').waitFor();
    await page.getByRole('button', { name: '撤销' }).click();
    await findings(page).getByRole('button', { name: '“不予受理”不是前面环节的办理结果' }).waitFor();
    await page.getByRole('button', { name: '重做' }).click();
    await findings(page).getByText('没有发现问题').waitFor();
    await saved(page);
    await page.reload();
    await element(page, 'is_accepted_to_refused').click({ force: true });
    await side(page).getByText('不受理').first().waitFor();
    expect(bench.faults).toEqual([]);
  }, 180_000);

  it('writes nothing over what somebody else has saved', async () => {
    const page = await listOf('2000');
    await begin(page, '查询');
    const id = page.url().split('/').at(-1) ?? '';
    const { api } = await signedIn(bench.stack, '2000');
    await rename(page, 'handle', '我的办理');
    await expect.poll(async () => (await api.workflows.get({ id })).drawing).toContain('我的办理');
    await saved(page);
    const { drawing, revision } = await api.workflows.get({ id });
    await api.workflows.saveDraft({ id, revision, drawing: drawing.replace('我的办理', '对方的办理') });
    await renameChosen(page, '又一个办理');
    await page.getByRole('alert').getByText('你的修改尚未保存').waitFor();
    await page.getByRole('button', { name: '载入对方的版本' }).click();
    await element(page, 'handle').getByText('对方的办理').waitFor();
    await saved(page);
    expect((await api.workflows.get({ id })).revision).toBe(revision + 1);
    expect(bench.faults).toEqual([]);
  }, 120_000);

  it('is for a category, and shows who else draws', async () => {
    const page = await listOf('2000');
    await page.getByRole('button', { name: '新建工单流程' }).click();
    await field(page, '名称').fill('社保费咨询');
    await field(page, '适用类别').click();
    await typeInto(page, '社保费');
    await page
      .locator('.ant-select-dropdown:visible .ant-select-tree-title')
      .getByText('社保费', { exact: true })
      .click();
    await field(page, '名称').click();
    await drawer(page).getByRole('button', { name: '新建并编辑' }).click();
    await page.waitForURL(/\/workflows\/[0-9a-f-]{36}$/);
    await element(page, 'end').waitFor();
    const other = await bench.page({ width: 1280, height: 800 });
    await enter(bench, other, 'admin');
    await other.goto(page.url());
    await other.getByText('也在编辑').waitFor();
    await page.getByText('也在编辑').waitFor();
    await other.close();
    await publish(page, '', 1);
    await page.getByRole('link', { name: '返回工单流程' }).click();
    await row(page, '社保费咨询').getByText('社保费', { exact: true }).waitFor();
    expect(bench.faults).toEqual([]);
  }, 120_000);

  it('goes by keyboard, and is removed from the list', async () => {
    const page = await listOf('2000', { width: 1280, height: 800 });
    await begin(page, '留言');
    await element(page, 'replied').click();
    await page.getByRole('button', { name: '办理环节' }).focus();
    await page.keyboard.press('Enter');
    await findings(page).getByText('处错误').waitFor();
    await page.getByRole('link', { name: '返回工单流程' }).click();
    await row(page, '留言流程').getByText('未发布').waitFor();
    await page.getByRole('button', { name: '留言流程的更多操作' }).click();
    await page.getByRole('menuitem', { name: '删除' }).click();
    await confirm(page, '删除工单流程“留言流程”？', '删除');
    await row(page, '留言流程').waitFor({ state: 'detached' });
  }, 120_000);
});
