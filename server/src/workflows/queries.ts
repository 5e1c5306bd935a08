/** Workflows as screens show them, and which one orders begin with. `db` is of the viewer's scope. */
import {
  type Publication,
  type UnitRef,
  type WorkflowDetail,
  type WorkflowInForce,
  type WorkflowSummary,
  type WorkOrderKind,
  workOrderKind,
} from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { categoryPaths, lineInUse } from '../categories/queries.ts';
import { reachableOrUpperUnits, reachableUnits, reachableWithin, unitJson } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { type Drafted, draftShown, publishedShown } from '../platform/drafts.ts';
import { Editors } from '../platform/editors.ts';
import { refusal } from '../platform/errors.ts';

export const workflowEditors = new Editors('workflow_editors', 'workflow_id');

/** Through what workflows are read. `all` sees everything. */
export interface Reader {
  db: Queryable;
  all: Queryable;
  caller: Caller;
}

export interface WorkflowSearch {
  unitId?: string | undefined;
  kind?: WorkOrderKind | undefined;
  search?: string | undefined;
  /** Id of the last workflow of the page before. */
  cursor?: string | undefined;
  limit: number;
}

type Stored = Drafted & {
  id: string;
  unit: UnitRef;
  kind: WorkOrderKind;
  name: string;
  categoryIds: string[];
  inReach: boolean;
};
type Row = Stored & Pick<WorkflowSummary, 'categories'>;

/** A workflow with its drawings. */
export type StoredWorkflow = Row & { drawing: string | null; draft: string | null };

const columns = ({ caller }: Reader) => sql`w.id, ${unitJson('u')} as unit, w.kind, w.name,
  array(select category_id from workflow_categories where workflow_id = w.id) as "categoryIds",
  v.version, v.published_at as "publishedAt", v.published_by as "publishedBy",
  w.draft_revision as revision, w.draft_at as "draftAt", w.draft_by as "draftBy",
  w.unit_id in (${reachableUnits(caller)}) as "inReach"`;
const newestVersion = sql`(
  select * from workflow_versions published where published.workflow_id = w.id
  order by published.version desc limit 1)`;
const tables = sql`workflows w join units u on u.id = w.unit_id left join lateral ${newestVersion} v on true`;
/** By units, kinds, first what is for the whole kind. */
const place = (unit: string, workflow: string) => sql`${sql.ref(unit)}.path,
  array_position(${workOrderKind.values as string[]}::text[], ${sql.ref(workflow)}.kind),
  ${sql.ref(workflow)}.by_category, ${sql.ref(workflow)}.id`;

/** Those of the units in reach and those that units above hand down; of `unitId`, its own and of all below. */
export async function listWorkflows(reader: Reader, { unitId, kind, search, cursor, limit }: WorkflowSearch) {
  const { db, caller } = reader;
  const units = unitId === undefined ? reachableOrUpperUnits(caller) : reachableWithin(caller, unitId);
  const conditions = [
    sql`w.removed_at is null and w.unit_id in (${units})`,
    ...(kind ? [sql`w.kind = ${kind}`] : []),
    ...(search ? [sql`strpos(lower(w.name), lower(${search})) > 0`] : []),
    ...(cursor
      ? [
          sql`(${place('u', 'w')}) > (select ${place('lu', 'l')} from workflows l
            join units lu on lu.id = l.unit_id where l.id::text = ${cursor})`,
        ]
      : []),
  ];
  const { rows } = await sql<Stored>`select ${columns(reader)} from ${tables} where ${sql.join(conditions, sql` and `)}
    order by ${place('u', 'w')} limit ${limit + 1}`.execute(db);
  const page = await withCategories(db, rows.slice(0, limit));
  return {
    rows: page.map((row) => summaryOf(reader, row)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** To be looked at, wherever in sight it comes from. Throws NOT_FOUND. */
export function workflowInSight(reader: Reader, id: string): Promise<StoredWorkflow> {
  return one(reader, sql`w.id = ${id} and w.unit_id in (${reachableOrUpperUnits(reader.caller)})`);
}

/** To be changed, by nobody else until the transaction ends. Throws NOT_FOUND. */
export async function workflowToChange(reader: Reader, id: string): Promise<StoredWorkflow> {
  const inReach = sql`w.id = ${id} and w.unit_id in (${reachableUnits(reader.caller)})`;
  await sql`select from workflows w where ${inReach} for update`.execute(reader.db);
  return one(reader, inReach);
}

async function one(reader: Reader, condition: RawBuilder<unknown>): Promise<StoredWorkflow> {
  const { rows } = await sql<
    Omit<StoredWorkflow, 'categories'>
  >`select ${columns(reader)}, v.drawing, w.draft from ${tables}
    where w.removed_at is null and ${condition}`.execute(reader.db);
  const [workflow] = await withCategories(reader.db, rows);
  if (!workflow) throw refusal('NOT_FOUND', '没有找到工单流程');
  return workflow;
}

async function withCategories<Each extends Stored>(
  db: Queryable,
  rows: readonly Each[],
): Promise<(Each & Pick<Row, 'categories'>)[]> {
  const paths = await categoryPaths(
    db,
    rows.flatMap(({ categoryIds }) => categoryIds),
  );
  return rows.map((row) => ({
    ...row,
    categories: row.categoryIds
      .flatMap((id) => {
        const category = paths.get(id);
        return category ? [{ id, ...category }] : [];
      })
      .sort((a, b) => a.path.localeCompare(b.path, 'zh')),
  }));
}

/** What is edited: the draft, else what is published. A workflow has one of them. */
export function drawingOf({ id, draft, drawing }: StoredWorkflow): string {
  const edited = draft ?? drawing;
  if (edited === null) throw new Error(`workflow ${id} has neither draft nor version`);
  return edited;
}

export function summaryOf({ caller }: Reader, { id, unit, kind, name, categories, ...row }: Row): WorkflowSummary {
  const change = row.inReach && caller.viewer.permissions.includes('workflows.manage');
  return {
    ...{ id, unit, kind, name, categories },
    ...{ published: publishedShown(row), draft: draftShown(row), can: { change } },
  };
}

export const detailOf = (reader: Reader, workflow: StoredWorkflow): WorkflowDetail => ({
  ...summaryOf(reader, workflow),
  drawing: drawingOf(workflow),
  revision: workflow.revision,
});

const versionColumns = sql`v.version, v.published_at as "publishedAt", v.published_by as "publishedBy", v.note,
  v.restored_from as "restoredFrom"`;

/** Newest first; `cursor` is the last version of the page before. */
export async function listVersions(
  reader: Reader,
  { id, cursor, limit }: { id: string; cursor?: string | undefined; limit: number },
) {
  await workflowInSight(reader, id);
  const last = sql`select version from workflow_versions where workflow_id = ${id} and version::text = ${cursor ?? ''}`;
  const before = cursor ? sql`and v.version < (${last})` : sql``;
  const { rows } = await sql<Publication>`select ${versionColumns} from workflow_versions v
    where v.workflow_id = ${id} ${before} order by v.version desc limit ${limit + 1}`.execute(reader.db);
  const page = rows.slice(0, limit);
  return { rows: page, nextCursor: rows.length > limit ? String(page.at(-1)?.version) : null };
}

/** Throws NOT_FOUND. */
export async function publishedVersion(
  db: Queryable,
  { id, version }: { id: string; version: number },
): Promise<Publication & { drawing: string }> {
  const { rows } = await sql<Publication & { drawing: string }>`select ${versionColumns}, v.drawing
    from workflow_versions v where v.workflow_id = ${id} and v.version = ${version}`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到该版本');
  return rows[0];
}

type Held = Omit<WorkflowInForce, 'category'> & { kind: WorkOrderKind; categoryId: string | null };

/** Those that hold for a unit's orders of any kind and category. */
const held = (unitId: string, more: RawBuilder<unknown>) => sql`
  select w.kind, b.category_id as "categoryId", w.id, w.name, ${unitJson('u')} as unit, v.version, nlevel(u.path) as near
  from units own join units u on u.path @> own.path join workflows w on w.unit_id = u.id
    left join workflow_categories b on b.workflow_id = w.id, lateral ${newestVersion} v
  where own.id = ${unitId} and w.removed_at is null and (b.category_id is not null or not w.by_category) ${more}`;

/** What an order begins with, as contracts/src/workflows.ts lays down; null: nothing. `db` sees everything. */
export async function workflowInForce(
  db: Queryable,
  { unitId, kind, categoryId }: { unitId: string; kind: WorkOrderKind; categoryId: string | null },
): Promise<WorkflowInForce | null> {
  const line = categoryId === null ? [] : await lineInUse(db, categoryId);
  const fits = sql`and w.kind = ${kind} and (b.category_id is null or b.category_id = any(${line}::uuid[]))`;
  const { rows } = await sql<Held>`select * from (${held(unitId, fits)}) fitting
    order by array_position(${line}::uuid[], "categoryId") nulls last, near desc limit 1`.execute(db);
  const [found] = await named(db, rows);
  return found?.workflow ?? null;
}

/** By kind, what orders of a unit begin with, and by category where that is another. `db` sees everything. */
export async function workflowsInForce(db: Queryable, unitId: string) {
  const { rows } = await sql<Held>`select distinct on (kind, "categoryId") * from (${held(unitId, sql``)}) each
    order by kind, "categoryId", near desc`.execute(db);
  const inUse = await named(db, rows);
  return workOrderKind.values.map((kind) => {
    const ofKind = inUse.filter((each) => each.kind === kind).map(({ workflow }) => workflow);
    return {
      kind,
      workflow: ofKind.find(({ category }) => category === null) ?? null,
      byCategory: ofKind
        .filter(({ category }) => category !== null)
        .sort((a, b) => (a.category?.path ?? '').localeCompare(b.category?.path ?? '', 'zh')),
    };
  });
}

/** With the paths of their categories; without those whose category is out of use. */
async function named(
  db: Queryable,
  rows: readonly Held[],
): Promise<{ kind: WorkOrderKind; workflow: WorkflowInForce }[]> {
  const paths = await categoryPaths(
    db,
    rows.flatMap(({ categoryId }) => categoryId ?? []),
  );
  return rows
    .filter(({ categoryId }) => categoryId === null || paths.get(categoryId)?.active)
    .map(({ kind, categoryId, id, name, unit, version }) => {
      const category = categoryId === null ? null : { id: categoryId, path: paths.get(categoryId)?.path ?? '' };
      return { kind, workflow: { id, name, unit, version, category } };
    });
}
