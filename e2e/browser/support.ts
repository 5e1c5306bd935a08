/** A running platform with its pages built, and a Chromium whose microphone beeps: what the browser tests share. */

import { SHOWN } from '@rexian/cli/src/test-totals.ts';
import { openDb } from '@rexian/server/platform/db.ts';
import { DEMO_PASSWORD } from '@rexian/server/seed/demo.ts';
import { type Stack, startStack } from '@rexian/server/testing/stack.ts';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { type RunnerTestCase, TestRunner } from 'vitest';
import { launchChromium } from './chromium.ts';
import { everybodyLeaves } from './leaving.ts';

export { enter } from './chromium.ts';

export interface BrowserBench {
  stack: Stack;
  browser: Browser;
  /** A page of its own person: no cookies or storage shared with the others. */
  page(options?: { width: number; height: number }): Promise<Page>;
  /** What went wrong inside the pages since the start: uncaught errors and refusals of the security policy. */
  faults: string[];
  closePages(): Promise<void>;
  close(): Promise<void>;
}

/** The announcement of the agent's number has tests of its own; here talks begin with the answer. */
async function talkAtOnce(databaseUrl: string): Promise<void> {
  const { db, close } = openDb(databaseUrl, { max: 1 });
  await db.updateTable('queues').set({ announce_agent: false }).execute();
  await close();
}

interface BenchOptions {
  /** Further settings of the platform. */
  env?: Record<string, string>;
  /** Nobody listens to what the pages play. */
  silent?: boolean;
  /** Things slide and fade, as they do unless somebody's machine says otherwise. */
  motion?: boolean;
}

export async function startBrowserBench(
  name: string,
  ports: { base: number; rtp: number },
  { env = {}, silent = false, motion = false }: BenchOptions = {},
): Promise<BrowserBench> {
  const stack = await startStack({ name, basePort: ports.base, rtpStart: ports.rtp, seed: talkAtOnce, env });
  const browser = await launchChromium({ silent });
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  const closePages = async () => {
    const result = TestRunner.getCurrentTest<RunnerTestCase | undefined>()?.result;
    const failed = result?.state === 'fail';
    if (failed) for (const error of result?.errors ?? []) error.message += await shown(contexts);
    for (const context of contexts.splice(0)) await context.close();
    if (failed) await everybodyLeaves(stack.databaseUrl);
  };
  return {
    stack,
    browser,
    faults,
    closePages,
    async page(viewport = { width: 1366, height: 768 }) {
      // Who may hear the microphone may know the machine's address; names in its place (mDNS) are nothing that Asterisk can look up.
      const permissions = ['microphone'];
      const context = await browser.newContext({
        viewport,
        locale: 'zh-CN',
        // Of most hours another day than Beijing's: screens show Beijing's wherever they stand.
        timezoneId: 'Pacific/Pago_Pago',
        baseURL: stack.url,
        permissions,
        reducedMotion: motion ? 'no-preference' : 'reduce',
      });
      context.setDefaultTimeout(30_000);
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        // Of some refusals Chromium hands on the last line only.
        if (/Content Security Policy|-src' was not explicitly set/.test(message.text())) faults.push(message.text());
      });
      return page;
    },
    async close() {
      await closePages();
      await browser.close();
      await stack.close();
    },
  };
}

/** What a failed test's pages showed, a line each: address, and all that was to be read. */
async function shown(contexts: readonly BrowserContext[]): Promise<string> {
  const lines = contexts
    .flatMap((context) => context.pages())
    .map(async (page) => {
      // biome-ignore lint/performance/useDomNodeTextContent: as it was read, line by line
      const text = await page.innerText('body', { timeout: 2_000 }).catch((error) => String(error));
      return `\n${SHOWN}${page.url()}: ${text.replace(/\s*\n\s*/g, ' | ').slice(0, 2_000)}`;
    });
  return (await Promise.all(lines)).join('');
}

/**
 * Presses Enter in a form with a password and waits for what follows. On a machine at its limits passwords give way to calls: a person
 * presses Enter once more.
 */
export async function enterPassword(page: Page, follows: Locator): Promise<void> {
  const busy = page.getByText('系统繁忙');
  for (let tries = 0; tries < 5; tries++) {
    await page.keyboard.press('Enter');
    await follows.or(busy).first().waitFor();
    if (await follows.isVisible()) return;
    await busy.waitFor({ state: 'detached' });
  }
  await follows.waitFor();
}

/** Logs in with the keyboard alone. */
export async function logIn(page: Page, login: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('工号').waitFor();
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(DEMO_PASSWORD);
  await enterPassword(page, page.getByRole('button', { name: '退出' }));
}

/** Presses Tab until the button of that name has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const focused = page.locator(':focus');
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    const text = (await focused.count()) > 0 ? (await focused.textContent())?.trim() : '';
    if (text === name) return;
  }
  throw new Error(`no button ${name} within forty Tabs`);
}

/** Signs in with the phone that the dialog proposes: the browser's, unless another was chosen at this machine before. */
export async function signIn(page: Page): Promise<void> {
  await tabTo(page, '签入');
  await page.keyboard.press('Enter');
  await confirmSignIn(page);
}

/** Enter in the dialog, which stands on its button. */
export async function confirmSignIn(page: Page): Promise<void> {
  await page.locator('.ant-modal .ant-btn-primary:focus', { hasText: '签入' }).waitFor();
  await page.keyboard.press('Enter');
  await registered(page);
}

/** Logs in, signs in and goes ready, all by keyboard. */
export async function agentReady(page: Page, login: string): Promise<void> {
  await logIn(page, login);
  await page.getByText('尚未签入').waitFor();
  await signIn(page);
  await tabTo(page, '示闲');
  await page.keyboard.press('Enter');
  await inState(page, 'ready');
}

export const registered = (page: Page) => page.locator('[data-registration=registered]').waitFor();
export const inState = (page: Page, state: string) => page.locator(`.state-chip[data-state=${state}]`).waitFor();
export const inLegState = (page: Page, state: string) => page.locator(`.call-card[data-leg-state=${state}]`).waitFor();
export const inCall = (page: Page, state: string) => page.locator(`.phone[data-call=${state}]`).waitFor();

/** Opens 来电体验, dials 12366 as `from` and waits until the hotline answers. */
export async function dial(page: Page, from: string): Promise<void> {
  await page.goto('/try/');
  await page.getByLabel('主叫号码').fill(from);
  await page.getByRole('button', { name: '拨打' }).click();
  await inCall(page, 'talking');
}

export interface Line {
  receivedPackets: number;
  receivedEnergy: number;
  sentPackets: number;
  sentEnergy: number;
}

/** What WebRTC decoded and sent until now, as the page shows it (fresh once a second). */
export async function line(page: Page): Promise<Line> {
  const meter = page.getByTestId('line-quality');
  const read = async (name: string) => Number(await meter.getAttribute(`data-${name}`));
  return {
    receivedPackets: await read('received-packets'),
    receivedEnergy: await read('received-energy'),
    sentPackets: await read('sent-packets'),
    sentEnergy: await read('sent-energy'),
  };
}

/** The same figures `milliseconds` apart, as a difference. */
export async function lineOver(page: Page, milliseconds: number): Promise<Line> {
  const before = await line(page);
  await page.waitForTimeout(milliseconds);
  const after = await line(page);
  return {
    receivedPackets: after.receivedPackets - before.receivedPackets,
    receivedEnergy: after.receivedEnergy - before.receivedEnergy,
    sentPackets: after.sentPackets - before.sentPackets,
    sentEnergy: after.sentEnergy - before.sentEnergy,
  };
}
