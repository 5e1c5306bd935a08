/** Who sees which articles: what lists, counters and single looks give, against the rule said once more in plain words, for every kind of reader. */
import {
  type ArticleSharing,
  type ArticleState,
  articleContent,
  type BuiltInRole,
  type DataScope,
} from '@rexian/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayName } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, personWith, seedWorld, type World, type WorldUnit } from '../testing/world.ts';
import { columnsOf } from './content.ts';

interface Library {
  id: string;
  unit: WorldUnit;
  enabled: boolean;
  roles: BuiltInRole[];
  categories: { id: string; usable: boolean }[];
}
interface Made {
  id: string;
  unit: WorldUnit;
  library: Library;
  usable: boolean;
  state: ArticleState;
  sharing: ArticleSharing;
  roles: BuiltInRole[];
  holds: boolean;
}
interface Reader {
  name: string;
  unit: WorldUnit;
  roles: BuiltInRole[];
  scope: DataScope;
  api: Api;
}

let database: TestDatabase;
let server: ApiServer;
let world: World;
let made: Made[];
let readers: Reader[];
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  made = await makeArticles();
  readers = await makeReaders();
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function roleIds(codes: readonly BuiltInRole[]): Promise<string[]> {
  const roles = await database.db.selectFrom('roles').select(['id', 'code']).execute();
  return roles.filter(({ code }) => code && codes.includes(code)).map(({ id }) => id);
}

async function makeLibrary(unit: WorldUnit, name: string, enabled: boolean, roles: BuiltInRole[]): Promise<Library> {
  const [id, open, shut, below] = [newId(), newId(), newId(), newId()];
  await database.db
    .insertInto('knowledge_libraries')
    .values({ id, unit_id: unit.id, name, enabled, review_steps: 1, role_ids: await roleIds(roles) })
    .execute();
  const category = (of: string, parent: string | null, on: boolean) => ({
    ...{ id: of, library_id: id, parent_id: parent, name: of, enabled: on },
  });
  await database.db
    .insertInto('knowledge_categories')
    .values([category(open, null, true), category(shut, null, false), category(below, shut, true)])
    .execute();
  const categories = [open, below].map((each) => ({ id: each, usable: each === open }));
  return { id, unit, enabled, roles, categories };
}

const atOrBelow = (unit: WorldUnit, top: WorldUnit): boolean => `${unit.path}.`.startsWith(`${top.path}.`);

/** Every combination of what decides. */
async function makeArticles(): Promise<Made[]> {
  const { province, nanning } = world;
  const libraries = [
    await makeLibrary(province, '政策库', true, []),
    await makeLibrary(province, '内部库', true, ['leader']),
    await makeLibrary(nanning.unit, '本市库', true, []),
    await makeLibrary(nanning.unit, '停用库', false, []),
  ];
  const leaders = await roleIds(['leader']);
  const day = (days: number) => dayName(new Date(Date.now() + days * 86_400_000));
  const days = [
    { validFrom: null, validTo: null, holds: true },
    { validFrom: day(-2), validTo: day(0), holds: true },
    { validFrom: day(1), validTo: null, holds: false },
    { validFrom: null, validTo: day(-1), holds: false },
  ];
  const all: Made[] = [];
  const rows: Parameters<typeof insert>[0] = [];
  for (const unit of [province, nanning.unit, nanning.district])
    for (const library of libraries.filter((each) => atOrBelow(unit, each.unit)))
      for (const category of library.categories)
        for (const state of ['draft', 'published', 'revising', 'expired'] as const)
          for (const sharing of ['subtree', 'all', 'public'] as const)
            for (const roles of [[], ['leader' as const]])
              for (const { holds, ...validity } of days) {
                const id = newId();
                const { usable } = category;
                all.push({ id, unit, library, usable, state, sharing, roles, holds });
                const content = articleContent.parse({
                  ...{ libraryId: library.id, categoryId: category.id, title: id, summary: '', tags: [], regions: [] },
                  ...{ ...validity, source: '', reviewOn: null, sharing, fileIds: [] },
                  roleIds: roles.length > 0 ? leaders : [],
                  body: { type: 'doc', content: [{ type: 'paragraph' }] },
                });
                rows.push({
                  ...{ id, unit_id: unit.id, ...columnsOf(content), state, version: 1, published_at: new Date() },
                  withdrawn_reason: null,
                });
              }
  await insert(rows);
  return all;
}

async function insert(
  rows: (ReturnType<typeof columnsOf> & {
    id: string;
    unit_id: string;
    state: ArticleState;
    version: number;
    published_at: Date;
    withdrawn_reason: null;
  })[],
): Promise<void> {
  await database.db.insertInto('knowledge_articles').values(rows).execute();
}

async function makeReaders(): Promise<Reader[]> {
  const { province, nanning, liuzhou } = world;
  const kinds: [WorldUnit, BuiltInRole[], DataScope][] = [
    [province, ['agent'], 'own'],
    [nanning.unit, ['agent'], 'own'],
    [nanning.district, ['handler'], 'unit'],
    [liuzhou.unit, ['agent'], 'own'],
    [liuzhou.unit, ['inspector'], 'all'],
    [liuzhou.unit, ['leader'], 'subtree'],
    [nanning.unit, ['leader'], 'unit'],
    [nanning.district, ['knowledge_editor'], 'unit'],
    [nanning.unit, ['knowledge_editor'], 'subtree'],
    [nanning.unit, ['knowledge_editor'], 'own'],
    [province, ['centre_admin'], 'subtree'],
  ];
  return Promise.all(
    kinds.map(async ([unit, roles, scope], i) => {
      const id = await person(database.db, unit, `reader${i}`, roles, scope);
      return { name: `${roles} of ${unit.path} (${scope})`, unit, roles, scope, api: (await server.as(id)).api };
    }),
  );
}

const WRITERS: BuiltInRole[] = ['knowledge_editor', 'leader', 'centre_admin'];

function reaches({ unit: home, scope }: Reader, unit: WorldUnit): boolean {
  if (scope === 'all') return true;
  if (scope === 'subtree') return atOrBelow(unit, home);
  return scope === 'unit' && unit.id === home.id;
}

function maySee(reader: Reader, { unit, library, usable, state, sharing, roles, holds }: Made): boolean {
  const holdsOne = (of: readonly BuiltInRole[]) => of.length === 0 || of.some((role) => reader.roles.includes(role));
  if (reader.roles.some((role) => WRITERS.includes(role)) && reaches(reader, unit)) return true;
  const near = reaches(reader, unit) || atOrBelow(reader.unit, unit);
  const open = usable && library.enabled && holdsOne(library.roles) && holdsOne(roles);
  return open && holds && (state === 'published' || state === 'revising') && (near || sharing !== 'subtree');
}

async function listed({ api }: Reader, filter = {}): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.knowledge.list({ ...filter, limit: 200, ...(cursor ? { cursor } : {}) });
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return ids;
}

it('every reader sees what the rule says and nothing else, in lists, counters and single looks', async () => {
  let permissionLeaks = 0;
  for (const reader of readers) {
    const expected = new Set(made.filter((each) => maySee(reader, each)).map(({ id }) => id));
    const ids = await listed(reader);
    expect(new Set(ids).size, reader.name).toBe(ids.length);
    permissionLeaks += ids.filter((id) => !expected.has(id)).length;
    expect(new Set(ids), reader.name).toEqual(expected);

    const libraries = await reader.api.knowledgeLibraries.list();
    const counted = libraries.flatMap(({ categories }) => categories).reduce((sum, { articles }) => sum + articles, 0);
    expect(counted, reader.name).toBe(expected.size);

    // Every 37th: each kind of difference is among them.
    for (const { id } of made.filter((_, i) => i % 37 === 0)) {
      const found = await reader.api.knowledge.get({ id }).then(
        () => true,
        () => false,
      );
      if (found && !expected.has(id)) permissionLeaks += 1;
      expect(found, `${reader.name} ${id}`).toBe(expected.has(id));
    }
  }
  expect(permissionLeaks).toBe(0);
}, 120_000);

it('writers count by state what they write', async () => {
  for (const reader of readers.filter(({ roles }) => roles.some((role) => WRITERS.includes(role)))) {
    const own = made.filter(({ unit }) => reaches(reader, unit));
    const { states } = await reader.api.knowledge.counts();
    for (const state of ['draft', 'published', 'revising', 'expired'] as const)
      expect(states[state], `${reader.name} ${state}`).toBe(own.filter((each) => each.state === state).length);
  }
});

it('filters narrow what is seen', async () => {
  const reader = readers.find(({ name }) => name.startsWith('centre_admin'));
  if (!reader) throw new Error('no administrator');
  const some = made.filter(({ state, usable }) => state === 'published' && !usable);
  const category = some[0]?.library.categories.find(({ usable }) => !usable)?.id ?? '';
  const within = made.filter(({ library, usable, state }) => {
    return state === 'published' && !usable && library.categories.some(({ id }) => id === category);
  });
  const ids = await listed(reader, { categoryId: category, states: ['published'] });
  expect(new Set(ids)).toEqual(new Set(within.map(({ id }) => id)));
  expect(await listed(reader, { search: within[0]?.id })).toEqual([within[0]?.id]);
  const valid = await listed(reader, { categoryId: category, states: ['published'], validity: 'valid' });
  expect(new Set(valid)).toEqual(new Set(within.filter(({ holds }) => holds).map(({ id }) => id)));
});

it('whoever reads no knowledge finds none, even past the routes', async () => {
  const { district } = world.nanning;
  const id = await personWith(database.db, district, 'no-reader', ['work_orders.read'], 'subtree');
  const scope = { patterns: ['gx.*'], everything: false, home: district.path, personId: id };
  for (const table of [
    'knowledge_articles',
    'knowledge_libraries',
    'knowledge_categories',
    'knowledge_drafts',
  ] as const)
    expect(await database.store.scoped(scope).selectFrom(table).selectAll().execute(), table).toEqual([]);
});
