/** Registration forms as screens show them, and which one orders are made with. `db` is of the viewer's scope. */
import type { FormField, OrderForm, OrderFormDetail, OrderFormSummary, WorkOrderKind } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { reachableOrUpperUnits, reachableUnits, reachableWithin, unitJson } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';

/** Through what forms are read. */
export interface Reader {
  db: Queryable;
  caller: Caller;
}

export interface FormSearch {
  unitId?: string | undefined;
  kind?: WorkOrderKind | 'all' | undefined;
  /** Id of the last form of the page before. */
  cursor?: string | undefined;
  limit: number;
}

type Row = Omit<OrderFormSummary, 'can'> & { inReach: boolean };

/** A form with its newest version. */
export type StoredForm = Row & { fields: FormField[] };

const columns = ({ caller }: Reader) => sql`f.id, ${unitJson('u')} as unit, f.kind, v.version,
  jsonb_array_length(v.fields) as "fieldCount", v.published_at as "changedAt", v.published_by as "changedBy",
  f.unit_id in (${reachableUnits(caller)}) as "inReach"`;
const newestVersion = sql`(
  select * from order_form_versions published where published.form_id = f.id order by published.version desc limit 1)`;
const tables = sql`order_forms f join units u on u.id = f.unit_id cross join lateral ${newestVersion} v`;
const place = (unit: string, form: string) => sql`${sql.ref(unit)}.path, coalesce(${sql.ref(form)}.kind, '')`;

/** Those of the units in reach and those that units above hand down; of `unitId`, its own and of all below. */
export async function listForms(reader: Reader, { unitId, kind, cursor, limit }: FormSearch) {
  const { db, caller } = reader;
  const units = unitId === undefined ? reachableOrUpperUnits(caller) : reachableWithin(caller, unitId);
  const conditions = [
    sql`f.removed_at is null and f.unit_id in (${units})`,
    ...(kind ? [sql`f.kind is not distinct from ${kind === 'all' ? null : kind}`] : []),
    ...(cursor
      ? [
          sql`(${place('u', 'f')}) > (select ${place('lu', 'l')} from order_forms l
            join units lu on lu.id = l.unit_id where l.id::text = ${cursor})`,
        ]
      : []),
  ];
  const { rows } = await sql<Row>`select ${columns(reader)} from ${tables} where ${sql.join(conditions, sql` and `)}
    order by ${place('u', 'f')} limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  return {
    rows: page.map((row) => summaryOf(reader, row)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** To be looked at, wherever in sight it comes from. Throws NOT_FOUND. */
export function formInSight(reader: Reader, id: string): Promise<StoredForm> {
  return one(reader, sql`f.id = ${id} and f.unit_id in (${reachableOrUpperUnits(reader.caller)})`);
}

/** To be changed, by nobody else until the transaction ends. Throws NOT_FOUND. */
export async function formToChange(reader: Reader, id: string): Promise<StoredForm> {
  const inReach = sql`f.id = ${id} and f.unit_id in (${reachableUnits(reader.caller)})`;
  await sql`select from order_forms f where ${inReach} for update`.execute(reader.db);
  return one(reader, inReach);
}

async function one(reader: Reader, condition: RawBuilder<unknown>): Promise<StoredForm> {
  const { rows } = await sql<StoredForm>`select ${columns(reader)}, v.fields from ${tables}
    where f.removed_at is null and ${condition}`.execute(reader.db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到登记表单');
  return rows[0];
}

export function summaryOf({ caller }: Reader, row: Row): OrderFormSummary {
  const { id, unit, kind, version, fieldCount, changedAt, changedBy } = row;
  const change = row.inReach && caller.viewer.permissions.includes('workflows.manage');
  return { id, unit, kind, version, fieldCount, changedAt, changedBy, can: { change } };
}

export const detailOf = (reader: Reader, form: StoredForm): OrderFormDetail => ({
  ...summaryOf(reader, form),
  fields: form.fields,
});

/** Newest first; `cursor` is the last version of the page before. */
export async function listVersions(
  reader: Reader,
  { id, cursor, limit }: { id: string; cursor?: string | undefined; limit: number },
) {
  await formInSight(reader, id);
  const before = cursor
    ? sql`and version < (select version from order_form_versions
    where form_id = ${id} and version::text = ${cursor})`
    : sql``;
  const { rows } = await sql<{ version: number; publishedAt: Date; publishedBy: string }>`
    select version, published_at as "publishedAt", published_by as "publishedBy" from order_form_versions
    where form_id = ${id} ${before} order by version desc limit ${limit + 1}`.execute(reader.db);
  const page = rows.slice(0, limit);
  return { rows: page, nextCursor: rows.length > limit ? String(page.at(-1)?.version) : null };
}

/** Throws NOT_FOUND. */
export async function formVersion(db: Queryable, { id, version }: { id: string; version: number }) {
  const found = await db
    .selectFrom('order_form_versions')
    .select(['version', 'fields'])
    .where('form_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!found) throw refusal('NOT_FOUND', '没有找到该版本');
  return found;
}

/** What an order of the kind is made with at a unit: of the nearest unit upwards that has one, that of the kind before that for all. */
export async function formInForce(db: Queryable, unitId: string, kind: WorkOrderKind): Promise<OrderForm | null> {
  const { rows } = await sql<OrderForm>`
    select f.id, ${unitJson('u')} as unit, f.kind, v.version, v.fields
    from units own join units u on u.path @> own.path join order_forms f on f.unit_id = u.id, lateral ${newestVersion} v
    where own.id = ${unitId} and f.removed_at is null and (f.kind = ${kind} or f.kind is null)
    order by nlevel(u.path) desc, f.kind is null limit 1`.execute(db);
  return rows[0] ?? null;
}
