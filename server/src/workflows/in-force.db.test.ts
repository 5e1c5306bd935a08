/** Which workflow an order begins with, of those for its category, for categories above and for the whole kind, here and above. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { blankDrawing, person, seedWorld, type World } from '../testing/world.ts';
import { workflowInForce, workflowsInForce } from './queries.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let province: Api;
let nanning: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  const as = async (id: Promise<string>) => (await server.as(await id)).api;
  province = await as(person(database.db, world.province, 'gx-admin', ['centre_admin'], 'subtree'));
  nanning = await as(person(database.db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree'));
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const refused = (code: string, message = /./) => ({ code, message: expect.stringMatching(message) });

/** A tree of categories: each hangs on an earlier one or on none; numbers name them. */
interface Tree {
  parents: (number | null)[];
  active: boolean[];
}
interface Drawn {
  /** 0: the province, 1: the city, 2: the district. */
  unit: number;
  kind: 'complaint' | 'inquiry';
  categories: number[];
  published: boolean;
}

const trees = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.record({
    parents: fc.tuple(...Array.from({ length: size }, (_, at) => fc.option(fc.nat({ max: Math.max(0, at - 1) })))),
    active: fc.array(
      fc.boolean().map((stopped) => !stopped),
      { minLength: size, maxLength: size },
    ),
  }),
);
const workflows = (size: number) =>
  fc.array(
    fc.record({
      unit: fc.nat({ max: 2 }),
      kind: fc.constantFrom('complaint' as const, 'inquiry' as const),
      categories: fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 2 }),
      published: fc.boolean(),
    }),
    { maxLength: 10 },
  );
const worlds = trees
  .map(({ parents, active }): Tree => ({ parents: parents.map((each, at) => (at === 0 ? null : each)), active }))
  .chain((tree) => fc.record({ tree: fc.constant(tree), drawn: workflows(tree.parents.length) }));

/** From the category upwards. */
const lineOf = ({ parents }: Tree, at: number | null): number[] =>
  at === null ? [] : [at, ...lineOf({ parents, active: [] }, parents[at] ?? null)];

/** Those that a database takes: of a unit and kind one for each category, and one for all. */
function lawful(drawn: readonly Drawn[]): Drawn[] {
  const kept: Drawn[] = [];
  for (const each of drawn) {
    const rivals = kept.filter(({ unit, kind }) => unit === each.unit && kind === each.kind);
    const clash = rivals.some(({ categories }) =>
      each.categories.length === 0 ? categories.length === 0 : categories.some((of) => each.categories.includes(of)),
    );
    if (!clash) kept.push(each);
  }
  return kept;
}

/** The rule of contracts/src/workflows.ts, word by word. */
function expected(tree: Tree, drawn: readonly Drawn[], unit: number, kind: Drawn['kind'], category: number | null) {
  const inUse = (at: number) => lineOf(tree, at).every((each) => tree.active[each]);
  const places: (number | null)[] = [...lineOf(tree, category).filter(inUse), null];
  for (const place of places)
    for (let of = unit; of >= 0; of--) {
      const at = drawn.findIndex(
        (each) =>
          each.published &&
          each.unit === of &&
          each.kind === kind &&
          (place === null ? each.categories.length === 0 : each.categories.includes(place)),
      );
      if (at >= 0) return { at, place };
    }
  return null;
}

describe('what an order begins with', () => {
  it('is the most specific workflow that is published: by category upwards, then by unit upwards', async () => {
    const units = [world.province.id, world.nanning.unit.id, world.nanning.district.id];
    const kinds = ['complaint', 'inquiry'] as const;
    await fc.assert(
      fc.asyncProperty(worlds, async ({ tree, drawn: any }) => {
        const drawn = lawful(any);
        await inVain(async (trx) => {
          const categories = await addTree(trx, tree);
          const ids = await Promise.all(drawn.map((each) => addWorkflow(trx, each, units, categories)));
          for (const [unit, unitId] of units.entries()) {
            const all = await workflowsInForce(trx, unitId);
            for (const kind of kinds) {
              const ofKind = all.find((each) => each.kind === kind);
              for (const category of [null, ...tree.parents.keys()]) {
                const categoryId = category === null ? null : (categories[category] ?? null);
                const found = await workflowInForce(trx, { unitId, kind, categoryId });
                const wanted = expected(tree, drawn, unit, kind, category);
                expect(found?.id ?? null).toBe(wanted ? ids[wanted.at] : null);
                const place = wanted?.place ?? null;
                expect(found?.category?.id ?? null).toBe(place === null ? null : categories[place]);
                // The list says the same.
                if (category === null) expect(ofKind?.workflow ?? null).toEqual(found);
                else if (place === category) expect(ofKind?.byCategory).toContainEqual(found);
              }
            }
          }
        });
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('is told when an order is registered, and falls back when a category is stopped', async () => {
    const { unit, category } = world.nanning;
    const invoices = await nanning.categories.create({ ...plain, unitId: unit.id, parentId: category, name: '发票' });
    const made = { unitId: unit.id, kind: 'consultation', name: '增值税流程', template: 'blank' } as const;
    const own = await nanning.workflows.create({ ...made, categoryIds: [category] });
    expect(own.categories).toMatchObject([{ id: category, active: true }]);
    const facts = { unitId: unit.id, kind: 'consultation', urgency: 'normal', source: 'letter' } as const;
    const first = async (categoryId: string | null) =>
      (await nanning.orders.firstSteps({ ...facts, anonymous: false, immediate: false, categoryId })).workflow;
    expect(await first(invoices.id)).toMatchObject({ id: world.nanning.workflow, category: null });
    await nanning.workflows.publish({ id: own.id, revision: own.revision });
    expect(await first(invoices.id)).toMatchObject({ id: own.id, version: 1, category: { id: category } });
    expect(await first(null)).toMatchObject({ id: world.nanning.workflow });
    const { name } = await changed(category, false);
    expect(await first(invoices.id)).toMatchObject({ id: world.nanning.workflow });
    expect((await nanning.workflows.get({ id: own.id })).categories).toEqual([
      { id: category, path: name, active: false },
    ]);
    await changed(category, true);
    expect(await first(invoices.id)).toMatchObject({ id: own.id });
  });

  it('is of one workflow for a category of a unit, and of categories that the unit knows', async () => {
    const { unit } = world.nanning;
    const tax = await nanning.categories.create({ ...plain, unitId: unit.id, parentId: null, name: '社保费' });
    const made = { unitId: unit.id, kind: 'inquiry', name: '社保查询', template: 'blank' } as const;
    const first = await nanning.workflows.create({ ...made, categoryIds: [tax.id] });
    await expect(nanning.workflows.create({ ...made, categoryIds: [tax.id] })).rejects.toMatchObject(
      refused('TAKEN', /“社保费”已适用工单流程“社保查询”/),
    );
    await expect(nanning.workflows.create({ ...made, categoryIds: [world.liuzhou.category] })).rejects.toMatchObject(
      refused('NOT_FOUND', /业务类别/),
    );
    const all = await nanning.workflows.create({ ...made, name: '查询流程' });
    const bound = { id: all.id, name: '查询流程', categoryIds: [tax.id] };
    await expect(nanning.workflows.change(bound)).rejects.toMatchObject(refused('TAKEN'));
    await nanning.workflows.change({ id: first.id, name: '医保查询', categoryIds: [world.nanning.category] });
    expect((await nanning.workflows.change(bound)).categories).toMatchObject([{ path: '社保费' }]);
    const { after } = await database.db
      .selectFrom('audit_log')
      .select('after')
      .where('subject_id', '=', all.id)
      .where('action', '=', 'changed')
      .executeTakeFirstOrThrow();
    expect(after).toEqual({ categories: ['社保费'] });
    await nanning.workflows.remove({ id: all.id });
    await nanning.workflows.change({ ...bound, id: first.id });
  });

  it('is copied with the categories that the other centre has, or not at all', async () => {
    const top = await province.categories.create({
      ...{ ...plain, unitId: world.province.id, parentId: null, name: '个人所得税' },
    });
    const made = { unitId: world.province.id, kind: 'report', name: '个税举报', template: 'blank' } as const;
    const source = await province.workflows.create({ ...made, categoryIds: [top.id] });
    const to = { id: source.id, unitIds: [world.liuzhou.unit.id], name: '个税举报' };
    const [copy] = await province.workflows.copy(to);
    expect(copy?.workflow.categories).toMatchObject([{ id: top.id }]);
    const own = { ...made, unitId: world.nanning.unit.id, categoryIds: [world.nanning.category] };
    const elsewhere = await nanning.workflows.create(own);
    await expect(province.workflows.copy({ ...to, id: elsewhere.id })).rejects.toMatchObject(
      refused('REFUSED', /没有“.+”等适用类别/),
    );
  });
});

const plain = { code: null, orderKind: null, urgency: null };

async function changed(id: string, active: boolean) {
  const rows = await nanning.categories.list({ unitId: world.nanning.unit.id });
  const { name, code, orderKind, urgency } = rows.find((row) => row.id === id) ?? { ...plain, name: '' };
  return nanning.categories.change({ id, name, code, orderKind, urgency, active });
}

/** What is done leaves no trace. */
async function inVain(run: (trx: Queryable) => Promise<void>): Promise<void> {
  const over = new Error('rolled back');
  await database.db
    .transaction()
    .execute(async (trx) => {
      await run(trx);
      throw over;
    })
    .catch((error: unknown) => {
      if (error !== over) throw error;
    });
}

async function addTree(trx: Queryable, { parents, active }: Tree): Promise<string[]> {
  const ids = parents.map(() => newId());
  for (const [at, id] of ids.entries()) {
    const parent = parents[at] ?? null;
    const parentId = parent === null ? null : (ids[parent] ?? null);
    const row = { id, unit_id: world.province.id, parent_id: parentId, name: `类别${at}`, active: active[at] ?? true };
    await trx.insertInto('categories').values(row).execute();
  }
  return ids;
}

async function addWorkflow(trx: Queryable, drawn: Drawn, units: string[], categories: string[]): Promise<string> {
  const id = newId();
  const of = { unit_id: units[drawn.unit] ?? '', kind: drawn.kind };
  const facts = { ...of, id, name: '流程', by_category: drawn.categories.length > 0 };
  await trx.insertInto('workflows').values(facts).execute();
  for (const at of drawn.categories) {
    const bound = { ...of, category_id: categories[at] ?? '', workflow_id: id };
    await trx.insertInto('workflow_categories').values(bound).execute();
  }
  const version = { workflow_id: id, version: 1, drawing: blankDrawing, published_by: '测试' };
  if (drawn.published) await trx.insertInto('workflow_versions').values(version).execute();
  return id;
}
