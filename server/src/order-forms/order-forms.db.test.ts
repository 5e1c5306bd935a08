/** Registration forms of units: which one holds for whom, and that no save overwrites another. */
import type { WorkOrderKind } from '@rexian/contracts';
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
  agent = await as(person(database.db, world.nanning.unit, 'nn-agent', ['agent'], 'own'));
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});
beforeEach(async () => {
  const seeded = [world.nanning.orderForm, world.liuzhou.orderForm];
  await database.db.deleteFrom('order_form_versions').where('form_id', 'not in', seeded).execute();
  await database.db.deleteFrom('order_forms').where('id', 'not in', seeded).execute();
});

const refused = (code: string, message = /./) => ({ code, message: expect.stringMatching(message) });
const fields = (...labels: string[]) =>
  labels.map((label, index) => ({ key: `f${index}`, label, type: 'text' as const }));
const make = (api: Api, unitId: string, kind: WorkOrderKind | null, ...labels: string[]) =>
  api.orderForms.create({ unitId, kind, fields: fields(...labels) });

describe('the form in force', () => {
  const labels = async (kind: WorkOrderKind, unitId = world.nanning.district.id) =>
    (await agent.orderForms.inForce({ unitId, kind })).form?.fields.map(({ label }) => label);

  it("is the nearest unit's, and there that of the kind before that for all", async () => {
    expect(await labels('report')).toBeUndefined();
    await make(province, world.province.id, 'report', '省举报');
    const general = await make(province, world.province.id, null, '省通用');
    expect([await labels('report'), await labels('inquiry')]).toEqual([['省举报'], ['省通用']]);
    expect(await labels('complaint')).toEqual([`诉求 ${world.nanning.mark}`]);
    await make(nanning, world.nanning.unit.id, null, '市通用');
    expect([await labels('report'), await labels('inquiry')]).toEqual([['市通用'], ['市通用']]);
    await province.orderForms.save({ id: general.id, version: 1, fields: fields('省通用', '新增') });
    expect(await labels('inquiry', world.province.id)).toEqual(['省通用', '新增']);
  });
});

describe('saving', () => {
  it('makes a version of each change; of two saves of one version the second is refused', async () => {
    const { id } = await make(nanning, world.nanning.unit.id, 'report', '甲');
    expect(await nanning.orderForms.save({ id, version: 1, fields: fields('甲', '乙') })).toMatchObject({
      ...{ version: 2, fieldCount: 2, changedBy: '人员 nn-admin' },
    });
    await expect(province.orderForms.save({ id, version: 1, fields: fields('丙') })).rejects.toMatchObject(
      refused('CHANGED', /已被“人员 nn-admin”修改/),
    );
    // The same again is no change.
    expect(await nanning.orderForms.save({ id, version: 2, fields: fields('甲', '乙') })).toMatchObject({ version: 2 });
    const { rows } = await nanning.orderForms.versions({ id });
    expect(rows.map(({ version }) => version)).toEqual([2, 1]);
    expect((await nanning.orderForms.version({ id, version: 1 })).fields).toMatchObject([{ label: '甲' }]);
  });

  it('refuses fields that make no form', async () => {
    const twice = [...fields('甲'), ...fields('甲')];
    await expect(
      nanning.orderForms.create({ unitId: world.nanning.unit.id, kind: 'report', fields: twice }),
    ).rejects.toMatchObject(refused('BAD_REQUEST'));
  });

  it('is for administrators of the unit', async () => {
    const { id } = await make(province, world.province.id, 'report', '省');
    await expect(nanning.orderForms.save({ id, version: 1, fields: fields('市') })).rejects.toMatchObject(
      refused('NOT_FOUND'),
    );
    expect((await nanning.orderForms.list({})).rows.map(({ unit, can }) => [unit.name, can.change])).toEqual([
      ['广西12366', false],
      [`市12366 ${world.nanning.mark}`, true],
    ]);
    await expect(make(agent, world.nanning.unit.id, 'report', '甲')).rejects.toMatchObject(refused('FORBIDDEN'));
  });
});

describe('one of a kind for each unit', () => {
  it('is kept, also of those for all kinds, until it is removed', async () => {
    const { id } = await make(nanning, world.nanning.unit.id, null, '甲');
    await expect(make(nanning, world.nanning.unit.id, null, '乙')).rejects.toMatchObject(refused('TAKEN'));
    await nanning.orderForms.remove({ id });
    await make(nanning, world.nanning.unit.id, null, '乙');
  });

  it('comes in pages', async () => {
    await make(nanning, world.nanning.unit.id, null, '甲');
    const first = await nanning.orderForms.list({ limit: 1 });
    const rest = await nanning.orderForms.list({ cursor: first.nextCursor ?? '' });
    expect([...first.rows, ...rest.rows].map(({ kind }) => kind)).toEqual([null, 'complaint']);
  });

  it('is what copying keeps to: to all or to none', async () => {
    const source = await make(province, world.province.id, 'complaint', '省投诉');
    const unitIds = [world.nanning.district.id, world.nanning.unit.id];
    await expect(province.orderForms.copy({ id: source.id, unitIds })).rejects.toMatchObject(
      refused('TAKEN', /已有投诉登记表单/),
    );
    const { form } = await agent.orderForms.inForce({ unitId: world.nanning.district.id, kind: 'complaint' });
    expect(form?.unit.id).toBe(world.nanning.unit.id);
    const [copy] = await province.orderForms.copy({ id: source.id, unitIds: [world.nanning.district.id] });
    expect(copy).toMatchObject({ kind: 'complaint', version: 1, fieldCount: 1 });
  });
});
