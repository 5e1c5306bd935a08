/** Libraries and the trees of categories in them: who sees and changes what. `db` is of the viewer's scope, `all` sees everything. */
import type { KnowledgeLibrary, UnitRef } from '@rexian/contracts';
import { KNOWLEDGE_CATEGORY_DEPTH } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnit } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { unitRefs } from './units.ts';

export interface Reader {
  db: Queryable;
  all: Queryable;
  caller: Caller;
}

export interface LibraryFacts {
  name: string;
  enabled: boolean;
  reviewSteps: 1 | 2;
  roleIds: string[];
}

type Row = LibraryFacts & { id: string; unitId: string };
type Category = KnowledgeLibrary['categories'][number] & { libraryId: string };

/** Units from the top down, then in their order. */
export async function listLibraries({ db, all, caller }: Reader): Promise<KnowledgeLibrary[]> {
  const { rows } = await sql<Row>`select id, unit_id as "unitId", name, enabled, review_steps as "reviewSteps",
    role_ids as "roleIds" from knowledge_libraries order by position, name, id`.execute(db);
  const { rows: categories } =
    await sql<Category>`select k.id, k.library_id as "libraryId", k.parent_id as "parentId", k.name,
      k.enabled, coalesce(a.articles, 0) as articles
    from knowledge_categories k left join (
      select category_id, count(*) as articles from knowledge_articles group by category_id) a on a.category_id = k.id
    order by k.position, k.name, k.id`.execute(db);
  const byLibrary = Map.groupBy(categories, ({ libraryId }) => libraryId);
  const units = await unitRefs(
    all,
    rows.map(({ unitId }) => unitId),
  );
  const manages = caller.viewer.permissions.includes('knowledge.manage');
  return rows
    .flatMap(({ unitId, ...row }) => {
      const unit = units.get(unitId);
      const can = { change: manages && caller.unitIds.includes(unitId) };
      return unit ? [{ ...row, unit, categories: inOrder(byLibrary.get(row.id) ?? []), can }] : [];
    })
    .sort(
      (a, b) => depth(a.unit) - depth(b.unit) || (a.unit.path < b.unit.path ? -1 : a.unit.path > b.unit.path ? 1 : 0),
    );
}

const depth = ({ path }: UnitRef): number => path.split('.').length;

function inOrder(rows: readonly Category[]): KnowledgeLibrary['categories'] {
  const below = Map.groupBy(rows, ({ parentId }) => parentId);
  const walk = (above: string | null): KnowledgeLibrary['categories'] =>
    (below.get(above) ?? []).flatMap(({ libraryId: _, ...row }) => [row, ...walk(row.id)]);
  return walk(null);
}

/** Roles of the viewer's unit, of those above, and the built-in ones. */
export async function roleChoices(db: Queryable): Promise<{ id: string; name: string }[]> {
  return db.selectFrom('roles').select(['id', 'name']).orderBy('code').orderBy('name').execute();
}

/** Throws NOT_FOUND. */
export async function libraryInSight(reader: Reader, id: string): Promise<KnowledgeLibrary> {
  const library = (await listLibraries(reader)).find((each) => each.id === id);
  if (!library) throw refusal('NOT_FOUND', '没有找到知识库');
  return library;
}

async function libraryToChange(reader: Reader, id: string): Promise<KnowledgeLibrary> {
  const library = await libraryInSight(reader, id);
  if (!library.can.change) throw refusal('NOT_FOUND', '没有找到知识库');
  return library;
}

/** Changes look at several rows: they stand in one line. */
const inLine = (trx: Queryable) => sql`lock table knowledge_libraries in share row exclusive mode`.execute(trx);

const columnsOf = ({ name, enabled, reviewSteps, roleIds }: LibraryFacts) => ({
  ...{ name, enabled, review_steps: reviewSteps, role_ids: [...new Set(roleIds)] },
});

/** Throws NOT_FOUND. */
export async function requireRoles(db: Queryable, roleIds: readonly string[]): Promise<void> {
  const ids = [...new Set(roleIds)];
  if (ids.length === 0) return;
  const known = await db.selectFrom('roles').select('id').where('id', 'in', ids).execute();
  if (known.length < ids.length) throw refusal('NOT_FOUND', '没有找到所选角色');
}

export async function createLibrary(
  reader: Reader,
  { unitId, ...facts }: LibraryFacts & { unitId: string },
): Promise<KnowledgeLibrary> {
  const { db, caller } = reader;
  await inLine(db);
  if (!(await reachableUnit(db, caller, unitId))) throw refusal('NOT_FOUND', '没有找到所选机构');
  await requireRoles(db, facts.roleIds);
  const id = newId();
  const { rows } = await sql<{
    position: number;
  }>`select coalesce(max(position), -1) + 1 as position from knowledge_libraries
    where unit_id = ${unitId}`.execute(db);
  await db
    .insertInto('knowledge_libraries')
    .values({ id, unit_id: unitId, ...columnsOf(facts), position: rows[0]?.position ?? 0 })
    .execute();
  return libraryInSight(reader, id);
}

export interface Changed<T> {
  before: T;
  after: T;
}

export async function changeLibrary(
  reader: Reader,
  { id, ...facts }: LibraryFacts & { id: string },
): Promise<Changed<KnowledgeLibrary>> {
  await inLine(reader.db);
  const before = await libraryToChange(reader, id);
  await requireRoles(reader.db, facts.roleIds);
  await reader.db.updateTable('knowledge_libraries').set(columnsOf(facts)).where('id', '=', id).execute();
  return { before, after: await libraryInSight(reader, id) };
}

/** `place`s count from 1 among the unit's. */
export async function moveLibrary(
  reader: Reader,
  { id, before }: { id: string; before: string | null },
): Promise<{ library: KnowledgeLibrary; place: Changed<number> }> {
  const { db } = reader;
  await inLine(db);
  const { unit } = await libraryToChange(reader, id);
  const ids = (await listLibraries(reader)).filter((each) => each.unit.id === unit.id).map((each) => each.id);
  const order = placedBefore(ids, id, before);
  await sql`update knowledge_libraries l set position = n.position - 1
    from unnest(${order}::uuid[]) with ordinality as n(id, position) where l.id = n.id`.execute(db);
  const place = { before: ids.indexOf(id) + 1, after: order.indexOf(id) + 1 };
  return { library: await libraryInSight(reader, id), place };
}

/** Throws NOT_FOUND. */
function placedBefore(ids: readonly string[], id: string, before: string | null): string[] {
  const others = ids.filter((each) => each !== id);
  const at = before === null ? others.length : others.indexOf(before);
  if (at < 0) throw refusal('NOT_FOUND', '没有找到要移到其前面的一项');
  return others.toSpliced(at, 0, id);
}

/** A category among all of its library. */
export interface PlacedCategory {
  library: KnowledgeLibrary;
  id: string;
}

export async function createCategory(
  reader: Reader,
  { libraryId, parentId, name }: { libraryId: string; parentId: string | null; name: string },
): Promise<PlacedCategory> {
  const { db } = reader;
  await inLine(db);
  const library = await libraryToChange(reader, libraryId);
  requirePlace(library, parentId, 1);
  const id = newId();
  await sql`insert into knowledge_categories (id, library_id, parent_id, name, position)
    select ${id}, ${libraryId}, ${parentId}, ${name}, coalesce(max(position), -1) + 1 from knowledge_categories
    where library_id = ${libraryId} and parent_id is not distinct from ${parentId}`.execute(db);
  return { library: await libraryInSight(reader, libraryId), id };
}

export async function changeCategory(
  reader: Reader,
  { id, name, enabled }: { id: string; name: string; enabled: boolean },
): Promise<Changed<PlacedCategory>> {
  const { db } = reader;
  await inLine(db);
  const before = await categoryToChange(reader, id);
  await db.updateTable('knowledge_categories').set({ name, enabled }).where('id', '=', id).execute();
  return { before, after: { library: await libraryInSight(reader, before.library.id), id } };
}

export async function moveCategory(
  reader: Reader,
  { id, parentId, before: next }: { id: string; parentId: string | null; before: string | null },
): Promise<Changed<PlacedCategory>> {
  const { db } = reader;
  await inLine(db);
  const before = await categoryToChange(reader, id);
  const { library } = before;
  if (lineOf(library, parentId).some((each) => each.id === id)) throw refusal('REFUSED', '不能移到其自身的下级');
  requirePlace(library, parentId, heightOf(library, id));
  const siblings = library.categories.filter((each) => each.parentId === parentId).map((each) => each.id);
  const order = placedBefore(siblings, id, next);
  await db.updateTable('knowledge_categories').set({ parent_id: parentId }).where('id', '=', id).execute();
  await sql`update knowledge_categories k set position = n.position - 1
    from unnest(${order}::uuid[]) with ordinality as n(id, position) where k.id = n.id`.execute(db);
  return { before, after: { library: await libraryInSight(reader, library.id), id } };
}

async function categoryToChange(reader: Reader, id: string): Promise<PlacedCategory> {
  const { rows } = await sql<{
    libraryId: string;
  }>`select library_id as "libraryId" from knowledge_categories where id = ${id}`.execute(reader.db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到知识目录');
  return { library: await libraryToChange(reader, rows[0].libraryId), id };
}

/** From the root down to the category. */
export function lineOf(library: KnowledgeLibrary, id: string | null): KnowledgeLibrary['categories'] {
  const row = library.categories.find((each) => each.id === id);
  return row ? [...lineOf(library, row.parentId), row] : [];
}

/** 发票管理 / 开具 */
export const pathOf = (library: KnowledgeLibrary, id: string | null): string =>
  lineOf(library, id)
    .map(({ name }) => name)
    .join(' / ');

/** Its place among its siblings, from 1. */
export function placeOf({ library, id }: PlacedCategory): number {
  const parentId = library.categories.find((each) => each.id === id)?.parentId;
  return library.categories.filter((each) => each.parentId === parentId).findIndex((each) => each.id === id) + 1;
}

function requirePlace(library: KnowledgeLibrary, parentId: string | null, storeys: number): void {
  const line = lineOf(library, parentId);
  if (parentId !== null && line.length === 0) throw refusal('NOT_FOUND', '没有找到上级目录');
  if (line.length + storeys > KNOWLEDGE_CATEGORY_DEPTH)
    throw refusal('REFUSED', `目录最多 ${KNOWLEDGE_CATEGORY_DEPTH} 级`);
}

/** Storeys of what hangs on a category, itself counted. */
const heightOf = (library: KnowledgeLibrary, id: string): number =>
  1 +
  Math.max(0, ...library.categories.filter((each) => each.parentId === id).map((each) => heightOf(library, each.id)));
