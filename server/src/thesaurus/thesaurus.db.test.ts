/** 专题词库: a unit's own terms and those from above, each once in a unit. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let province: Api;
let nanning: Api;
let liuzhou: Api;
let agent: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  const as = async (id: Promise<string> | string) => (await server.as(await id)).api;
  province = await as(person(database.db, world.province, 'gx-editor', ['knowledge_editor'], 'subtree'));
  nanning = await as(person(database.db, world.nanning.unit, 'nn-editor', ['knowledge_editor'], 'unit'));
  liuzhou = await as(person(database.db, world.liuzhou.unit, 'lz-editor', ['knowledge_editor'], 'unit'));
  agent = await as(world.nanning.agent);
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const refused = (code: string, message = /./) => ({ code, message: expect.stringMatching(message) });
const facts = (term: string, ...synonyms: string[]) => ({ term, synonyms, enabled: true });
const terms = async (api: Api, filter = {}) => (await api.thesaurus.list(filter)).rows.map(({ term }) => term);

it('hands terms down, changes them where they belong, and puts it on record', async () => {
  const { id } = await province.thesaurus.create({
    unitId: world.province.id,
    ...facts('增值税专用发票', '专票', '专票'),
  });
  const own = await nanning.thesaurus.create({ unitId: world.nanning.unit.id, ...facts('南宁大厅', '市民中心') });
  expect((await agent.thesaurus.list({})).rows).toMatchObject([
    { term: '南宁大厅', can: { change: false } },
    { term: '增值税专用发票', synonyms: ['专票'], unit: { id: world.province.id } },
  ]);
  expect(await terms(liuzhou)).toEqual(['增值税专用发票']);
  expect(await terms(nanning, { search: '专票' })).toEqual(['增值税专用发票']);
  expect(await terms(nanning, { unitId: world.nanning.unit.id })).toEqual(['南宁大厅']);
  await expect(nanning.thesaurus.change({ id, ...facts('改', '改写') })).rejects.toMatchObject(refused('NOT_FOUND'));
  await expect(nanning.thesaurus.remove({ id })).rejects.toMatchObject(refused('NOT_FOUND'));
  const abroad = { unitId: world.liuzhou.unit.id, ...facts('越界', '过界') };
  await expect(nanning.thesaurus.create(abroad)).rejects.toMatchObject(refused('NOT_FOUND'));
  await nanning.thesaurus.change({ id: own.id, ...facts('南宁大厅', '市民中心', '办税厅') });
  await nanning.thesaurus.change({ id: own.id, ...facts('南宁大厅', '市民中心', '办税厅') });
  await nanning.thesaurus.remove({ id: own.id });
  const { rows } = await sql<{ action: string }>`select action from audit_log where subject_id = ${own.id}
    order by id`.execute(database.db);
  expect(rows.map(({ action }) => action)).toEqual(['created', 'changed', 'removed']);
});

it('has a term once in a unit, while a synonym may mean several', async () => {
  const unitId = world.nanning.unit.id;
  const { id } = await nanning.thesaurus.create({ unitId, ...facts('社会保险费', '社保') });
  await expect(nanning.thesaurus.create({ unitId, ...facts('社会保险费', '五险') })).rejects.toMatchObject(
    refused('TAKEN', /社会保险费/),
  );
  await nanning.thesaurus.create({ unitId, ...facts('社会保险', '社保') });
  await expect(nanning.thesaurus.change({ id, ...facts('社会保险', '社保') })).rejects.toMatchObject(refused('TAKEN'));
  await liuzhou.thesaurus.create({ unitId: world.liuzhou.unit.id, ...facts('社会保险费', '社保') });
});

it('pages go on after a term that is gone meanwhile', async () => {
  const unitId = world.liuzhou.unit.id;
  for (const term of ['甲', '乙', '丙', '丁']) await liuzhou.thesaurus.create({ unitId, ...facts(term, '同义') });
  const all = await terms(liuzhou, { unitId });
  const first = await liuzhou.thesaurus.list({ unitId, limit: 2 });
  await liuzhou.thesaurus.remove({ id: first.rows[1]?.id ?? '' });
  const rest = await liuzhou.thesaurus.list({ unitId, cursor: first.nextCursor ?? '' });
  expect([...first.rows, ...rest.rows].map(({ term }) => term)).toEqual(all);
  expect(rest.nextCursor).toBeNull();
  expect(await terms(liuzhou, { unitId, cursor: '不是位置' })).toEqual(expect.any(Array));
});
