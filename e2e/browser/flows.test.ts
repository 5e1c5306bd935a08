/** 流程管理: the list, templates, copies, files, and the way back to an older version. */
import { readFile } from 'node:fs/promises';
import type { FlowDocument } from '@rexian/contracts';
import { signedIn } from '@rexian/server/testing/signed-in.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chooseUnit, confirm, dialog, drawer, field, goTo, row, told } from './antd.ts';
import { type BrowserBench, enter, startBrowserBench } from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-flows', { base: 20_540, rtp: 42_000 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

async function listOf(login: string): Promise<Page> {
  const page = await bench.page({ width: 1440, height: 900 });
  await enter(bench, page, login);
  await goTo(page, '流程管理');
  return page;
}

const more = async (page: Page, flow: string, what: string) => {
  await page.getByRole('button', { name: `${flow}的更多操作` }).click();
  await page.getByRole('menuitem', { name: what }).click();
};

const greeting = (text: string): FlowDocument => ({
  start: 'hello',
  nodes: {
    hello: { type: 'play', title: '欢迎词', config: { text }, next: { done: 'end' } },
    end: { type: 'hang_up', title: '挂机', config: {}, next: {} },
  },
});

/** Somebody publishes these texts, one after the other, as a flow of Nanning. */
async function published(name: string, texts: readonly string[]): Promise<void> {
  const { api } = await signedIn(bench.stack, '2000');
  const unit = (await api.units.tree()).find(({ path }) => path === 'gx.nanning');
  const { id, ...made } = await api.flows.create({ unitId: unit?.id ?? '', name });
  let { revision } = made;
  for (const text of texts) {
    const saved = await api.flows.saveDraft({ id, revision, document: greeting(text) });
    ({ revision } = await api.flows.publish({ id, revision: saved.revision }));
  }
}

describe('the list of flows', () => {
  it('shows what is published and used, and keeps what is in use', async () => {
    const page = await listOf('2000');
    const own = row(page, '南宁市12366开场导航');
    await own.getByText('已发布 v1').waitFor();
    expect(await own.textContent()).toMatch(/077112366 等 \d+ 处/);
    // Of the province: to be looked at.
    await row(page, '广西12366开场导航').getByRole('button', { name: '查看' }).waitFor();
    await more(page, '南宁市12366开场导航', '删除');
    await confirm(page, '删除流程“南宁市12366开场导航”？', '删除');
    await told(page, '使用该流程，请先更换其流程');
    expect(bench.faults).toEqual([]);
  }, 120_000);

  it('follows what others do, without a click', async () => {
    const page = await listOf('2000');
    await row(page, '南宁市12366开场导航').waitFor();
    await published('节日提示', ['国庆节快乐。']);
    await row(page, '节日提示').getByText('已发布 v1').waitFor();
    await more(page, '节日提示', '重命名');
    await field(page, '名称').fill('国庆提示');
    await drawer(page).getByRole('button', { name: '保存' }).click();
    await told(page, '已重命名');
    await row(page, '国庆提示').waitFor();
  }, 120_000);

  it('gives a flow to other centres, and tells what is missing there', async () => {
    const page = await listOf('admin');
    await more(page, '南宁市12366开场导航', '复制到…');
    await chooseUnit(page, dialog(page).getByLabel('复制到'), '柳州市12366');
    await page.keyboard.press('Escape');
    await dialog(page).getByRole('button', { name: '复制', exact: true }).click();
    await dialog(page).getByText('该机构没有技能组“南宁咨询”').waitFor();
    await dialog(page).getByRole('button', { name: '完成' }).click();
    await page.getByText('未发布').waitFor();
  }, 120_000);

  it('goes out as a file and comes back as a draft', async () => {
    await published('导出用', ['您好。']);
    const page = await listOf('2000');
    const download = page.waitForEvent('download');
    await more(page, '导出用', '导出');
    const file = await download;
    expect(file.suggestedFilename()).toBe('导出用.json');
    const buffer = await readFile(await file.path());
    await page.getByRole('button', { name: '导入' }).click();
    await drawer(page)
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer });
    await expect.poll(() => field(page, '名称').inputValue()).toBe('导出用');
    await drawer(page).getByRole('button', { name: '导入并编辑' }).click();
    await drawer(page).getByText('该机构已有同名流程').waitFor();
    await field(page, '名称').fill('导入的');
    await drawer(page).getByRole('button', { name: '导入并编辑' }).click();
    await page.waitForURL(/\/flows\/[0-9a-f-]{36}$/);
  }, 120_000);
});

describe('the history of a flow', () => {
  it('shows what each version changed, and brings an older one back', async () => {
    await published('旧话术', ['版本一的话。', '版本二的话。']);
    const page = await listOf('2000');
    await row(page, '旧话术').getByRole('button', { name: '发布历史' }).click();
    await page.getByText('“欢迎词”的播放内容：版本一的话。 → 版本二的话。').click();
    // Both drawings show the node, in colour.
    await expect.poll(() => page.locator('.compare-drawing .react-flow__node', { hasText: '欢迎词' }).count()).toBe(2);
    await page.getByRole('navigation', { name: '版本' }).getByText('版本 1').click();
    await page.getByRole('button', { name: '回退到版本 1' }).click();
    await page.getByLabel('回退说明').fill('版本二有误');
    await dialog(page).getByRole('button', { name: '回退', exact: true }).click();
    await told(page, '已回退到版本 1');
    const versions = page.getByRole('navigation', { name: '版本' });
    await versions.getByText('回退自版本 1').waitFor();
    await versions.getByText('版本二有误').waitFor();
    expect(await versions.locator('button', { hasText: '使用中' }).textContent()).toMatch(/^版本 3/);
    expect(bench.faults).toEqual([]);
  }, 120_000);
});

describe('somebody a flow leads calls to', () => {
  it('is stopped after a second question only', async () => {
    const { api } = await signedIn(bench.stack, '2000');
    const unit = (await api.units.tree()).find(({ path }) => path === 'gx.nanning');
    const { rows } = await api.people.list({ text: '2002' });
    const { id, revision } = await api.flows.create({ unitId: unit?.id ?? '', name: '专席' });
    const document: FlowDocument = {
      start: 'duty',
      nodes: {
        duty: { type: 'agent', config: { personId: rows[0]?.id }, next: { served: 'end', unavailable: 'end' } },
        end: { type: 'hang_up', config: {}, next: {} },
      },
    };
    await api.flows.saveDraft({ id, revision, document });
    const page = await bench.page({ width: 1440, height: 900 });
    await enter(bench, page, '2000');
    await goTo(page, '人员管理');
    const stop = async () => {
      await row(page, '2002').getByRole('button', { name: '更多' }).click();
      await page.getByRole('menuitem', { name: '停用' }).click();
      // It stays behind the second question.
      await page.getByRole('dialog', { name: '停用“莫家俊”' }).getByRole('button', { name: '停用' }).click();
    };
    await stop();
    await page.getByText('流程“专席”仍会把来电转给此人').waitFor();
    await page.getByRole('button', { name: '取消' }).last().click();
    await told(page, '流程“专席”仍会把来电转给此人');
    expect(await row(page, '2002').textContent()).toContain('启用');
    await stop();
    await confirm(page, '仍要停用“莫家俊”？', '仍要停用');
    await told(page, '已停用“莫家俊”');
  });
});
