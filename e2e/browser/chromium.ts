/** A Chromium whose microphone beeps, and people who are logged in to it: for tests and benches. */
import { existsSync } from 'node:fs';
import { openWebSession, SESSION_COOKIE } from '@rexian/server/auth/sessions.ts';
import { openDb } from '@rexian/server/platform/db.ts';
import type { Stack } from '@rexian/server/testing/stack.ts';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Chromium without a user interface of its own takes a third less time for a page. It plays no sound: calls stay silent. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/** `silent`: nobody listens to what the pages play. */
export async function launchChromium({ silent = false } = {}): Promise<Browser> {
  const executablePath = silent && !process.env.CHROMIUM && existsSync(HEADLESS_SHELL) ? HEADLESS_SHELL : CHROMIUM;
  if (!existsSync(executablePath)) {
    throw new Error(`no Chromium at ${executablePath}: apt-get install chromium, or set CHROMIUM`);
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}

/** Somebody who logged in before: what is tested at the desk needs no password, which would give way to calls on a busy machine. */
export async function enter({ stack }: { stack: Stack }, page: Page, login: string): Promise<void> {
  const { db, close } = openDb(stack.databaseUrl, { max: 1 });
  try {
    const { id } = await db.selectFrom('people').select('id').where('login', '=', login).executeTakeFirstOrThrow();
    const { token } = await openWebSession(db, id, { address: '127.0.0.1', userAgent: 'browser test' });
    await page.context().addCookies([{ name: SESSION_COOKIE, value: token, url: stack.url }]);
  } finally {
    await close();
  }
  await page.goto('/');
  await page.getByRole('button', { name: '退出' }).waitFor();
}
