/** 来电登记: an agent writes while the caller talks; closed or handed on by one keystroke, with the wrap-up of the call. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { goTo, row } from './antd.ts';
import {
  type BrowserBench,
  dial,
  enter,
  inLegState,
  inState,
  registered,
  signIn,
  startBrowserBench,
} from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-registration', { base: 23_680, rtp: 46_800 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

const content = (page: Page) => page.locator('#registration-content');
const kept = (page: Page) =>
  page
    .getByRole('region', { name: '来电登记' })
    .getByText(/已保存 \d/)
    .waitFor();

/** The caller is put through and answered; the keyboard is in the content. */
async function answered(agent: Page, caller: Page): Promise<void> {
  await dial(caller, '13877161001');
  await caller.keyboard.press('1');
  await agent.locator('.ring-buttons').waitFor();
  await agent.keyboard.press('F2');
  await inLegState(agent, 'talking');
  await agent.locator('#registration-content:focus').waitFor();
}

describe('registering a call', () => {
  it('by keyboard: closed by one keystroke, the wrap-up with it; the next is handed on, over a reload', async () => {
    const agent = await bench.page({ width: 1440, height: 900 });
    const caller = await bench.page({ width: 390, height: 780 });
    await enter(bench, agent, '1001');
    await signIn(agent);
    await agent.getByRole('button', { name: '示闲' }).click();
    await inState(agent, 'ready');
    await answered(agent, caller);
    await agent.keyboard.press('Control+Enter');
    await agent.keyboard.type('个体工商户停业如何办理登记');
    await agent.keyboard.press('Control+Enter');
    await agent.getByText('即办须填写答复内容').waitFor();
    await agent.locator('#registration-answer:focus').waitFor();
    await agent.keyboard.type('在停业前向主管税务机关办理停业登记');
    await kept(agent);
    await agent.keyboard.press('Control+Enter');
    await agent.getByText(/工单 GD\d+ 已办结/).waitFor();
    await agent.keyboard.press('F4');
    // The wrap-up is over by itself.
    await inState(agent, 'ready');

    await answered(agent, caller);
    const similar = agent.getByRole('region', { name: '相似工单' });
    await agent.keyboard.type('停业登记提交后多日没有办结');
    await kept(agent);
    await agent.keyboard.press('Tab');
    await similar.getByText('个体工商户停业如何办理登记').waitFor();
    await agent.keyboard.type('已记录');
    agent.on('dialog', (dialog) => void dialog.accept());
    await agent.reload();
    await inLegState(agent, 'talking');
    await registered(agent);
    await expect.poll(() => content(agent).inputValue()).toBe('停业登记提交后多日没有办结');
    expect(await agent.locator('#registration-answer').inputValue()).toBe('已记录');
    await agent.getByText('流转至').waitFor();
    await agent.keyboard.press('Alt+Enter');
    await agent.getByText(/工单 GD\d+ 已提交流转/).waitFor();
    await agent.keyboard.press('F4');
    await inState(agent, 'ready');

    await goTo(agent, '通话记录');
    await row(agent, '已转办').waitFor();
    await row(agent, '已解答').waitFor();
    expect(bench.faults).toEqual([]);
  }, 150_000);

  it('of a letter: kept for later, opened again and deleted', async () => {
    const agent = await bench.page();
    await enter(bench, agent, '1002');
    await goTo(agent, '工单登记');
    await agent.getByLabel('来文编号').fill('桂税信〔2026〕18号');
    await content(agent).fill('建议增设办税窗口');
    await agent.keyboard.press('Alt+Z');
    await row(agent, '其他').getByRole('button', { name: '继续登记' }).click();
    await expect.poll(() => content(agent).inputValue()).toBe('建议增设办税窗口');
    expect(await agent.getByLabel('来文编号').inputValue()).toBe('桂税信〔2026〕18号');
    await agent.getByText('暂存登记', { exact: true }).click();
    await row(agent, '其他').getByRole('button', { name: '删除' }).click();
    await agent.locator('.ant-modal-confirm').getByRole('button', { name: '删除' }).click();
    await agent.getByText('没有暂存的登记').waitFor();
    expect(bench.faults).toEqual([]);
  });
});
