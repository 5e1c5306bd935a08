/** 登记表单: an administrator designs one from a template, tries it out with attachments, and meets a colleague's change. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { choose, drawer, field, goTo, row, told } from './antd.ts';
import { type BrowserBench, enter, startBrowserBench } from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-order-forms', { base: 23_640, rtp: 63_500 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const list = (page: Page) => page.getByRole('navigation', { name: '字段' });
const names = (page: Page) => list(page).locator('.form-field-name b').allInnerTexts();
const settings = (page: Page) => page.getByRole('complementary', { name: '字段设置' });
const preview = (page: Page) => page.getByRole('region', { name: '预览' });
const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true });
const picture = process.env.PICTURES;
const shot = async (page: Page, name: string) => {
  if (picture) await page.screenshot({ path: `${picture}/${name}.png` });
};

async function openList(login: string): Promise<Page> {
  const page = await bench.page({ width: 1440, height: 900 });
  await enter(bench, page, login);
  await goTo(page, '登记表单');
  await row(page, '投诉').first().waitFor();
  return page;
}

describe('a registration form', () => {
  it('is made from a template, changed, tried out, and saved in versions', async () => {
    const page = await openList('2000');
    // The province's are looked at only.
    await row(page, '涉税举报').getByRole('button', { name: '查看' }).waitFor();
    await shot(page, 'forms-list');
    await page.getByRole('button', { name: '新建登记表单' }).click();
    await choose(page, field(page, '工单类型'), '涉税举报');
    await shot(page, 'forms-new');
    await drawer(page).getByRole('button', { name: '新建并编辑' }).click();
    await page.waitForURL(/\/order-forms\/[0-9a-f-]{36}$/);
    await list(page).getByText('奖励意愿').waitFor();

    await page.getByRole('button', { name: '添加字段' }).click();
    await page.getByRole('menuitem', { name: '单行文本' }).click();
    await settings(page).getByLabel('字段名称').fill('收款账号');
    await settings(page).getByRole('radio', { name: '必填', exact: true }).waitFor();
    await settings(page).getByRole('radiogroup', { name: '显示' }).getByText('按条件').click();
    await choose(page, settings(page).getByLabel('显示条件：字段'), '奖励意愿');
    await choose(page, settings(page).getByLabel('显示条件：取值'), '申请奖励');
    await page.keyboard.press('Escape');
    await shot(page, 'forms-condition');
    // Asked before what it depends on, it can't be saved.
    await list(page)
      .getByRole('button', { name: /^收款账号/ })
      .focus();
    await page.keyboard.press('Alt+ArrowUp');
    await settings(page).getByText('须排在前面').waitFor();
    expect(await save(page).isDisabled()).toBe(true);
    await page.keyboard.press('Alt+ArrowDown');
    expect((await names(page)).at(-1)).toBe('收款账号');

    await expect.poll(() => preview(page).getByLabel('收款账号').count()).toBe(0);
    await choose(page, preview(page).getByLabel('奖励意愿'), '申请奖励');
    await preview(page).getByLabel('收款账号').fill('6222');
    await preview(page).getByRole('button', { name: '试提交' }).click();
    await preview(page).getByText('请填写违法线索').waitFor();
    await shot(page, 'forms-faults');

    await page.keyboard.press('Control+s');
    await told(page, '已保存为版本 2');
    await page.getByRole('button', { name: '历史版本' }).click();
    await drawer(page).getByText('版本 1').click();
    await drawer(page).getByRole('button', { name: '载入版本 1' }).waitFor();
    await shot(page, 'forms-history');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: '返回登记表单' }).click();
    expect(bench.faults).toEqual([]);
  }, 180_000);

  it('takes attachments: pictures are shown, what is not what it says is refused and told', async () => {
    const page = await openList('2000');
    await row(page, '涉税举报').first().getByRole('link').first().click();
    const chooser = preview(page).locator('input[type=file]');
    await chooser.setInputFiles([
      { name: '证据.png', mimeType: 'image/png', buffer: png },
      { name: '合同.pdf', mimeType: 'application/pdf', buffer: Buffer.from('not a PDF') },
      { name: '程序.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
    ]);
    await preview(page).getByRole('link', { name: '证据.png', exact: true }).waitFor();
    await preview(page).getByText('文件内容与扩展名“.pdf”不符').waitFor();
    await preview(page).getByText('不支持此类文件').waitFor();
    await shot(page, 'forms-attachments');
    await preview(page).getByRole('img', { name: '证据.png' }).click({ force: true });
    await page.locator('.ant-image-preview').waitFor();
    await shot(page, 'forms-picture');
    await page.keyboard.press('Escape');
    await preview(page).getByText('查看', { exact: true }).click();
    await preview(page).getByRole('link', { name: '证据.png', exact: true }).waitFor();
    await shot(page, 'forms-values');
    await preview(page).getByText('填写', { exact: true }).click();
    await preview(page).getByRole('button', { name: '删除证据.png' }).click();
    await preview(page).getByRole('link', { name: '证据.png', exact: true }).waitFor({ state: 'detached' });
    expect(bench.faults).toEqual([]);
  }, 180_000);

  it('is never written over: whoever saves second is told, and loads what is new', async () => {
    const [first, second] = [await openList('2000'), await openList('2000')];
    for (const page of [first, second]) {
      await row(page, '南宁').getByRole('button', { name: '编辑' }).first().click();
      await list(page).getByText('被举报人名称').waitFor();
    }
    await settings(first).getByLabel('字段名称').fill('被举报人');
    await save(first).click();
    await told(first, '已保存为版本');
    await settings(second).getByLabel('字段名称').fill('被举报单位');
    await save(second).click();
    await second.getByText('修改此表单，你的修改尚未保存').waitFor();
    await shot(second, 'forms-conflict');
    await second.getByRole('button', { name: '载入对方的版本' }).click();
    await expect.poll(async () => (await names(second))[0]).toBe('被举报人');
    expect(bench.faults).toEqual([]);
  }, 180_000);
});
