/** 知识: an editor makes a library and writes an article, a reviewer returns and publishes it, an agent finds it outdated. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { confirm, dialog, drawer, field, goTo, row, told } from './antd.ts';
import { type BrowserBench, enter, startBrowserBench } from './support.ts';
import { pasteHtml, WORD_HTML, wordFile } from './word.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-knowledge', { base: 23_740, rtp: 47_000 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

const [EDITOR, REVIEWER, AGENT] = ['6001', '1000', '1001'];
const TITLE = '个人所得税年度汇算怎样办理';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const body = (page: Page) => page.getByRole('textbox', { name: '正文' });
/** Those that have arrived. */
const pictures = (page: Page) => body(page).locator('img[src^="/media/files/"]');
const tool = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const saved = (page: Page) => page.locator('.draft-state', { hasText: '已保存' }).waitFor();
const state = (page: Page, name: string) => page.locator(`[data-article-state=${name}]`).waitFor();
const picture = process.env.PICTURES;
const shot = async (page: Page, name: string) => {
  if (picture) await page.screenshot({ path: `${picture}/${name}.png` });
};

async function pageOf(login: string): Promise<Page> {
  const page = await bench.page();
  await enter(bench, page, login);
  return page;
}

/** Opens the article from a tab of the list. */
async function openFrom(page: Page, tab: string): Promise<void> {
  await goTo(page, '知识管理');
  await page.getByRole('tab', { name: tab }).click();
  await row(page, TITLE).first().click();
  await page.locator('.article-contents').waitFor();
}

async function submit(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: '提交审核' }).click();
  await dialog(page).getByRole('textbox').fill(note);
  await dialog(page).getByRole('button', { name: '提交', exact: true }).click();
  await told(page, '已提交审核');
}

describe('an article', () => {
  it('has its place: a library is made, its categories are put in order', async () => {
    const page = await pageOf(EDITOR);
    await goTo(page, '知识库设置');
    await page.getByRole('button', { name: '新增知识库' }).click();
    await field(page, '名称').fill('政策法规');
    await drawer(page).getByRole('button', { name: '保存' }).click();
    await told(page, '已新增“政策法规”');
    for (const name of ['增值税', '个人所得税']) {
      await page.getByRole('button', { name: '新增一级目录' }).click();
      await field(page, '名称').fill(name);
      await drawer(page).getByRole('button', { name: '保存' }).click();
      await row(page, name).waitFor();
    }
    await row(page, '个人所得税').getByRole('button', { name: '上移' }).click();
    await expect.poll(() => page.locator('.ant-table-row').first().textContent()).toContain('个人所得税');
    await row(page, '个人所得税').getByRole('button', { name: '新增下级' }).click();
    await field(page, '名称').fill('年度汇算');
    await drawer(page).getByRole('button', { name: '保存' }).click();
    await row(page, '年度汇算').waitFor();
    await shot(page, 'knowledge-libraries');
    expect(bench.faults).toEqual([]);
  }, 180_000);

  it('is written with steps, a table, a picture and a link; Word’s text and files come in clean', async () => {
    const page = await pageOf(EDITOR);
    await goTo(page, '知识管理');
    await page.getByRole('button', { name: '新建知识' }).click();
    await field(page, '标题').fill(TITLE);
    await field(page, '知识库与目录').click();
    await page.keyboard.type('年度汇算');
    await page.locator('.ant-select-tree-title').getByText('年度汇算', { exact: true }).click();
    await drawer(page).getByRole('button', { name: '新建并编写' }).click();
    await page.waitForURL(/\/edit/);

    await page.getByLabel('摘要').fill('次年三月一日至六月三十日，通过手机客户端办理。');
    await body(page).click();
    await tool(page, '步骤').click();
    await page.keyboard.type('登录手机客户端');
    await page.keyboard.press('Enter');
    await page.keyboard.type('核对并提交');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await tool(page, '链接').click();
    await dialog(page).getByText('网址').click();
    await dialog(page).getByRole('textbox', { name: '网址' }).fill('https://guangxi.chinatax.gov.cn/');
    await dialog(page).getByRole('button', { name: '确定' }).click();
    await body(page).getByRole('link', { name: 'https://guangxi.chinatax.gov.cn/' }).waitFor();
    await page.keyboard.press('Enter');
    await tool(page, '表格').click();
    await page.keyboard.type('所得');
    await page.keyboard.press('Tab');
    await page.keyboard.type('预扣率');
    await page.getByRole('toolbar', { name: '表格工具' }).getByRole('button', { name: '删除列' }).click();
    await page.getByRole('toolbar', { name: '表格工具' }).getByRole('button', { name: '下方插入行' }).click();
    expect([await body(page).locator('th').count(), await body(page).locator('td').count()]).toEqual([2, 6]);
    await page.keyboard.press('Control+End');
    await page.getByLabel('选择图片').setInputFiles({ name: '界面.png', mimeType: 'image/png', buffer: png });
    await body(page).getByRole('img', { name: '界面' }).click();
    const described = page.getByRole('toolbar', { name: '图片工具' }).getByLabel('图片说明');
    await described.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('登录界面');
    await body(page).getByRole('img', { name: '登录界面', exact: true }).waitFor();
    expect(await described.inputValue()).toBe('登录界面');
    await page.keyboard.press('Enter');
    await body(page).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('如图。');
    await body(page).locator('img + p', { hasText: '如图。' }).waitFor();
    await page.keyboard.press('Enter');
    await saved(page);
    await shot(page, 'knowledge-editor');

    await page.keyboard.press('Control+End');
    await pasteHtml(body(page), WORD_HTML);
    await told(page, '有图片无法直接粘贴');
    await body(page).locator('h2', { hasText: '办理2026年度汇算' }).waitFor();
    await body(page).getByText('居民个人应当在次年三月一日至六月三十日内办理。', { exact: true }).waitFor();
    const list = body(page).locator('ol', { has: page.locator('strong', { hasText: '手机客户端' }) });
    expect(await list.locator(':scope > li').count()).toBe(3);
    expect(await list.locator('ol > li').allInnerTexts()).toEqual(['工资薪金', '劳务报酬']);
    expect(await body(page).locator('ul > li').allInnerTexts()).toEqual(['退税须填写本人银行卡']);
    await body(page).locator('td[colspan="2"]', { hasText: '综合所得' }).waitFor();
    expect(await body(page).locator('[class*=Mso], [style*=mso]').count()).toBe(0);

    await page.keyboard.press('Control+End');
    const file = { name: '公告.docx', mimeType: 'application/octet-stream', buffer: wordFile(png) };
    await page.getByLabel('选择 Word 文件').setInputFiles(file);
    await page.getByText('样式“正文缩进”按普通文字导入').waitFor();
    await page.getByRole('button', { name: '知道了' }).click();
    await body(page).locator('h2', { hasText: '适用范围' }).waitFor();
    await body(page).locator('td', { hasText: '13%' }).waitFor();
    await expect.poll(() => pictures(page).count()).toBe(2);
    await page.keyboard.press('Control+End');
    await pasteHtml(body(page), `<p><img src="data:image/png;base64,${png.toString('base64')}"></p>`);
    await expect.poll(() => pictures(page).count()).toBe(3);
    await saved(page);
    // What is on the screen is what is kept.
    await page.reload();
    await body(page).locator('td', { hasText: '13%' }).waitFor();
    expect(await pictures(page).count()).toBe(3);
    await body(page).getByRole('img', { name: '登录界面', exact: true }).waitFor();
    await submit(page, '新写');
    await state(page, 'in_review');
    await shot(page, 'knowledge-sent');
    expect(bench.faults).toEqual([]);
  }, 300_000);

  it('is returned with a reason, mended, published, and compared', async () => {
    const [writer, reviewer] = [await pageOf(EDITOR), await pageOf(REVIEWER)];
    await openFrom(reviewer, '待我审核');
    await reviewer.getByRole('button', { name: '退回' }).click();
    await dialog(reviewer).getByRole('button', { name: '退回' }).click();
    await dialog(reviewer).getByText('请填写退回原因').waitFor();
    await dialog(reviewer).getByLabel('退回原因').fill('请补充依据文件');
    await dialog(reviewer).getByRole('button', { name: '退回' }).click();
    await told(reviewer, '已退回');

    // The notice leads there.
    await writer.getByRole('button', { name: /通知/ }).click();
    await drawer(writer).getByText(TITLE).first().click();
    await writer.getByText('退回原因：请补充依据文件').waitFor();
    await shot(writer, 'knowledge-returned');
    await writer.getByRole('link', { name: '编辑' }).click();
    await writer.getByLabel('依据文件').fill('财政部 税务总局公告2026年第1号');
    await saved(writer);
    await submit(writer, '补充依据');

    await reviewer.reload();
    await reviewer.getByText('财政部 税务总局公告2026年第1号').waitFor();
    await reviewer.getByRole('button', { name: '通过并发布' }).click();
    await told(reviewer, '已发布版本 1');

    await writer.reload();
    await writer.getByRole('button', { name: '修订' }).click();
    await body(writer).getByText('核对并提交').click();
    await writer.keyboard.press('End');
    await writer.keyboard.type('申报表');
    await expect.poll(() => writer.locator('.draft-state').textContent()).toContain('已保存');
    await submit(writer, '写明提交什么');
    await openFrom(reviewer, '待我审核');
    await reviewer.locator('[data-change=changed] ins', { hasText: '申报表' }).waitFor();
    await shot(reviewer, 'knowledge-review');
    await reviewer.getByRole('button', { name: '通过并发布' }).click();
    await told(reviewer, '已发布版本 2');
    await reviewer.getByRole('region', { name: '历史版本' }).getByRole('button', { name: '版本 2' }).click();
    await drawer(reviewer).locator('[data-change=changed] ins', { hasText: '申报表' }).waitFor();
    await shot(reviewer, 'knowledge-versions');
    expect(bench.faults).toEqual([]);
  }, 300_000);

  it('is never written over: whoever saves second is told, and loads what is new', async () => {
    const [first, second] = [await pageOf(EDITOR), await pageOf(EDITOR)];
    await openFrom(first, '已发布');
    await first.getByRole('button', { name: '修订' }).click();
    await body(first).waitFor();
    await second.goto(new URL(first.url()).pathname);
    await body(second).waitFor();
    await first.getByText('也在编辑').waitFor();
    await first.getByLabel('摘要').fill('先保存的摘要');
    await expect.poll(async () => (await first.getByRole('status').textContent())?.includes('已保存')).toBe(true);
    await second.getByLabel('摘要').fill('后保存的摘要');
    await second.getByText('你的修改尚未保存').waitFor();
    await second.getByRole('button', { name: '载入对方的版本' }).click();
    await expect.poll(() => second.getByLabel('摘要').inputValue()).toBe('先保存的摘要');
    await first.getByLabel('摘要').fill('再保存的摘要');
    await second.getByText('已保存新内容').waitFor();
    await shot(second, 'knowledge-behind');
    await second.getByRole('button', { name: '载入', exact: true }).click();
    await expect.poll(() => second.getByLabel('摘要').inputValue()).toBe('再保存的摘要');
    expect(await second.getByRole('toolbar', { name: '图片工具' }).count()).toBe(0);
    await second.getByRole('link', { name: '返回知识' }).click();
    await second.getByRole('button', { name: '放弃草稿' }).click();
    await confirm(second, '放弃草稿？', '放弃');
    await state(second, 'published');
    expect(bench.faults).toEqual([]);
  }, 180_000);

  it('is read by an agent, who reports that it is outdated and hears what was done', async () => {
    const [agent, writer] = [await pageOf(AGENT), await pageOf(EDITOR)];
    await openFrom(writer, '已发布');
    await agent.goto(new URL(writer.url()).pathname);
    await agent.getByRole('heading', { name: TITLE }).waitFor();
    expect(await agent.getByRole('navigation', { name: '主菜单' }).getByText('知识管理').count()).toBe(0);
    await agent.getByRole('button', { name: '反馈' }).click();
    await drawer(agent).getByText('过时').click();
    await field(agent, '说明').fill('2027 年起改为四月办理');
    await drawer(agent).getByRole('button', { name: '提交反馈' }).click();
    await told(agent, '已反馈');
    await shot(agent, 'knowledge-agent');

    await goTo(writer, '知识反馈');
    await row(writer, '2027 年起改为四月办理').getByRole('button', { name: '答复' }).click();
    await field(writer, '答复').fill('公告尚未发布，届时修订');
    await drawer(writer).getByText('不采纳').click();
    await drawer(writer).getByRole('button', { name: '答复', exact: true }).click();
    await told(writer, '已答复反馈人');
    await writer.getByText('没有待处理的反馈').waitFor();
    await shot(writer, 'knowledge-feedback');
    await agent.reload();
    await agent.getByText('公告尚未发布，届时修订').waitFor();
    expect(bench.faults).toEqual([]);
  }, 180_000);

  it('is withdrawn with a reason, and goes out of sight of those who read', async () => {
    const [reviewer, agent] = [await pageOf(REVIEWER), await pageOf(AGENT)];
    await openFrom(reviewer, '已发布');
    await reviewer.getByRole('button', { name: '下架' }).click();
    await dialog(reviewer).getByLabel('下架原因').fill('政策已废止');
    await dialog(reviewer).getByRole('button', { name: '下架' }).click();
    await reviewer.getByText('下架原因：政策已废止').waitFor();
    await agent.goto(new URL(reviewer.url()).pathname);
    await agent.getByText('没有找到知识').waitFor();

    const writer = await pageOf(EDITOR);
    await openFrom(writer, '已下架');
    await writer.getByRole('button', { name: '修订' }).click();
    await body(writer).waitFor();
    await writer.getByRole('link', { name: '返回知识' }).click();
    await writer.getByRole('button', { name: '放弃草稿' }).click();
    await confirm(writer, '放弃草稿？', '放弃');
    await state(writer, 'withdrawn');
    expect(bench.faults).toEqual([]);
  }, 180_000);
});
