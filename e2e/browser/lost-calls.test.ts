import { openDb } from '@rexian/server/platform/db.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { choose, drawer, field, goTo, row, told } from './antd.ts';
import { agentReady, type BrowserBench, dial, inCall, logIn, startBrowserBench } from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-lost-calls', { base: 22_400, rtp: 57_000 }, { silent: true });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

/** How many callers wait in queues now. */
async function waiting(): Promise<number> {
  const { db, close } = openDb(bench.stack.databaseUrl, { max: 1 });
  const rows = await db.selectFrom('contacts').select('id').where('state', '=', 'queued').execute();
  await close();
  return rows.length;
}

const figure = (page: Page, label: string) =>
  page.getByRole('region', { name: '呼损回拨数据' }).locator('.figure', { hasText: label }).locator('b');

describe('a caller whom nobody answered', () => {
  it('appears on the list by itself, is assigned, and leaves it when the agent says why nobody has to call', async () => {
    const leader = await bench.page({ width: 1600, height: 900 });
    await logIn(leader, '1000');
    await goTo(leader, '呼损回拨');
    await leader.getByText('没有待处理的呼损').waitFor();

    const caller = await bench.page({ width: 390, height: 780 });
    await dial(caller, '13877120002');
    await caller.keyboard.press('1');
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
    await caller.getByRole('button', { name: '挂机' }).click();
    await inCall(caller, 'ended');

    // Without a click: the page hears of it.
    const lost = row(leader, '138 **** 0002');
    await lost.getByText('待回拨').waitFor();
    expect(await lost.textContent()).toMatch(/排队中挂机/);
    expect(await figure(leader, '今日呼损').textContent()).toBe('1');

    await lost.getByRole('button', { name: '分派' }).click();
    await choose(leader, field(leader, '坐席'), '1001');
    await drawer(leader).getByRole('button', { name: '分派' }).click();
    await told(leader, '已分派 1 个');
    await lost.getByText('已分派').waitFor();

    const agent = await bench.page();
    await agentReady(agent, '1001');
    await goTo(agent, '呼损回拨');
    const mine = row(agent, '138 **** 0002');
    expect(await mine.getByRole('button', { name: '回拨', exact: true }).isEnabled()).toBe(true);
    await mine.getByRole('button', { name: '无需回拨' }).click();
    await field(agent, '原因').fill('已在办税服务厅解决');
    await drawer(agent).getByRole('button', { name: '保存' }).click();
    await told(agent, '已标记为无需回拨');
    await agent.getByText('没有分派给您的呼损').waitFor();
    await leader.getByText('没有待处理的呼损').waitFor();
    expect(await figure(leader, '待处理').textContent()).toBe('0');
    expect(bench.faults).toEqual([]);
  }, 180_000);
});
