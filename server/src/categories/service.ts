/** Changes to categories. Each runs in a transaction of the viewer's scope, and they stand in one line: rules look at several rows. */
import { CATEGORY_DEPTH, type WorkOrderKind, type WorkOrderUrgency } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnit, reachableUnits } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { categoriesOf, lineOf, pathOf, type StoredCategory } from './queries.ts';

export interface CategoryFacts {
  name: string;
  code: string | null;
  orderKind: WorkOrderKind | null;
  urgency: WorkOrderUrgency | null;
}

/** `trx` is of the viewer's scope; `all` sees everything: units below may have categories under ours. */
export interface CategoryEditor {
  trx: Queryable;
  all: Queryable;
  caller: Caller;
}

/** A category among all that are in sight from its unit. */
export interface Placed {
  row: StoredCategory;
  rows: StoredCategory[];
}

export async function createCategory(
  { trx, caller }: CategoryEditor,
  { unitId, parentId, ...facts }: CategoryFacts & { unitId: string; parentId: string | null },
): Promise<Placed> {
  await inLine(trx);
  const unit = await reachableUnit(trx, caller, unitId);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  const rows = await categoriesOf(trx, unit.path);
  requirePlace(rows, parentId, 1);
  refuseTaken(rows, { id: null, parentId, ...facts });
  const id = newId();
  await sql`insert into categories (id, unit_id, parent_id, name, code, order_kind, urgency, position)
    select ${id}, ${unitId}, ${parentId}, ${facts.name}, ${facts.code}, ${facts.orderKind}, ${facts.urgency},
      coalesce(max(position), -1) + 1 from categories where unit_id = ${unitId} and parent_id is not distinct from ${parentId}`.execute(
    trx,
  );
  return placed(trx, id, unit.path);
}

export async function changeCategory(
  { trx, caller }: CategoryEditor,
  { id, active, ...facts }: CategoryFacts & { id: string; active: boolean },
): Promise<{ before: Placed; after: Placed }> {
  await inLine(trx);
  const before = await inReach(trx, caller, id);
  refuseTaken(before.rows, { id, parentId: before.row.parentId, ...facts });
  const { name, code, orderKind, urgency } = facts;
  await trx
    .updateTable('categories')
    .set({ name, code, order_kind: orderKind, urgency, active })
    .where('id', '=', id)
    .execute();
  return { before, after: await placed(trx, id, before.row.unit.path) };
}

/** With everything below it, whichever unit that belongs to. */
export async function moveCategory(
  { trx, all, caller }: CategoryEditor,
  { id, parentId, before: next }: { id: string; parentId: string | null; before: string | null },
): Promise<{ before: Placed; after: Placed }> {
  await inLine(trx);
  const before = await inReach(trx, caller, id);
  const { rows, row } = before;
  if (lineOf(rows, parentId).some((each) => each.id === id)) throw refusal('REFUSED', '不能移到其自身的下级');
  requirePlace(rows, parentId, await heightOf(all, id));
  refuseTaken(rows, { ...row, parentId });
  const siblings = rows.filter((each) => each.parentId === parentId && each.unit.id === row.unit.id && each.id !== id);
  const at = next === null ? siblings.length : siblings.findIndex((each) => each.id === next);
  if (at < 0) throw refusal('NOT_FOUND', '没有找到要移到其前面的类别');
  const order = siblings.map((each) => each.id).toSpliced(at, 0, id);
  await trx.updateTable('categories').set({ parent_id: parentId }).where('id', '=', id).execute();
  await sql`update categories k set position = n.position - 1
    from unnest(${order}::uuid[]) with ordinality as n(id, position) where k.id = n.id`.execute(trx);
  return { before, after: await placed(trx, id, row.unit.path) };
}

export const aboutCategory = ({ row, rows }: Placed) => ({
  subject: { kind: 'category' as const, id: row.id, name: pathOf(rows, row.id) },
  unitId: row.unit.id,
});

/** As the audit log tells it. */
export const categoryTold = ({ row, rows }: Placed) => ({
  ...{ name: row.name, code: row.code, orderKind: row.orderKind, urgency: row.urgency, active: row.active },
  parent: pathOf(rows, row.parentId) || null,
});

/** Its place among the siblings of its unit, from 1. */
export const placeOf = ({ row, rows }: Placed): number =>
  rows
    .filter(({ parentId, unit }) => parentId === row.parentId && unit.id === row.unit.id)
    .findIndex(({ id }) => id === row.id) + 1;

const inLine = (trx: Queryable) => sql`lock table categories in share row exclusive mode`.execute(trx);

async function placed(trx: Queryable, id: string, unitPath: string): Promise<Placed> {
  const rows = await categoriesOf(trx, unitPath);
  const row = rows.find((each) => each.id === id);
  if (!row) throw refusal('NOT_FOUND', '没有找到该业务类别');
  return { row, rows };
}

async function inReach(trx: Queryable, caller: Caller, id: string): Promise<Placed> {
  const { rows } = await sql<{
    path: string;
  }>`select u.path::text as path from categories k join units u on u.id = k.unit_id
    where k.id = ${id} and k.unit_id in (${reachableUnits(caller)})`.execute(trx);
  return placed(trx, id, rows[0]?.path ?? '');
}

/** Throws when something of this many storeys can't stand below `parentId`. */
function requirePlace(rows: readonly StoredCategory[], parentId: string | null, storeys: number): void {
  const line = lineOf(rows, parentId);
  if (parentId !== null && line.length === 0) throw refusal('NOT_FOUND', '没有找到上级类别');
  if (line.length + storeys > CATEGORY_DEPTH) throw refusal('REFUSED', `类别最多 ${CATEGORY_DEPTH} 级`);
}

/** Codes are told apart among all that are in sight, names among siblings. */
function refuseTaken(
  rows: readonly StoredCategory[],
  { id, parentId, name, code }: { id: string | null; parentId: string | null; name: string; code: string | null },
): void {
  const others = rows.filter((each) => each.id !== id);
  if (others.some((each) => each.parentId === parentId && each.name === name))
    throw refusal('TAKEN', `同级已有“${name}”`);
  const same = code === null ? undefined : others.find((each) => each.code === code);
  if (same) throw refusal('TAKEN', `编码 ${code} 已用于“${pathOf(rows, same.id)}”`);
}

/** Storeys of what hangs on a category, itself counted. */
async function heightOf(all: Queryable, id: string): Promise<number> {
  const { rows } = await sql<{ height: number }>`
    with recursive below as (
      select id, 1 as storey from categories where id = ${id}
      union all select k.id, storey + 1 from categories k join below on k.parent_id = below.id)
    select max(storey) as height from below`.execute(all);
  return rows[0]?.height ?? 1;
}
