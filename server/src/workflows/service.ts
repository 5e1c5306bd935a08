/** Changes to workflows. Each runs in a transaction of the viewer's scope. */
import { readFile } from 'node:fs/promises';
import type { UnitRef, WorkflowFinding, WorkOrderKind } from '@rexian/contracts';
import { pushedTo, retarget, templatesSent, unitTasks } from '@rexian/workflows/exchange.ts';
import type { Finding, WorkflowGraph } from '@rexian/workflows/graph.ts';
import { namesIn, readWorkflow } from '@rexian/workflows/read.ts';
import type { TemplateId } from '@rexian/workflows/templates.ts';
import { sql } from 'kysely';
import { categoryPaths } from '../categories/queries.ts';
import { reachableUnit } from '../centres/reach.ts';
import type { Queryable } from '../platform/db.ts';
import { draftColumns, refuseChanged, withoutDraft } from '../platform/drafts.ts';
import { refusal } from '../platform/errors.ts';
import { sendHint } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';
import { templatesInForce } from '../sms/templates.ts';
import {
  drawingOf,
  publishedVersion,
  type Reader,
  type StoredWorkflow,
  workflowInSight,
  workflowToChange,
} from './queries.ts';

/** `db` is the transaction. */
export type Editor = Reader;

const TEMPLATES = new URL('../../../workflows/templates/', import.meta.url);

/** The drawing that a workflow begins with. */
export const templateDrawing = (template: TemplateId): Promise<string> =>
  readFile(new URL(`${template}.bpmn`, TEMPLATES), 'utf8');

export interface NewWorkflow {
  unitId: string;
  kind: WorkOrderKind;
  name: string;
  /** None: of the whole kind. */
  categoryIds: readonly string[];
  drawing: string;
}

/** A drawing as a new workflow's first draft. A second one of the kind breaks the database's promise: see `refusing`. */
export async function createWorkflow(
  editor: Editor,
  { unitId, kind, name, categoryIds, drawing }: NewWorkflow,
): Promise<StoredWorkflow> {
  const { db, caller } = editor;
  const unit = await requireUnit(editor, unitId);
  const id = newId();
  const facts = { id, unit_id: unit.id, kind, name, by_category: categoryIds.length > 0 };
  await db
    .insertInto('workflows')
    .values({ ...facts, ...draftColumns(caller.viewer.name, drawing), draft_revision: 1 })
    .execute();
  await bind(editor, { id, unit, kind }, categoryIds);
  await tellWorkflow(editor, { unit });
  return workflowInSight(editor, id);
}

export async function changeWorkflow(
  editor: Editor,
  { id, name, categoryIds }: Pick<NewWorkflow, 'name' | 'categoryIds'> & { id: string },
) {
  const { db } = editor;
  const before = await workflowToChange(editor, id);
  await db.deleteFrom('workflow_categories').where('workflow_id', '=', id).execute();
  await db
    .updateTable('workflows')
    .set({ name, by_category: categoryIds.length > 0 })
    .where('id', '=', id)
    .execute();
  await bind(editor, before, categoryIds);
  await tellWorkflow(editor, before);
  return { before, after: await workflowInSight(editor, id) };
}

/** The categories are the unit's or of one above, and no other workflow's there. Throws NOT_FOUND, TAKEN. */
async function bind(
  { db }: Editor,
  { id, unit, kind }: Pick<StoredWorkflow, 'id' | 'unit' | 'kind'>,
  categoryIds: readonly string[],
): Promise<void> {
  const ids = [...new Set(categoryIds)];
  if (ids.length === 0) return;
  const known = await categoriesKnown(db, unit, ids);
  if (known.size < ids.length) throw refusal('NOT_FOUND', '没有找到所选业务类别');
  const taken = await db
    .selectFrom('workflow_categories as b')
    .innerJoin('workflows as w', 'w.id', 'b.workflow_id')
    .select(['b.category_id as categoryId', 'w.name'])
    .where('b.unit_id', '=', unit.id)
    .where('b.kind', '=', kind)
    .where('b.category_id', 'in', ids)
    .executeTakeFirst();
  if (taken) {
    const paths = await categoryPaths(db, [taken.categoryId]);
    throw refusal('TAKEN', `“${paths.get(taken.categoryId)?.path ?? ''}”已适用工单流程“${taken.name}”`);
  }
  const rows = ids.map((categoryId) => ({ unit_id: unit.id, kind, category_id: categoryId, workflow_id: id }));
  await db.insertInto('workflow_categories').values(rows).execute();
}

/** Those of the categories that a unit has, as its own or from above. */
async function categoriesKnown(db: Queryable, { path }: UnitRef, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select k.id from categories k join units u on u.id = k.unit_id
    where k.id = any(${ids as string[]}::uuid[]) and u.path @> ${path}::ltree`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Orders that walk by it still name it. */
export async function removeWorkflow(editor: Editor, id: string): Promise<StoredWorkflow> {
  const workflow = await workflowToChange(editor, id);
  const gone = { ...withoutDraft(workflow), removed_at: new Date() };
  await editor.db.deleteFrom('workflow_categories').where('workflow_id', '=', id).execute();
  await editor.db.updateTable('workflows').set(gone).where('id', '=', id).execute();
  await tellWorkflow(editor, workflow);
  return workflow;
}

/** Guarded by the revision: of two saves of one revision, the second is CHANGED. */
export async function saveDraft(
  editor: Editor,
  { id, revision, drawing }: { id: string; revision: number; drawing: string },
) {
  const workflow = await workflowToChange(editor, id);
  refuseChanged(workflow, revision, '流程');
  const columns = draftColumns(editor.caller.viewer.name, drawing);
  const next = revision + 1;
  await editor.db
    .updateTable('workflows')
    .set({ ...columns, draft_revision: next })
    .where('id', '=', id)
    .execute();
  await tellWorkflow(editor, workflow);
  return { revision: next, at: columns.draft_at };
}

export async function discardDraft(editor: Editor, { id, revision }: { id: string; revision: number }) {
  const before = await workflowToChange(editor, id);
  refuseChanged(before, revision, '流程');
  if (before.version === null) throw refusal('REFUSED', '流程尚未发布过，没有可恢复的内容，可直接删除流程');
  await dropDraft(editor, before);
  await tellWorkflow(editor, before);
  return { before, after: await workflowInSight(editor, id) };
}

/** What stands in the way of a unit's orders walking by a drawing. */
export async function checkDrawing(
  all: Queryable,
  unit: UnitRef,
  drawing: string,
): Promise<{ faults: WorkflowFinding[] }> {
  const { graph, faults } = await readWorkflow(drawing);
  const found = graph ? await missingIn(all, unit, graph) : faults;
  const names = await namesIn(drawing);
  return { faults: found.map((each) => ({ ...each, name: (each.element && names.get(each.element)) ?? null })) };
}

/** What a drawing names that isn't there (any more). */
const missingIn = async (all: Queryable, unit: UnitRef, graph: WorkflowGraph): Promise<Finding[]> => [
  ...(await missingUnits(all, graph)),
  ...(await missingPartners(all, unit.path, graph)),
  ...(await missingTemplates(all, unit.id, graph)),
];

async function missingTemplates(all: Queryable, unitId: string, graph: WorkflowGraph): Promise<Finding[]> {
  const sent = templatesSent(graph);
  if (sent.length === 0) return [];
  const there = new Set((await templatesInForce(all, unitId)).map(({ code }) => code));
  return sent
    .filter(({ template }) => !there.has(template))
    .map(({ element, template }) => ({
      ...{ element, message: `没有启用的短信模板“${template}”，请另选或先在短信模板中新建` },
    }));
}

/** Platforms are their unit's and those below it. */
async function missingPartners(all: Queryable, unitPath: string, graph: WorkflowGraph): Promise<Finding[]> {
  const pushes = pushedTo(graph);
  if (pushes.length === 0) return [];
  const { rows } = await sql<{ id: string }>`select p.id from partners p join units u on u.id = p.unit_id
    where p.enabled and u.path @> ${unitPath}::ltree`.execute(all);
  const there = new Set(rows.map(({ id }) => id));
  return pushes
    .filter(({ partnerId }) => !there.has(partnerId))
    .map(({ element }) => ({ element, message: '协同平台已停用或不属于本机构及上级' }));
}

async function missingUnits(all: Queryable, graph: WorkflowGraph): Promise<Finding[]> {
  const tasks = unitTasks(graph);
  const ids = tasks.map(({ unitId }) => unitId);
  const { rows } = await sql<{ id: string }>`select id from units where id = any(${ids}::uuid[]) and active`.execute(
    all,
  );
  const there = new Set(rows.map(({ id }) => id));
  return tasks
    .filter(({ unitId }) => !there.has(unitId))
    .map(({ element }) => ({ element, message: '办理单位已停用或不存在' }));
}

export async function publishWorkflow(
  editor: Editor,
  { id, revision, note }: { id: string; revision: number; note: string },
) {
  const before = await workflowToChange(editor, id);
  refuseChanged(before, revision, '流程');
  if (before.draft === null) throw refusal('REFUSED', '没有需要发布的修改');
  await addVersion(editor, before, { drawing: before.draft, note, restoredFrom: null });
  await dropDraft(editor, before);
  return { before, after: await workflowInSight(editor, id) };
}

/** The draft stays; where there is none, whoever edits sees the content change. */
export async function restoreVersion(
  editor: Editor,
  { id, version, note }: { id: string; version: number; note: string },
) {
  const before = await workflowToChange(editor, id);
  const { drawing } = await publishedVersion(editor.db, { id, version });
  await addVersion(editor, before, { drawing, note, restoredFrom: version });
  if (before.draft === null) await dropDraft(editor, before);
  return { before, after: await workflowInSight(editor, id) };
}

async function addVersion(
  editor: Editor,
  workflow: StoredWorkflow,
  { drawing, note, restoredFrom }: { drawing: string; note: string; restoredFrom: number | null },
): Promise<void> {
  const { db, all, caller } = editor;
  const { faults } = await checkDrawing(all, workflow.unit, drawing);
  if (faults.length > 0)
    throw refusal('REFUSED', faultWords(faults, restoredFrom === null ? '不能发布' : `不能回退到版本 ${restoredFrom}`));
  await db
    .insertInto('workflow_versions')
    .values({
      ...{ workflow_id: workflow.id, version: (workflow.version ?? 0) + 1, drawing },
      ...{ published_by: caller.viewer.name, note, restored_from: restoredFrom },
    })
    .execute();
  await tellWorkflow(editor, workflow);
}

const NAMED = 3;

function faultWords(faults: readonly WorkflowFinding[], what: string): string {
  const said = faults.slice(0, NAMED).map(({ name, message }) => (name ?? '') + message);
  return `${what}，有 ${faults.length} 处错误：${said.join('；')}${faults.length > NAMED ? '…' : ''}`;
}

/** One for each unit, in the order of the ids. `open`: titles of tasks for which somebody has to choose a unit there. */
export async function copyWorkflow(
  editor: Editor,
  { id, unitIds, name }: { id: string; unitIds: readonly string[]; name: string },
) {
  const source = await workflowInSight(editor, id);
  const copies: { workflow: StoredWorkflow; open: string[] }[] = [];
  for (const unitId of new Set(unitIds)) {
    const unit = await requireUnit(editor, unitId);
    if (source.categories.length === 0) await refuseSameKind(editor, unit, source.kind);
    const known = await categoriesKnown(editor.db, unit, source.categoryIds);
    if (known.size === 0 && source.categories.length > 0)
      throw refusal('REFUSED', `${unit.name}没有“${source.categories[0]?.path}”等适用类别，不能复制`);
    const above = await unitsAbove(editor, unit);
    const { xml, open } = await retarget(drawingOf(source), (each) => above.has(each));
    copies.push({
      workflow: await createWorkflow(editor, {
        unitId,
        kind: source.kind,
        name,
        categoryIds: [...known],
        drawing: xml,
      }),
      open,
    });
  }
  return { source, copies };
}

async function unitsAbove({ all }: Editor, { path }: UnitRef): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from units where path @> ${path}::ltree`.execute(all);
  return new Set(rows.map(({ id }) => id));
}

async function refuseSameKind({ db }: Editor, unit: UnitRef, kind: WorkOrderKind): Promise<void> {
  const { rows } = await sql`select from workflows where unit_id = ${unit.id} and kind = ${kind}
    and removed_at is null and not by_category`.execute(db);
  if (rows.length > 0) throw refusal('TAKEN', `${unit.name}已有该类型的工单流程`);
}

async function requireUnit({ db, caller }: Editor, id: string): Promise<UnitRef> {
  const unit = await reachableUnit(db, caller, id);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  return unit;
}

async function dropDraft({ db }: Editor, workflow: StoredWorkflow): Promise<void> {
  await db.updateTable('workflows').set(withoutDraft(workflow)).where('id', '=', workflow.id).execute();
}

/** Screens that show it look again. */
export const tellWorkflow = ({ db }: Pick<Editor, 'db'>, { unit }: Pick<StoredWorkflow, 'unit'>) =>
  sendHint(db, { topic: 'workflow', unitPath: unit.path });
