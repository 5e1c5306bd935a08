/** Orders as files: what was asked for, in what whoever asked may see, for nobody else, and not for ever. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Trees } from '../centres/trees.ts';
import { newId } from '../platform/ids.ts';
import { createLogger } from '../platform/log.ts';
import { diskStorage } from '../platform/storage.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';
import { forgetExports, type Maker, makeExport } from './jobs.ts';

vi.setConfig({ testTimeout: 60_000 });

const CALLER = '13800001234';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let folder: string;
let maker: Maker;
let admin: Api;
let adminId: string;
let other: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  folder = await mkdtemp(join(tmpdir(), 'rexian-exports-'));
  server = await startApiServer(database, { REXIAN_HOME: folder });
  const { db, store } = database;
  const log = createLogger({ level: 'silent' });
  maker = {
    store,
    vault: testVault,
    trees: new Trees(store.system),
    storage: diskStorage(join(folder, 'storage')),
    log,
  };
  adminId = await person(db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree');
  admin = (await server.as(adminId)).api;
  other = (await server.as(await person(db, world.nanning.unit, 'nn-other', ['centre_admin'], 'subtree'))).api;
  for (const [centre, content] of [
    [world.nanning, '=1+1 南宁的诉求'],
    [world.liuzhou, '柳州的诉求'],
  ] as const) {
    const id = newId();
    await sql`insert into work_orders (id, number, unit_id, source, state, kind, title, content, created_at, caller_sealed,
        caller_index)
      values (${id}, ${`GD-${centre.mark}`}, ${centre.unit.id}, 'letter', 'open', 'suggestion', '标题', ${content}, now(),
        ${testVault.seal('number', CALLER)}, ${testVault.index('number', CALLER)})`.execute(db);
    await sql`select index_order(${id}, '{}', ${content})`.execute(db);
  }
});
afterAll(async () => {
  await server?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

const fileOf = (id: string) => join(folder, `storage/exports/${id}.xlsx`);

it('holds what whoever asked may see, masked and marked, and is theirs alone', async () => {
  const { id } = await admin.exportJobs.orders({ list: 'all', kinds: ['suggestion'] });
  await makeExport(maker, id);
  expect(await admin.exportJobs.list()).toMatchObject([
    { id, state: 'done', total: 1, done: 1, url: `/media/exports/${id}` },
  ]);
  expect(await other.exportJobs.list()).toEqual([]);
  await expect(other.exportJobs.remove({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const rows = await readSheet(await readFile(fileOf(id)));
  expect(String(rows[0]?.[0])).toMatch(/^导出人：.+　导出时间：\d{4}-/);
  expect(rows).toHaveLength(4);
  const [, heading = [], line = []] = rows;
  const cell = (title: string) => line[heading.indexOf(title)];
  expect(cell('诉求内容')).toBe('=1+1 南宁的诉求');
  expect(cell('联系电话')).toBe('138****1234');
  await admin.exportJobs.remove({ id });
  await expect(readFile(fileOf(id))).rejects.toMatchObject({ code: 'ENOENT' });
});

it('is asked for by a number that lies open nowhere', async () => {
  const { id } = await admin.exportJobs.orders({ list: 'all', number: CALLER, from: new Date(0) });
  const { rows } = await sql<{ row: string }>`select e::text as row from exports e`.execute(database.db);
  expect(rows[0]?.row).not.toContain(CALLER);
  await makeExport(maker, id);
  expect(await admin.exportJobs.list()).toMatchObject([{ id, state: 'done', total: 1 }]);
  await admin.exportJobs.remove({ id });
});

it('is made once more after a crash, and not at all for who is gone or when it was removed', async () => {
  const ask = () => admin.exportJobs.orders({ list: 'all' });
  const [crashed, removed] = [await ask(), await ask()];
  await sql`update exports set state = 'running', done = 7 where id = ${crashed.id}`.execute(database.db);
  await makeExport(maker, crashed.id);
  await admin.exportJobs.remove({ id: removed.id });
  await makeExport(maker, removed.id);
  const gone = await ask();
  await sql`update people set active = false where id = ${adminId}`.execute(database.db);
  await makeExport(maker, gone.id);
  await sql`update people set active = true where id = ${adminId}`.execute(database.db);
  expect((await admin.exportJobs.list()).map(({ id, state, error }) => [id, state, error])).toEqual([
    [gone.id, 'failed', '导出人已停用'],
    [crashed.id, 'done', ''],
  ]);
});

it('is refused while three are under way, and forgotten after a week', async () => {
  for (let n = 0; n < 3; n += 1) await admin.exportJobs.orders({ list: 'all' });
  await expect(admin.exportJobs.orders({ list: 'all' })).rejects.toMatchObject({ code: 'REFUSED' });
  expect(await forgetExports(database.store.system, maker.storage, new Date())).toBe(0);
  expect(await forgetExports(database.store.system, maker.storage, new Date(Date.now() + 8 * 86_400_000))).toBe(5);
});
