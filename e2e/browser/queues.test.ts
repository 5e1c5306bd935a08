/** What a centre's administrator does on an ordinary afternoon: queues, skills, rules, phones, rest limits. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { choose, confirm, dialog, drawer, field, goTo, row, rowsAre, told } from './antd.ts';
import { type BrowserBench, enter, startBrowserBench } from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-queues', { base: 22_120, rtp: 54_000 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

async function opened(login: string): Promise<Page> {
  const page = await bench.page({ width: 1440, height: 900 });
  await enter(bench, page, login);
  return page;
}
const save = (page: Page) => drawer(page).getByRole('button', { name: '保存' }).click();
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();
const inRow = (page: Page, text: string, button: string) =>
  row(page, text).getByRole('button', { name: button }).click();

describe('the administrator of a centre', () => {
  it('adds a queue that overflows, gives it an agent with a weight, and a rule leads calls there', async () => {
    const page = await opened('2000');
    await goTo(page, '技能与路由');
    await rowsAre(page, 1);
    await page.getByRole('button', { name: '新增技能组' }).click();
    await field(page, '名称').fill('二线');
    await drawer(page).getByRole('button', { name: '增加溢出步骤' }).click();
    await save(page);
    await drawer(page).getByText('请选择第 1 步的技能组').waitFor();
    await choose(page, field(page, '目标技能组'), '南宁咨询');
    await field(page, '秒数').fill('45');
    await field(page, '小结时长').fill('90');
    await save(page);
    await told(page, '已保存技能组“二线”');
    await row(page, '排队满 45 秒 → 同时由“南宁咨询”接听').filter({ hasText: '90 秒' }).waitFor();

    await inRow(page, '二线', '成员');
    await drawer(page).getByText('还没有成员').waitFor();
    await page.getByRole('button', { name: '添加坐席' }).click();
    await dialog(page).getByRole('row', { name: /2001/ }).getByRole('checkbox').check();
    await dialog(page).getByLabel('权重').fill('70');
    await dialog(page).getByRole('button', { name: '添加 1 人' }).click();
    await save(page);
    await told(page, '已保存“二线”的成员');
    await tab(page, '坐席技能');
    await row(page, '2001').getByText('70', { exact: true }).waitFor();
    await inRow(page, '2002', '设置');
    await drawer(page).getByRole('checkbox', { name: '二线' }).check();
    await field(page, '二线的权重').fill('30');
    await save(page);
    await row(page, '2002').getByText('30', { exact: true }).waitFor();

    await tab(page, '路由规则');
    await page.getByRole('button', { name: '新增规则' }).click();
    await field(page, '名称').fill('转来的由二线接');
    await save(page);
    await drawer(page).getByText('请至少设置一种处理').waitFor();
    await choose(page, field(page, '来源'), '12366转接');
    await page.keyboard.press('Escape');
    await choose(page, field(page, '改入技能组'), '二线');
    await field(page, '优先级加').fill('3');
    await save(page);
    await told(page, '已保存规则“转来的由二线接”');
    const rules = page.locator('.rules > li');
    await rules.last().getByText('来源为12366转接 → 优先级 +3，改入“二线”').waitFor();
    await page.getByRole('button', { name: '上移“转来的由二线接”' }).focus();
    for (const place of [2, 1, 0]) {
      await page.keyboard.press('Enter');
      await rules.nth(place).filter({ hasText: '转来的由二线接' }).waitFor();
      // The same rule can be moved on: the focus went with it.
      await page.locator('.rules > li', { hasText: '转来的由二线接' }).locator(':focus').waitFor();
    }

    const preview = page.getByRole('region', { name: '试算' });
    const verdict = preview.getByTestId('preview');
    await choose(page, preview.getByLabel('进入技能组'), '南宁咨询');
    await preview.getByLabel('来电号码').fill('07715551234');
    await choose(page, preview.getByLabel('来源'), '12366转接');
    await preview.getByRole('button', { name: '试算' }).click();
    await verdict.getByText('进入“二线”').waitFor();
    expect(await verdict.textContent()).toMatch(
      /优先级8归属地广西南宁.*符合规则“转来的由二线接”：优先级 \+3；由“南宁咨询”改入“二线”符合规则“12366转接优先”：优先级 \+5/,
    );
    await page.getByRole('switch', { name: '启用“转来的由二线接”' }).click();
    await told(page, '已停用规则“转来的由二线接”');
    await preview.getByRole('button', { name: '试算' }).click();
    await verdict.getByText('进入“南宁咨询”').waitFor();

    await tab(page, '技能组');
    await inRow(page, '二线', '删除');
    await confirm(page, '删除技能组“二线”', '删除');
    await told(page, '路由规则“转来的由二线接”通向该技能组');
    expect(bench.faults).toEqual([]);
  });

  it('gives a new IP phone to an agent and is told once what to type into it', async () => {
    const page = await opened('2000');
    await goTo(page, '话机管理');
    await page.getByRole('button', { name: '新增话机' }).click();
    await field(page, '名称').fill('值班台');
    await field(page, '账号').fill('sip-duty');
    await field(page, '使用人').fill('2002');
    await page.locator('.ant-select-item-option', { hasText: '2002' }).click();
    await save(page);
    const first = (await dialog(page).getByTestId('device-password').textContent()) ?? '';
    expect(first).toMatch(/^[a-z2-9]{20}$/);
    expect(await dialog(page).textContent()).toContain(`127.0.0.1:${bench.stack.sipPort}`);
    await dialog(page).getByRole('button', { name: '已填入话机' }).click();
    await page.getByLabel('搜索话机').fill('duty');
    await rowsAre(page, 1);
    expect(await row(page, 'sip-duty').textContent()).toMatch(/未注册[\s\S]*值班台[\s\S]*南宁市12366[\s\S]*2002/);
    await inRow(page, 'sip-duty', '换密码');
    await confirm(page, '更换话机“值班台”', '更换');
    expect(await dialog(page).getByTestId('device-password').textContent()).not.toBe(first);
    await dialog(page).getByRole('button', { name: '已填入话机' }).click();
    await inRow(page, 'sip-duty', '删除');
    await confirm(page, '删除话机“值班台”', '删除');
    await page.getByText('没有符合条件的话机').waitFor();
  });

  it('changes the minutes of a rest, and takes the change back', async () => {
    const page = await opened('2000');
    await goTo(page, '话机管理');
    await tab(page, '坐席设置');
    await page.getByText('按平台默认').waitFor();
    await page.getByLabel('小休').fill('20');
    await page.getByRole('button', { name: '保存' }).click();
    await told(page, '已保存“南宁市12366”的坐席设置');
    await page.getByText('本机构自己的设置').waitFor();
    expect(await page.getByLabel('小休').inputValue()).toBe('20');
    await page.getByRole('button', { name: '沿用上级设置' }).click();
    await confirm(page, '不再单独设置', '沿用上级');
    await page.getByText('按平台默认').waitFor();
    expect(await page.getByLabel('小休').inputValue()).toBe('15');
  });
});

it('lets a leader change members and weights, and shows the rest to read only', async () => {
  const page = await opened('1000');
  await goTo(page, '技能与路由');
  expect(await page.getByRole('button', { name: /新增|删除/ }).count()).toBe(0);
  await inRow(page, '税务咨询', '查看');
  await drawer(page).getByText('税务咨询（广西12366）').waitFor();
  expect(await field(page, '名称').isDisabled()).toBe(true);
  expect(await drawer(page).getByRole('button', { name: '保存' }).count()).toBe(0);
  await drawer(page).getByRole('button', { name: '关闭' }).last().click();
  await inRow(page, '税务咨询', '成员');
  await drawer(page)
    .getByLabel(/的权重$/)
    .first()
    .fill('65');
  await save(page);
  await told(page, '已保存“税务咨询”的成员');
  await tab(page, '坐席技能');
  await page.getByText('65', { exact: true }).waitFor();
  await tab(page, '路由规则');
  await page.locator('.rules > li').first().waitFor();
  expect(await page.locator('.rules button').count()).toBe(0);
  expect(bench.faults).toEqual([]);
});
