/** 试拨: the editor's page calls the draft, and what happens is lit on the drawing; afterwards the call is replayed from the ledger. */
import { openDb } from '@rexian/server/platform/db.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserBench, enter, lineOver, startBrowserBench } from './support.ts';

let bench: BrowserBench;
beforeAll(async () => {
  bench = await startBrowserBench('browser-flow-test', { base: 20_560, rtp: 62_000 });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

/** The flow behind 12366: a welcome, a menu, queues. */
async function openingFlow(): Promise<string> {
  const { db, close } = openDb(bench.stack.databaseUrl, { max: 1 });
  try {
    const number = db.selectFrom('service_numbers').select('flow_id').where('number', '=', '12366');
    return (await number.executeTakeFirstOrThrow()).flow_id;
  } finally {
    await close();
  }
}

const step = (page: Page, node: string) => page.locator(`.flow-steps [data-step=${node}]`);
const marked = (page: Page, tone: string, title: string) =>
  page.locator(`.flow-card[data-mark=${tone}]`, { hasText: title });

describe('a test call', () => {
  it('is heard, follows the keys, lights the drawing, and is replayed from the list', async () => {
    const page = await bench.page({ width: 1440, height: 900 });
    await enter(bench, page, 'admin');
    await page.goto(`/flows/${await openingFlow()}`);
    await page.getByRole('button', { name: '试拨' }).click();
    await page.getByRole('button', { name: '拨打' }).click();
    await page.locator('.test-call-state[data-call=talking]').waitFor();
    await marked(page, 'active', '欢迎词').waitFor();
    await page.getByTestId('line-quality').waitFor();
    expect((await lineOver(page, 2_000)).receivedEnergy).toBeGreaterThan(0.01);

    const pressed = Date.now();
    await page.getByRole('button', { name: '按键 1' }).click();
    await marked(page, 'active', '税务咨询').waitFor();
    // The tone itself lasts 160 ms.
    console.log(`key to lit node: ${Date.now() - pressed} ms`);
    await marked(page, 'passed', '主菜单').waitFor();
    expect(await step(page, 'menu').locator('kbd').allTextContents()).toEqual(['1']);

    await page.locator('.test-call').getByRole('button', { name: '挂机' }).click();
    await page.locator('.flow-steps-end').waitFor();
    await marked(page, 'fault', '税务咨询').waitFor();
    await page.locator('.test-call').getByRole('button', { name: '关闭' }).click();
    await expect.poll(() => page.locator('.flow-card[data-mark]').count()).toBe(0);

    await page.goto('/contacts');
    await page.getByTestId('contact-count').getByText('共 0 条').waitFor();
    await page.goto('/contacts?tests=1');
    await page.locator('.ant-table-row').first().click();
    await page.getByRole('button', { name: '流程轨迹' }).click();
    await step(page, 'menu').waitFor();
    await page.getByRole('button', { name: '回到开始' }).click();
    await marked(page, 'active', '欢迎词').waitFor();
    await page.getByRole('button', { name: '下一步' }).click();
    await marked(page, 'active', '主菜单').waitFor();
    expect(bench.faults).toEqual([]);
  }, 90_000);
});
