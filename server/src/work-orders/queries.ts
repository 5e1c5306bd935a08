/** Reading work orders: those of the centre's colleagues together, and whatever else lies in the viewer's scope. */
import {
  type Permission,
  RECORDINGS_PATH,
  type Recording,
  type VoicemailScene,
  WORK_ORDER_COUNT_LIMIT,
  type WorkOrder,
  type WorkOrderDetail,
  type WorkOrderFilter,
} from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { personJson, reachableUnits, reachableWithin, unitJson } from '../centres/reach.ts';
import { openNumber } from '../contacts/caller-number.ts';
import { callsBack } from '../contacts/lost.ts';
import type { Caller } from '../platform/api.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { firstIdAt } from '../platform/ids.ts';
import { maskNumber } from '../platform/masking.ts';
import type { RowScope } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';

/** Who reads, and through what: `db` and `scope` are of `sharedScope`. */
export interface OrderReader {
  db: Db;
  vault: Vault;
  caller: Caller;
  scope: RowScope;
}

export type OrderSearch = WorkOrderFilter & { cursor?: string | undefined };

type Sealed = { title: Buffer; caller: Buffer | null; recordingState: Recording['state'] | null };
type Row = Omit<WorkOrder, 'title' | 'callerNumber' | 'recording' | 'can'> &
  Sealed & { recordingId: string | null; startedAt: Date; durationMs: number | null; bytes: number | null };

const columns = sql`w.id, w.number, ${unitJson('u')} as unit, w.source, w.state, w.title_sealed as title, w.caller_sealed as caller,
  w.contact_id as "contactId", w.scene, w.created_at as "createdAt", ${personJson('w.assigned_to', 'a')} as "assignedTo",
  w.assigned_at as "assignedAt", ${personJson('w.handled_by', 'h')} as "handledBy", w.handled_at as "handledAt", w.outcome, w.revision,
  r.id as "recordingId", r.state as "recordingState", r.started_at as "startedAt", r.duration_ms as "durationMs", r.bytes,
  tried.count as attempts, tried.last as "lastAttemptAt"`;
const tables = sql`work_orders w join units u on u.id = w.unit_id left join recordings r on r.id = w.recording_id
  left join people a on a.id = w.assigned_to left join people h on h.id = w.handled_by
  left join lateral (select count(*)::int as count, max(c.arrived_at) as last from contacts c
    where c.previous_id = w.contact_id and c.direction = 'outbound') tried on true`;

const may = ({ viewer }: Caller, permission: Permission) => viewer.permissions.includes(permission);

/** Newest first. */
export async function listOrders(
  reader: OrderReader,
  { limit, ...search }: OrderSearch & { limit: number },
): Promise<{ rows: WorkOrder[]; nextCursor: string | null }> {
  const where = sql.join(conditions(reader, search), sql` and `);
  const { rows } = await sql<Row>`select ${columns} from ${tables} where ${where}
    order by w.id desc limit ${limit + 1}`.execute(reader.db);
  const shownRows = rows.slice(0, limit).map((row) => shown(reader, row));
  return { rows: shownRows, nextCursor: rows.length > limit ? (shownRows.at(-1)?.id ?? null) : null };
}

function conditions({ vault, scope }: OrderReader, search: OrderSearch): RawBuilder<unknown>[] {
  const list: RawBuilder<unknown>[] = [sql`w.unit_id in (${reachableWithin({ scope }, search.unitId)})`];
  if (search.from) list.push(sql`w.id >= ${firstIdAt(search.from)}::uuid`);
  if (search.to) list.push(sql`w.id < ${firstIdAt(search.to)}::uuid`);
  if (search.cursor) list.push(sql`w.id < ${search.cursor}::uuid`);
  if (search.states?.length) list.push(sql`w.state = any(${search.states as string[]})`);
  if (search.sources?.length) list.push(sql`w.source = any(${search.sources as string[]})`);
  if (search.scenes?.length) list.push(sql`w.scene = any(${search.scenes as VoicemailScene[]})`);
  if (search.assignedTo === 'nobody') list.push(sql`w.assigned_to is null`);
  else if (search.assignedTo) list.push(sql`w.assigned_to = ${search.assignedTo}`);
  if (search.number?.length === 4)
    list.push(sql`w.caller_tail = any(${vault.tails('number', search.number)}::bytea[])`);
  else if (search.number) list.push(sql`w.caller_index = any(${vault.indexes('number', search.number)}::bytea[])`);
  return list;
}

export async function countOrders({ db, caller, scope }: OrderReader, unitId: string | undefined) {
  const { rows } = await sql<{ draft: number; mine: number; unassigned: number }>`
    select count(*)::int as draft, count(*) filter (where assigned_to = ${caller.viewer.id})::int as mine,
      count(*) filter (where assigned_to is null)::int as unassigned
    from (select w.assigned_to from work_orders w
      where w.state = 'draft' and w.unit_id in (${reachableWithin({ scope }, unitId)})
      order by w.id limit ${WORK_ORDER_COUNT_LIMIT}) drafts`.execute(db);
  return rows[0] ?? { draft: 0, mine: 0, unassigned: 0 };
}

/** Throws NOT_FOUND. `db` may be a transaction. */
export async function orderInReach(reader: OrderReader, id: string, db: Queryable = reader.db): Promise<WorkOrder> {
  return shown(reader, await rowInReach(reader, id, db));
}

/** With the caller's whole number beside it. */
export async function orderWithNumber(
  reader: OrderReader,
  id: string,
): Promise<{ order: WorkOrder; callerNumber: string }> {
  const row = await rowInReach(reader, id, reader.db);
  return { order: shown(reader, row), callerNumber: openNumber(reader.vault, row.caller) };
}

/** With what was written down, and every call back. */
export async function orderDetail(reader: OrderReader, id: string): Promise<WorkOrderDetail> {
  const { db, vault } = reader;
  const row = await rowInReach(reader, id, db);
  const [{ content_sealed: content }, calls] = await Promise.all([
    db.selectFrom('work_orders').select('content_sealed').where('id', '=', id).executeTakeFirstOrThrow(),
    callsBack(db, sql`c.previous_id = ${row.contactId} and c.direction = 'outbound'`),
  ]);
  return { ...shown(reader, row), content: vault.open('work_order', content), calls };
}

async function rowInReach({ scope }: OrderReader, id: string, db: Queryable): Promise<Row> {
  const { rows } = await sql<Row>`select ${columns} from ${tables}
    where w.id = ${id} and w.unit_id in (${reachableUnits({ scope })})`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到工单');
  return rows[0];
}

function shown({ vault, caller }: OrderReader, row: Row): WorkOrder {
  const { title, caller: sealed, recordingId, recordingState, startedAt, durationMs, bytes, ...rest } = row;
  const handles = may(caller, 'work_orders.handle');
  const open = row.state === 'draft';
  const url = recordingState === 'stored' ? `${RECORDINGS_PATH}/${recordingId}` : null;
  return {
    ...rest,
    title: vault.open('work_order', title),
    callerNumber: maskNumber(openNumber(vault, sealed)),
    recording:
      recordingId && recordingState
        ? { id: recordingId, legId: null, kind: 'voicemail', state: recordingState, startedAt, durationMs, bytes, url }
        : null,
    can: {
      call: open && sealed !== null && may(caller, 'calls.dial'),
      handle: open && handles,
      reopen: !open && handles,
      play: may(caller, 'recordings.play'),
      reveal: sealed !== null && may(caller, 'personal.reveal'),
    },
  };
}
