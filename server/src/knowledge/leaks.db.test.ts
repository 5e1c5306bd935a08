/** Who sees which articles: what lists, counters and single looks give, against the rule said once more in plain words, for every kind of reader. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { type MadeReader, makeReaders, mayWrite, reaches } from '../testing/knowledge-readers.ts';
import { type Made, makeArticles, maySee } from '../testing/readable-articles.ts';
import { personWith, seedWorld, type World } from '../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let made: Made[];
let readers: MadeReader[];
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  made = await makeArticles(database.db, world);
  readers = await makeReaders(database.db, server, world);
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function listed({ api }: MadeReader, filter = {}): Promise<string[]> {
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
  for (const reader of readers.filter(mayWrite)) {
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
