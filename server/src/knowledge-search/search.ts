/** 知识检索: candidates from the index, best first; what of them may be read is said by the database. */
import type { ArticleValidity, KnowledgeFound, KnowledgeKind } from '@rexian/contracts';
import { finds } from '@rexian/knowledge/rank.ts';
import { sql } from 'kysely';
import { categoryPaths } from '../knowledge/paths.ts';
import type { KnowledgeFinder } from '../knowledge-index/finder.ts';
import { fits } from '../knowledge-index/fits.ts';
import type { FoundEntry, IndexFilters } from '../knowledge-index/questions.ts';
import { dayName } from '../platform/clock.ts';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Asker } from './asker.ts';
import { type Fields, type FoundRow, foundRows, standIns, withFields } from './found-rows.ts';
import { hitsOf } from './hits.ts';

export interface Search {
  text: string;
  fields?: Fields | undefined;
  kind?: KnowledgeKind | undefined;
  libraryId?: string | undefined;
  categoryId?: string | undefined;
  region?: string | undefined;
  validity?: ArticleValidity | undefined;
  offset: number;
  limit: number;
}

/** Nobody turns further pages: as many as may be leafed through. */
const MOST = 550;
/** What may hold parts of fields before the words are looked for in it. */
const MOST_WITH_FIELDS = 20_000;

type Found = FoundEntry & FoundRow;

export async function searchKnowledge(asker: Asker, finder: KnowledgeFinder, search: Search): Promise<KnowledgeFound> {
  const { db } = asker;
  const filters = await filtersOf(db, search);
  const { found, terms, marks } = await findAll(asker, finder, search, filters);
  const within = (left: keyof IndexFilters | null) => found.filter((row) => fits(row, filters, left));
  const page = within(null);
  const hits = await hitsOf(
    { ...asker, finder, unitId: asker.unit.id },
    page.slice(search.offset, search.offset + search.limit),
    marks,
  );
  return { searchId: newId(), hits, total: page.length, facets: await facetsOf(db, within), terms };
}

async function filtersOf(
  db: Queryable,
  { kind, libraryId, categoryId, region }: Pick<Search, 'kind' | 'libraryId' | 'categoryId' | 'region'>,
): Promise<IndexFilters> {
  const categoryIds = categoryId && (await categoriesBelow(db, categoryId));
  return {
    ...(kind ? { kind } : {}),
    ...(libraryId ? { libraryId } : {}),
    ...(categoryIds ? { categoryIds } : {}),
    ...(region ? { region } : {}),
  };
}

async function categoriesBelow(db: Queryable, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`with recursive below as (
      select id from knowledge_categories where id = ${id}
      union all select k.id from knowledge_categories k join below on k.parent_id = below.id) select id from below`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

/** All that the asker may read of what fits, best first, whatever facets are chosen. */
async function findAll(asker: Asker, finder: KnowledgeFinder, search: Search, filters: IndexFilters) {
  const { db, unit } = asker;
  const { text, fields = {}, validity = 'valid' } = search;
  const today = dayName(new Date());
  const parts = Object.values(fields).filter((part) => part);
  const among = parts.length > 0 ? await withFields(db, fields, validity, today, MOST_WITH_FIELDS) : null;
  if (text === '') {
    const entries = (among ?? []).slice(0, MOST).map((id) => ({ id, score: 0, uses: 0 }));
    const found = await readable(asker, entries, validity, today);
    return { found, terms: [], marks: parts.join(' ') };
  }
  const { reach, owners } = asker;
  const question = { text, reach, owners, unitId: unit.id, today, filters, validity, most: MOST };
  const answer = await finder.ask({ ask: 'search', ...question, ...(among ? { among } : {}) });
  const found = await readable(asker, answer.found, validity, today);
  // What fits best of what may be read decides what else is a find; what fields have narrowed is one however little it says.
  const end = finds(
    found.map(({ score }) => score),
    among ? 0 : answer.whole,
  );
  return { found: found.slice(0, end), terms: answer.terms, marks: [answer.understood, ...parts].join(' ') };
}

/** With a unit's own answer in the place of the one that it stands in for. */
async function readable(
  { db, unit }: Asker,
  entries: readonly Omit<FoundEntry, 'kind'>[],
  validity: ArticleValidity,
  today: string,
): Promise<Found[]> {
  const ids = entries.map(({ id }) => id);
  const [rows, instead] = await Promise.all([
    foundRows(db, ids, validity, today),
    validity === 'valid' ? standIns(db, ids, unit.path, today) : new Map<string, string>(),
  ]);
  const unread = [...new Set(instead.values())].filter((id) => !rows.has(id));
  if (unread.length > 0) for (const [id, row] of await foundRows(db, unread, validity, today)) rows.set(id, row);
  const found = new Map<string, Found>();
  for (const entry of entries) {
    const id = instead.get(entry.id) ?? entry.id;
    const row = rows.get(id);
    if (row && !found.has(id)) found.set(id, { ...entry, ...row });
  }
  return [...found.values()];
}

async function facetsOf(
  db: Queryable,
  within: (left: keyof IndexFilters) => readonly Found[],
): Promise<KnowledgeFound['facets']> {
  const kinds = counted(within('kind').map(({ kind }) => kind));
  const libraries = counted(within('libraryId').map(({ libraryId }) => libraryId));
  const categories = counted(within('categoryIds').map(({ categoryId }) => categoryId));
  const regions = counted(within('region').flatMap((row) => row.regions));
  const [names, paths] = await Promise.all([
    db
      .selectFrom('knowledge_libraries')
      .select(['id', 'name'])
      .where('id', 'in', [...libraries.map(([id]) => id), NOBODY])
      .execute(),
    categoryPaths(
      db,
      categories.map(([id]) => id),
    ),
  ]);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return {
    kinds: kinds.map(([kind, count]) => ({ kind, count })),
    libraries: libraries.map(([id, count]) => ({ id, name: nameOf.get(id) ?? '', count })),
    categories: categories.map(([id, count]) => ({ id, path: paths.get(id) ?? '', count })),
    regions: regions.map(([name, count]) => ({ name, count })),
  };
}

/** An empty list is no SQL. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The most frequent first. */
function counted<T extends string>(values: readonly T[]): [T, number][] {
  const times = new Map<T, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return [...times].sort(([, a], [, b]) => b - a);
}
