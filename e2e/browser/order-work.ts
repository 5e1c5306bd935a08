/** How people work on orders in the console, and orders as they come to lie there, by the API. */
import type { Registration } from '@rexian/contracts';
import { openWebSession, SESSION_COOKIE } from '@rexian/server/auth/sessions.ts';
import { openDb } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import { type Api, apiClient } from '@rexian/server/testing/api-client.ts';
import type { Locator, Page } from 'playwright-core';
import { type BrowserBench, enter } from './support.ts';

export const AGENT = '2001';
export const DISPATCHER = '2000';
export const HANDLER = '2101';
export const COLLEAGUE = '2201';

export async function apiOf({ stack: { databaseUrl, url } }: BrowserBench, login: string): Promise<Api> {
  const { db, close } = openDb(databaseUrl, { max: 1 });
  try {
    const { id } = await db.selectFrom('people').select('id').where('login', '=', login).executeTakeFirstOrThrow();
    const { token } = await openWebSession(db, id, { address: '127.0.0.1', userAgent: 'browser test' });
    return apiClient(url, { cookie: `${SESSION_COOKIE}=${token}` }).api;
  } finally {
    await close();
  }
}

/** A suggestion from a letter, which lies at the dispatcher's. */
export async function registered(agent: Api, content: string): Promise<{ id: string; number: string }> {
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
  return { id, number };
}

/** The list of what waits for somebody. */
export async function listOf(bench: BrowserBench, login: string): Promise<Page> {
  const page = await bench.page({ width: 1440, height: 900 });
  await enter(bench, page, login);
  await page.locator('.shell-menu a[href="/orders"]').click();
  return page;
}

/** The viewer's part of an order. */
export const side = (page: Page): Locator => page.getByRole('complementary', { name: '办理' });
export const press = (page: Page, keys: string): Promise<void> => page.keyboard.press(keys);

/** The field that has the focus takes the unit, by its name. */
export async function typeUnit(page: Page, name: string, around = '.target-field'): Promise<void> {
  await page.locator(`${around} input:focus`).waitFor();
  await page.keyboard.type(name);
  await page.locator('.ant-select-item-option-active', { hasText: name }).waitFor();
  await press(page, 'Enter');
  await page.locator(`${around} .ant-select`, { hasText: name }).first().waitFor();
}
