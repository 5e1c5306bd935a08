/** Reading the lost calls: a leader's of the units in reach, an agent's those assigned to them. */
import type { LostCall, LostCallAttempt, LostCallFilter, Permission } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { personJson, unitJson } from '../centres/reach.ts';
import { openNumber } from '../contacts/caller-number.ts';
import { callsBack } from '../contacts/lost.ts';
import { type LedgerReader, unitsOf } from '../contacts/scope.ts';
import type { Caller } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';

export type LostCallSearch = LostCallFilter & { cursor?: string | undefined };

interface Row extends Omit<LostCall, 'callerNumber' | 'can'> {
  caller: Buffer | null;
}

const columns = sql`l.id, ${unitJson('u')} as unit, l.day::text as day, l.caller_sealed as caller,
  case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end as queue,
  l.first_at as "firstAt", l.last_at as "lastAt", l.calls, c.id as "contactId", l.end_reason as "endReason", l.state,
  ${personJson('l.assigned_to', 'a')} as "assignedTo", l.assigned_at as "assignedAt", l.attempts,
  l.last_attempt_at as "lastAttemptAt", l.closed_at as "closedAt", ${personJson('l.closed_by', 'b')} as "closedBy", l.remark`;
const tables = sql`lost_calls l join units u on u.id = l.unit_id left join queues q on q.id = l.queue_id
  left join contacts c on c.id = l.contact_id left join people a on a.id = l.assigned_to left join people b on b.id = l.closed_by`;

const may = ({ viewer }: Caller, permission: Permission) => viewer.permissions.includes(permission);

/** Rows of `lost_calls l` that the viewer may see. Who withheld the number is only counted (figures.ts). */
function inReach(caller: Caller): RawBuilder<unknown> {
  const mine = sql`l.assigned_to = ${caller.viewer.id}`;
  const seen = may(caller, 'lost_calls.read') ? sql`(l.unit_id = any(${unitsOf(caller)}) or ${mine})` : mine;
  return sql`${seen} and l.caller_index is not null`;
}

/** Newest loss first. */
export async function listLostCalls(reader: LedgerReader, search: LostCallSearch & { limit: number }) {
  const rows = await found(reader, search, search.limit + 1);
  const page = rows.slice(0, search.limit);
  const last = page.at(-1);
  const more = rows.length > search.limit && last !== undefined;
  return { rows: page.map((row) => shown(reader, row)), nextCursor: more ? writeCursor(last) : null };
}

/** The rows with their numbers as they are stored, for those who may write them into a file. */
export async function lostCallsToExport(reader: LedgerReader, filter: LostCallFilter, clear: boolean, most: number) {
  const rows = await found(reader, filter, most);
  return rows.map((row) => ({
    ...shown(reader, row),
    ...(clear ? { callerNumber: openNumber(reader.vault, row.caller) } : {}),
  }));
}

async function found(reader: LedgerReader, search: LostCallSearch, limit: number): Promise<Row[]> {
  const where = sql.join([inReach(reader.caller), ...conditions(reader, search)], sql` and `);
  const { rows } = await sql<Row>`select ${columns} from ${tables} where ${where}
    order by l.last_at desc, l.id desc limit ${limit}`.execute(reader.db);
  return rows;
}

function conditions({ vault, caller }: LedgerReader, search: LostCallSearch): RawBuilder<unknown>[] {
  const list: RawBuilder<unknown>[] = [];
  if (search.from) list.push(sql`l.day >= ${search.from}::date`);
  if (search.to) list.push(sql`l.day <= ${search.to}::date`);
  if (search.states?.length) list.push(sql`l.state = any(${search.states as string[]})`);
  if (search.queueId) list.push(sql`l.queue_id = ${search.queueId}`);
  if (search.mine) list.push(sql`l.assigned_to = ${caller.viewer.id}`);
  if (search.assignedTo) list.push(sql`l.assigned_to = ${search.assignedTo}`);
  if (search.number) list.push(numberCondition(vault, search.number));
  if (search.unitId)
    list.push(sql`l.unit_id in (
      select below.id from units below join units top on below.path <@ top.path where top.id = ${search.unitId})`);
  if (search.cursor) {
    const { at, id } = readCursor(search.cursor);
    list.push(sql`(l.last_at, l.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return list;
}

function numberCondition(vault: Vault, number: string) {
  return number.length === 4
    ? sql`l.caller_tail = any(${vault.tails('number', number)}::bytea[])`
    : sql`l.caller_index = any(${vault.indexes('number', number)}::bytea[])`;
}

const CURSOR = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const writeCursor = ({ lastAt, id }: Row) => `${lastAt.getTime()}_${id}`;

function readCursor(cursor: string): { at: Date; id: string } {
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (!at || !id) throw refusal('BAD_REQUEST');
  return { at: new Date(Number(at)), id };
}

/** One lost call and its caller's whole number. Throws NOT_FOUND. */
export async function lostCallInReach(reader: LedgerReader, id: string): Promise<{ call: LostCall; number: string }> {
  const { rows } = await sql<Row>`select ${columns} from ${tables}
    where l.id = ${id} and ${inReach(reader.caller)}`.execute(reader.db);
  const [row] = rows;
  if (!row) throw refusal('NOT_FOUND');
  return { call: shown(reader, row), number: openNumber(reader.vault, row.caller) };
}

/** Calls back to this caller, newest first, as far as `db` shows them. */
export async function attemptsOf(reader: LedgerReader, id: string): Promise<LostCallAttempt[]> {
  const { call } = await lostCallInReach(reader, id);
  const own = sql`c.id = ${call.contactId} and c.direction = 'outbound'`;
  return callsBack(reader.db, sql`c.lost_call_id = ${id} or (${own})`);
}

function shown({ vault, caller }: LedgerReader, { caller: sealed, ...row }: Row): LostCall {
  const open = row.closedAt === null;
  const mine = row.assignedTo?.id === caller.viewer.id;
  const manages = may(caller, 'lost_calls.manage');
  return {
    ...row,
    callerNumber: maskNumber(openNumber(vault, sealed)),
    can: {
      call: open && may(caller, 'calls.dial'),
      assign: open && manages,
      close: open && (manages || mine),
      reveal: may(caller, 'personal.reveal'),
    },
  };
}
