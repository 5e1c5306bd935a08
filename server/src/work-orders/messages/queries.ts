/** Reading 留言工单: those of the centre's colleagues together, and whatever else lies in the viewer's scope. */
import {
  MESSAGE_COUNT_LIMIT,
  type Message,
  type MessageDetail,
  type MessageFilter,
  type Permission,
  RECORDINGS_PATH,
  type Recording,
  type VoicemailScene,
} from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { personJson, reachableUnits, reachableWithin, unitJson } from '../../centres/reach.ts';
import { openNumber } from '../../contacts/caller-number.ts';
import { callsBack } from '../../contacts/lost.ts';
import type { Caller } from '../../platform/api.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { firstIdAt } from '../../platform/ids.ts';
import { maskNumber } from '../../platform/masking.ts';
import type { OrderReader } from '../record/reader.ts';
import { openTexts, type StoredTexts, textColumns } from '../record/texts.ts';

export type MessageSearch = MessageFilter & { cursor?: string | undefined };

type Sealed = StoredTexts & { caller: Buffer | null; recordingState: Recording['state'] | null };
type Row = Omit<Message, 'title' | 'callerNumber' | 'recording' | 'can'> &
  Sealed & { recordingId: string | null; startedAt: Date; durationMs: number | null; bytes: number | null };

const columns = sql`w.id, w.number, ${unitJson('u')} as unit, w.source, w.state, ${textColumns('w')}, w.caller_sealed as caller,
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
export async function listMessages(
  reader: OrderReader,
  { limit, ...search }: MessageSearch & { limit: number },
): Promise<{ rows: Message[]; nextCursor: string | null }> {
  const where = sql.join(conditions(reader, search), sql` and `);
  const { rows } = await sql<Row>`select ${columns} from ${tables} where ${where}
    order by w.id desc limit ${limit + 1}`.execute(reader.db);
  const shownRows = rows.slice(0, limit).map((row) => shown(reader, row));
  return { rows: shownRows, nextCursor: rows.length > limit ? (shownRows.at(-1)?.id ?? null) : null };
}

function conditions({ vault, scope }: OrderReader, search: MessageSearch): RawBuilder<unknown>[] {
  const list: RawBuilder<unknown>[] = [
    sql`w.node is not null and w.unit_id in (${reachableWithin({ scope }, search.unitId)})`,
  ];
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

export async function countMessages({ db, caller, scope }: OrderReader, unitId: string | undefined) {
  const { rows } = await sql<{ draft: number; mine: number; unassigned: number }>`
    select count(*)::int as draft, count(*) filter (where assigned_to = ${caller.viewer.id})::int as mine,
      count(*) filter (where assigned_to is null)::int as unassigned
    from (select w.assigned_to from work_orders w
      where w.state = 'draft' and w.node is not null and w.unit_id in (${reachableWithin({ scope }, unitId)})
      order by w.id limit ${MESSAGE_COUNT_LIMIT}) drafts`.execute(db);
  return rows[0] ?? { draft: 0, mine: 0, unassigned: 0 };
}

/** Throws NOT_FOUND. `db` may be a transaction. */
export async function messageInReach(reader: OrderReader, id: string, db: Queryable = reader.db): Promise<Message> {
  return shown(reader, await rowInReach(reader, id, db));
}

/** With the caller's whole number beside it. */
export async function messageWithNumber(
  reader: OrderReader,
  id: string,
): Promise<{ message: Message; callerNumber: string }> {
  const row = await rowInReach(reader, id, reader.db);
  return { message: shown(reader, row), callerNumber: openNumber(reader.vault, row.caller) };
}

/** With what was written down, and every call back. */
export async function messageDetail(reader: OrderReader, id: string): Promise<MessageDetail> {
  const { db, vault } = reader;
  const row = await rowInReach(reader, id, db);
  const calls = await callsBack(db, sql`c.previous_id = ${row.contactId} and c.direction = 'outbound'`);
  return { ...shown(reader, row), content: openTexts(vault, row).content, calls };
}

async function rowInReach({ scope }: OrderReader, id: string, db: Queryable): Promise<Row> {
  const { rows } = await sql<Row>`select ${columns} from ${tables}
    where w.id = ${id} and w.unit_id in (${reachableUnits({ scope })})`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到工单');
  return rows[0];
}

function shown({ vault, caller }: OrderReader, row: Row): Message {
  const {
    title: _,
    content: _c,
    answer,
    fields,
    textsSealed,
    caller: sealed,
    recordingId,
    recordingState,
    startedAt,
    durationMs,
    bytes,
    ...rest
  } = row;
  const handles = may(caller, 'work_orders.handle');
  const open = row.state === 'draft';
  const url = recordingState === 'stored' ? `${RECORDINGS_PATH}/${recordingId}` : null;
  return {
    ...rest,
    title: openTexts(vault, row).title,
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
