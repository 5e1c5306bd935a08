/** 工单: what is done to several at once and beside handling one: split, merged, more time asked for, moved, put to rest, files added. */
import type { Api } from '@rexian/server/testing/api-client.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { dialog, drawer, field, row, told, typeDate } from './antd.ts';
import { AGENT, apiOf, DISPATCHER, HANDLER, listOf, press, registered, side, typeUnit } from './order-work.ts';
import { type BrowserBench, startBrowserBench } from './support.ts';

const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

let bench: BrowserBench;
let agent: Api;
let dispatcher: Api;
let handler: Api;
beforeAll(async () => {
  bench = await startBrowserBench('browser-orders-acts', { base: 24_640, rtp: 57_700 }, { silent: true });
  [agent, dispatcher, handler] = await Promise.all([
    apiOf(bench, AGENT),
    apiOf(bench, DISPATCHER),
    apiOf(bench, HANDLER),
  ]);
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

/** It lies at the handler's unit. */
async function dispatched(content: string): Promise<{ id: string; number: string }> {
  const order = await registered(agent, content);
  const { open } = await dispatcher.orders.get({ id: order.id });
  const { unit } = await handler.auth.me();
  await dispatcher.orderSteps.complete({
    ...{ id: order.id, taskId: open[0]?.id ?? '', outcome: '派发' },
    targets: { handle: { unitId: unit.id } },
  });
  return order;
}

const openOrder = async (page: Page, number: string) => {
  await row(page, number).click();
  await page.locator(`[data-order="${number}"]`).waitFor();
};
const state = (page: Page, name: string) => page.locator(`.order-page[data-order-state=${name}]`).waitFor();
const intervene = async (page: Page, verb: string) => {
  await page.getByRole('button', { name: '流程干预' }).click();
  await page.getByRole('menuitem', { name: verb }).click();
  await drawer(page).waitFor();
};
/** The keyboard is at the button of that name. */
const focused = (page: Page, name: string) => page.locator('button:focus', { hasText: name }).waitFor();
const confirm = (page: Page, verb: string) => drawer(page).getByRole('button', { name: verb }).click();

it('several are dispatched and signed for at once, chosen by keyboard, and the list stays where it is', async () => {
  const numbers = [
    (await registered(agent, '建议增加周末值班人员')).number,
    (await registered(agent, '建议更新办税指南')).number,
  ];
  const page = await listOf(bench, DISPATCHER);
  for (const number of numbers) await row(page, number).waitFor();
  const place = async () => (await page.locator('.list-table').boundingBox())?.y;
  const before = await place();
  await row(page, numbers[0] ?? '').focus();
  await press(page, 'Space');
  await row(page, numbers[1] ?? '').focus();
  await press(page, 'Space');
  const selected = page.getByRole('group', { name: '所选工单' });
  await selected.getByText('已选 2 件').waitFor();
  expect(await place()).toBe(before);
  await selected.getByRole('button', { name: '批量派发' }).click();
  await typeUnit(page, '兴宁');
  await dialog(page).getByRole('button', { name: '批量派发' }).click();
  await page.getByRole('dialog').getByText('成功 2 件').waitFor();
  await page.getByRole('dialog').locator('.ant-modal-footer').getByRole('button', { name: '关闭' }).click();
  for (const number of numbers) await row(page, number).waitFor({ state: 'detached' });
  await selected.waitFor({ state: 'detached' });

  const others = await listOf(bench, HANDLER);
  for (const number of numbers) await row(others, number).getByRole('checkbox').check();
  await others.getByRole('group', { name: '所选工单' }).getByRole('button', { name: '批量签收' }).click();
  await dialog(others).getByRole('button', { name: '批量签收' }).click();
  await others.getByRole('dialog').getByText('成功 2 件').waitFor();
  await others.getByRole('dialog').locator('.ant-modal-footer').getByRole('button', { name: '关闭' }).click();
  await openOrder(others, numbers[0] ?? '');
  await others.locator('[data-event=signed]').waitFor();
  expect(bench.faults).toEqual([]);
}, 180_000);

it('one is split into two that have ways of their own, another is merged', async () => {
  const { number } = await registered(agent, '一是停车难，二是叫号机常坏');
  const other = await registered(agent, '办税服务厅停车难');
  const page = await listOf(bench, DISPATCHER);
  await openOrder(page, number);
  await side(page).getByText('派单').first().waitFor();
  await press(page, 'Alt+x');
  await drawer(page).waitFor();
  for (const [at, [unit, content]] of [
    ['兴宁', '停车难'],
    ['青秀', '叫号机常坏'],
  ].entries()) {
    if (at > 0) await drawer(page).getByRole('button', { name: '增加子工单' }).click();
    const child = drawer(page).locator('.order-child').nth(at);
    await child.getByLabel('承办单位').focus();
    await typeUnit(page, unit ?? '', `.order-child:nth-of-type(${at + 1})`);
    await child.getByLabel('内容').fill(content ?? '');
  }
  await confirm(page, '拆分');
  await told(page, '拆分成功');
  const related = page.getByRole('list', { name: '关联工单' });
  await related.getByText('子工单').nth(1).waitFor();
  const [first] = await related.getByRole('link').allTextContents();
  expect(first).toMatch(/^GD\d+$/);

  await page.getByRole('button', { name: '返回工单列表' }).click();
  await openOrder(page, other.number);
  await page.getByRole('button', { name: '合并' }).click();
  await field(page, '合并到工单').fill('GD1');
  await confirm(page, '合并');
  await drawer(page).getByText('没有找到该工单号的工单').waitFor();
  await field(page, '合并到工单').fill(number);
  await confirm(page, '合并');
  await told(page, '合并成功');
  await state(page, 'merged');
  await page.getByRole('list', { name: '关联工单' }).getByRole('link', { name: number }).click();
  await page.locator(`[data-order="${number}"]`).waitFor();
  await page.locator('[data-event=merged]', { hasText: other.number }).waitFor();
  expect(bench.faults).toEqual([]);
}, 180_000);

it('more time is asked for, found under 待审批 and granted by one key', async () => {
  const { number } = await dispatched('建议延长征期热线时间');
  const page = await listOf(bench, HANDLER);
  await openOrder(page, number);
  // A form that is closed gives the focus back to what opened it.
  const asking = side(page).getByRole('button', { name: '申请延期' });
  await asking.focus();
  await press(page, 'Enter');
  await drawer(page).waitFor();
  await press(page, 'Escape');
  await drawer(page).waitFor({ state: 'detached' });
  await focused(page, '申请延期');
  await press(page, 'Alt+y');
  await drawer(page).waitFor();
  await typeDate(page, field(page, '延期至'), '2030-01-02 18:00');
  await field(page, '延期原因').fill('须向外省核实');
  await confirm(page, '申请延期');
  await told(page, '申请延期成功');
  await page.getByRole('list', { name: '申请与审批' }).getByText('待审批').waitFor();

  const decider = await listOf(bench, DISPATCHER);
  await decider.locator('.menu-badge[title*="待审批 1 件"]').waitFor();
  await decider.getByRole('tab', { name: '待审批' }).click();
  await row(decider, number).getByText('申请延期').waitFor();
  await press(decider, 'Alt+n');
  const asked = decider.getByRole('region', { name: '审批延期申请' });
  await asked.getByText('2030-01-02 18:00').waitFor();
  await press(decider, 'Alt+r');
  await asked.getByText('请填写不同意的原因').waitFor();
  await press(decider, 'Alt+a');
  await told(decider, '已审批');
  await told(decider, '没有其他待审批工单');
  await decider.getByText('没有待审批的工单').waitFor();
  // The handler's page follows by itself.
  await page.locator('[data-event=decided]', { hasText: '同意延期至 2030' }).waitFor();
  expect(bench.faults).toEqual([]);
}, 180_000);

it('a manager gives it to others, puts it to rest, and has it gone on with', async () => {
  const { number } = await dispatched('建议开设老年人绿色通道');
  const page = await listOf(bench, DISPATCHER);
  await page.getByRole('tab', { name: '全部' }).click();
  await openOrder(page, number);
  await intervene(page, '改派');
  await field(page, '办理单位').focus();
  await typeUnit(page, '青秀');
  await field(page, '改派原因').fill('属青秀区管辖');
  await confirm(page, '改派');
  await told(page, '改派成功');
  await page.getByRole('list', { name: '办理环节' }).getByText('青秀区税务局').waitFor();
  await focused(page, '流程干预');
  await intervene(page, '挂起');
  await field(page, '挂起原因').fill('等待上级批复');
  await confirm(page, '挂起');
  await told(page, '挂起成功');
  await state(page, 'suspended');
  await intervene(page, '恢复');
  await confirm(page, '恢复');
  await told(page, '恢复成功');
  await state(page, 'open');
  expect(bench.faults).toEqual([]);
}, 180_000);

it('a picture is added while it is handled, for all who see the order', async () => {
  const { number } = await dispatched('建议整修办税服务厅门前坡道');
  const page = await listOf(bench, HANDLER);
  await openOrder(page, number);
  const files = page.getByRole('region', { name: '附件' });
  const picture = { name: '坡道现状.png', mimeType: 'image/png', buffer: Buffer.from(PICTURE, 'base64') };
  await files.locator('input[type=file]').setInputFiles(picture);
  await files.getByRole('button', { name: '删除坡道现状.png' }).waitFor();
  await files.getByRole('button', { name: '添加到工单' }).click();
  await told(page, '已添加附件');
  await page.locator('[data-event=files_changed]', { hasText: '坡道现状.png' }).waitFor();
  await files.getByRole('button', { name: '删除坡道现状.png' }).waitFor({ state: 'detached' });

  const other = await listOf(bench, DISPATCHER);
  await other.getByRole('tab', { name: '全部' }).click();
  await openOrder(other, number);
  const shown = other.getByRole('region', { name: '附件' });
  await shown.getByRole('link', { name: '坡道现状.png', exact: true }).waitFor();
  await shown.getByRole('img', { name: '坡道现状.png' }).click();
  await other.locator('.ant-image-preview-img').waitFor();
  expect(bench.faults).toEqual([]);
}, 120_000);
