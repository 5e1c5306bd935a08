import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  agentReady,
  type BrowserBench,
  dial,
  enter,
  inCall,
  inLegState,
  inState,
  line,
  lineOver,
  startBrowserBench,
} from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-call', { base: 20_300, rtp: 55_000 });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

describe('two tabs make a call', () => {
  it('from the menu over the talk to the saved wrap-up and its recording, the agent using the keyboard alone', async () => {
    const agent = await bench.page();
    const caller = await bench.page({ width: 390, height: 780 });
    await agentReady(agent, '1001');
    await dial(caller, '13877120001');
    await caller.keyboard.press('1');

    await inLegState(agent, 'ringing');
    expect(await agent.getByTestId('caller-number').textContent()).toBe('138 **** 0001');
    expect(await agent.locator('.call-facts').textContent()).toMatch(/广西12366[\s\S]*税务咨询/);
    await expect.poll(() => agent.title()).toContain('来电');
    await agent.locator('.ring-buttons').waitFor();
    await agent.keyboard.press('F2');
    await inLegState(agent, 'talking');

    // Both hear the other's beeps.
    await agent.getByTestId('line-quality').waitFor();
    const heard = await lineOver(agent, 3_000);
    expect(heard.receivedPackets).toBeGreaterThan(90);
    expect(heard.receivedEnergy).toBeGreaterThan(0.01);
    const heardByCaller = await lineOver(caller, 3_000);
    expect(heardByCaller.receivedPackets).toBeGreaterThan(90);
    expect(heardByCaller.receivedEnergy).toBeGreaterThan(0.01);

    // On hold the agent hears nothing of the caller.
    await agent.keyboard.press('F9');
    await agent.locator('.call-phase', { hasText: '保持中' }).waitFor();
    await agent.waitForTimeout(1_500);
    expect((await lineOver(agent, 2_500)).receivedEnergy).toBeLessThan(0.001);
    await agent.keyboard.press('F9');
    await agent.locator('.call-phase', { hasText: '通话中' }).waitFor();
    await agent.waitForTimeout(1_500);
    expect((await lineOver(agent, 2_500)).receivedEnergy).toBeGreaterThan(0.01);

    // Muted, the caller hears no beeps.
    await agent.keyboard.press('F8');
    await agent.getByText('取消静音').waitFor();
    await caller.waitForTimeout(1_500);
    expect((await lineOver(caller, 2_500)).receivedEnergy).toBeLessThan(0.001);

    await agent.keyboard.press('F4');
    await inLegState(agent, 'ended');
    // Nothing is registered of this call: it has its wrap-up only.
    await agent.getByLabel('业务类别').focus();
    await agent.keyboard.type('综合所得');
    await agent.locator('.ant-select-item-option-active').waitFor();
    await agent.keyboard.press('Enter');
    await agent.locator('#registration-content:focus').waitFor();
    await agent.keyboard.press('Alt+X');
    await agent.keyboard.press('1');
    await agent.keyboard.press('Tab');
    await agent.locator('#wrap-up-remark:focus').waitFor();
    await agent.keyboard.type('咨询年度汇算');
    await agent.keyboard.press('Control+Enter');
    await inState(agent, 'ready');
    // Asked for a mark, the caller gives one.
    await caller.keyboard.press('1');
    await inCall(caller, 'ended');

    await agent.getByRole('link', { name: '通话记录' }).focus();
    await agent.keyboard.press('Enter');
    const row = agent.locator('.list-table .ant-table-row').first();
    await row.waitFor();
    expect(await row.textContent()).toMatch(/138 \*{4} 0001[\s\S]*正常通话[\s\S]*坐席[\s\S]*已解答[\s\S]*综合所得汇算/);
    await row.focus();
    await agent.keyboard.press('Enter');
    // The job that converts the recording may take a moment; the page shows it by itself.
    await agent.locator('[data-player=ready]').waitFor({ timeout: 30_000 });
    await agent.keyboard.press('Space');
    await agent.locator('[data-player][data-playing]').waitFor();
    await agent.getByTestId('player-time').getByText('00:02 /').waitFor();
    expect(await agent.locator('.timeline').textContent()).toMatch(
      /来电呼入[\s\S]*按键[\s\S]*开始通话[\s\S]*小结已保存/,
    );
    expect(bench.faults).toEqual([]);
  });

  it('a caller who leaves while it rings takes the pop away', async () => {
    const agent = await bench.page();
    const caller = await bench.page({ width: 390, height: 780 });
    await agentReady(agent, '1002');
    await dial(caller, '13877120002');
    await caller.keyboard.press('1');
    await inLegState(agent, 'ringing');
    await caller.getByRole('button', { name: '挂机' }).click();
    await agent.getByText('等待来电').waitFor();
    await inState(agent, 'ready');
    expect(await agent.title()).toBe('热线 Rexian');
  });

  it('a refused call makes the agent not ready and goes back to the queue', async () => {
    const agent = await bench.page();
    const caller = await bench.page({ width: 390, height: 780 });
    await agentReady(agent, '1003');
    await dial(caller, '13877120003');
    await caller.keyboard.press('1');
    await agent.locator('.ring-buttons').waitFor();
    await agent.keyboard.press('F4');
    await inState(agent, 'not_ready');
    expect(await agent.locator('.state-chip').textContent()).toContain('拒接来电');
    await agent.locator('.waiting[data-some]').waitFor();
    await caller.getByRole('button', { name: '挂机' }).click();
    await agent.locator('.waiting:not([data-some])').waitFor();
  });

  it('the keypad of 来电体验 shows what was pressed and the leader sees the call live', async () => {
    const leader = await bench.page();
    const caller = await bench.page({ width: 390, height: 780 });
    await enter(bench, leader, '1000');
    await leader.goto('/monitor?view=calls');
    await leader.getByText('当前没有通话').waitFor();
    await dial(caller, '13877120004');
    await leader.getByText('138 **** 0004').waitFor();
    await leader.locator('[data-tone=wrap-up]', { hasText: '语音导航' }).waitFor();
    await caller.keyboard.press('1');
    expect(await caller.getByLabel('已按的键').textContent()).toBe('1');
    await leader.locator('[data-tone=waiting]', { hasText: '排队' }).waitFor();
    await caller.getByTestId('line-quality').waitFor();
    expect((await line(caller)).sentEnergy).toBeGreaterThan(0);
    await caller.getByRole('button', { name: '挂机' }).click();
    await leader.getByText('当前没有通话').waitFor();
  });
});
