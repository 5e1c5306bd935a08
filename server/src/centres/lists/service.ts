/** Entries of the black and white lists: reading and changing. Numbers are sealed at rest and masked in answers. */
import type { ListEntry, ListKind, UnitRef } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Caller } from '../../platform/api.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { maskNumber } from '../../platform/masking.ts';
import type { Vault } from '../../platform/vault.ts';
import { reachableUnit, reachableUnits, reachableWithin, unitJson } from '../reach.ts';
import { listedForm } from './admission.ts';

/** Who reads and changes the lists, and through what. `db` is of the viewer's scope. */
export interface ListEditor {
  db: Queryable;
  vault: Vault;
  caller: Caller;
}

export interface EntrySearch {
  kind?: ListKind | undefined;
  unitId?: string | undefined;
  /** The whole number, or its last four digits. */
  number?: string | undefined;
  expired?: boolean | undefined;
  /** Id of the last entry of the page before. */
  cursor?: string | undefined;
  limit: number;
}

interface Terms {
  reason: string;
  expiresAt: Date | null;
}

type Row = Omit<ListEntry, 'number' | 'can'> & { sealed: Buffer };

const columns = sql`e.id, e.kind, ${unitJson('u')} as unit, e.number_sealed as sealed, e.reason, e.expires_at as "expiresAt",
  e.created_at as "createdAt", e.created_by as "createdBy", coalesce(e.expires_at > now(), true) as active`;
const tables = sql`list_entries e join units u on u.id = e.unit_id`;

/** Newest first (ids are time-ordered). */
export async function listEntries(editor: ListEditor, search: EntrySearch) {
  const { kind, unitId, number, expired, cursor, limit } = search;
  const conditions = [
    sql`e.unit_id in (${reachableWithin(editor.caller, unitId)})`,
    ...(kind ? [sql`e.kind = ${kind}`] : []),
    ...(number ? [numberCondition(editor.vault, number)] : []),
    ...(expired === undefined ? [] : [sql`coalesce(e.expires_at <= now(), false) = ${expired}`]),
    ...(cursor ? [sql`e.id < ${cursor}`] : []),
  ];
  const { rows } = await sql<Row>`select ${columns} from ${tables} where ${sql.join(conditions, sql` and `)}
    order by e.id desc limit ${limit + 1}`.execute(editor.db);
  const page = rows.slice(0, limit);
  return {
    rows: page.map((row) => shown(editor, row)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function numberCondition(vault: Vault, number: string) {
  if (number.length === 4) return sql`e.number_tail = any(${vault.tails('number', number)}::bytea[])`;
  return sql`e.number_index = any(${vault.indexes('number', listedForm(number))}::bytea[])`;
}

/** Throws NOT_FOUND for units out of reach, TAKEN for a number that the list has already. */
export async function addEntry(
  editor: ListEditor,
  { kind, unitId, number: typed, reason, expiresAt }: Terms & { kind: ListKind; unitId: string; number: string },
): Promise<ListEntry> {
  const { db, vault, caller } = editor;
  const unit = await reachableUnit(db, caller, unitId);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  if (expiresAt && expiresAt <= new Date()) throw refusal('BAD_REQUEST', '有效期须晚于现在');
  const number = listedForm(typed);
  await refuseListed(editor, unit, kind, number);
  const id = newId();
  await db
    .insertInto('list_entries')
    .values({
      ...{ id, kind, reason, unit_id: unit.id, expires_at: expiresAt, created_by: caller.viewer.name },
      number_sealed: vault.seal('number', number),
      number_index: vault.index('number', number),
      number_tail: vault.tail('number', number),
    })
    .execute();
  return (await entryInReach(editor, id)).entry;
}

/** While the data key changes, one number has several indexes: the database's own constraint sees only the newest. */
async function refuseListed({ db, vault }: ListEditor, unit: UnitRef, kind: ListKind, number: string): Promise<void> {
  const found = await db
    .selectFrom('list_entries')
    .select('expires_at')
    .where('unit_id', '=', unit.id)
    .where('kind', '=', kind)
    .where('number_index', 'in', vault.indexes('number', number))
    .executeTakeFirst();
  if (!found) return;
  throw found.expires_at && found.expires_at <= new Date()
    ? refusal('TAKEN', '该号码已在名单中但已到期，请修改其有效期')
    : alreadyListed();
}

export const alreadyListed = () => refusal('TAKEN', '该号码已在本机构的名单中');

export async function changeEntry(
  editor: ListEditor,
  { id, reason, expiresAt }: Terms & { id: string },
): Promise<{ before: ListEntry; after: ListEntry }> {
  const { entry: before } = await entryInReach(editor, id, true);
  await editor.db.updateTable('list_entries').set({ reason, expires_at: expiresAt }).where('id', '=', id).execute();
  return { before, after: (await entryInReach(editor, id)).entry };
}

export async function removeEntry(editor: ListEditor, id: string): Promise<ListEntry> {
  const { entry } = await entryInReach(editor, id, true);
  await editor.db.deleteFrom('list_entries').where('id', '=', id).execute();
  return entry;
}

/** One entry and its whole number, when it lies in reach. Throws NOT_FOUND. */
export async function entryInReach(
  editor: ListEditor,
  id: string,
  lock = false,
): Promise<{ entry: ListEntry; number: string }> {
  const { db, vault, caller } = editor;
  const { rows } = await sql<Row>`select ${columns} from ${tables}
    where e.id = ${id} and e.unit_id in (${reachableUnits(caller)}) ${lock ? sql`for update of e` : sql``}`.execute(db);
  const [row] = rows;
  if (!row) throw refusal('NOT_FOUND');
  return { entry: shown(editor, row), number: vault.open('number', row.sealed) };
}

/** As the audit log tells it. */
export const entryTold = ({ kind, unit, number, reason, expiresAt }: ListEntry) => ({
  ...{ kind, number, reason },
  unit: unit.name,
  expiresAt: expiresAt?.toISOString() ?? null,
});

function shown({ vault, caller }: ListEditor, { sealed, ...row }: Row): ListEntry {
  const may = (permission: 'lists.manage' | 'personal.reveal') => caller.viewer.permissions.includes(permission);
  const can = { change: may('lists.manage'), reveal: may('personal.reveal') };
  return { ...row, number: maskNumber(vault.open('number', sealed)), can };
}
