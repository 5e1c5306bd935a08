import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
const s = JSON.parse(readFileSync('/tmp/h7-stack.json', 'utf8'));
export async function open(login, viewport = { width: 1440, height: 900 }) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'] });
  const context = await browser.newContext({ viewport, locale: 'zh-CN', baseURL: s.url });
  context.setDefaultTimeout(15000);
  await context.addCookies([{ name: s.cookie, value: s.cookies[login], url: s.url }]);
  const page = await context.newPage();
  page.on('pageerror', (e) => console.log('PAGEERROR', e.message));
  page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text()));
  return { browser, context, page };
}
