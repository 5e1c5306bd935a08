/** The tree of categories: a unit's own and those of the units above it, in their order. */
import type { Category, ManagedCategory, UnitRef, WorkOrderKind, WorkOrderUrgency } from '@rexian/contracts';
import { sql } from 'kysely';
import { unitJson } from '../centres/reach.ts';
import type { Queryable } from '../platform/db.ts';

/** One row as it is kept. */
export interface StoredCategory {
  id: string;
  parentId: string | null;
  unit: UnitRef;
  name: string;
  code: string | null;
  orderKind: WorkOrderKind | null;
  urgency: WorkOrderUrgency | null;
  active: boolean;
}

/**
 * Parents before children; among siblings first those from above, then by their place. `unitPath`: of the unit that they are for. `db` sees
 * that unit and those above it.
 */
export async function categoriesOf(db: Queryable, unitPath: string): Promise<StoredCategory[]> {
  const { rows } = await sql<StoredCategory>`
    select k.id, k.parent_id as "parentId", ${unitJson('u')} as unit, k.name, k.code, k.order_kind as "orderKind", k.urgency, k.active
    from categories k join units u on u.id = k.unit_id
    where u.path @> ${unitPath}::ltree order by nlevel(u.path), k.position, k.name, k.id`.execute(db);
  const known = new Set(rows.map(({ id }) => id));
  const below = Map.groupBy(rows, ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null));
  const inOrder = (above: string | null): StoredCategory[] =>
    (below.get(above) ?? []).flatMap((row) => [row, ...inOrder(row.id)]);
  return inOrder(null);
}

/** As they are chosen: out of use is what stands below something out of use. */
export function chosenFrom(rows: readonly StoredCategory[]): Category[] {
  const inUse = new Map<string, boolean>();
  return rows.map(({ unit: _unit, ...row }) => {
    const active = row.active && (row.parentId === null || inUse.get(row.parentId) !== false);
    inUse.set(row.id, active);
    return { ...row, active };
  });
}

export const managed = (row: StoredCategory, change: boolean): ManagedCategory => ({ ...row, can: { change } });

/** From the root down to the category, of rows that hold it and all above it. */
export function lineOf(rows: readonly StoredCategory[], id: string | null): StoredCategory[] {
  const row = rows.find((each) => each.id === id);
  return row ? [...lineOf(rows, row.parentId), row] : [];
}

/** 增值税 / 纳税申报. */
export const pathOf = (rows: readonly StoredCategory[], id: string | null): string =>
  lineOf(rows, id)
    .map(({ name }) => name)
    .join(' / ');

/** By id, the path of each and whether it is in use, itself and all above it; what `db` doesn't see is missing. */
export async function categoryPaths(
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, { path: string; active: boolean }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ of: string; path: string; active: boolean }>`${linesAbove(ids)}
    select of, string_agg(name, ' / ' order by far desc) as path, bool_and(active) as active from line group by of`.execute(
    db,
  );
  return new Map(rows.map(({ of, path, active }) => [of, { path, active }]));
}

/** The category and those above it, the nearest first, as far as they are in use: nothing below one that isn't. `db` sees them all. */
export async function lineInUse(db: Queryable, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string; active: boolean }>`${linesAbove([id])}
    select id, active from line order by far`.execute(db);
  return rows.slice(rows.findLastIndex(({ active }) => !active) + 1).map((row) => row.id);
}

const linesAbove = (ids: readonly string[]) => sql`with recursive line as (
  select id as of, id, parent_id, name, active, 0 as far from categories where id = any(${ids as string[]}::uuid[])
  union all
  select line.of, k.id, k.parent_id, k.name, k.active, far + 1 from line join categories k on k.id = line.parent_id)`;
