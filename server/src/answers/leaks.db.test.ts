/** Who sees which answers and proposals: what routes give, against the rule said once more in plain words, for every kind of reader. */
import { type AnswerState, type ArticleSharing, answerContent } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayName } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import {
  atOrBelow,
  holdsOne,
  isNear,
  type MadeLibrary,
  type MadeReader,
  makeLibraries,
  makeReaders,
  mayWrite,
  reaches,
} from '../testing/knowledge-readers.ts';
import { seedWorld, type World, type WorldUnit } from '../testing/world.ts';
import { columnsOf } from './content.ts';

interface Made {
  id: string;
  unit: WorldUnit;
  library: MadeLibrary;
  usable: boolean;
  state: AnswerState;
  sharing: ArticleSharing;
  holds: boolean;
}
interface MadeProposal {
  id: string;
  unit: WorldUnit;
  from: WorldUnit;
}

let database: TestDatabase;
let server: ApiServer;
let world: World;
let made: Made[];
let proposed: MadeProposal[];
let readers: MadeReader[];
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  made = await makeAnswers();
  proposed = await makeProposals();
  readers = await makeReaders(database.db, server, world);
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const contentOf = (library: MadeLibrary, categoryId: string, question: string, more: object) =>
  answerContent.parse({
    ...{ libraryId: library.id, categoryId, question, phrasings: [], turn: { answer: question }, articleId: null },
    ...{ tags: [], validFrom: null, validTo: null, sharing: 'subtree', replacesId: null, ...more },
  });

/** Every combination of what decides. */
async function makeAnswers(): Promise<Made[]> {
  const { province, nanning } = world;
  const libraries = await makeLibraries(database.db, world);
  const day = (days: number) => dayName(new Date(Date.now() + days * 86_400_000));
  const days = [
    { validFrom: null, validTo: null, holds: true },
    { validFrom: day(-2), validTo: day(0), holds: true },
    { validFrom: day(1), validTo: null, holds: false },
    { validFrom: null, validTo: day(-1), holds: false },
  ];
  const all = [province, nanning.unit, nanning.district].flatMap((unit) =>
    libraries
      .filter((library) => atOrBelow(unit, library.unit))
      .flatMap((library) =>
        library.categories.flatMap(({ id: categoryId, usable }) =>
          (['enabled', 'disabled'] as const).flatMap((state) =>
            (['subtree', 'all', 'public'] as const).flatMap((sharing) =>
              days.map(({ holds, ...validity }) => {
                const id = newId();
                const content = contentOf(library, categoryId, id, { ...validity, sharing });
                return { id, unit, library, usable, state, sharing, holds, content };
              }),
            ),
          ),
        ),
      ),
  );
  await database.db
    .insertInto('answers')
    .values(
      all.map(({ id, unit, state, content }) => ({ id, unit_id: unit.id, ...columnsOf(content), state, version: 1 })),
    )
    .execute();
  await database.db
    .insertInto('answer_versions')
    .values(
      all.map(({ id, content }) => ({
        ...{
          answer_id: id,
          version: 1,
          content: JSON.stringify(content),
          at: new Date(),
          by: '某人',
          from_unit: '某处',
        },
      })),
    )
    .execute();
  return all;
}

/** From every unit to itself and to those above, by somebody who is none of the readers. */
async function makeProposals(): Promise<MadeProposal[]> {
  const { province, nanning, liuzhou } = world;
  const units = [province, nanning.unit, nanning.district, liuzhou.unit];
  const [first] = made;
  const category = first?.library.categories[0];
  if (!first || !category) throw new Error('no answers were made');
  const all = units.flatMap((from) =>
    units.filter((unit) => atOrBelow(from, unit)).map((unit) => ({ id: newId(), unit, from })),
  );
  await database.db
    .insertInto('answer_proposals')
    .values(
      all.map(({ id, unit, from }) => ({
        ...{
          id,
          answer_id: null,
          unit_id: unit.id,
          from_unit_id: from.id,
          base: null,
          decided_by: null,
          decided_at: null,
        },
        ...{ content: JSON.stringify(contentOf(first.library, category.id, id, {})), by_person: nanning.clerk },
      })),
    )
    .execute();
  return all;
}

function maySee(reader: MadeReader, { unit, library, usable, state, sharing, holds }: Made): boolean {
  if (mayWrite(reader) && reaches(reader, unit)) return true;
  const open = usable && library.enabled && holdsOne(reader, library.roles);
  return open && holds && state === 'enabled' && (isNear(reader, unit) || sharing !== 'subtree');
}

async function everyPage<Row extends { id: string }>(
  ask: (cursor: string | undefined) => Promise<{ rows: Row[]; nextCursor: string | null }>,
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return ids;
}
const listed = ({ api }: MadeReader, filter: Parameters<Api['answers']['list']>[0] = {}) =>
  everyPage((cursor) => api.answers.list({ ...filter, limit: 200, ...(cursor ? { cursor } : {}) }));

it('every reader sees what the rule says and nothing else, in lists, single looks and warnings of duplicates', async () => {
  let permissionLeaks = 0;
  for (const reader of readers) {
    const expected = new Set(made.filter((each) => maySee(reader, each)).map(({ id }) => id));
    const ids = await listed(reader);
    expect(new Set(ids).size, reader.name).toBe(ids.length);
    permissionLeaks += ids.filter((id) => !expected.has(id)).length;
    expect(new Set(ids), reader.name).toEqual(expected);

    const edits = reader.roles.some((role) => role === 'knowledge_editor' || role === 'centre_admin');
    // Every 13th: each kind of difference is among them.
    for (const each of made.filter((_, i) => i % 13 === 0)) {
      const { id, unit } = each;
      const found = await reader.api.answers.get({ id }).catch(() => null);
      if (found && !expected.has(id)) permissionLeaks += 1;
      expect(found !== null, `${reader.name} ${id}`).toBe(expected.has(id));
      const versions = mayWrite(reader) && reaches(reader, unit) ? 1 : 0;
      if (found) expect(found.versions.length, `${reader.name} ${id}`).toBe(versions);
      if (!edits) continue;
      const alike = await reader.api.answers.duplicates({ phrasings: [id] });
      permissionLeaks += alike.filter(({ answer }) => !expected.has(answer.id)).length;
      expect(alike.some(({ answer }) => answer.id === id)).toBe(expected.has(id));
    }
  }
  expect(permissionLeaks).toBe(0);
}, 120_000);

it('proposals are seen by both sides, and counted for those who may decide', async () => {
  for (const reader of readers) {
    if (!mayWrite(reader)) {
      await expect(reader.api.answers.proposals({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
      continue;
    }
    const expected = proposed.filter(({ unit, from }) => reaches(reader, unit) || reaches(reader, from));
    const ids = await everyPage((cursor) => reader.api.answers.proposals({ limit: 5, ...(cursor ? { cursor } : {}) }));
    expect(ids.toSorted(), reader.name).toEqual(expected.map(({ id }) => id).sort());
    const reviews = reader.roles.some((role) => role === 'leader' || role === 'centre_admin');
    const waiting = proposed.filter(({ unit }) => reviews && reaches(reader, unit)).length;
    expect((await reader.api.answers.counts()).toDecide, reader.name).toBe(waiting);
    if (reviews) {
      const sources = await reader.api.answers.sources();
      const counted = sources.reduce((sum, { proposals }) => sum + proposals, 0);
      expect(counted, reader.name).toBe(waiting);
    }
    const seen = new Set(ids);
    for (const { id } of proposed) {
      const asked = reader.api.answers.proposal({ id });
      if (seen.has(id)) expect((await asked).id).toBe(id);
      else await expect(asked, `${reader.name} ${id}`).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  }
});

it('filters narrow what is seen', async () => {
  const reader = readers.find(({ name }) => name.startsWith('centre_admin'));
  if (!reader) throw new Error('no administrator');
  const [some] = made;
  const inLibrary = made.filter(({ library }) => library.id === some?.library.id);
  const ids = await listed(reader, { libraryId: some?.library.id, state: 'disabled', validity: 'valid' });
  const expected = inLibrary.filter(({ state, holds }) => state === 'disabled' && holds);
  expect(new Set(ids)).toEqual(new Set(expected.map(({ id }) => id)));
  expect(await listed(reader, { search: some?.id.toUpperCase() })).toEqual([some?.id]);
  const own = await listed(reader, { unitId: world.nanning.district.id });
  expect(own.length).toBe(made.filter(({ unit }) => unit.id === world.nanning.district.id).length);
});

it('what is not for readers stays away from them, even past the routes', async () => {
  const agent = readers[0];
  const scope = { patterns: ['gx.*'], everything: false, home: 'gx', personId: agent?.id ?? null };
  const db = database.store.scoped(scope);
  for (const table of ['answer_versions', 'answer_proposals'] as const)
    expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
  const disabled = await sql`select from answers where state = 'disabled'`.execute(db);
  expect(disabled.rows).toEqual([]);
});

it('what is handed down is not written from below, even past the routes', async () => {
  const { province, nanning } = world;
  const writer = readers.find(({ name }) => name === `knowledge_editor of ${nanning.unit.path} (subtree)`);
  const scope = { patterns: [`${nanning.unit.path}.*`], everything: false, home: nanning.unit.path };
  const db = database.store.scoped({ ...scope, personId: writer?.id ?? null });
  const above = made.find(
    ({ unit, state, sharing }) => unit === province && state === 'enabled' && sharing === 'public',
  );
  const own = made.find(({ unit }) => unit === nanning.unit);
  const [upper, mine] = [newId(), newId()];
  const term = (id: string, unitId: string) => ({ id, unit_id: unitId, term: id, synonyms: ['同义'] });
  await database.db.insertInto('thesaurus_terms').values(term(upper, province.id)).execute();
  await db.insertInto('thesaurus_terms').values(term(mine, nanning.unit.id)).execute();
  await expect(db.insertInto('thesaurus_terms').values(term(newId(), province.id)).execute()).rejects.toThrow(/policy/);
  const ids = await db.selectFrom('thesaurus_terms').select('id').where('id', 'in', [upper, mine]).execute();
  expect(ids).toHaveLength(2);
  const removed = await db.deleteFrom('thesaurus_terms').where('id', 'in', [upper, mine]).returning('id').execute();
  expect(removed).toEqual([{ id: mine }]);
  const seen = [above?.id ?? '', own?.id ?? ''];
  expect(await db.selectFrom('answers').select('id').where('id', 'in', seen).execute()).toHaveLength(2);
  const changed = db.updateTable('answers').set({ disabled_reason: '改' }).where('id', 'in', seen).returning('id');
  expect(await changed.execute()).toEqual([{ id: own?.id }]);
  const moved = db
    .updateTable('answers')
    .set({ unit_id: province.id })
    .where('id', '=', own?.id ?? '');
  await expect(moved.execute()).rejects.toThrow(/policy/);
});
