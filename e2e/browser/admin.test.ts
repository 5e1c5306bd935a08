import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { choose, chooseUnit, confirm, dialog, drawer, field, goTo, row, rowsAre, told, typeDate } from './antd.ts';
import { type BrowserBench, logIn, startBrowserBench } from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-admin', { base: 20_310, rtp: 51_000 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

async function administrator(): Promise<Page> {
  const page = await bench.page({ width: 1440, height: 900 });
  await logIn(page, 'admin');
  return page;
}

const save = (page: Page) => drawer(page).getByRole('button', { name: '保存' }).click();

describe('an administrator', () => {
  it('adds units, moves them with what is below, and is told when a code is taken', async () => {
    const page = await administrator();
    await goTo(page, '机构管理');
    const tree = page.locator('.unit-tree');
    const detail = page.getByRole('region', { name: '机构详情' });
    await tree.getByText('南宁市12366', { exact: true }).click();
    await addUnit(page, '试验区税务局', 'shiyan');
    await detail.getByRole('heading', { name: '试验区税务局' }).waitFor();
    await addUnit(page, '试验税务所', 'suo');
    await detail.getByRole('heading', { name: '试验税务所' }).waitFor();

    await tree.getByText('试验区税务局', { exact: true }).click();
    await detail.getByRole('button', { name: '移动' }).click();
    await drawer(page).getByText('共移动 2 个机构').waitFor();
    await chooseUnit(page, field(page, '新的上级机构'), '柳州市12366');
    await drawer(page).getByRole('button', { name: '移动' }).click();
    await told(page, '已移动“试验区税务局”');
    await detail.getByText('gx.liuzhou.shiyan', { exact: true }).waitFor();
    await detail.getByRole('button', { name: '试验税务所' }).click();
    await detail.getByText('gx.liuzhou.shiyan.suo', { exact: true }).waitFor();

    await tree.getByText('柳州市12366', { exact: true }).click();
    await addUnit(page, '另一个局', 'shiyan');
    await drawer(page).getByText('同一上级下已有编码为“shiyan”的机构').waitFor();
    expect(await field(page, '名称').inputValue()).toBe('另一个局');
  });

  it('adds a person with a role, who then signs in with the temporary password and must change it', async () => {
    const page = await administrator();
    await goTo(page, '人员管理');
    await page.getByRole('button', { name: '新增人员' }).click();
    await field(page, '工号').fill('t5001');
    await field(page, '姓名').fill('试用员');
    await chooseUnit(page, field(page, '所属机构'), '南宁市12366');
    await save(page);
    const password = (await page.getByTestId('temporary-password').textContent()) ?? '';
    expect(password.length).toBeGreaterThanOrEqual(10);
    await dialog(page).getByRole('button', { name: '已告知本人' }).click();

    await drawer(page).getByRole('checkbox', { name: '班长' }).check();
    await drawer(page).getByText('能看到“南宁市12366”及其全部下级机构的数据').click();
    await save(page);
    await told(page, '已保存“试用员”的角色与数据范围');
    await page.getByLabel('搜索人员').fill('t5001');
    await rowsAre(page, 1);
    expect(await row(page, 't5001').textContent()).toMatch(/试用员[\s\S]*南宁市12366[\s\S]*班长[\s\S]*本单位及下级/);

    const person = await bench.page();
    await person.goto('/');
    await person.getByLabel('工号').fill('t5001');
    await person.getByLabel('密码').fill(password);
    await person.keyboard.press('Enter');
    await person.getByText('试用员，您好。首次登录').waitFor();
  });

  it('adds a service number; one that is taken is refused and nothing typed is lost', async () => {
    const page = await administrator();
    await goTo(page, '服务号码');
    await addNumber(page, '0771555000');
    await told(page, '已保存号码 0771555000');
    await page.getByLabel('搜索号码').fill('0771555000');
    await rowsAre(page, 1);
    await addNumber(page, '0771555000');
    await drawer(page).getByText('该号码已被占用').waitFor();
    expect(await field(page, '号码').inputValue()).toBe('0771555000');
    await drawer(page).getByRole('button', { name: '取消' }).click();
    await confirm(page, '放弃未保存的内容', '放弃');
    await row(page, '0771555000').getByRole('button', { name: '删除' }).click();
    await confirm(page, '删除服务号码 0771555000', '删除');
    await page.getByText('没有符合条件的号码').waitFor();
  });

  it('is told when a part of the page can’t be loaded, and goes on after reloading', async () => {
    const page = await administrator();
    const part = '**/assets/NumbersPage*.js';
    await page.route(part, (route) => route.abort());
    await goTo(page, '服务号码');
    await page.getByText('系统刚刚升级').waitFor();
    await page.unroute(part);
    await page.getByRole('button', { name: '刷新页面' }).click();
    await page.getByRole('button', { name: '新增号码' }).waitFor();
  });

  it('goes on typing while who they are can’t be asked again', async () => {
    const page = await administrator();
    await goTo(page, '服务号码');
    await page.getByRole('button', { name: '新增号码' }).click();
    await field(page, '号码').fill('0771555999');
    let refused = 0;
    await page.route('**/auth/me', (route) => {
      refused += 1;
      return route.abort();
    });
    // Wherever the same person logs out, the others ask who they are.
    const elsewhere = await administrator();
    await elsewhere.getByRole('button', { name: '退出' }).click();
    await expect.poll(() => refused, { timeout: 30_000 }).toBe(3);
    expect(await field(page, '号码').inputValue()).toBe('0771555999');
  });

  it('blocks a caller, finds the entry by the last four digits and reveals its number', async () => {
    const page = await administrator();
    await goTo(page, '黑白名单');
    await page.getByRole('button', { name: '加入名单' }).click();
    await field(page, '来电号码').fill('13877144321');
    await field(page, '原因').fill('多次恶意骚扰');
    await drawer(page).getByRole('button', { name: '7 天' }).click();
    await save(page);
    await told(page, '已将 138 **** 4321 加入黑名单');
    const search = page.getByLabel('查找号码');
    await search.fill('4321');
    await search.press('Enter');
    await rowsAre(page, 1);
    const entry = row(page, '138 **** 4321');
    expect(await entry.textContent()).toMatch(/黑名单[\s\S]*多次恶意骚扰[\s\S]*7 天后/);
    await entry.hover();
    await entry.getByRole('button', { name: '查看' }).click();
    await row(page, '138 7714 4321').waitFor();
    await search.fill('9876');
    await search.press('Enter');
    await page.getByText('没有符合条件的名单').waitFor();
  });

  it('sets a calendar: the month follows the draft, the preview what is saved', async () => {
    const page = await administrator();
    await goTo(page, '工作日历');
    await page.getByRole('button', { name: '新增日历' }).click();
    await chooseUnit(page, field(page, '适用机构'), '兴宁区税务局');
    await field(page, '名称').fill('兴宁日历');
    await drawer(page).getByRole('button', { name: '新增', exact: true }).click();
    await told(page, '已新增“兴宁区税务局”的工作日历');
    const month = page.getByRole('region', { name: '月历' });
    await showMonth(page, '2026年10月');
    await month.locator('[data-date="2026-10-01"][data-kind=holiday][data-closed]', { hasText: '国庆节' }).waitFor();
    await month.locator('[data-date="2026-10-10"][data-kind=exchanged]', { hasText: '09:00–12:00' }).waitFor();

    await month.locator('[data-date="2026-10-20"] button').click();
    await dialog(page).getByLabel('名称').fill('系统升级');
    await dialog(page).getByRole('button', { name: '确定' }).click();
    await month.locator('[data-date="2026-10-20"][data-kind=special][data-closed]', { hasText: '系统升级' }).waitFor();
    const preview = page.getByRole('region', { name: '某时刻是否上班' });
    const at = preview.getByLabel('时刻');
    await typeDate(page, at, '2026-10-20 10:00');
    await preview.getByText('按每周时间').waitFor();
    await page.getByRole('button', { name: '保存' }).click();
    await told(page, '已保存“兴宁日历”');
    await preview.locator('[data-open=false]', { hasText: '特殊日（系统升级）' }).waitFor();
    await typeDate(page, at, '2026-10-03 10:00');
    await preview.locator('[data-open=false]', { hasText: '法定节假日（国庆节）' }).waitFor();
    await preview.getByText('10月8日 星期四 09:00 上班').waitFor();
    await typeDate(page, at, '2026-10-09 10:00');
    await preview.locator('[data-open=true]', { hasText: '10月9日 星期五 12:00 下班' }).waitFor();

    // A half-typed time can't be saved, and says so.
    await page.getByLabel('星期六增加时段').click();
    await page.getByLabel('星期六第 1 段结束').fill('8');
    await page.getByText('每周时间有误').waitFor();
    expect(await page.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
  });

  it('of a city sees its own units, and the calendar of the province to be read only', async () => {
    const page = await bench.page({ width: 1280, height: 720 });
    await logIn(page, '2000');
    await goTo(page, '机构管理');
    await page.locator('.unit-tree').getByText('青秀区税务局', { exact: true }).waitFor();
    expect(await page.locator('.unit-tree').textContent()).not.toMatch(/广西|柳州/);
    await goTo(page, '工作日历');
    const month = page.getByRole('region', { name: '月历' });
    await showMonth(page, '2026年10月');
    await month.locator('[data-date="2026-10-01"][data-closed]', { hasText: '国庆节' }).waitFor();
    await choose(page, page.getByLabel('工作日历', { exact: true }), '广西12366');
    await page.getByText('由上级机构设置，只能查看').waitFor();
    await showMonth(page, '2026年10月');
    await month.locator('[data-date="2026-10-01"]:not([data-closed])', { hasText: '全天' }).waitFor();
    expect(await month.locator('[data-date] button').count()).toBe(0);
    expect(await page.getByRole('button', { name: '删除', exact: true }).count()).toBe(0);
  });

  it('brings people in from Excel: one wrong row and nothing, corrected and all, with their passwords', async () => {
    const page = await administrator();
    await goTo(page, '人员管理');
    await page.getByRole('button', { name: '导入' }).click();
    const headings = await downloadedHeadings(page);
    const people = ['t6001', 't6002'].map((login, i) => ({ 工号: login, 姓名: `导入员${i + 1}`, 机构: 'gx.nanning' }));
    const wrong = await workbook(headings, [...people, { 工号: 't6003', 姓名: '', 机构: 'gx.nowhere' }]);
    const choice = page.locator('input[type=file]');
    await choice.setInputFiles({ name: '人员.xlsx', mimeType: XLSX, buffer: wrong });
    const result = page.locator('.import-result');
    await result.getByText('尚未导入').waitFor();
    expect(await result.locator('.ant-table-row').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^4姓名/), expect.stringMatching(/^4机构/)]),
    );
    expect(await page.getByRole('button', { name: '确认导入' }).isDisabled()).toBe(true);

    await choice.setInputFiles({ name: '人员.xlsx', mimeType: XLSX, buffer: await workbook(headings, people) });
    await result.getByText('检查通过').waitFor();
    await page.getByRole('button', { name: '确认导入' }).click();
    await result.getByText('已导入人员：新增 2').waitFor();
    const download = page.waitForEvent('download');
    await result.getByRole('button', { name: '下载初始密码' }).click();
    const passwords = await readFile(await (await download).path(), 'utf8');
    expect(passwords).toMatch(/^\uFEFF"工号","初始密码"\r\n"t6001","[^"]{10,}"\r\n"t6002","[^"]{10,}"\r\n$/);
    await page.getByRole('button', { name: '完成' }).click();
    await page.getByLabel('搜索人员').fill('t600');
    await rowsAre(page, 2);
    expect(bench.faults).toEqual([]);
  });
});

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function addUnit(page: Page, name: string, code: string): Promise<void> {
  await page.getByRole('button', { name: '新增下级' }).click();
  await field(page, '名称').fill(name);
  await field(page, '编码').fill(code);
  await save(page);
}

async function addNumber(page: Page, number: string): Promise<void> {
  await page.getByRole('button', { name: '新增号码' }).click();
  await field(page, '号码').fill(number);
  await field(page, '名称').fill('试验热线');
  await choose(page, field(page, '接听流程'), '广西12366');
  await save(page);
}

/** Turns the pages of the month view, whatever today is. */
async function showMonth(page: Page, wanted: string): Promise<void> {
  const heading = page.getByRole('region', { name: '月历' }).getByRole('heading');
  const order = (text: string) => {
    const [, year, month] = /(\d+)年(\d+)月/.exec(text) ?? [];
    return Number(year) * 12 + Number(month);
  };
  for (;;) {
    const distance = order(wanted) - order((await heading.textContent()) ?? '');
    if (distance === 0) return;
    await page.getByRole('button', { name: distance > 0 ? '下个月' : '上个月' }).click();
  }
}

/** The first row of the template, as somebody fills it in. */
async function downloadedHeadings(page: Page): Promise<string[]> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载模板' }).click();
  const [first] = await readSheet(await (await download).path());
  return (first ?? []).map(String);
}

async function workbook(headings: string[], rows: Record<string, string>[]): Promise<Buffer> {
  const cells = [headings, ...rows.map((each) => headings.map((heading) => each[heading] ?? ''))];
  return writeXlsxFile(cells.map((line) => line.map((value) => ({ value, type: String })))).toBuffer();
}
