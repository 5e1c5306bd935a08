/** Reports on knowledge: sums by unit, library and person, of what is in reach, on screens and as files. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Trees } from '../centres/trees.ts';
import { makeExport } from '../exports/jobs.ts';
import { dayName } from '../platform/clock.ts';
import { diskStorage } from '../platform/storage.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';
import { seedKnowledge } from '../testing/world-knowledge.ts';

vi.setConfig({ testTimeout: 60_000 });

const today = dayName(new Date());
const period = { from: today, to: today };

let database: TestDatabase;
let server: ApiServer;
let world: World;
let folder: string;
let editor: Api;
let provincial: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedKnowledge(database.db, world);
  folder = await mkdtemp(join(tmpdir(), 'rexian-reports-'));
  server = await startApiServer(database, { REXIAN_HOME: folder });
  const { nanning, province } = world;
  editor = (await server.as(await person(database.db, nanning.unit, 'ed', ['knowledge_editor'], 'subtree'))).api;
  provincial = (await server.as(await person(database.db, province, 'pr', ['knowledge_editor'], 'subtree'))).api;
});
afterAll(async () => {
  await server?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

it('sums up what was used by centre, library and person, of what is in reach', async () => {
  const { nanning, liuzhou } = world;
  const byUnit = await provincial.knowledgeReports.usage({ ...period, by: 'unit' });
  expect(
    byUnit.rows.map(({ id, searches, missed, shown, opened }) => [id, searches, missed, shown, opened]).sort(),
  ).toEqual([nanning, liuzhou].map(({ unit }) => [unit.id, 2, 1, 1, 1]).sort());
  expect(byUnit.total).toMatchObject({ id: null, name: '合计', searches: 4, opened: 2 });
  expect((await editor.knowledgeReports.usage({ ...period, by: 'unit' })).rows).toMatchObject([
    { id: nanning.unit.id },
  ]);
  expect((await editor.knowledgeReports.usage({ ...period, by: 'library' })).rows).toMatchObject([
    { id: nanning.library, searches: 2 },
  ]);
  expect((await editor.knowledgeReports.usage({ ...period, by: 'person' })).rows).toMatchObject([
    { id: nanning.agent },
  ]);
  const elsewhere = { ...period, unitId: liuzhou.unit.id };
  expect((await editor.knowledgeReports.usage({ ...elsewhere, by: 'unit' })).rows).toEqual([]);
});

it('sums up what was made', async () => {
  const { nanning } = world;
  const { rows, total } = await editor.knowledgeReports.maintenance({ ...period, by: 'unit' });
  expect(rows).toMatchObject([
    {
      id: nanning.unit.id,
      articles: 1,
      revised: 0,
      withdrawn: 0,
      feedback: 1,
      feedbackAnswered: 0,
      answeredInMs: null,
    },
  ]);
  expect(total.inUse).toBeGreaterThanOrEqual(1);
  const byPerson = await editor.knowledgeReports.maintenance({ ...period, by: 'person' });
  expect(byPerson.total).toEqual(total);
  expect(byPerson.rows.find(({ id }) => id === nanning.clerk)).toMatchObject({ articles: 1 });
  const byLibrary = await editor.knowledgeReports.maintenance({ ...period, by: 'library' });
  expect(byLibrary.total).toEqual(total);
});

it('lists what was used, page by page, and what nobody opened', async () => {
  const { nanning } = world;
  const all = await editor.knowledgeReports.items({ ...period, limit: 1 });
  expect(all.rows).toMatchObject([{ id: nanning.article, shown: 1, opened: 1, library: { id: nanning.library } }]);
  const rest = await editor.knowledgeReports.items({ ...period, cursor: all.nextCursor ?? '' });
  expect(rest.rows.map(({ id }) => id)).not.toContain(nanning.article);
  const unused = await editor.knowledgeReports.items({ ...period, unused: true });
  expect(unused.rows.every(({ opened }) => opened === 0)).toBe(true);
  expect((await editor.knowledgeReports.items({ ...period, search: nanning.mark, kind: 'article' })).rows).toHaveLength(
    1,
  );
});

it('refuses a period that is none, or too long', async () => {
  const wrong = [
    { from: '2026-02-02', to: '2026-02-01' },
    { from: '2024-01-01', to: '2026-01-01' },
  ];
  for (const each of wrong)
    await expect(editor.knowledgeReports.usage({ ...each, by: 'unit' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

it('goes out as a file with its period, and who took it out', async () => {
  const { store } = database;
  const storage = diskStorage(join(folder, 'storage'));
  const maker = { store, vault: testVault, trees: new Trees(store.system), storage, log: silent };
  for (const wanted of [
    { what: 'usage' as const, ...period, by: 'unit' as const },
    { what: 'maintenance' as const, ...period, by: 'library' as const },
    { what: 'items' as const, ...period },
  ]) {
    const { id } = await editor.knowledgeReports.export(wanted);
    await makeExport(maker, id);
    const [job] = await editor.exportJobs.list();
    expect(job).toMatchObject({ id, state: 'done', error: '' });
    const rows = await readSheet(await readFile(join(folder, `storage/exports/${id}.xlsx`)));
    expect(String(rows[0]?.[0])).toMatch(new RegExp(`统计期间：${today} 至 ${today}　导出人：.+　导出时间：\\d{4}-`));
    expect(rows.length).toBeGreaterThan(3);
  }
});
