/** An agent's day beside the talks: headset, rests, what comes after a call, the caller sent on to the machine, calls that go out. */
import { join } from 'node:path';
import { defaultHome } from '@rexian/engines';
import { DEMO_PASSWORD } from '@rexian/server/seed/demo.ts';
import { deviceNameOf } from '@rexian/server/seed/devices.ts';
import { signedIn } from '@rexian/server/testing/signed-in.ts';
import { Carrier } from '@rexian/simulate';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { goTo } from './antd.ts';
import {
  type BrowserBench,
  dial,
  enter,
  inCall,
  inLegState,
  inState,
  lineOver,
  signIn,
  startBrowserBench,
} from './support.ts';

let bench: BrowserBench;
let carrier: Carrier;

beforeAll(async () => {
  bench = await startBrowserBench('browser-desk', { base: 22_230, rtp: 53_000 }, { motion: true });
  carrier = await Carrier.start({
    home: defaultHome(),
    folder: join(bench.stack.dir, 'carrier'),
    platform: `127.0.0.1:${bench.stack.sipPort}`,
    rtp: { first: 53_500, last: 53_599 },
  });
});
afterEach(() => bench?.closePages());
afterAll(async () => {
  await carrier?.stop();
  await bench?.close();
});

async function agentAt(login: string): Promise<Page> {
  const page = await bench.page();
  await enter(bench, page, login);
  await signIn(page);
  return page;
}

async function ready(page: Page): Promise<void> {
  await page.getByRole('button', { name: '示闲' }).click();
  await inState(page, 'ready');
}

/** Chooses from an open drop-down menu. */
const pick = (page: Page, item: string) =>
  page.locator('.ant-dropdown:visible .ant-dropdown-menu-item', { hasText: item }).first().click();

async function answer(page: Page): Promise<void> {
  await page.locator('.ring-buttons').waitFor();
  await page.keyboard.press('F2');
  await inLegState(page, 'talking');
}

describe('between calls', () => {
  it('tries the headset over the whole way: what is said comes back', async () => {
    const page = await agentAt('1001');
    await page.getByRole('button', { name: /声音设置/ }).click();
    await page.getByRole('button', { name: '测试通话' }).click();
    await page.locator('[data-echo=talking]').waitFor();
    // Chromium's own microphone beeps once a second.
    const returned = () => page.locator('[data-returned]').getAttribute('data-returned').then(Number);
    await expect.poll(returned, { timeout: 15_000, interval: 50 }).toBeGreaterThan(0.3);
    await page.getByRole('button', { name: '结束测试' }).click();
    await page.getByText('测试结束').waitFor();
    await page.keyboard.press('Escape');
    // Whoever waits for calls can't be engaged by a test.
    await ready(page);
    await page.getByRole('button', { name: /声音设置/ }).click();
    expect(await page.getByRole('button', { name: '测试通话' }).isDisabled()).toBe(true);
    expect(bench.faults).toEqual([]);
  }, 90_000);

  it('counts a rest down, and lists every key on F1', async () => {
    const page = await agentAt('1002');
    await page.getByRole('button', { name: '示忙' }).click();
    await pick(page, '小休（15 分钟）');
    await page.locator('.state-chip', { hasText: /小休.*剩 14:\d\d/ }).waitFor();
    await page.keyboard.press('F1');
    await page.getByRole('dialog').getByText('转满意度').waitFor();
    await page.keyboard.press('F1');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // Grey buttons say why.
    expect(await page.getByRole('button', { name: /^保持/ }).getAttribute('aria-label')).toBe('保持，当前没有通话');
  }, 90_000);
});

describe('the caller goes on to the machine', () => {
  it('keys, main menu, and the survey after the second talk; the meal chosen meanwhile comes after it', async () => {
    const agent = await agentAt('1003');
    await ready(agent);
    const caller = await bench.page({ width: 390, height: 780 });
    await dial(caller, '13877150001');
    await caller.keyboard.press('1');
    await answer(agent);

    await agent.locator('[data-verb=keys]:enabled').waitFor();
    await agent.keyboard.press('Shift+F3');
    await agent.getByLabel('已发送的按键').waitFor();
    await agent.keyboard.type('12#');
    await agent.getByLabel('已发送的按键').getByText('12#').waitFor();
    await agent.keyboard.press('Escape');

    await agent.keyboard.press('Shift+F9');
    await inState(agent, 'wrap_up');
    await agent.locator('.results').getByText('已解答').click();
    await agent.keyboard.press('Control+Enter');
    await inState(agent, 'ready');
    await caller.keyboard.press('1');
    await answer(agent);

    await agent.getByRole('button', { name: /^话后/ }).click();
    await pick(agent, '示忙：用餐');
    await agent.locator('[data-next="rest:meal"]').waitFor();
    await agent.locator('[data-verb=transfer_survey]:enabled').waitFor();
    await agent.keyboard.press('Shift+F8');
    await inState(agent, 'wrap_up');
    await agent.locator('.results').getByText('已解答').click();
    await agent.getByRole('button', { name: '提交并用餐' }).click();
    await agent.locator('.state-chip', { hasText: '用餐' }).waitFor();

    // The question is asked first; the key counts from its beginning.
    await caller.waitForTimeout(1_500);
    await caller.keyboard.press('1');
    await inCall(caller, 'ended');
    await goTo(agent, '通话记录');
    await agent.locator('.list-table .ant-table-row').first().click();
    await expect
      .poll(() => agent.locator('.timeline').textContent(), { timeout: 15_000 })
      .toMatch(/发送按键[\s\S]*满意度结果/);
    expect(bench.faults).toEqual([]);
  }, 150_000);
});

describe('calls that go out', () => {
  it('from the dial pad, hung up and dialled again from the list, then from the record', async () => {
    const admin = await signedIn(bench.stack, 'admin');
    const root = (await admin.api.units.tree()).find(({ path }) => path === 'gx');
    const [host, unitId] = ['127.0.0.1', root?.id ?? ''];
    await admin.api.trunks.create({
      ...{ unitId, code: 'carrier', name: '模拟运营商', kind: 'carrier', host, port: carrier.sipPort },
      ...{ username: null, active: true },
    });
    const customer = carrier.subscriber('13877150009');
    customer.answering = { kind: 'answers', afterMs: 1_500 };

    const agent = await agentAt('1004');
    await agent.locator('[data-verb=dial]:enabled').waitFor();
    await agent.keyboard.press('F3');
    await agent.getByLabel('外呼号码').fill('138 7715 0009');
    await agent.keyboard.press('Enter');
    await agent.locator('.call-phase', { hasText: '正在呼叫' }).waitFor();
    await agent.locator('.call-phase', { hasText: '通话中' }).waitFor();
    expect(await agent.getByTestId('caller-number').textContent()).toBe('138 **** 0009');
    await expect.poll(() => customer.call?.from).toBe('12366');
    await agent.keyboard.press('F4');
    await inState(agent, 'wrap_up');
    await agent.locator('.results').getByText('已解答').click();
    await agent.getByRole('button', { name: /提交并示忙/ }).click();
    await pick(agent, '处理其他工作');
    await inState(agent, 'not_ready');

    await agent.keyboard.press('F3');
    await agent.getByRole('button', { name: '重拨' }).first().click();
    await agent.locator('.call-phase', { hasText: '通话中' }).waitFor();
    await agent.keyboard.press('F4');
    await inState(agent, 'wrap_up');
    await agent.locator('.results').getByText('已解答').click();
    // Called from a rest, back into it.
    await agent.getByRole('button', { name: '提交并处理其他工作' }).click();
    await inState(agent, 'not_ready');

    await goTo(agent, '通话记录');
    await agent.locator('.list-table .ant-table-row').first().hover();
    await agent.getByRole('button', { name: '呼叫此号码' }).first().click();
    await agent.locator('.call-card .call-phase', { hasText: '通话中' }).waitFor();
    await agent.keyboard.press('F4');
    await inState(agent, 'wrap_up');
    await agent.locator('.results').getByText('已解答').click();
    await agent.keyboard.press('Control+Shift+Enter');
    await agent.getByText('尚未签入').waitFor();
    expect(bench.faults).toEqual([]);
  }, 200_000);
});

describe('an IP phone', () => {
  it('is chosen at sign-in, rings by itself, and has the verbs of the page', async () => {
    const phone = await carrier.phone({
      username: deviceNameOf('1006'),
      password: DEMO_PASSWORD,
      registrar: `127.0.0.1:${bench.stack.sipPort}`,
    });
    phone.answering = { kind: 'answers', afterMs: 1_000 };
    const agent = await bench.page();
    await enter(bench, agent, '1006');
    await agent.getByRole('button', { name: '签入', exact: true }).first().click();
    await agent.getByRole('radio', { name: /IP 话机/ }).check();
    await agent
      .locator('.device-list label', { hasText: deviceNameOf('1006') })
      .getByText('已注册')
      .waitFor();
    await agent.locator('.device-list label', { hasText: deviceNameOf('1006') }).click();
    await agent.locator('.ant-modal-footer .ant-btn-primary').click();
    await agent.locator('.phone-lamp[data-phone=sip] [data-tone=ready]').waitFor();
    await ready(agent);
    const caller = await bench.page({ width: 390, height: 780 });
    await dial(caller, '13877150011');
    await caller.keyboard.press('1');
    await inLegState(agent, 'talking');
    await agent.keyboard.press('F8');
    await agent.getByRole('button', { name: /^取消静音/ }).waitFor();
    await agent.keyboard.press('F9');
    await agent.getByText('来电人保持中，正在听音乐').waitFor();
    expect((await lineOver(caller, 2_500)).receivedEnergy).toBeGreaterThan(0.0005);
    await agent.keyboard.press('F4');
    await inState(agent, 'wrap_up');
  }, 120_000);
});
