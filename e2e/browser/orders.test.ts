/** 工单: handed on, signed for, answered with the help of others, asked about afterwards, closed; and a manager who steps in. */
import type { Api } from '@rexian/server/testing/api-client.ts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { choose, drawer, field, goTo, row, told } from './antd.ts';
import {
  AGENT,
  apiOf,
  COLLEAGUE,
  DISPATCHER,
  HANDLER,
  listOf,
  press,
  registered,
  side,
  typeUnit,
} from './order-work.ts';
import { type BrowserBench, startBrowserBench } from './support.ts';

let bench: BrowserBench;
let agent: Api;
beforeAll(async () => {
  bench = await startBrowserBench('browser-orders', { base: 23_720, rtp: 61_000 }, { silent: true });
  agent = await apiOf(bench, AGENT);
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

it('goes by keyboard from the dispatcher through a handler and a colleague back to the caller', async () => {
  const { number } = await registered(agent, '建议延长办税服务厅周六的服务时间');
  const dispatcher = await listOf(bench, DISPATCHER);
  await row(dispatcher, number).getByText('剩 23 小时').waitFor();
  await press(dispatcher, 'Alt+n');
  await side(dispatcher).getByText('下一环节“研办”交由').waitFor();
  await typeUnit(dispatcher, '兴宁');
  await press(dispatcher, 'Control+Enter');
  await told(dispatcher, '已派发');
  await told(dispatcher, '没有其他待办工单');

  const handler = await listOf(bench, HANDLER);
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

  const colleague = await listOf(bench, COLLEAGUE);
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
  const { number } = await registered(agent, '建议增设自助办税终端');
  const page = await listOf(bench, DISPATCHER);
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
