/** What is registered is kept while it is written: a draft (暂存) of whoever writes it. */
import {
  type OrderForm,
  type Registration,
  shownFields,
  type WorkOrderDesk,
  type WorkOrderKind,
} from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnit, reachableUnits } from '../../centres/reach.ts';
import { ANONYMOUS, sealNumber } from '../../contacts/caller-number.ts';
import { contactScope } from '../../contacts/scope.ts';
import { bindFiles, letGo } from '../../files/service.ts';
import { formInForce } from '../../order-forms/queries.ts';
import type { Db, Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { sendHint } from '../../platform/hints.ts';
import type { Vault } from '../../platform/vault.ts';
import { taxpayerOf } from '../../taxpayers/answers.ts';
import { takeNumber } from '../record/numbers.ts';
import type { OrderReader } from '../record/reader.ts';
import { storedTexts } from '../record/texts.ts';

/** Kinds that only their desk may read. */
export const confidentialOf = (kind: WorkOrderKind): WorkOrderDesk | null =>
  kind === 'complaint' || kind === 'report' ? kind : null;

export interface Saved {
  revision: number;
  number: string;
  savedAt: Date;
}

/** `revision` null: the first save; sent twice it is one. Throws NOT_FOUND, REFUSED, CHANGED. */
export async function saveDraft(
  reader: OrderReader,
  system: Db,
  id: string,
  revision: number | null,
  registration: Registration,
): Promise<Saved> {
  const { db, scope, caller } = reader;
  const unit = await reachableUnit(db, { scope }, registration.unitId);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  if (registration.categoryId) await requireCategory(db, unit.id, registration.categoryId);
  if (registration.parentId) await requireParent(db, registration.parentId);
  const columns = await columnsOf(reader, registration, revision === null);
  const form = await formInForce(system, unit.id, registration.kind);
  const attached = new Set([...registration.fileIds, ...(form ? attachedTo(form, registration.fields) : [])]);
  const savedAt = new Date();
  const number = revision === null ? await takeNumber(system, savedAt) : '';
  return db.transaction().execute(async (trx) => {
    const saved =
      revision === null
        ? await insert(trx, id, number, columns, savedAt)
        : await update(reader, trx, id, revision, columns);
    if (!saved) throw await whyNot(reader, trx, id);
    await keepFiles(trx, id, [...attached], caller.viewer.id);
    await sendHint(trx, { topic: 'work_orders', unitPath: unit.path });
    return { ...saved, savedAt };
  });
}

/** A draft has the files that the form shows. */
async function keepFiles(trx: Queryable, orderId: string, fileIds: readonly string[], by: string): Promise<void> {
  await letGo(trx, orderId, fileIds);
  if (fileIds.length > 0) await bindFiles(trx, { orderId, fileIds, by });
}

/** What was attached in fields of the form; what the fields have against them is said when the order is submitted. */
const attachedTo = (form: OrderForm, fields: Registration['fields']): string[] =>
  shownFields(form, fields).flatMap(({ field, value }) =>
    field.type === 'attachment' && Array.isArray(value) ? value : [],
  );

type Columns = Awaited<ReturnType<typeof columnsOf>>;

async function insert(trx: Queryable, id: string, number: string, { columns, registrar }: Columns, at: Date) {
  const made = await trx
    .insertInto('work_orders')
    .values({ ...columns, id, number, registered_by: registrar, created_at: at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning(['revision', 'number'])
    .executeTakeFirst();
  if (made) return made;
  // The answer to the first save never arrived: the page sends it again.
  return trx
    .updateTable('work_orders')
    .set(columns)
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .where('registered_by', '=', registrar)
    .where('revision', '=', 1)
    .returning(['revision', 'number'])
    .executeTakeFirst();
}

/** Messages that nobody has registered yet belong to everybody who may. */
async function update(
  { scope }: OrderReader,
  trx: Queryable,
  id: string,
  revision: number,
  { columns, registrar }: Columns,
) {
  const { source: _source, contact_id: contactId, ...rest } = columns;
  const contact = rest.anonymous ? null : sql<string | null>`coalesce(contact_id, ${contactId}::uuid)`;
  return trx
    .updateTable('work_orders')
    .set({ ...rest, contact_id: contact, registered_by: registrar, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .where('state', '=', 'draft')
    .where(sql<boolean>`unit_id in (${reachableUnits({ scope })})`)
    .where(sql<boolean>`(registered_by is null or registered_by = ${registrar})`)
    .returning(['revision', 'number'])
    .executeTakeFirst();
}

async function whyNot({ scope }: OrderReader, trx: Queryable, id: string) {
  const { rows } = await sql<{ state: string }>`select state from work_orders
    where id = ${id} and unit_id in (${reachableUnits({ scope })})`.execute(trx);
  const [found] = rows;
  if (!found) return refusal('NOT_FOUND', '没有找到工单');
  return found.state === 'draft' ? refusal('CHANGED') : refusal('REFUSED', '工单已提交，不能再修改登记内容');
}

async function requireCategory(db: Queryable, unitId: string, categoryId: string): Promise<void> {
  const { rows } =
    await sql`select from categories c join units above on above.id = c.unit_id join units own on own.path <@ above.path
    where c.id = ${categoryId} and own.id = ${unitId}`.execute(db);
  if (rows.length === 0) throw refusal('REFUSED', '所选业务类别不属于该机构，请重新选择');
}

/** Row-level security is the judge of who sees it. */
async function requireParent(db: Queryable, id: string): Promise<void> {
  const { rows } = await sql`select from work_orders where id = ${id} and state <> 'draft'`.execute(db);
  if (rows.length === 0) throw refusal('NOT_FOUND', '没有找到主工单');
}

/** The row of a registration; what isn't said stays as it is. Throws NOT_FOUND for a call out of sight that it is begun with. */
export async function columnsOf(reader: OrderReader, registration: Registration, isNew = true) {
  const { vault, caller } = reader;
  const { kind, contactId, anonymous, callerNumber, callerName, title, content, answer, fields } = registration;
  const confidential = confidentialOf(kind);
  // A message may be of a call that whoever registers it doesn't see.
  const call = contactId === null ? undefined : await callerOf(reader, contactId);
  if (isNew && contactId !== null && !call) throw refusal('NOT_FOUND', '没有找到通话');
  const columns = {
    ...{ unit_id: registration.unitId, kind, source: registration.source, category_id: registration.categoryId },
    ...{ urgency: registration.urgency, confidential, anonymous, region: registration.region, tags: registration.tags },
    ...{ reference: registration.reference, occurred_at: registration.occurredAt, parent_id: registration.parentId },
    // The call knows the number: whoever wants to be known to nobody has none.
    contact_id: anonymous || !call ? null : contactId,
    ...storedTexts(vault, { title, content, answer, fields }, confidential !== null),
    ...(anonymous ? noCaller : callerNumber === null ? asKept(call, isNew) : numberColumns(vault, callerNumber)),
    ...(anonymous || callerName === null ? (anonymous ? noName : {}) : nameColumns(vault, callerName)),
    ...(await taxpayerColumns(reader, registration)),
  };
  return { columns, registrar: caller.viewer.id };
}

const noName = { caller_name_sealed: null, caller_name_index: null };
const noCaller = { caller_sealed: null, caller_index: null, caller_tail: null };

async function callerOf({ db, caller }: OrderReader, contactId: string) {
  const { rows } = await sql<typeof noCaller>`select c.caller_sealed, c.caller_index, c.caller_tail from contacts c
    where c.id = ${contactId} and ${contactScope(caller)}`.execute(db);
  return rows[0];
}

/** At first as the call has it; later as it is stored, unless that was nothing because nobody was to be known. */
function asKept(call: typeof noCaller | undefined, isNew: boolean) {
  if (!call || isNew) return call ?? {};
  const kept = (column: keyof typeof noCaller) =>
    sql<null>`case when anonymous then ${call[column]}::bytea else ${sql.ref(column)} end`;
  return { caller_sealed: kept('caller_sealed'), caller_index: kept('caller_index'), caller_tail: kept('caller_tail') };
}

export function numberColumns(vault: Vault, number: string) {
  const { sealed, index, tail } = sealNumber(vault, number === '' ? ANONYMOUS : number);
  return { caller_sealed: sealed, caller_index: index, caller_tail: tail };
}

export function nameColumns(vault: Vault, name: string) {
  if (name === '') return noName;
  return { caller_name_sealed: vault.seal('name', name), caller_name_index: vault.index('name', name) };
}

/** As it was chosen, else as it was typed; what is known no more stays as it is stored. */
async function taxpayerColumns(reader: OrderReader, { taxpayer: ref, taxNumber, taxName }: Registration) {
  const { db, vault, scope } = reader;
  const chosen = ref && (await taxpayerOf({ db, vault, caller: { scope } }, ref));
  if (chosen) {
    const { creditCode, name } = chosen.taxpayer;
    return { tax_name: name, ...taxColumns(vault, creditCode) };
  }
  return { tax_name: taxName, ...(taxNumber === null ? {} : taxColumns(vault, taxNumber)) };
}

export function taxColumns(vault: Vault, number: string) {
  if (number === '') return { tax_sealed: null, tax_index: null };
  const upper = number.toUpperCase();
  return { tax_sealed: vault.seal('tax_number', upper), tax_index: vault.index('tax_number', upper) };
}
