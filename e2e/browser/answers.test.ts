/** 问答库: an answer is proposed, returned, proposed again and adopted; one that asks back is written by keyboard; a city's own stands in for it. */
import { readSheet } from 'read-excel-file/node';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import {
  bank,
  CATEGORY,
  CITY_MANAGER,
  CITY_WRITER,
  choosePlace,
  LEADER,
  LIBRARY,
  makeLibrary,
  paste,
  press,
  question,
  shot,
  tab,
  WRITER,
} from './answer-work.ts';
import { choose, dialog, drawer, field, goTo, row, rowsAre, told } from './antd.ts';
import { apiOf } from './order-work.ts';
import { type BrowserBench, startBrowserBench } from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-answers', { base: 23_780, rtp: 45_000 }, { silent: true });
  await makeLibrary(bench);
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

const RED = '红字发票怎么开？';

describe('the bank of answers', () => {
  it('takes an answer that is written, returned, written again and adopted', async () => {
    const writer = await bank(bench, WRITER);
    await writer.getByRole('button', { name: '新增问答' }).click();
    await question(writer).fill(RED);
    await paste(writer.getByLabel('相似问法（0 个）'), '1. 发票开错了怎么冲红\n2. 红冲发票流程\n红字发票怎么开\n');
    await writer.getByRole('list', { name: '相似问法' }).getByText('红冲发票流程').waitFor();
    // The question itself is no phrasing of its own.
    expect(await writer.locator('.phrasings li').count()).toBe(2);
    await writer.getByRole('button', { name: '提交审核' }).click();
    await writer.getByText('请填写答案').waitFor();
    await writer.getByText('请选择知识库目录').waitFor();
    await shot(writer, 'answer-faults');

    await writer.getByLabel('答案', { exact: true }).last().fill('在电子税务局“开票业务—红字发票开具”开具。');
    await writer.getByText('读出约 4 秒').waitFor();
    // What is written outlives the page.
    await writer.waitForTimeout(600);
    await writer.reload();
    await writer.getByText('未提交的内容').first().waitFor();
    expect(await question(writer).inputValue()).toBe(RED);
    await choosePlace(writer, CATEGORY);
    await shot(writer, 'answer-editor');
    await press(writer, 'Control+Enter');
    await told(writer, '已提交');
    await row(writer, RED).getByText('待审核').waitFor();

    const leader = await bank(bench, LEADER);
    await tab(leader, '待我审核').click();
    await row(leader, RED).click();
    await shot(leader, 'answer-review-new');
    await drawer(leader).getByRole('button', { name: '退回' }).click();
    await dialog(leader).getByLabel('原因').fill('请写明开具期限。');
    await dialog(leader).getByRole('button', { name: '退回' }).click();
    await told(leader, '已退回');

    await writer.reload();
    await row(writer, RED).getByText('请写明开具期限。').waitFor();
    await shot(writer, 'answer-mine');
    await row(writer, RED).click();
    await drawer(writer).getByRole('button', { name: '修改后再次提交' }).click();
    await writer.getByText('退回原因：请写明开具期限。').waitFor();
    const text = writer.getByLabel('答案', { exact: true }).last();
    await text.fill(`${await text.inputValue()}发票开具当年内均可红冲。`);
    await press(writer, 'Control+Enter');
    await told(writer, '已提交');

    await leader.reload();
    await row(leader, RED).click();
    await drawer(leader).getByRole('button', { name: '采纳' }).click();
    await told(leader, '已采纳');
    await tab(leader, '问答').first().click();
    await row(leader, RED).getByText('单轮').waitFor();
    const [file] = await Promise.all([
      leader.waitForEvent('download'),
      leader.getByRole('button', { name: /导出$/ }).click(),
    ]);
    expect((await readSheet(await file.path())).flat()).toContain(RED);
    await shot(leader, 'answers');
    expect(bench.faults).toEqual([]);
  }, 240_000);

  it('warns of what is there already, and shows a change field by field', async () => {
    const writer = await bank(bench, CITY_WRITER);
    await writer.getByRole('button', { name: '新增问答' }).click();
    await question(writer).fill('红字发票 怎么开');
    const alike = writer.locator('.duplicates');
    await alike.getByText('已有相同的问法').waitFor();
    expect(await alike.getByRole('link', { name: RED }).getAttribute('target')).toBe('_blank');
    await shot(writer, 'answer-duplicates');
    await writer.getByRole('button', { name: '返回' }).click();

    await row(writer, RED).click();
    await writer.getByRole('button', { name: '提出修改' }).click();
    await writer.getByLabel('提交说明').fill('南宁来电常问期限');
    await writer.getByLabel('答案', { exact: true }).last().fill('在电子税务局“开票业务—红字发票开具”开具，不限当年。');
    await press(writer, 'Control+Enter');
    await told(writer, '审核');

    const leader = await bank(bench, LEADER);
    await tab(leader, '待我审核').click();
    await row(leader, '南宁来电常问期限').click();
    const changes = drawer(leader).getByLabel('改动', { exact: true });
    await changes.locator('del', { hasText: '均可红冲' }).waitFor();
    await changes.locator('ins', { hasText: '不限' }).waitFor();
    await shot(leader, 'answer-review-change');
    await drawer(leader).getByRole('button', { name: '采纳' }).click();
    await told(leader, '新版本已启用');
    await tab(leader, '问答').first().click();
    await row(leader, RED).click();
    await leader.getByLabel('历史版本').locator('del', { hasText: '均可红冲' }).waitFor();
    await shot(leader, 'answer-versions');
    expect(bench.faults).toEqual([]);
  }, 240_000);

  it('asks back: a tree that is written by keyboard alone and tried out', async () => {
    const page = await bank(bench, CITY_MANAGER);
    await page.getByRole('button', { name: '新增问答' }).click();
    await page.locator('#answer-question:focus').waitFor();
    await page.keyboard.type('增值税多久申报一次？');
    await choosePlace(page, CATEGORY);
    await page.getByLabel('答案', { exact: true }).last().focus();
    await page.keyboard.type('次月 15 日前');
    await press(page, 'Alt+Enter');
    await page.locator('[aria-label=反问]:focus').waitFor();
    await page.keyboard.type('请问是一般纳税人还是小规模纳税人？');
    await press(page, 'Tab');
    await page.keyboard.type('纳税人类型');
    // Past the button that goes back to one answer.
    await press(page, 'Tab', 'Tab');
    await page.locator('[aria-label="选项 1"]:focus').waitFor();
    await page.keyboard.type('一般纳税人');
    await press(page, 'Tab');
    await page.keyboard.type('一般人、一般');
    const names = async () =>
      Promise.all((await page.locator('.turn-choice-name').all()).map((each) => each.inputValue()));
    await page.getByLabel('选项 2', { exact: true }).focus();
    await page.keyboard.type('小规模纳税人');
    await press(page, 'Enter');
    await expect.poll(names).toEqual(['一般纳税人', '小规模纳税人', '']);
    // Empty, it goes by itself; what is written moves.
    await press(page, 'Backspace');
    await expect.poll(names).toEqual(['一般纳税人', '小规模纳税人']);
    await press(page, 'Alt+ArrowUp');
    await expect.poll(names).toEqual(['小规模纳税人', '一般纳税人']);
    await page.keyboard.type('的');
    await press(page, 'Backspace', 'Tab', 'Tab');
    await page.keyboard.type('按季申报，季后 15 日内。');
    await shot(page, 'answer-tree');
    await page.getByRole('button', { name: '试一试' }).click();
    const talk = dialog(page).getByRole('list', { name: '对话' });
    await talk.getByText('请问是一般纳税人').waitFor();
    await page.locator('[aria-label=回答]:focus').waitFor();
    await page.keyboard.type('不知道');
    await press(page, 'Enter');
    await talk.getByText('没有听懂').waitFor();
    await page.keyboard.type('我是小规模纳税人');
    await press(page, 'Enter');
    await talk.getByText('按季申报').waitFor();
    await shot(page, 'answer-try');
    await press(page, 'Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await press(page, 'Control+Enter');
    await told(page, '已提交');
    await row(page, '增值税多久申报一次').waitFor();
    expect(bench.faults).toEqual([]);
  }, 240_000);

  it("lets a city's own answer stand in for that from above", async () => {
    const manager = await bank(bench, CITY_MANAGER);
    await row(manager, RED).click();
    await manager.getByRole('button', { name: '制作本地答案' }).click();
    await manager.getByLabel('答案', { exact: true }).last().fill('南宁可到各城区办税服务厅代开红字发票。');
    await press(manager, 'Control+Enter');
    await told(manager, '已提交');
    // Whoever proposes doesn't adopt: the leader above does.
    const leader = await bank(bench, LEADER);
    await tab(leader, '待我审核').click();
    await row(leader, RED).filter({ hasText: '新增' }).click();
    await drawer(leader).getByRole('button', { name: '采纳' }).click();
    await told(leader, '已采纳');
    await tab(leader, '问答').first().click();
    await row(leader, RED).filter({ hasText: '本地' }).waitFor();
    await row(leader, RED).filter({ hasNotText: '本地' }).click();
    await leader.getByText('本地答案').waitFor();
    await shot(leader, 'answer-replaced');
    expect(bench.faults).toEqual([]);
  }, 240_000);
});

async function workbook(lines: string[][]): Promise<Buffer> {
  const headings = ['知识库', '目录', '标准问题', '相似问法', '答案', '关联知识', '标签', '有效期起', '有效期止'];
  return writeXlsxFile([headings, ...lines].map((line) => line.map((value) => ({ value, type: String })))).toBuffer();
}

const LOST = '电子发票丢了怎么办？';
const HOURS = '办税服务厅几点上班？';
const DEEDS = '契税什么时候交？';
const PASSWORD = '登录密码忘了咋办？';

describe('answers from Excel', () => {
  it('are looked at row by row: what is wrong, what is there already, and what is proposed', async () => {
    const page = await bank(bench, WRITER);
    await page.getByRole('button', { name: '导入' }).click();
    const asked = dialog(page);
    const content = await workbook([
      [LIBRARY, CATEGORY, LOST, '电子票丢了；发票文件找不到了', '登录电子税务局重新下载即可。', '', '', '', ''],
      [LIBRARY, CATEGORY, RED, '', '见红字发票。', '', '', '', ''],
      [LIBRARY, '没有的目录', '发票额度怎么调整？', '', '在电子税务局申请。', '', '', '', ''],
      [LIBRARY, CATEGORY, HOURS, '', '工作日 8:30 至 17:30。', '', '', '', ''],
      [LIBRARY, CATEGORY, DEEDS, '', '过户前缴纳。', '', '', '', ''],
      [LIBRARY, CATEGORY, PASSWORD, '', '用登记的手机号找回。', '', '', '', ''],
    ]);
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await asked.locator('input[type=file]').setInputFiles({ name: '问答.xlsx', mimeType, buffer: content });
    await asked.getByText('已存在 1').waitFor();
    await row(page, '发票额度怎么调整').getByText('没有的目录').first().waitFor();
    expect(await asked.getByLabel('第 4 行').isDisabled()).toBe(true);
    expect(await asked.getByLabel('第 3 行').isChecked()).toBe(false);
    await shot(page, 'import');
    await asked.getByRole('button', { name: '提交所选 4 条' }).click();
    await asked.getByText('已提交 4 条问答').waitFor();
    await asked.getByRole('button', { name: '完成' }).click();
    await tab(page, '我的提交').click();
    await row(page, LOST).getByText('待审核').waitFor();
    expect(bench.faults).toEqual([]);
  }, 180_000);

  it('are adopted and returned together; those that can not be say why', async () => {
    const page = await bank(bench, LEADER);
    await tab(page, '待我审核').click();
    await row(page, HOURS).waitFor();
    await choose(page, page.getByLabel('提交人或导入'), '导入（4 条）');
    await rowsAre(page, 4);
    const place = async () => (await page.locator('.list-table').boundingBox())?.y;
    const before = await place();
    await row(page, DEEDS).focus();
    await press(page, 'Space');
    const selected = page.getByRole('group', { name: '所选问答' });
    await selected.getByText('已选 1 条').waitFor();
    expect(await place()).toBe(before);
    await selected.getByRole('button', { name: '退回所选' }).click();
    await dialog(page).getByLabel('原因').fill('请写明依据。');
    await shot(page, 'answers-return');
    await dialog(page).getByRole('button', { name: '退回' }).click();
    await told(page, '已退回 1 条');
    await rowsAre(page, 3);
    await selected.waitFor({ state: 'detached' });

    await page.locator('.ant-table-thead').getByRole('checkbox').first().check();
    await selected.getByText('已选 3 条').waitFor();
    await shot(page, 'answers-selected');
    await selected.getByRole('button', { name: '采纳所选' }).click();
    await dialog(page).getByText('采纳所选 3 条问答？').waitFor();
    // Taken back while the leader makes up their mind.
    const writer = await apiOf(bench, WRITER);
    const { rows } = await writer.answers.proposals({ mine: true, state: 'pending' });
    const recalled = rows.find(({ content }) => content.question === PASSWORD)?.id ?? '';
    await writer.answers.recall({ id: recalled });
    await dialog(page).getByRole('button', { name: '采纳' }).click();
    await dialog(page).getByText('已采纳 2 条，未采纳 1 条').waitFor();
    await dialog(page).getByRole('list', { name: '未采纳的问答' }).getByText('已撤回').waitFor();
    await shot(page, 'answers-adopted');
    await dialog(page).locator('.ant-modal-footer').getByRole('button', { name: '关闭' }).click();
    await page.getByText('没有符合条件的问答').waitFor();
    await tab(page, '问答').first().click();
    await row(page, HOURS).waitFor();
    const titles = (await writer.notices.list({})).rows.map(({ title }) => title);
    expect(titles.slice(0, 2)).toEqual(['知识审核结果：采纳 2 条', `知识审核结果：${DEEDS} 已退回`]);

    // What a notice leads to is in no list of the leader's any more.
    await page.goto(new URL(`/answers/proposals?id=${recalled}`, page.url()).href);
    await drawer(page).getByText(PASSWORD).first().waitFor();
    await drawer(page).getByText('已撤回').waitFor();
    expect(bench.faults).toEqual([]);
  }, 240_000);
});

describe('the thesaurus', () => {
  it('takes a term, finds it by a synonym, changes and removes it', async () => {
    const page = await bank(bench, WRITER);
    await goTo(page, '专题词库');
    await page.getByRole('button', { name: '新增词条' }).click();
    await field(page, '术语').fill('数电发票');
    await field(page, '同义词').click();
    await page.keyboard.type('数电票、全电发票');
    await press(page, 'Enter');
    await drawer(page).getByRole('button', { name: '保存' }).click();
    await told(page, '已保存“数电发票”');
    await page.getByLabel('搜索词条').fill('全电');
    await row(page, '数电发票').waitFor();
    await shot(page, 'thesaurus');
    await row(page, '数电发票').getByRole('button', { name: '修改' }).click();
    await field(page, '启用').click();
    await shot(page, 'thesaurus-form');
    await drawer(page).getByRole('button', { name: '保存' }).click();
    await row(page, '已停用').waitFor();
    await row(page, '数电发票').getByRole('button', { name: '删除' }).click();
    await page.locator('.ant-modal-confirm').getByRole('button', { name: '删除' }).click();
    await told(page, '已删除');
    await page.getByText('没有符合的词条').waitFor();
    expect(bench.faults).toEqual([]);
  }, 180_000);
});

describe('what agents ask', () => {
  it('is seen where nothing was found, becomes an answer or a note, and is summed up', async () => {
    const [first, second] = await Promise.all([apiOf(bench, '2001'), apiOf(bench, '2002')]);
    const missed = '车船税滞纳金咋算';
    for (const agent of [first, first, second]) await agent.knowledgeSearch.search({ text: missed });
    await vi.waitFor(
      async () => {
        const { hits, searchId } = await first.knowledgeSearch.search({ text: RED });
        const [hit] = hits;
        if (!hit) throw new Error('not found yet');
        for (const act of ['opened', 'copied'] as const)
          await first.knowledgeSearch.use({ kind: hit.kind, id: hit.id, act, searchId });
      },
      { timeout: 60_000, interval: 2_000 },
    );

    const page = await bank(bench, CITY_MANAGER);
    await goTo(page, '未命中问题');
    await row(page, missed).getByRole('cell', { name: '3', exact: true }).waitFor();
    await shot(page, 'missing');
    await row(page, missed).getByRole('button', { name: '新增问答' }).click();
    await expect.poll(() => question(page).inputValue()).toBe(missed);
    await page.goBack();
    await row(page, missed).getByRole('button', { name: '处理' }).click();
    await drawer(page).getByRole('button', { name: '不属于税费业务' }).click();
    await drawer(page).getByRole('button', { name: '保存' }).click();
    await told(page, '已处理');
    await page.getByText('已处理', { exact: true }).first().click();
    await row(page, missed).first().getByText('不属于税费业务').waitFor();

    const manager = await bank(bench, LEADER);
    await goTo(manager, '知识统计');
    await manager.getByText('今日', { exact: true }).click();
    await manager.locator('.report-total').waitFor();
    await shot(manager, 'report-maintenance');
    await tab(manager, '使用情况').click();
    await manager.getByText('按人员', { exact: true }).click();
    await row(manager, '%').first().waitFor();
    await shot(manager, 'report-usage');
    await tab(manager, '使用查询').click();
    await row(manager, RED).first().waitFor();
    await shot(manager, 'report-items');
    await manager.getByRole('button', { name: /导出$/ }).click();
    const link = manager.locator('.export-list').getByRole('link', { name: '下载' });
    await link.waitFor({ timeout: 90_000 });
    const [download] = await Promise.all([manager.waitForEvent('download'), link.click()]);
    const sheet = await readSheet(await download.path());
    expect(sheet.flat()).toContain(RED);
    expect(bench.faults).toEqual([]);
  }, 240_000);
});
