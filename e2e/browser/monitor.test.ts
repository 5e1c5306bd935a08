/** A team leader at the live board: what is done there arrives on the agent's page. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { goTo, told } from './antd.ts';
import {
  type BrowserBench,
  confirmSignIn,
  dial,
  enter,
  inLegState,
  inState,
  signIn,
  startBrowserBench,
} from './support.ts';

let bench: BrowserBench;
beforeAll(async () => {
  bench = await startBrowserBench('browser-monitor', { base: 22_550, rtp: 58_000 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

const card = (page: Page, agentNumber: string) => page.locator('.agent', { hasText: agentNumber });
const onBoard = (page: Page, agentNumber: string, state: string) =>
  page.locator(`.agent[data-agent-state=${state}]`, { hasText: agentNumber }).waitFor();
const item = (page: Page, verb: string) =>
  page.locator('.agent-menu:visible .ant-dropdown-menu-item', { hasText: verb });

const chosen = (page: Page) => page.locator('.agent-menu:visible .ant-dropdown-menu-item:focus').textContent();

/** Opens what can be done to an agent, by keyboard, and does it. */
async function doTo(page: Page, agentNumber: string, verb: string): Promise<void> {
  // A dialog that has just closed takes the focus back once more, and the key with it.
  const opens = async () => {
    await page.keyboard.press('Escape');
    await card(page, agentNumber).focus();
    await page.keyboard.press('Enter');
    return item(page, verb)
      .waitFor({ timeout: 5_000 })
      .then(() => true)
      .catch(() => false);
  };
  await expect.poll(opens, { timeout: 30_000 }).toBe(true);
  // The menu takes the focus a moment after it has come.
  await page.waitForTimeout(300);
  for (let now = await chosen(page); !now?.startsWith(verb); ) {
    const before = now;
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (now = await chosen(page)), { timeout: 5_000 }).not.toBe(before);
  }
  await page.keyboard.press('Enter');
  await page.locator('.agent-menu:visible').waitFor({ state: 'detached' });
}

async function agentReady(page: Page, login: string): Promise<void> {
  await enter(bench, page, login);
  await page.getByText('尚未签入').waitFor();
  await signIn(page);
  await page.getByRole('button', { name: '示闲' }).click();
  await inState(page, 'ready');
}

async function leaderAtBoard(login: string): Promise<Page> {
  const leader = await bench.page({ width: 1440, height: 900 });
  await enter(bench, leader, login);
  await goTo(leader, '现场监控');
  await leader.locator('.board-head').waitFor();
  return leader;
}

describe('the live board', () => {
  it('puts an agent not ready and ready again, writes to them and signs them out', async () => {
    const agent = await bench.page();
    await agentReady(agent, '1001');
    const leader = await leaderAtBoard('1000');
    await onBoard(leader, '1001', 'ready');

    await doTo(leader, '1001', '强制示忙');
    await inState(agent, 'not_ready');
    expect(await agent.locator('.state-chip').textContent()).toContain('班长强制示忙');
    await agent.getByText('班长已将您置为示忙').waitFor();
    await agent.getByRole('button', { name: '已读' }).click();
    await onBoard(leader, '1001', 'not_ready');

    // What doesn't fit is greyed out and says why.
    await card(leader, '1001').click();
    expect(await item(leader, '强制示忙').getAttribute('aria-disabled')).toBe('true');
    expect(await item(leader, '监听').textContent()).toContain('当前没有通话');
    await leader.keyboard.press('Escape');
    await doTo(leader, '1001', '强制示闲');
    await inState(agent, 'ready');
    await agent.getByRole('button', { name: '已读' }).click();

    await doTo(leader, '1001', '发送消息');
    await leader.getByLabel('消息内容').fill('请协助接听社保费咨询');
    await leader.keyboard.press('Control+Enter');
    await told(leader, '消息已发送');
    await agent.getByText('请协助接听社保费咨询').waitFor();
    await agent.getByRole('button', { name: '已读' }).click();

    await doTo(leader, '1001', '强制签出');
    await leader.locator('.ant-modal-confirm', { hasText: '强制签出 韦晓兰' }).waitFor();
    await leader.keyboard.press('Enter');
    await agent.getByText('未签入').first().waitFor();
    await card(leader, '1001').waitFor({ state: 'detached' });
    await leader.getByLabel('含未签入').click();
    await onBoard(leader, '1001', 'out');
    expect(leader.url()).toContain('out=1');
    expect(bench.faults).toEqual([]);
  }, 120_000);

  it('shows a call, and offers the leader a phone of their own before it is joined', async () => {
    const agent = await bench.page();
    const caller = await bench.page({ width: 390, height: 780 });
    await agentReady(agent, '1002');
    const leader = await leaderAtBoard('1000');
    await dial(caller, '13877120001');
    await caller.keyboard.press('1');
    await inLegState(agent, 'ringing');
    await agent.locator('.ring-buttons').waitFor();
    await agent.keyboard.press('F2');
    await inLegState(agent, 'talking');
    await onBoard(leader, '1002', 'talking');
    expect(await card(leader, '1002').textContent()).toContain('138 **** 0001');

    await doTo(leader, '1002', '监听');
    await leader.locator('.ant-modal-confirm', { hasText: '请先签入' }).getByRole('button', { name: '去签入' }).click();
    await confirmSignIn(leader);
    await doTo(leader, '1002', '监听');
    const bar = leader.getByRole('region', { name: '监控通话' });
    await bar.getByText('正在监听').waitFor();
    await bar.getByText('耳语指导').click();
    await bar.getByText('正在耳语指导').waitFor();
    await bar.getByRole('button', { name: '结束监控' }).click();
    await bar.waitFor({ state: 'detached' });
    // The call goes on.
    await onBoard(leader, '1002', 'talking');
    await caller.getByRole('button', { name: '挂机' }).click();
    await inLegState(agent, 'ended');
    expect(bench.faults).toEqual([]);
  }, 120_000);
});
