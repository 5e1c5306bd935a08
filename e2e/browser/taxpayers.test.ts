/** 一户式查询 and 业务类别: set up by administrators, used in a call. */
import { demoAnswer } from '@rexian/server/taxpayers/demo.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { choose, drawer, field, goTo, row, told } from './antd.ts';
import { type BrowserBench, dial, enter, inLegState, inState, signIn, startBrowserBench, tabTo } from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-taxpayers', { base: 23_620, rtp: 44_400 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

const CALLER = '13877120002';

describe('taxpayers and categories', () => {
  it('are set up by an administrator, who tries what was set up', async () => {
    const admin = await bench.page({ width: 1440, height: 900 });
    await enter(bench, admin, 'admin');
    await goTo(admin, '业务类别');
    await row(admin, '办税服务').getByRole('button', { name: '新增下级' }).click();
    await field(admin, '名称').fill('延期申报');
    await choose(admin, field(admin, '默认工单类型'), '查询');
    await drawer(admin).getByRole('button', { name: '保存' }).click();
    await told(admin, '已新增“延期申报”');
    await row(admin, '延期申报').getByRole('button', { name: '上移' }).click();
    await row(admin, '税收优惠').getByRole('button', { name: '停用' }).click();
    await admin.locator('.ant-modal-confirm').getByRole('button', { name: '停用' }).click();
    await row(admin, '税收优惠').getByText('已停用').waitFor();

    await goTo(admin, '一户式查询');
    await admin.getByLabel('测试号码').fill(CALLER);
    await admin.keyboard.press('Enter');
    await admin.getByRole('status').getByText('已查到').waitFor();
    expect(bench.faults).toEqual([]);
  }, 120_000);

  it('are found by an agent in a call, by keyboard and pinyin, each look on record', async () => {
    const agent = await bench.page();
    const caller = await bench.page({ width: 390, height: 780 });
    await enter(bench, agent, '1001');
    await signIn(agent);
    await tabTo(agent, '示闲');
    await agent.keyboard.press('Enter');
    await inState(agent, 'ready');
    await dial(caller, CALLER);
    await caller.keyboard.press('1');
    await inLegState(agent, 'ringing');
    await agent.keyboard.press('F2');
    await inLegState(agent, 'talking');

    const known = demoAnswer({ number: CALLER });
    const card = agent.getByRole('region', { name: '一户式查询' });
    await card.getByText(`查到 ${known.length} 户`).waitFor();
    const [first] = known;
    await card
      .getByRole('article', { name: first?.name ?? '' })
      .getByText('依据')
      .waitFor();
    await card.getByLabel('社会信用代码').fill('不是代码');
    await agent.keyboard.press('Enter');
    await card.getByText('社会信用代码为 15 到 20 位字母或数字').waitFor();
    await card.getByLabel('社会信用代码').fill(first?.creditCode ?? '');
    await agent.keyboard.press('Enter');
    await card.getByText('来电人自述').waitFor();
    expect(await card.textContent()).not.toContain(first?.creditCode);

    await agent.keyboard.press('F4');
    await inLegState(agent, 'ended');
    await agent.getByLabel('业务类别').focus();
    await agent.keyboard.type('ssyh');
    await agent.getByText('没有符合的类别').waitFor();
    await agent.keyboard.press('Control+A');
    await agent.keyboard.type('yqsb');
    await agent.locator('.ant-select-item-option-active', { hasText: '办税服务 / 延期申报' }).waitFor();
    await agent.keyboard.press('Enter');
    await agent.locator('#registration-content:focus').waitFor();
    await agent.keyboard.press('Alt+X');
    await agent.keyboard.press('1');
    await agent.keyboard.press('Control+Enter');
    await inState(agent, 'ready');

    const auditor = await bench.page({ width: 1440, height: 900 });
    await enter(bench, auditor, 'auditor');
    await goTo(auditor, '审计日志');
    await auditor.getByText('纳税人 138****0002').first().waitFor();
    expect(bench.faults).toEqual([]);
  }, 180_000);

  it('are found for a letter when they are asked for, and taken into what is registered', async () => {
    const agent = await bench.page();
    await enter(bench, agent, '1001');
    await goTo(agent, '工单登记');
    const card = agent.getByRole('region', { name: '一户式查询' });
    await card.getByLabel('社会信用代码').waitFor();
    await agent.getByLabel('联系电话').fill(CALLER);
    await card.getByRole('button', { name: '按联系电话查询' }).click();
    const [first] = demoAnswer({ number: CALLER });
    const found = card.getByRole('article', { name: first?.name ?? '' });
    await found.getByRole('button', { name: '选定' }).click();
    await expect.poll(() => agent.getByLabel('纳税人名称').inputValue()).toBe(first?.name);
    expect(bench.faults).toEqual([]);
  }, 120_000);
});
