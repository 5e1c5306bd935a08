/** The tree of units through the routes, and under random changes. */
import { type DataScope, dataScope, permission } from '@rexian/contracts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../platform/api.ts';
import { newId } from '../../platform/ids.ts';
import type { Api } from '../../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../../testing/api-server.ts';
import { seedPerson, type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { personWith, seedWorld, type World } from '../../testing/world.ts';
import { authorityOf, lockAuthority } from '../authority.ts';
import { UnitTree } from '../tree.ts';
import { Trees } from '../trees.ts';
import { changeUnit, createUnit, moveUnit, removeUnit } from './service.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
/** All-powerful at the top and in Nanning. */
let province: Api;
let city: Api;

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  world = await seedWorld(db, testVault);
  server = await startApiServer(database);
  const every = permission.values;
  province = (await server.as(await personWith(db, world.province, 'province', every, 'all'))).api;
  city = (await server.as(await personWith(db, world.nanning.unit, 'city', every, 'subtree'))).api;
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const office = { name: '税务所', kind: 'office' } as const;
const refused = (code: string, message?: RegExp) =>
  expect.objectContaining({ code, ...(message ? { message: expect.stringMatching(message) } : {}) });

describe('units', () => {
  it('are listed by the scope, parents first, with what may be done', async () => {
    const all = await province.units.tree();
    expect(all.map(({ path }) => path)).toEqual(['gx', 'gx.lz', 'gx.lz.d1', 'gx.nn', 'gx.nn.d1']);
    const own = await city.units.tree();
    expect(own.map(({ path, parentId }) => [path, parentId])).toEqual([
      ['gx.nn', null],
      ['gx.nn.d1', world.nanning.unit.id],
    ]);
    expect(own[0]?.can).toEqual({ change: true, move: false, remove: false, addChild: true });
    expect(own[0]).toMatchObject({ people: 3, numbers: 1 });
  });

  it('are created, renamed, moved with all below, and removed once nothing belongs to them', async () => {
    const { nanning } = world;
    const a = await city.units.create({ parentId: nanning.district.id, code: 'a', ...office });
    const b = await city.units.create({ parentId: a.id, code: 'b', ...office });
    expect(b.path).toBe('gx.nn.d1.a.b');
    const c = await city.units.create({ parentId: b.id, code: 'c', ...office });
    await city.units.change({ id: a.id, code: 'a2', name: '新名', kind: 'office', active: true });
    const moved = await city.units.move({ id: a.id, parentId: nanning.unit.id });
    expect(moved).toMatchObject({ path: 'gx.nn.a2', name: '新名', parentId: nanning.unit.id });
    const paths = (await city.units.tree()).map(({ path }) => path);
    expect(paths).toContain('gx.nn.a2.b.c');
    await expect(city.units.remove({ id: a.id })).rejects.toEqual(refused('IN_USE', /1 个下级机构/));
    for (const { id } of [c, b]) await city.units.remove({ id });
    await city.units.remove({ id: a.id });
    const { rows } = await sql<{ action: string }>`select action from audit_log where subject_id = ${a.id}
      order by id`.execute(database.db);
    expect(rows.map(({ action }) => action)).toEqual(['created', 'changed', 'moved', 'removed']);
  });

  it('say what keeps them from being removed', async () => {
    await expect(province.units.remove({ id: world.nanning.unit.id })).rejects.toEqual(
      refused('IN_USE', /1 个下级机构、\d+ 名人员、1 个服务号码/),
    );
  });

  it('don’t exist out of reach: neither to change nor as a place to go', async () => {
    const { nanning, liuzhou } = world;
    const foreign = liuzhou.district.id;
    const missing = refused('NOT_FOUND');
    await expect(city.units.change({ id: foreign, code: 'x', active: true, ...office })).rejects.toEqual(missing);
    await expect(city.units.move({ id: foreign, parentId: nanning.unit.id })).rejects.toEqual(missing);
    await expect(city.units.move({ id: nanning.district.id, parentId: foreign })).rejects.toEqual(missing);
    await expect(city.units.move({ id: nanning.district.id, parentId: world.province.id })).rejects.toEqual(missing);
    await expect(city.units.create({ parentId: foreign, code: 'x', ...office })).rejects.toEqual(missing);
    await expect(city.units.remove({ id: foreign })).rejects.toEqual(missing);
  });

  it('at the top of one’s reach keep place, code and kind', async () => {
    const top = { id: world.nanning.unit.id, code: 'nn', name: '南宁', kind: 'centre', active: true } as const;
    expect(await city.units.change(top)).toMatchObject({ name: '南宁' });
    for (const change of [{ code: 'xx' }, { kind: 'bureau' as const }, { active: false }])
      await expect(city.units.change({ ...top, ...change })).rejects.toEqual(refused('REFUSED', /最上级/));
    await expect(city.units.move({ id: top.id, parentId: world.nanning.district.id })).rejects.toEqual(
      refused('REFUSED'),
    );
  });

  it('never move below themselves, nor onto a sibling’s code', async () => {
    const { nanning } = world;
    const a = await province.units.create({ parentId: nanning.unit.id, code: 'twin', ...office });
    const b = await province.units.create({ parentId: nanning.district.id, code: 'twin', ...office });
    const taken = refused('TAKEN', /twin/);
    await expect(province.units.move({ id: b.id, parentId: nanning.unit.id })).rejects.toEqual(taken);
    await expect(province.units.create({ parentId: nanning.unit.id, code: 'twin', ...office })).rejects.toEqual(taken);
    await expect(province.units.move({ id: nanning.unit.id, parentId: b.id })).rejects.toEqual(refused('REFUSED'));
    for (const { id } of [a, b]) await province.units.remove({ id });
  });

  it('are no way to see more: a centre’s administrator can’t make the centre part of the one above', async () => {
    const { db } = database;
    const inner = await personWith(db, world.nanning.unit, 'inner', permission.values, 'centre');
    const { api } = await server.as(inner);
    const sub = await province.units.create({
      parentId: world.nanning.district.id,
      code: 'sub',
      name: '分中心',
      kind: 'centre',
    });
    // 'centre' ends where the next begins: what lies there isn't theirs, and neither is what would take it along.
    expect((await api.units.tree()).map(({ path }) => path)).toEqual(['gx.nn', 'gx.nn.d1']);
    const district = { id: world.nanning.district.id, code: 'd1', name: '区局', active: true };
    await expect(api.units.change({ ...district, kind: 'centre' })).rejects.toEqual(refused('REFUSED'));
    await expect(api.units.change({ ...district, kind: 'bureau', code: 'd9' })).rejects.toEqual(
      refused('REFUSED', /不在您数据范围内/),
    );
    await province.units.remove({ id: sub.id });
  });

  it('with the scope 本单位 get nothing below them', async () => {
    const id = await personWith(database.db, world.liuzhou.district, 'leaf', permission.values, 'unit');
    const { api } = await server.as(id);
    expect((await api.units.tree())[0]?.can.addChild).toBe(false);
    await expect(api.units.create({ parentId: world.liuzhou.district.id, code: 'x', ...office })).rejects.toEqual(
      refused('REFUSED'),
    );
  });

  it('that are no longer active sign their people out, and those of everything below', async () => {
    const { nanning } = world;
    const below = await personWith(database.db, nanning.district, 'below', ['settings.read'], 'unit');
    const { api } = await server.as(below);
    await api.auth.me();
    const change = { id: nanning.unit.id, code: 'nn', name: '南宁', kind: 'centre' } as const;
    await province.units.change({ ...change, active: false });
    await expect(api.auth.me()).rejects.toEqual(refused('UNAUTHORIZED'));
    await province.units.change({ ...change, active: true });
    await api.auth.me();
  });
});

describe('the tree under random changes', () => {
  type Model = Map<string, { parent: string | null; code: string; kind: 'centre' | 'office' }>;
  const pathIn = (model: Model, id: string): string => {
    const unit = model.get(id);
    if (!unit) throw new Error('no such unit');
    return unit.parent === null ? unit.code : `${pathIn(model, unit.parent)}.${unit.code}`;
  };
  const lineIn = (model: Model, id: string): string[] => {
    const parent = model.get(id)?.parent;
    return parent ? [id, ...lineIn(model, parent)] : [id];
  };
  const centreIn = (model: Model, id: string) =>
    lineIn(model, id).find((each, i, line) => model.get(each)?.kind === 'centre' || i === line.length - 1);
  /** What a scope means, told without paths. */
  const sees = (model: Model, scope: DataScope, home: string, unit: string): boolean => {
    if (scope === 'own') return false;
    if (scope === 'unit') return unit === home;
    if (scope === 'centre') return centreIn(model, unit) === centreIn(model, home);
    return scope === 'all' || lineIn(model, unit).includes(home);
  };

  const create = fc.record({ at: fc.nat(), code: fc.nat(9), centre: fc.boolean() });
  const change = fc.oneof(
    { weight: 2, arbitrary: create },
    { weight: 3, arbitrary: fc.record({ at: fc.nat(), to: fc.nat() }) },
    { weight: 2, arbitrary: fc.record({ at: fc.nat(), code: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.record({ at: fc.nat() }) },
  );
  /** First a tree, then what becomes of it. */
  const commands = fc
    .tuple(fc.array(create, { minLength: 6, maxLength: 12 }), fc.array(change, { minLength: 5, maxLength: 15 }))
    .map((parts) => parts.flat());

  it('stays one tree, and everyone reaches what they should', async () => {
    const { db, store } = database;
    let round = 0;
    await fc.assert(
      fc.asyncProperty(commands, async (drawn) => {
        round += 1;
        const root = { id: newId(), code: `r${round}` };
        await db.insertInto('units').values({ id: root.id, path: root.code, name: 'r', kind: 'centre' }).execute();
        const keeper = await seedPerson(db, { unitId: root.id, login: `k${round}`, roles: [], scope: 'subtree' });
        const caller = {
          viewer: { kind: 'person', id: keeper, permissions: [], chosenCentre: null },
        } as unknown as Caller;
        const model: Model = new Map([[root.id, { parent: null, code: root.code, kind: 'centre' }]]);
        const trees = new Trees(db);
        for (const each of drawn) {
          const ids = [...model.keys()];
          const id = ids[each.at % ids.length] ?? root.id;
          const before = new Map(model);
          try {
            await store.system.transaction().execute(async (trx) => {
              await lockAuthority(trx);
              const by = await authorityOf(trx, caller, await trees.tree());
              if ('centre' in each) {
                const kind = each.centre ? 'centre' : 'office';
                const facts = { code: `c${each.code}`, name: '某', kind, active: true } as const;
                const unit = await createUnit(trx, by, id, facts);
                model.set(unit.id, { parent: id, code: facts.code, kind });
              } else if ('to' in each) {
                const to = ids[each.to % ids.length] ?? root.id;
                await moveUnit(trx, by, id, to);
                model.set(id, { ...(model.get(id) as { code: string; kind: 'office' }), parent: to });
              } else if ('code' in each) {
                const known = model.get(id);
                if (!known) return;
                await changeUnit(trx, by, id, { code: `c${each.code}`, name: '某', kind: known.kind, active: true });
                model.set(id, { ...known, code: `c${each.code}` });
              } else {
                await removeUnit(trx, by, id);
                model.delete(id);
              }
            });
          } catch (error) {
            expect(['REFUSED', 'TAKEN', 'IN_USE']).toContain((error as { code?: string }).code);
            model.clear();
            for (const [key, value] of before) model.set(key, value);
          }
        }
        const rows = await db
          .selectFrom('units')
          .select(['id', 'path', 'name', 'kind', 'active'])
          .where('path', '~', sql<string>`${`${root.code}.*`}::lquery`)
          .execute();
        expect(new Map(rows.map(({ id, path }) => [id, path]))).toEqual(
          new Map([...model.keys()].map((id) => [id, pathIn(model, id)])),
        );
        const tree = new UnitTree(rows);
        const homes = [...model.keys()].slice(-3);
        for (const homeId of homes)
          for (const scope of dataScope.values) {
            const { patterns } = tree.reach({ scope, homeId, entitledIds: [], chosenCentreId: null });
            const { rows: seen } = await sql<{ id: string }>`select id from units
              where path ? ${patterns as string[]}::lquery[]`.execute(db);
            const expected = [...model.keys()].filter((unit) => sees(model, scope, homeId, unit));
            expect(seen.map(({ id }) => id).sort()).toEqual(expected.sort());
          }
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('makes no ring of two moves at once', async () => {
    const { liuzhou } = world;
    const [a, b] = await Promise.all(
      ['ringa', 'ringb'].map((code) => province.units.create({ parentId: liuzhou.unit.id, code, ...office })),
    );
    if (!a || !b) throw new Error('not created');
    const outcomes = await Promise.allSettled([
      province.units.move({ id: a.id, parentId: b.id }),
      province.units.move({ id: b.id, parentId: a.id }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const tree = await province.units.tree();
    expect(tree.filter(({ code }) => code.startsWith('ring'))).toHaveLength(2);
  });
});
