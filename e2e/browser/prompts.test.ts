/** 语音库, and the messages that callers leave: heard, recorded, changed and dealt with in the console. */
import { join } from 'node:path';
import { openDb } from '@rexian/server/platform/db.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { choose, chooseUnit, confirm, drawer, field, goTo, row, told } from './antd.ts';
import { speakAs, type Voice } from './ears.ts';
import { type BrowserBench, dial, enter, inCall, startBrowserBench } from './support.ts';

let bench: BrowserBench;
beforeAll(async () => {
  bench = await startBrowserBench('browser-prompts', { base: 20_370, rtp: 64_000 });
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

const WIDE = { width: 1440, height: 900 };

/** A page that keeps what it was given to play; `voice`: what its microphone hears. */
async function listeningPage(login: string, voice?: Voice): Promise<Page> {
  const page = await bench.page(WIDE);
  if (voice) await speakAs(page, voice);
  await page.addInitScript({ path: join(import.meta.dirname, 'played.page.js') });
  await enter(bench, page, login);
  return page;
}

/** What was played last, decoded by the browser: seconds, and the mean power of its samples. */
const heard = (page: Page) => page.evaluate<{ seconds: number; power: number }>('lastPlayed()');
const AUDIBLE = 1e-4;

/** A second of 440 Hz, 8 kHz, 16 bit. */
function tone(): Buffer {
  const rate = 8_000;
  const samples = Int16Array.from(
    { length: rate },
    (_, index) => 12_000 * Math.sin((2 * Math.PI * 440 * index) / rate),
  );
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}

const playing = (page: Page, name: string) => page.getByRole('button', { name: `停止 ${name}` }).waitFor();

describe('the prompt library', () => {
  it('takes a text, which is heard before it is saved and after', async () => {
    const page = await listeningPage('admin');
    await goTo(page, '语音库');
    await page.getByRole('button', { name: '新增语音' }).click();
    await chooseUnit(page, field(page, '机构'), '广西12366');
    await field(page, '名称').fill('节日欢迎词');
    await field(page, '文字').fill('祝您节日快乐，税率为百分之十三。');
    await drawer(page).getByRole('button', { name: '试听 文字' }).click();
    await playing(page, '文字');
    expect(await heard(page)).toMatchObject({ power: expect.toSatisfy((power: number) => power > AUDIBLE) });
    await drawer(page).getByRole('button', { name: '保存' }).click();
    await told(page, '已保存');
    const prompt = row(page, '节日欢迎词');
    await prompt.getByText('合成').waitFor();
    await prompt.getByRole('button', { name: '试听 节日欢迎词' }).click();
    await playing(page, '节日欢迎词');
    expect((await heard(page)).seconds).toBeGreaterThan(1);
  }, 90_000);

  it('takes a recording from a file or from the microphone, and gives it back', async () => {
    const page = await listeningPage('admin', 'first');
    await goTo(page, '语音库');
    const prompt = row(page, '节日欢迎词');
    await prompt.getByRole('button', { name: '修改' }).click();
    await drawer(page)
      .locator('input[type=file]')
      .setInputFiles({ name: '节日.wav', mimeType: 'audio/wav', buffer: tone() });
    await drawer(page).getByRole('button', { name: '试听 节日.wav' }).click();
    await playing(page, '节日.wav');
    await drawer(page).getByRole('button', { name: '保存' }).click();
    await told(page, '已保存');
    await prompt.getByText('录音 00:01').waitFor();
    await prompt.getByRole('button', { name: '试听 节日欢迎词' }).click();
    await playing(page, '节日欢迎词');
    expect(await heard(page)).toMatchObject({ power: expect.toSatisfy((power: number) => power > AUDIBLE) });

    await prompt.getByRole('button', { name: '修改' }).click();
    await drawer(page).getByRole('button', { name: '用麦克风录制' }).click();
    const meter = drawer(page).getByLabel('音量');
    await expect.poll(async () => Number(await meter.getAttribute('value')), { timeout: 10_000 }).toBeGreaterThan(0.2);
    await drawer(page).getByText('00:03').waitFor();
    await drawer(page).getByRole('button', { name: '停止' }).click();
    await drawer(page).getByRole('button', { name: '重录' }).waitFor();
    await drawer(page).getByRole('button', { name: '试听 录音.wav' }).click();
    await playing(page, '录音.wav');
    const recorded = await heard(page);
    expect(recorded.seconds).toBeGreaterThan(2);
    expect(recorded.power).toBeGreaterThan(AUDIBLE);
    await drawer(page).getByRole('button', { name: '保存' }).click();
    await told(page, '已保存');
    await prompt.getByText(/录音 00:0[2-9]/).waitFor();
    expect(bench.faults).toEqual([]);
  }, 90_000);

  it('is changed in many centres at once, after a look at what each has', async () => {
    const page = await listeningPage('admin');
    await goTo(page, '语音库');
    await row(page, '节日欢迎词').getByRole('button', { name: '批量更换' }).click();
    const units = drawer(page).locator('.ant-select');
    await chooseUnit(page, units, '柳州市12366');
    await page.keyboard.press('Escape');
    await chooseUnit(page, units, '桂林市12366');
    await page.keyboard.press('Escape');
    const plan = drawer(page).locator('.ant-table-row');
    await expect.poll(() => plan.count()).toBe(2);
    expect(await plan.allTextContents()).toEqual(expect.arrayContaining([expect.stringMatching(/新增/)]));
    await drawer(page).getByRole('button', { name: '更换 2 个机构' }).click();
    await told(page, '已完成：新增 2 个');
    await expect.poll(() => row(page, '节日欢迎词').count()).toBe(3);
    const liuzhou = row(page, '柳州市12366').filter({ hasText: '节日欢迎词' });
    await liuzhou.getByRole('button', { name: '删除' }).click();
    await confirm(page, '删除语音“节日欢迎词”？', '删除');
    await told(page, '已删除');
    await expect.poll(() => row(page, '节日欢迎词').count()).toBe(2);
    expect(bench.faults).toEqual([]);
  }, 90_000);
});

describe('a message', () => {
  beforeAll(async () => {
    const { db, close } = openDb(bench.stack.databaseUrl, { max: 1 });
    const overflow = JSON.stringify([{ when: { by: 'after', seconds: 1 }, do: { action: 'voicemail' } }]);
    await db.updateTable('queues').set({ overflow }).execute();
    await close();
  });

  async function leaveMessage(from: string): Promise<void> {
    const caller = await bench.page({ width: 390, height: 780 });
    // Beeps with long pauses would be taken for a caller who said nothing.
    await speakAs(caller, 'caller');
    await dial(caller, from);
    await caller.keyboard.press('1');
    const { db, close } = openDb(bench.stack.databaseUrl, { max: 1 });
    const speaking = async () =>
      (await db.selectFrom('recordings').select('id').where('state', '=', 'recording').execute()).length;
    await expect.poll(speaking, { timeout: 30_000 }).toBe(1);
    await close();
    await caller.waitForTimeout(3_000);
    await caller.getByRole('button', { name: '挂机' }).click();
    await inCall(caller, 'ended');
  }

  it('appears by itself, is heard, dealt with by keyboard, and the next one opens', async () => {
    const page = await listeningPage('1001');
    await goTo(page, '留言工单');
    await page.getByText('没有待处理的工单').waitFor();
    await leaveMessage('13877120011');
    await leaveMessage('13877120012');
    const first = row(page, '138 **** 0012').first();
    const second = row(page, '138 **** 0011').first();
    // Without a click: the page hears of it.
    await second.getByText('坐席全忙', { exact: true }).waitFor();
    await first.getByRole('button', { name: /^试听/ }).click();
    await first.getByRole('button', { name: /^停止/ }).waitFor();
    const message = await heard(page);
    expect(message.seconds).toBeGreaterThan(1.5);
    expect(message.power).toBeGreaterThan(AUDIBLE);
    await page.getByRole('navigation', { name: '主菜单' }).locator('.menu-badge', { hasText: /^2$/ }).waitFor();

    await first.getByRole('button', { name: '处理' }).click();
    await drawer(page).locator('[data-player=ready]').waitFor();
    await field(page, '处理结果').fill('已回拨，告知申报期限');
    await page.keyboard.press('Control+Enter');
    await told(page, '已处理');
    await drawer(page).getByText('138 **** 0011').waitFor();
    await field(page, '处理结果').fill('已答复');
    await page.keyboard.press('Control+Enter');
    await told(page, '没有其他待处理的工单');
    // A filter chosen before the drawer has gone would keep it.
    await drawer(page).getByText('138 **** 0011').waitFor({ state: 'detached' });
    await page.getByText('没有待处理的工单').waitFor();
    await page.locator('.menu-badge').waitFor({ state: 'detached' });

    await page.getByLabel('状态').getByText('已办结').click();
    await first.getByRole('button', { name: '查看' }).click();
    await drawer(page).getByText('已回拨，告知申报期限').waitFor();
    await drawer(page).getByRole('button', { name: '重新处理' }).click();
    await told(page, '已转为待处理');
    expect(bench.faults).toEqual([]);
  }, 180_000);

  it('is given to a colleague, or put aside with a reason', async () => {
    const page = await listeningPage('1000');
    await goTo(page, '留言工单');
    const order = row(page, '138 **** 0012').first();
    await order.getByRole('button', { name: '分派' }).click();
    await choose(page, field(page, '处理人'), '1001');
    // The next change begins from what the last one answered, however long the list takes to be read again.
    let readAgain = () => {};
    const slow = new Promise<void>((resolve) => {
      readAgain = resolve;
    });
    await page.route('**/messages/list', (route) => slow.then(() => route.continue()));
    await drawer(page).getByRole('button', { name: '分派' }).click();
    await told(page, '已分派给');
    await order.getByRole('button', { name: '作废' }).click();
    await field(page, '原因').fill('重复留言');
    await drawer(page).getByRole('button', { name: '作废' }).click();
    await told(page, '已作废');
    readAgain();
    await page.getByText('没有待处理的工单').waitFor();
    expect(bench.faults).toEqual([]);
  }, 60_000);
});
