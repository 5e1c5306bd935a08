/** 知识 beside a call: asked in the caller's words, read aloud, copied, sent and written into the order, all by keyboard. */
import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { drawer, field, goTo, told } from './antd.ts';
import { SHORT, SOURCE, seedLookup, usesOf } from './lookup-content.ts';
import { type BrowserBench, dial, enter, inLegState, inState, signIn, startBrowserBench } from './support.ts';

const BASE = 23_760;
const GATEWAY = BASE + 19;

let bench: BrowserBench;
let gateway: Server;
/** What the gateway got. */
const texts: string[] = [];

beforeAll(async () => {
  gateway = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { id, text } = JSON.parse(body);
    texts.push(text);
    response.end(JSON.stringify({ id: `gw-${id}` }));
  });
  await new Promise<void>((resolve) => gateway.listen(GATEWAY, '127.0.0.1', resolve));
  const env = { SMS_URL: `http://127.0.0.1:${GATEWAY}/sms` };
  bench = await startBrowserBench('browser-lookup', { base: BASE, rtp: 46_000 }, { env, silent: true });
});
afterEach(() => bench?.closePages());
afterAll(async () => {
  await bench?.close();
  await new Promise((resolve) => gateway.close(resolve));
});

const found = (page: Page) => page.getByRole('list', { name: '检索结果' }).getByRole('listitem');
const content = (page: Page) => page.locator('#registration-content');
const answer = (page: Page) => page.locator('#registration-answer');
const clipboard = (page: Page) => page.evaluate('navigator.clipboard.readText()');

/** Typed over what was asked before. */
async function ask(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Alt+k');
  await page.locator('#lookup-text:focus').waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

it('says so where there is no knowledge yet', async () => {
  const agent = await bench.page();
  await enter(bench, agent, '1002');
  // From anywhere but a call the key leads to the page of its own.
  await goTo(agent, '通话记录');
  await agent.keyboard.press('Alt+k');
  await agent.waitForURL('**/lookup');
  await agent.getByText('还没有知识使用记录').waitFor();
  await ask(agent, '多交的个税怎么退');
  await agent.getByText('没有找到“多交的个税怎么退”').waitFor();
  await agent.getByText('自动汇总给知识编辑补充').waitFor();
  expect(bench.faults).toEqual([]);
});

it('in a call: found by the words of the caller, handed on by keys, and the keys of the call go on working', async () => {
  await seedLookup(bench.stack.databaseUrl);
  const agent = await bench.page();
  await agent.context().grantPermissions(['microphone', 'clipboard-read', 'clipboard-write']);
  const caller = await bench.page({ width: 390, height: 780 });
  await enter(bench, agent, '1001');
  await signIn(agent);
  await agent.getByRole('button', { name: '示闲' }).click();
  await inState(agent, 'ready');
  await dial(caller, '13877161009');
  await caller.keyboard.press('1');
  await agent.locator('.ring-buttons').waitFor();
  await agent.keyboard.press('F2');
  await inLegState(agent, 'talking');
  await agent.locator('#registration-content:focus').waitFor();
  await agent.keyboard.type('来电询问退税');

  await ask(agent, '去年多交的个税咋退');
  const first = found(agent).first();
  await first.getByText(SHORT).waitFor();
  await agent.keyboard.press('Alt+c');
  await told(agent, '已复制');
  expect(await clipboard(agent)).toBe(SHORT);
  await agent.keyboard.press('Alt+w');
  await expect.poll(() => answer(agent).inputValue()).toBe(`${SHORT}（依据：${SOURCE}）`);
  // Escape leads back to where the agent was writing.
  await agent.keyboard.press('Escape');
  await agent.locator('#registration-content:focus').waitFor();
  expect(await content(agent).inputValue()).toBe('来电询问退税');

  await agent.keyboard.press('Alt+m');
  await expect.poll(() => field(agent, '内容').inputValue()).toBe(SHORT);
  await drawer(agent).getByRole('button', { name: '发送' }).click();
  await told(agent, '短信已提交发送');
  await expect.poll(() => texts).toEqual([SHORT]);

  // By the initials of its pinyin, among what is suggested; it asks back, and number keys answer it, not the wrap-up.
  await agent.keyboard.press('Alt+k');
  await agent.keyboard.type('tyrh');
  await agent.getByRole('list', { name: '检索建议' }).getByText('停业如何办理登记').waitFor();
  await agent.keyboard.press('ArrowDown');
  await agent.keyboard.press('Enter');
  await agent.getByText('您是个体工商户还是企业？').waitFor();
  await agent.keyboard.press('1');
  await agent.getByText('是否为定期定额户？').waitFor();
  await agent.keyboard.press('0');
  await agent.getByText('您是个体工商户还是企业？').waitFor();
  await agent.keyboard.press('2');
  await agent.getByText('企业不办理停业登记').waitFor();
  await agent.keyboard.press('1');
  expect(await agent.locator('.results :checked').count()).toBe(0);
  await agent.keyboard.press('F9');
  await agent.getByText('保持中').first().waitFor();
  await agent.keyboard.press('F9');
  await agent.keyboard.press('Escape');
  await agent.locator('#lookup-text:focus').waitFor();

  // An article with what it says, read beside the call.
  await ask(agent, '综合所得年度汇算退税办理指引');
  await found(agent).filter({ hasText: '知识' }).first().getByRole('button').first().click();
  await agent.getByText('登录后选择综合所得年度汇算。').waitFor();
  await agent.keyboard.press('Alt+y');
  await agent.keyboard.press('F4');
  await inLegState(agent, 'ended');
  await expect
    .poll(() => usesOf(bench.stack.databaseUrl))
    .toEqual([
      'answer attached order',
      'answer copied',
      'answer opened',
      'answer sent',
      'article helpful',
      'article opened',
    ]);
  expect(bench.faults).toEqual([]);
}, 150_000);
