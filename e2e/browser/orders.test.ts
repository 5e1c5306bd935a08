/** 工单: handed on, signed for, answered with the help of others, asked about afterwards, closed; and a manager who steps in. */
import type { Registration } from '@rexian/contracts';
import { openWebSession, SESSION_COOKIE } from '@rexian/server/auth/sessions.ts';
import { openDb } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import { type Api, apiClient } from '@rexian/server/testing/api-client.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { choose, drawer, field, goTo, row, told } from './antd.ts';
import { type BrowserBench, enter, startBrowserBench } from './support.ts';

const DISPATCHER = '2000';
const HANDLER = '2101';
const COLLEAGUE = '2201';

let bench: BrowserBench;
let agent: Api;
beforeAll(async () => {
  bench = await startBrowserBench('browser-orders', { base: 23_720, rtp: 61_000 }, { silent: true });
  agent = await as('2001');
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

async function as(login: string): Promise<Api> {
  const { databaseUrl, url } = bench.stack;
  const { db, close } = openDb(databaseUrl, { max: 1 });
  try {
    const { id } = await db.selectFrom('people').select('id').where('login', '=', login).executeTakeFirstOrThrow();
    const { token } = await openWebSession(db, id, { address: '127.0.0.1', userAgent: 'browser test' });
    return apiClient(url, { cookie: `${SESSION_COOKIE}=${token}` }).api;
  } finally {
    await close();
  }
}

async function registered(content: string): Promise<string> {
  const id = newId();
  const { unit } = await agent.auth.me();
  const registration: Registration = {
    ...{ unitId: unit.id, kind: 'suggestion', source: 'direct', categoryId: null, urgency: 'normal', contactId: null },
    ...{ callerNumber: '13800001234', callerName: '韦兰', anonymous: false, region: '', taxNumber: '', taxName: '' },
    ...{ title: '', content, answer: '', tags: [], fields: {}, fileIds: [], occurredAt: null, reference: '' },
    parentId: null,
  };
  const { revision } = await agent.orders.save({ id, revision: null, registration });
  const { number } = await agent.orders.submit({ id, revision });
  return number;
}

async function listOf(login: string): Promise<Page> {
  const page = await bench.page({ width: 1440, height: 900 });
  await enter(bench, page, login);
  await page.locator('.shell-menu a[href="/orders"]').click();
  return page;
}
const side = (page: Page) => page.getByRole('complementary', { name: '办理' });
const press = (page: Page, keys: string) => page.keyboard.press(keys);

/** The field that stands ready takes the unit, by its name. */
async function typeUnit(page: Page, name: string): Promise<void> {
  await page.locator('.target-field input:focus').waitFor();
  await page.keyboard.type(name);
  await page.locator('.ant-select-item-option-active', { hasText: name }).waitFor();
  await press(page, 'Enter');
  await page.locator('.target-field .ant-select', { hasText: name }).first().waitFor();
}

it('goes by keyboard from the dispatcher through a handler and a colleague back to the caller', async () => {
  const number = await registered('建议延长办税服务厅周六的服务时间');
  const dispatcher = await listOf(DISPATCHER);
  await row(dispatcher, number).getByText('剩 23 小时').waitFor();
  await press(dispatcher, 'Alt+n');
  await side(dispatcher).getByText('下一环节“研办”交由').waitFor();
  await typeUnit(dispatcher, '兴宁');
  await press(dispatcher, 'Control+Enter');
  await told(dispatcher, '已派发');
  await told(dispatcher, '没有其他待办工单');

  const handler = await listOf(HANDLER);
  await row(handler, number).click();
  await side(handler).getByRole('button', { name: '签收' }).waitFor();
  await press(handler, 'Alt+q');
  await told(handler, '已签收');
  await side(handler).getByLabel('答复内容').fill('自下月起周六上午开放');
  await side(handler).getByText('输入已自动保存').waitFor();
  await handler.reload();
  await expect.poll(() => side(handler).getByLabel('答复内容').inputValue()).toBe('自下月起周六上午开放');
  await press(handler, 'Alt+h');
  await drawer(handler).getByLabel('会办1单位').focus();
  await typeUnit(handler, '青秀');
  await field(handler, '会办事项').fill('请说明贵局的做法');
  await drawer(handler).getByRole('button', { name: '会办' }).click();
  await told(handler, '会办成功');
  await side(handler).getByLabel('办理意见').fill('与两个办税服务厅核实');
  await press(handler, 'Control+Enter');
  await side(handler).getByText('会办单位尚未全部反馈').waitFor();

  const colleague = await listOf(COLLEAGUE);
  await row(colleague, number).click();
  await side(colleague).getByLabel('会办意见').fill('我局已于周六开放');
  await press(colleague, 'Control+Enter');
  await told(colleague, '已反馈');
  // The handler's page follows by itself.
  await handler.locator('[data-event=assist_done]', { hasText: '我局已于周六开放' }).waitFor();
  await press(handler, 'Control+Enter');
  await told(handler, '已提交');

  await told(handler, '没有其他待办工单');

  // Review, then the visit: the one after the other waits for the same person.
  await row(dispatcher, number).click();
  await side(dispatcher).getByLabel('办理意见').fill('同意');
  await press(dispatcher, 'Control+Enter');
  await side(dispatcher).getByText('来电人满意度').waitFor();
  await press(dispatcher, 'Control+Enter');
  await side(dispatcher).getByText('请选择来电人满意度').waitFor();
  await side(dispatcher).getByLabel('来电人满意度').getByText('满意', { exact: true }).click();
  await side(dispatcher).getByLabel('办理意见').fill('来电人表示满意');
  await press(dispatcher, 'Control+Enter');
  await told(dispatcher, '没有其他待办工单');
  await dispatcher.getByRole('tab', { name: '全部' }).click();
  await row(dispatcher, number).getByText('已办结').waitFor();
  expect(bench.faults).toEqual([]);
}, 240_000);

it('is seen on its drawing, and moved by a manager with a reason', async () => {
  const number = await registered('建议增设自助办税终端');
  const page = await listOf(DISPATCHER);
  await row(page, number).click();
  await typeUnit(page, '兴宁');
  await press(page, 'Control+Enter');
  await told(page, '已派发');
  await page.getByRole('tab', { name: '全部' }).click();
  await row(page, number).click();
  await page.getByText('流程图', { exact: true }).click();
  await page.locator('.workflow-stand-now[data-element-id=handle]').waitFor();
  await page.locator('.workflow-note', { hasText: '兴宁' }).waitFor();
  await page.getByRole('button', { name: '流程干预' }).click();
  await page.getByRole('menuitem', { name: '跳转' }).click();
  await choose(page, field(page, '跳转至环节'), '派单');
  await field(page, '跳转原因').fill('派错单位');
  await drawer(page).getByRole('button', { name: '跳转' }).click();
  await told(page, '跳转成功');
  await page.locator('.workflow-stand-now[data-element-id=dispatch]').waitFor();
  await page.locator('[data-event=jumped]', { hasText: '派错单位' }).waitFor();
  await goTo(page, '流程监控');
  await row(page, '派单').getByRole('link').first().click();
  await row(page, number).waitFor();
  expect(bench.faults).toEqual([]);
}, 180_000);
