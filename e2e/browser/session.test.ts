import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  agentReady,
  type BrowserBench,
  confirmSignIn,
  dial,
  inCall,
  inLegState,
  inState,
  lineOver,
  logIn,
  registered,
  startBrowserBench,
} from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-session', { base: 20_320, rtp: 59_000 });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

/** Rings at the agent and is answered. */
async function talk(agentLogin: string, from: string) {
  const agent = await bench.page();
  const caller = await bench.page({ width: 390, height: 780 });
  await agentReady(agent, agentLogin);
  await dial(caller, from);
  await caller.keyboard.press('1');
  await agent.locator('.ring-buttons').waitFor();
  await agent.keyboard.press('F2');
  await inLegState(agent, 'talking');
  return { agent, caller };
}

describe('the desk session', () => {
  it('is taken over by a second log-in and taken back', async () => {
    const first = await bench.page();
    await agentReady(first, '1001');
    const second = await bench.page();
    await logIn(second, '1001');
    await second
      .getByRole('heading', { name: '已在别处签入' })
      .or(second.getByText('已在别处签入').first())
      .first()
      .waitFor();
    await second.getByRole('button', { name: '在此签入' }).first().click();
    await confirmSignIn(second);
    await first.getByText('本页的电话已停止').waitFor();
    expect(await first.locator('[data-registration]').count()).toBe(0);
    await first.getByRole('button', { name: '在此签入' }).first().click();
    await confirmSignIn(first);
    await second.getByText('本页的电话已停止').waitFor();
    await first.getByRole('button', { name: '签出' }).click();
    await first.getByText('尚未签入').waitFor();
  });

  it('keeps its caller over a reload in the middle of a talk', async () => {
    const { agent, caller } = await talk('1004', '13877130009');
    agent.on('dialog', (dialog) => void dialog.accept());
    await agent.reload();
    await inLegState(agent, 'talking');
    await registered(agent);
    // Muting needs a phone that talks.
    await agent.locator('button:enabled', { hasText: '静音' }).waitFor();
    expect((await lineOver(agent, 3_000)).receivedEnergy).toBeGreaterThan(0.01);
    expect((await lineOver(caller, 3_000)).receivedEnergy).toBeGreaterThan(0.01);
    await agent.keyboard.press('F4');
    await inState(agent, 'wrap_up');
  });

  it('survives a reload in the wrap-up, with what was typed', async () => {
    const { agent, caller } = await talk('1002', '13877130002');
    await agent.locator('#wrap-up-remark').fill('纳税人询问留抵退税');
    await caller.getByRole('button', { name: '挂机' }).click();
    await inLegState(agent, 'ended');
    await agent.keyboard.press('Escape');
    await agent.reload();
    await registered(agent);
    await inState(agent, 'wrap_up');
    expect(await agent.locator('#wrap-up-remark').inputValue()).toBe('纳税人询问留抵退税');
    await agent.getByText('需后续处理').click();
    await agent.keyboard.press('Control+Enter');
    await inState(agent, 'ready');
  });

  it('lives through a crash of the control process in the middle of a talk', async () => {
    const { agent, caller } = await talk('1003', '13877130003');
    await bench.stack.killControl();
    await agent.getByText('与服务器的连接中断').waitFor();
    // The talk itself does not need the control process.
    expect((await lineOver(agent, 3_000)).receivedEnergy).toBeGreaterThan(0.01);
    expect((await lineOver(caller, 3_000)).receivedEnergy).toBeGreaterThan(0.01);
    await bench.stack.startControl();
    await agent.getByText('与服务器的连接中断').waitFor({ state: 'detached', timeout: 30_000 });
    await agent.locator('[data-registration=registered]').waitFor({ timeout: 30_000 });
    await inState(agent, 'talking');
    await agent.keyboard.press('F4');
    await inLegState(agent, 'ended');
    // Asked for a mark, the caller gives one.
    await caller.waitForTimeout(3_000);
    await caller.keyboard.press('1');
    await inCall(caller, 'ended');
    await agent.getByText('已转办').click();
    await agent.keyboard.press('Control+Enter');
    await inState(agent, 'ready');
    expect(bench.faults).toEqual([]);
  }, 120_000);
});
