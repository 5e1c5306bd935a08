import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { Api } from '../../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { person, seedWorld, type World } from '../../testing/world.ts';
import { dialableNumbers, findNumber } from './dialled.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
/** Administrator of 南宁, and of the whole province. */
let nanning: Api;
let province: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  nanning = await as('nn-admin', world.nanning.unit);
  province = await as('gx-admin', world.province);
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function as(login: string, unit: World['province']): Promise<Api> {
  return (await server.as(await person(database.db, unit, login, ['centre_admin'], 'subtree'))).api;
}
let serial = 0;
const digits = () => `0771555${String(++serial).padStart(4, '0')}`;
const facts = () => ({
  number: digits(),
  name: '青秀办税服务厅',
  unitId: world.nanning.district.id,
  flowId: world.nanning.flow,
  active: true,
});
const toNumber = (numberId: string) => ({ kind: 'number' as const, numberId });
const dial = (dialled: string, inside = false) => findNumber(database.db, dialled, { inside });
const audited = async (id: string) => {
  const rows = await database.owner.db
    .selectFrom('audit_log')
    .select(['action', 'before', 'after'])
    .where('subject_id', '=', id)
    .orderBy('id')
    .execute();
  return rows;
};

describe('a service number', () => {
  it('leads to the newest published version of its flow, of its own unit or one above', async () => {
    const made = await nanning.numbers.create(facts());
    expect(made).toMatchObject({ unit: { id: world.nanning.district.id }, flow: { id: world.nanning.flow } });
    const graph = JSON.stringify({ start: 'end', nodes: { end: { type: 'hang_up', config: {}, next: {} } } });
    await database.db
      .insertInto('flow_versions')
      .values({ flow_id: world.nanning.flow, version: 2, graph })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    expect(await dial(made.number)).toMatchObject({ number: made.number, flow: { version: 2 } });
  });

  it('refuses foreign units, foreign flows and flows of units below like unknown ones', async () => {
    const below = newId();
    await database.db
      .insertInto('flows')
      .values({ id: below, unit_id: world.nanning.district.id, name: '下级流程' })
      .execute();
    const graph = JSON.stringify({ start: 'end', nodes: { end: { type: 'hang_up', config: {}, next: {} } } });
    await database.db.insertInto('flow_versions').values({ flow_id: below, version: 1, graph }).execute();
    const wrong = [
      { ...facts(), unitId: world.liuzhou.unit.id },
      { ...facts(), flowId: world.liuzhou.flow },
      { ...facts(), unitId: world.nanning.unit.id, flowId: below },
      { ...facts(), unitId: world.province.id },
      { ...facts(), flowId: newId() },
    ];
    for (const each of wrong) await expect(nanning.numbers.create(each)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await nanning.numbers.flows()).map((flow) => flow.id)).toEqual([world.nanning.flow, below]);
  });

  it('is one alone in the whole province, however many ask for it at once', async () => {
    const number = digits();
    const asked = await Promise.allSettled(
      Array.from({ length: 6 }, () => nanning.numbers.create({ ...facts(), number })),
    );
    expect(asked.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    for (const each of asked)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'TAKEN', status: 409 });
    const taken = { ...facts(), number: world.liuzhou.dialled };
    await expect(nanning.numbers.create(taken)).rejects.toMatchObject({ code: 'TAKEN' });
  });

  it('answers as unknown while it, its unit or any unit above is out of use', async () => {
    const made = await nanning.numbers.create(facts());
    const setActive = (id: string, active: boolean) =>
      database.db.updateTable('units').set({ active }).where('id', '=', id).execute();
    for (const unit of [world.nanning.district, world.nanning.unit, world.province]) {
      await setActive(unit.id, false);
      expect(await dial(made.number)).toBeNull();
      expect((await dialableNumbers(database.db, 100)).map(({ number }) => number)).not.toContain(made.number);
      await setActive(unit.id, true);
      expect(await dial(made.number)).not.toBeNull();
    }
    await nanning.numbers.change({ ...made, unitId: made.unit.id, flowId: made.flow.id, active: false });
    expect(await dial(made.number)).toBeNull();
  });

  it('takes its access codes along to another unit, and keeps from being removed while there are any', async () => {
    const made = await nanning.numbers.create(facts());
    const code = await nanning.accessCodes.create({ code: '*7', name: '青秀', to: toNumber(made.id), active: true });
    await nanning.numbers.change({ ...made, unitId: world.nanning.unit.id, flowId: made.flow.id });
    const moved = (await nanning.accessCodes.list()).find(({ id }) => id === code.id);
    expect(moved?.unit.id).toBe(world.nanning.unit.id);
    await expect(nanning.numbers.remove({ id: made.id })).rejects.toMatchObject({ code: 'IN_USE' });
    await nanning.accessCodes.remove({ id: code.id });
    await nanning.numbers.remove({ id: made.id });
    await expect(nanning.numbers.remove({ id: made.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('leaves its changes in the audit log, and nothing when nothing changed', async () => {
    const made = await nanning.numbers.create(facts());
    const same = { ...made, unitId: made.unit.id, flowId: made.flow.id };
    await nanning.numbers.change(same);
    await nanning.numbers.change({ ...same, name: '新名称' });
    await nanning.numbers.remove({ id: made.id });
    expect(await audited(made.id)).toMatchObject([
      { action: 'created', before: null },
      { action: 'changed', before: { name: '青秀办税服务厅' }, after: { name: '新名称' } },
      { action: 'removed', after: null },
    ]);
  });
});

describe('the list of numbers', () => {
  it('pages through everything in reach once, hotlines first, and counts it', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    let total = 0;
    do {
      const page = await province.numbers.list({ limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.rows.map(({ number }) => number));
      cursor = page.nextCursor ?? undefined;
      total = page.total;
    } while (cursor);
    const { rows } = await sql<{ number: string }>`select number from service_numbers`.execute(database.owner.db);
    expect(seen).toHaveLength(total);
    expect(new Set(seen)).toEqual(new Set(rows.map(({ number }) => number)));
    expect(seen.map((number) => number.length)).toEqual(seen.map((number) => number.length).toSorted((a, b) => a - b));
  });

  it('finds part of a number or name, within a unit, and takes wildcards as they are', async () => {
    const made = await nanning.numbers.create({ ...facts(), name: '专线_100%' });
    const find = async (text: string) => (await nanning.numbers.list({ text })).rows.map(({ id }) => id);
    expect(await find('_100%')).toEqual([made.id]);
    expect(await find(made.number.slice(3))).toEqual([made.id]);
    expect(await find('%')).toEqual([made.id]);
    const inUnit = await province.numbers.list({ unitId: world.liuzhou.unit.id });
    expect(inUnit.rows.map(({ number }) => number)).toEqual([world.liuzhou.dialled]);
    expect((await nanning.numbers.list({ unitId: world.liuzhou.unit.id })).total).toBe(0);
  });
});

describe('an access code', () => {
  const make = (code: string, over: object = {}) =>
    nanning.accessCodes.create({ code, name: '南宁', to: toNumber(world.nanning.number), active: true, ...over });
  beforeEach(() => database.db.deleteFrom('access_codes').where('unit_id', '=', world.nanning.unit.id).execute());

  it('reaches its number from inside, and nothing from outside', async () => {
    await make('*71');
    expect(await dial('*71', true)).toMatchObject({ number: world.nanning.dialled, unitId: world.nanning.unit.id });
    expect(await dial('*71')).toBeNull();
    expect(await dial('*72', true)).toBeNull();
  });

  it('leads nowhere while it is out of use, or its number is', async () => {
    const code = await make('*71', { active: false });
    expect(await dial('*71', true)).toBeNull();
    await nanning.accessCodes.change({ ...code, to: toNumber(world.nanning.number), active: true });
    await database.db
      .updateTable('service_numbers')
      .set({ active: false })
      .where('id', '=', world.nanning.number)
      .execute();
    expect(await dial('*71', true)).toBeNull();
    await database.db
      .updateTable('service_numbers')
      .set({ active: true })
      .where('id', '=', world.nanning.number)
      .execute();
    expect(await dial('*71', true)).not.toBeNull();
  });

  it('never shares its digits with another code or a service number', async () => {
    const code = await make('*71');
    await expect(make('*71')).rejects.toMatchObject({ code: 'TAKEN' });
    await expect(make(world.liuzhou.dialled)).rejects.toMatchObject({ code: 'TAKEN' });
    await expect(nanning.numbers.create({ ...facts(), number: '0772' })).rejects.toMatchObject({ code: 'TAKEN' });
    const change = { ...code, to: toNumber(world.nanning.number), code: '0772' };
    await expect(nanning.accessCodes.change(change)).rejects.toMatchObject({ code: 'TAKEN' });
  });

  it('leads to no foreign number', async () => {
    await expect(make('*75', { to: toNumber(world.liuzhou.number) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const code = await make('*71');
    const change = { ...code, to: toNumber(world.liuzhou.number) };
    await expect(nanning.accessCodes.change(change)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await nanning.accessCodes.list()).map(({ id }) => id)).toEqual([code.id]);
  });
});
