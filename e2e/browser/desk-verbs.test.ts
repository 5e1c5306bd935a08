/** Every verb of the phone bar by keys and clicks in real tabs, and who hears whom after each. */
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { heardBy, speakAs, type Voice } from './ears.ts';
import { type BrowserBench, dial, enter, inLegState, inState, signIn, startBrowserBench } from './support.ts';

let bench: BrowserBench;

beforeAll(async () => {
  bench = await startBrowserBench('browser-verbs', { base: 22_220, rtp: 52_000 });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

async function speaker(voice: Voice, size?: { width: number; height: number }): Promise<Page> {
  const page = await bench.page(size);
  await speakAs(page, voice);
  return page;
}

/**
 * What each of them hears, once it has settled: everybody's picture is right twice in a row, a window of listening apart. (One
 * reading alone could be a moment between two states; on a busy machine a tab's sound has gaps that a single reading falls into.)
 */
async function hears(expected: [Page, string[]][]): Promise<void> {
  const whom = expected.map(([, each]) => each);
  const all = () => Promise.all(expected.map(([page]) => heardBy(page)));
  const twice = async () => {
    const before = await all();
    await setTimeout(800);
    return [before, await all()];
  };
  await expect.poll(twice, { timeout: 20_000 }).toEqual([whom, whom]);
}

/** A caller in a talk with an agent. */
async function talk(login: string, from: string) {
  const agent = await speaker('first');
  const caller = await speaker('caller', { width: 390, height: 780 });
  await enter(bench, agent, login);
  await signIn(agent);
  await ready(agent);
  await dial(caller, from);
  await caller.keyboard.press('1');
  await agent.locator('.ring-buttons').waitFor();
  await agent.keyboard.press('F2');
  await inLegState(agent, 'talking');
  return { agent, caller };
}

async function ready(page: Page): Promise<void> {
  await page.getByRole('button', { name: '示闲' }).click();
  await inState(page, 'ready');
}

/** A colleague at the desk; not ready, so that no queued call comes in between. */
async function colleague(voice: Voice, login: string): Promise<Page> {
  const page = await speaker(voice);
  await enter(bench, page, login);
  await signIn(page);
  return page;
}

const TARGETS = '**/api/rpc/desk/targets';
const keys = { transfer: 'F6', consult: 'F7', add_member: 'F10' } as const;

/** Opens the dialog by its key, finds somebody and takes them. */
async function choose(page: Page, verb: keyof typeof keys, whom: string, note = ''): Promise<void> {
  await page.locator(`[data-verb=${verb}]:enabled`).waitFor();
  await page.keyboard.press(keys[verb]);
  await page.getByLabel('查找对象').and(page.locator(':focus')).waitFor();
  await page.keyboard.type(whom);
  const row = page.locator('.target-row[aria-selected=true]', { hasText: whom });
  await row.waitFor();
  if (note) await page.getByLabel('给接听人的备注').fill(note);
  await page.keyboard.press('Enter');
  await page.locator('.targets').waitFor({ state: 'detached' });
}

async function answer(page: Page): Promise<void> {
  await page.locator('.ring-buttons').waitFor();
  await page.keyboard.press('F2');
  await inLegState(page, 'talking');
}

describe('verbs of the desk', () => {
  it('mute, hold, consultation, conference, members, transfers: who hears whom after each', async () => {
    const { agent, caller } = await talk('1001', '13877140001');
    await hears([
      [agent, ['caller']],
      [caller, ['first']],
    ]);

    await agent.keyboard.press('F8');
    await hears([
      [caller, []],
      [agent, ['caller']],
    ]);
    await agent.keyboard.press('F8');
    await hears([[caller, ['first']]]);

    await agent.keyboard.press('F9');
    await agent.getByText('来电人保持中，正在听音乐').waitFor();
    await hears([
      [caller, ['music']],
      [agent, []],
    ]);
    await agent.keyboard.press('F9');
    await hears([[caller, ['first']]]);

    const second = await colleague('second', '1002');
    await choose(agent, 'consult', '1002', '问退税口径');
    await second.locator('.call-card', { hasText: '磋商来电' }).waitFor();
    await second.locator('.call-sent-by', { hasText: '问退税口径' }).waitFor();
    await answer(second);
    await agent.getByText('正在与 黄志强 磋商').waitFor();
    await hears([
      [caller, ['music']],
      [agent, ['second']],
      [second, ['first']],
    ]);
    // Taken back.
    await agent.keyboard.press('F7');
    await hears([
      [caller, ['first']],
      [agent, ['caller']],
    ]);
    await inState(second, 'not_ready');

    await choose(agent, 'consult', '1002');
    await answer(second);
    await agent.locator('[data-verb=conference]:enabled').waitFor();
    await agent.keyboard.press('F10');
    await agent.locator('.call-phase', { hasText: '多方通话' }).waitFor();
    await hears([
      [caller, ['first', 'second']],
      [agent, ['caller', 'second']],
      [second, ['caller', 'first']],
    ]);

    // A third is called straight into it, and dropped.
    const third = await colleague('third', '1003');
    await choose(agent, 'add_member', '1003');
    await answer(third);
    await hears([
      [caller, ['first', 'second', 'third']],
      [third, ['caller', 'first', 'second']],
    ]);
    await agent.locator('.party-chip', { hasText: '覃丽华' }).getByRole('button', { name: '拆除' }).click();
    await hears([[caller, ['first', 'second']]]);
    await inState(third, 'not_ready');

    // The second leaves; consulted once more, they go on with the caller.
    await second.keyboard.press('F4');
    await hears([[caller, ['first']]]);
    await inState(second, 'not_ready');
    await choose(agent, 'consult', '1002');
    await answer(second);
    await agent.locator('[data-verb=consult_transfer]:enabled').waitFor();
    await agent.keyboard.press('F6');
    await inState(agent, 'wrap_up');
    await hears([
      [caller, ['second']],
      [second, ['caller']],
    ]);

    // Blind to the third, with a note.
    await ready(third);
    await choose(second, 'transfer', '1003', '请接着讲申报');
    await third.locator('.call-sent-by', { hasText: '请接着讲申报' }).waitFor();
    await answer(third);
    await hears([
      [caller, ['third']],
      [third, ['caller']],
    ]);
    await third.keyboard.press('F4');
    await inLegState(third, 'ended');
    expect(bench.faults).toEqual([]);
  }, 400_000);

  it('takes who was entered once the list knows them, and says when it can’t be read', async () => {
    const { agent } = await talk('1004', '13877140002');
    const second = await colleague('second', '1005');
    const search = async (whom: string) => {
      await agent.locator('[data-verb=consult]:enabled').waitFor();
      await agent.keyboard.press('F7');
      await agent.locator('.target-row').first().waitFor();
      await agent.getByLabel('查找对象').fill(whom);
    };
    const waits = agent.locator('.target-foot .ant-btn-loading');
    const takeBack = async () => {
      await second.locator('.ring-buttons').waitFor();
      await agent.locator('.targets').waitFor({ state: 'detached' });
      await agent.keyboard.press('F7');
      await inState(second, 'not_ready');
    };
    // What is asked with a text isn't answered yet.
    let answer = () => {};
    const hold = async () => {
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await agent.route(TARGETS, async (route) => {
        if (route.request().postData()?.includes('text')) await held;
        await route.continue();
      });
    };
    for (const confirm of [
      () => agent.keyboard.press('Enter'),
      () => agent.getByRole('button', { name: /^呼叫/ }).click(),
    ]) {
      await hold();
      await search('陆小燕');
      await confirm();
      await waits.waitFor();
      answer();
      await takeBack();
      await agent.unroute(TARGETS);
    }

    await search('1005');
    await agent.route(TARGETS, (route) => route.fulfill({ status: 503, body: '' }));
    await agent.getByLabel('查找对象').fill('88005');
    await agent.keyboard.press('Enter');
    await agent.getByText(/^尚未呼叫，名单读取失败/).waitFor();
    await waits.waitFor({ state: 'detached' });
    await agent.locator('.targets').waitFor();
    await agent.keyboard.press('Escape');
    await agent.keyboard.press('F4');
    await inLegState(agent, 'ended');
  }, 200_000);
});
