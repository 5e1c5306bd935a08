/** Changes to registration forms. Each runs in a transaction of the viewer's scope. */
import { isDeepStrictEqual } from 'node:util';
import { type FormField, orderFormName, type UnitRef, type WorkOrderKind } from '@rexian/contracts';
import { reachableUnit } from '../centres/reach.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { formInSight, formToChange, type Reader, type StoredForm } from './queries.ts';

/** `db` is the transaction. */
export type Editor = Reader;

export interface NewForm {
  unitId: string;
  kind: WorkOrderKind | null;
  fields: readonly FormField[];
}

/** A second one of the kind breaks the database's promise: see `refusing`. */
export async function createForm(editor: Editor, { unitId, kind, fields }: NewForm): Promise<StoredForm> {
  const unit = await requireUnit(editor, unitId);
  const id = await insertForm(editor.db, { unitId: unit.id, kind, fields, by: editor.caller.viewer.name });
  return formInSight(editor, id);
}

/** A form with its first version; its id. */
export async function insertForm(
  db: Queryable,
  { unitId, kind, fields, by }: NewForm & { by: string },
): Promise<string> {
  const id = newId();
  await db.insertInto('order_forms').values({ id, unit_id: unitId, kind }).execute();
  await addVersion(db, { id, version: 1, fields, by });
  return id;
}

async function addVersion(
  db: Queryable,
  { id, version, fields, by }: { id: string; version: number; fields: readonly FormField[]; by: string },
): Promise<void> {
  await db
    .insertInto('order_form_versions')
    .values({ form_id: id, version, fields: JSON.stringify(fields), published_by: by })
    .execute();
}

/** Guarded by the version: of two saves of one version, the second is CHANGED. The same fields make no new version. */
export async function saveForm(
  editor: Editor,
  { id, version, fields }: { id: string; version: number; fields: readonly FormField[] },
): Promise<{ before: StoredForm; after: StoredForm }> {
  const before = await formToChange(editor, id);
  if (before.version !== version) throw refusal('CHANGED', `表单已被“${before.changedBy}”修改，请载入最新内容后重试`);
  if (isDeepStrictEqual(before.fields, fields)) return { before, after: before };
  await addVersion(editor.db, { id, version: version + 1, fields, by: editor.caller.viewer.name });
  return { before, after: await formInSight(editor, id) };
}

/** One for each unit, in the order of the ids. */
export async function copyForm(editor: Editor, { id, unitIds }: { id: string; unitIds: readonly string[] }) {
  const source = await formInSight(editor, id);
  const copies: StoredForm[] = [];
  for (const unitId of new Set(unitIds)) {
    const unit = await requireUnit(editor, unitId);
    await refuseSameKind(editor, unit, source.kind);
    copies.push(await createForm(editor, { unitId, kind: source.kind, fields: source.fields }));
  }
  return { source, copies };
}

async function refuseSameKind({ db }: Editor, unit: UnitRef, kind: WorkOrderKind | null): Promise<void> {
  const found = await db
    .selectFrom('order_forms')
    .select('id')
    .where('unit_id', '=', unit.id)
    .where('kind', 'is not distinct from', kind)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (found) throw refusal('TAKEN', `${unit.name}已有${orderFormName(kind)}`);
}

/** Orders that were made with it still name it. */
export async function removeForm(editor: Editor, id: string): Promise<StoredForm> {
  const form = await formToChange(editor, id);
  await editor.db.updateTable('order_forms').set({ removed_at: new Date() }).where('id', '=', id).execute();
  return form;
}

async function requireUnit({ db, caller }: Editor, id: string): Promise<UnitRef> {
  const unit = await reachableUnit(db, caller, id);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  return unit;
}
