/** The idle limit counts what people do, not what their pages ask by themselves. */
import { IDLE_HEADER, RPC_PATH } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { seedWorld } from '../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let cookie: string;
beforeAll(async () => {
  database = await testDatabase();
  const world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  cookie = (await server.as(world.nanning.agent)).cookie();
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const ask = async (idle?: string) => {
  const headers = { cookie, 'x-csrf-token': 'orpc', ...(idle === undefined ? {} : { [IDLE_HEADER]: idle }) };
  return (await fetch(`${server.url}${RPC_PATH}/auth/me`, { headers })).status;
};
const setSeen = (minutesAgo: number) =>
  sql`update web_sessions set last_seen_at = now() - make_interval(mins => ${minutesAgo})`.execute(database.db);
const seenMinutesAgo = async () => {
  const { rows } = await sql<{ minutes: number }>`
    select round(extract(epoch from now() - last_seen_at) / 60)::int as minutes from web_sessions`.execute(database.db);
  return rows[0]?.minutes;
};

it('a page that nobody touches does not keep its session alive', async () => {
  await setSeen(119);
  expect(await ask(String(119 * 60))).toBe(200);
  expect(await seenMinutesAgo()).toBe(119);
  await setSeen(121);
  expect(await ask(String(121 * 60))).toBe(401);
});

it('what its person did a while ago counts from then', async () => {
  await setSeen(100);
  expect(await ask(String(30 * 60))).toBe(200);
  expect(await seenMinutesAgo()).toBe(30);
});

it.each([undefined, '0', 'soon', '-5'])('any other request (%s) is activity now', async (idle) => {
  await setSeen(100);
  expect(await ask(idle)).toBe(200);
  expect(await seenMinutesAgo()).toBe(0);
});
