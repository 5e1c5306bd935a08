/** 短信 by hand and 通知: a template is written, an agent sends by it during a call, and hears that it failed. */
import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { choose, drawer, field, goTo, row, told, typeInto } from './antd.ts';
import { agentReady, type BrowserBench, dial, enter, inLegState, startBrowserBench } from './support.ts';

const BASE = 23_660;
const GATEWAY = BASE + 19;

let bench: BrowserBench;
let gateway: Server;
/** What the gateway got. It refuses what says so. */
const texts: string[] = [];

beforeAll(async () => {
  gateway = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { id, text } = JSON.parse(body);
    texts.push(text);
    if (text.includes('拒收')) response.writeHead(422).end();
    else response.end(JSON.stringify({ id: `gw-${id}` }));
  });
  await new Promise<void>((resolve) => gateway.listen(GATEWAY, '127.0.0.1', resolve));
  const env = { SMS_URL: `http://127.0.0.1:${GATEWAY}/sms` };
  bench = await startBrowserBench('browser-notices', { base: BASE, rtp: 43_000 }, { env, silent: true });
});
afterEach(() => bench?.closePages());
afterAll(async () => {
  await bench?.close();
  await new Promise((resolve) => gateway.close(resolve));
});

const preview = (page: Page) => drawer(page).locator('.sms-preview');

it('a message is written by a template during a call, sent once, and its failure is told in the console', async () => {
  const admin = await bench.page({ width: 1440, height: 900 });
  await enter(bench, admin, 'admin');
  await goTo(admin, '短信模板');
  await row(admin, 'not_accepted').waitFor();
  await admin.getByRole('button', { name: '新增短信模板' }).click();
  // A second try finds what the first has made.
  const mark = Date.now().toString(36);
  await field(admin, '代码').fill(`materials_${mark}`);
  await field(admin, '名称').fill(`办税材料 ${mark}`);
  await field(admin, '内容').fill('{{税号}}您好');
  await drawer(admin).getByText('没有变量“税号”').waitFor();
  await field(admin, '内容').fill('您好，请携带');
  await drawer(admin).getByRole('button', { name: '办理结果' }).click();
  await typeInto(admin, '前来办理。');
  expect(await field(admin, '内容').inputValue()).toBe('您好，请携带{{办理结果}}前来办理。');
  await drawer(admin).getByRole('button', { name: '保存' }).click();
  await told(admin, '已保存');
  await row(admin, `办税材料 ${mark}`).getByText('启用').waitFor();

  const agent = await bench.page({ width: 1440, height: 900 });
  const caller = await bench.page({ width: 390, height: 780 });
  await agentReady(agent, '1001');
  await dial(caller, '13877120001');
  await caller.keyboard.press('1');
  await agent.locator('.ring-buttons').waitFor();
  await agent.keyboard.press('F2');
  await inLegState(agent, 'talking');
  await agent.getByRole('button', { name: '发短信' }).click();
  await drawer(agent).getByText('138 **** 0001').waitFor();
  await choose(agent, field(agent, '模板'), `办税材料 ${mark}`);
  await drawer(agent).getByRole('button', { name: '发送' }).click();
  await drawer(agent).getByText('请填写办理结果').waitFor();
  await field(agent, '办理结果').fill(`营业执照 ${mark}`);
  await preview(agent).getByText(`您好，请携带营业执照 ${mark}前来办理。`).waitFor();
  await preview(agent).getByText('24 字，按 1 条计费').waitFor();
  await drawer(agent).getByRole('button', { name: '发送' }).dblclick();
  await agent.getByText('短信已提交发送').first().waitFor();
  await expect
    .poll(() => texts.filter((text) => text.includes(mark)))
    .toEqual([`您好，请携带营业执照 ${mark}前来办理。`]);

  // After the call as well, in one's own words; what became of it finds its sender.
  await agent.keyboard.press('F4');
  await inLegState(agent, 'ended');
  await agent.getByRole('button', { name: '发短信' }).click();
  await choose(agent, field(agent, '模板'), '自拟内容');
  await field(agent, '内容').fill(`拒收 ${mark}`);
  await drawer(agent).getByRole('button', { name: '发送' }).click();
  const toast = agent.locator('.notice-toast', { hasText: '短信未送达：自拟内容' });
  await toast.waitFor();
  await agent.getByRole('button', { name: '通知，1 条未读' }).click();
  const notice = drawer(agent).getByRole('button', { name: /短信未送达/ });
  await notice.click();
  await agent.waitForURL(/\/contacts\/[0-9a-f-]{36}$/);
  await agent.getByRole('button', { name: '通知', exact: true }).waitFor();

  await admin.goto('/sms');
  await row(admin, '营业执照').getByText('已发送').waitFor();
  await row(admin, `拒收 ${mark}`).getByText('发送失败').waitFor();
  expect(bench.faults).toEqual([]);
}, 180_000);
