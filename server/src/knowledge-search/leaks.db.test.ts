/** What search, suggestions, facets and the hot list give every kind of reader, against the rule said in plain words. */
import { type ArticleSharing, knowledgeKind } from '@rexian/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { dayName } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { type MadeReader, makeReaders } from '../testing/knowledge-readers.ts';
import { type Made, makeArticles, maySee, SUBJECTS } from '../testing/readable-articles.ts';
import { seedWorld, type World } from '../testing/world.ts';

vi.setConfig({ testTimeout: 180_000 });

let database: TestDatabase;
let server: ApiServer;
let world: World;
let made: Made[];
let readers: MadeReader[];
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  const articles = await makeArticles(database.db, world);
  made = [...articles, ...(await makeAnswers(articles))];
  readers = await makeReaders(database.db, server, world);
  const first = readers[0];
  await vi.waitFor(() => first?.api.knowledgeSearch.search({ text: '留抵' }), { timeout: 60_000, interval: 500 });
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

/** An answer for each place that articles lie in, of each sharing, in use or not, holding or not. */
async function makeAnswers(articles: readonly Made[]): Promise<Made[]> {
  const answers: Made[] = [];
  const yesterday = dayName(new Date(Date.now() - 86_400_000));
  for (const { unit, library } of new Map(
    articles.map((each) => [`${each.unit.id} ${each.library.id}`, each]),
  ).values())
    for (const { id: category, usable } of library.categories)
      for (const sharing of ['subtree', 'all', 'public'] as const satisfies ArticleSharing[])
        for (const [state, holds] of [
          ['enabled', true],
          ['enabled', false],
          ['disabled', true],
        ] as const) {
          const [id, subject] = [newId(), SUBJECTS[answers.length % SUBJECTS.length] ?? ''];
          const read = state === 'enabled' ? ('published' as const) : ('draft' as const);
          answers.push({ id, subject, unit, library, usable, state: read, sharing, roles: [], holds });
          await database.db
            .insertInto('answers')
            .values({
              ...{
                id,
                unit_id: unit.id,
                library_id: library.id,
                category_id: category,
                question: id,
                phrasings: [subject],
              },
              ...{
                turn: JSON.stringify({ answer: subject }),
                answer_text: subject,
                article_id: null,
                tags: [],
                sharing,
              },
              ...{ state, version: 1, replaces_id: null, valid_to: holds ? null : yesterday },
            })
            .execute();
        }
  return answers;
}

/** What a search of today finds: published, and holding. */
const toBeFound = (reader: MadeReader): Made[] =>
  made.filter(
    (each) => maySee(reader, each) && each.holds && (each.state === 'published' || each.state === 'revising'),
  );

it('search and its facets count and give what the reader may read, and nothing else', async () => {
  let permissionLeaks = 0;
  for (const reader of readers) {
    const readable = toBeFound(reader);
    for (const subject of SUBJECTS) {
      const expected = new Set(readable.filter((each) => each.subject === subject).map(({ id }) => id));
      const ids: string[] = [];
      for (let offset = 0; offset <= 500; offset += 50) {
        const found = await reader.api.knowledgeSearch.search({ text: subject, offset, limit: 50 });
        ids.push(...found.hits.map(({ id }) => id));
        const { kinds, libraries, categories } = found.facets;
        for (const facet of [kinds, libraries, categories]) {
          const counted = facet.reduce((sum, { count }) => sum + count, 0);
          permissionLeaks += Math.max(0, counted - expected.size);
          expect(counted, `${reader.name} ${subject}`).toBe(expected.size);
        }
        expect(found.total, `${reader.name} ${subject}`).toBe(expected.size);
        if (found.hits.length < 50) break;
      }
      permissionLeaks += ids.filter((id) => !expected.has(id)).length;
      expect(new Set(ids), `${reader.name} ${subject}`).toEqual(expected);
    }
  }
  expect(permissionLeaks).toBe(0);
});

it('suggestions, the hot list and uses reach no further', async () => {
  const day = dayName(new Date());
  await database.db.deleteFrom('knowledge_item_days').execute();
  const rows = made.map(({ id }, i) => ({ item_id: id, day, unit_id: world.province.id, opened: i + 1 }));
  await database.db
    .insertInto('knowledge_item_days')
    .values(rows.map((row) => ({ ...row, kind: knowledgeKind.values[0] })))
    .execute();
  let permissionLeaks = 0;
  for (const reader of readers) {
    const readable = new Set(toBeFound(reader).map(({ id }) => id));
    const hot = await reader.api.knowledgeSearch.hot({ unitId: world.province.id, limit: 50 });
    expect(hot, reader.name).toHaveLength(Math.min(50, readable.size));
    permissionLeaks += hot.filter(({ id }) => !readable.has(id)).length;
    // Every 41st: each kind of difference is among them.
    for (const { id } of made.filter((_, i) => i % 41 === 0)) {
      const suggested = await reader.api.knowledgeSearch.suggest({ text: id });
      permissionLeaks += suggested.filter((each) => !readable.has(each.id)).length;
      expect(suggested.length, `${reader.name} ${id}`).toBe(readable.has(id) ? 1 : 0);
    }
  }
  expect(permissionLeaks).toBe(0);
});
