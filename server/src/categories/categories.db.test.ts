/** The tree of categories: who sees and changes what, where things may stand, and what stays of what is out of use. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let province: Api;
let nanning: Api;
let agent: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  const as = async (id: Promise<string>) => (await server.as(await id)).api;
  province = await as(person(database.db, world.province, 'gx-admin', ['centre_admin'], 'subtree'));
  nanning = await as(person(database.db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree'));
  agent = (await server.as(world.nanning.agent)).api;
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});
const seeded = () => [world.nanning.category, world.liuzhou.category];
beforeEach(async () => {
  await database.db.deleteFrom('categories').where('id', 'not in', seeded()).execute();
});

const refused = (code: string, message = /./) => ({ code, message: expect.stringMatching(message) });
const plain = { code: null, orderKind: null, urgency: null };
const add = async (api: Api, unitId: string, name: string, parentId: string | null = null, more = {}) =>
  (await api.categories.create({ unitId, parentId, name, ...plain, ...more })).id;
const inProvince = (name: string, parentId: string | null = null, more = {}) =>
  add(province, world.province.id, name, parentId, more);
const inNanning = (name: string, parentId: string | null = null, more = {}) =>
  add(nanning, world.nanning.unit.id, name, parentId, more);
const shown = async (api: Api) => {
  const rows = await api.categories.list({ unitId: world.nanning.unit.id });
  return rows.map(({ name, can }) => `${name}${can.change ? '' : ' (above)'}`);
};
const mark = () => `增值税 ${world.nanning.mark}`;

describe('the categories of a unit', () => {
  it('are its own and those from above, which it adds to but does not change', async () => {
    const tax = await inProvince('企业所得税');
    await inProvince('汇算清缴', tax, { code: '0201', orderKind: 'inquiry', urgency: 'urgent' });
    await inNanning('本市优惠', tax);
    await inProvince('预缴', tax);
    expect(await shown(nanning)).toEqual([
      ...['企业所得税 (above)', '汇算清缴 (above)', '预缴 (above)', '本市优惠', mark()],
    ]);
    const change = { id: tax, name: '改', ...plain, active: true };
    await expect(nanning.categories.change(change)).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(add(nanning, world.liuzhou.unit.id, '越界')).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(inProvince('越级', world.nanning.category)).rejects.toMatchObject(refused('NOT_FOUND', /上级类别/));
    expect(await agent.desk.categories()).toContainEqual({
      ...{ id: expect.any(String), parentId: tax, name: '汇算清缴', active: true },
      ...{ code: '0201', orderKind: 'inquiry', urgency: 'urgent' },
    });
  });

  it('have names of their own among siblings, and codes of their own', async () => {
    const tax = await inProvince('印花税', null, { code: 'YH' });
    await expect(inNanning('印花税')).rejects.toMatchObject(refused('TAKEN', /同级已有/));
    await expect(inNanning('房产税', null, { code: 'YH' })).rejects.toMatchObject(refused('TAKEN', /印花税/));
    const below = await inNanning('印花税', tax);
    await expect(nanning.categories.move({ id: below, parentId: null, before: null })).rejects.toMatchObject(
      refused('TAKEN'),
    );
  });

  it('are moved among their own, never below themselves and never too deep', async () => {
    const [a, b, c] = [await inNanning('甲'), await inNanning('乙'), await inNanning('丙')];
    await nanning.categories.move({ id: c, parentId: null, before: a });
    expect(await shown(nanning)).toEqual([mark(), '丙', '甲', '乙']);
    await nanning.categories.move({ id: b, parentId: a, before: null });
    expect(await shown(nanning)).toEqual([mark(), '丙', '甲', '乙']);
    await expect(nanning.categories.move({ id: a, parentId: b, before: null })).rejects.toMatchObject(
      refused('REFUSED', /自身/),
    );
    let deep = b;
    for (const name of ['三', '四', '五']) deep = await inNanning(name, deep);
    await expect(inNanning('六', deep)).rejects.toMatchObject(refused('REFUSED', /最多 5 级/));
    await expect(nanning.categories.move({ id: a, parentId: c, before: null })).rejects.toMatchObject(
      refused('REFUSED', /最多 5 级/),
    );
    const moved = await database.db
      .selectFrom('audit_log')
      .select(['subject_name', 'before', 'after'])
      .where('action', '=', 'moved')
      .orderBy('id')
      .execute();
    expect(moved).toEqual([
      { subject_name: '丙', before: { place: 4 }, after: { place: 2 } },
      { subject_name: '甲 / 乙', before: { parent: null, place: 4 }, after: { parent: '甲', place: 1 } },
    ]);
  });

  it('out of use are not offered, with all below, and keep their names', async () => {
    const tax = await inProvince('契税');
    await inNanning('减免', tax);
    await province.categories.change({ id: tax, name: '契税', ...plain, active: false });
    const offered = await agent.desk.categories();
    expect(offered.map(({ name, active }) => [name, active])).toEqual([
      ['契税', false],
      ['减免', false],
      [mark(), true],
    ]);
  });
});
