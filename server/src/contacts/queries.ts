/** Reading the ledger: call records, their timelines and recordings. */
import type { ContactDetail, ContactFilter, ContactSummary, Viewer } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { eventText } from './event-text.ts';
import { contactScope } from './scope.ts';

const summaryColumns = sql`
  c.id, c.state, c.caller_number as "callerNumber", c.called_number as "calledNumber",
  json_build_object('id', u.id, 'name', u.name, 'path', u.path::text) as unit,
  case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end as queue,
  case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) end as agent,
  c.arrived_at as "arrivedAt", c.connected_at as "connectedAt", c.ended_at as "endedAt", c.flow_ms as "flowMs",
  c.waiting_ms as "waitingMs", c.ringing_ms as "ringingMs", c.talking_ms as "talkingMs", c.hold_ms as "holdMs",
  c.wrap_up_ms as "wrapUpMs", c.end_reason as "endReason", c.ended_by as "endedBy", c.result,
  k.name as "categoryName", c.recorded`;
const summaryTables = sql`
  contacts c join units u on u.path = c.unit_path left join queues q on q.id = c.queue_id
  left join people p on p.id = c.agent_id left join categories k on k.id = c.category_id`;

function conditions(filter: ContactFilter & { cursor?: string | undefined }): RawBuilder<unknown>[] {
  const list: RawBuilder<unknown>[] = [];
  if (filter.from) list.push(sql`c.arrived_at >= ${filter.from}`);
  if (filter.to) list.push(sql`c.arrived_at < ${filter.to}`);
  if (filter.number) {
    const part = `%${filter.number}%`;
    list.push(sql`(c.caller_number like ${part} or c.called_number like ${part})`);
  }
  if (filter.agentId)
    list.push(sql`exists (select from contact_legs l where l.contact_id = c.id and l.person_id = ${filter.agentId})`);
  if (filter.unitId) list.push(sql`c.unit_path <@ (select path from units where id = ${filter.unitId})`);
  if (filter.queueId) list.push(sql`c.queue_id = ${filter.queueId}`);
  if (filter.endReasons?.length) list.push(sql`c.end_reason = any(${filter.endReasons as string[]})`);
  if (filter.states?.length) list.push(sql`c.state = any(${filter.states as string[]})`);
  if (filter.cursor) list.push(sql`c.id < ${filter.cursor}`);
  return list;
}

/** Newest first (ids are time-ordered). */
export async function listContacts(
  db: Db,
  viewer: Viewer,
  filter: ContactFilter & { cursor?: string | undefined; limit: number },
): Promise<{ rows: ContactSummary[]; nextCursor: string | null }> {
  const where = sql.join([contactScope(viewer), ...conditions(filter)], sql` and `);
  const result = await sql<ContactSummary>`
    select ${summaryColumns} from ${summaryTables} where ${where} order by c.id desc limit ${filter.limit + 1}`.execute(
    db,
  );
  const rows = result.rows.slice(0, filter.limit);
  return { rows, nextCursor: result.rows.length > filter.limit ? (rows.at(-1)?.id ?? null) : null };
}

/** Past contacts of a number within a unit's tree, newest first. */
export async function contactHistory(
  db: Db,
  of: { callerNumber: string; unitPath: string; except: string; limit: number },
): Promise<ContactSummary[]> {
  const result = await sql<ContactSummary>`
    select ${summaryColumns} from ${summaryTables}
    where c.caller_number = ${of.callerNumber} and c.unit_path <@ ${of.unitPath}::ltree and c.id <> ${of.except}
    order by c.id desc limit ${of.limit}`.execute(db);
  return result.rows;
}

/** One contact with all that happened to it; null: none, or not for this viewer. */
export async function contactDetail(db: Db, viewer: Viewer, id: string): Promise<ContactDetail | null> {
  const found = await sql<ContactSummary & { calledName: string }>`
    select ${summaryColumns}, c.called_name as "calledName" from ${summaryTables}
    where c.id = ${id} and ${contactScope(viewer)}`.execute(db);
  const summary = found.rows[0];
  if (!summary) return null;
  const [events, legs, recordings] = await Promise.all([
    contactEvents(db, id),
    contactLegs(db, id),
    contactRecordings(db, id),
  ]);
  const can = {
    play: viewer.permissions.includes('recordings.play'),
    download: viewer.permissions.includes('recordings.download'),
  };
  return { ...summary, events, legs, recordings, can };
}

async function contactEvents(db: Db, id: string): Promise<ContactDetail['events']> {
  const result = await sql<Omit<ContactDetail['events'][number], 'text'>>`
    select e.sequence, e.at, e.type, e.data,
      case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) end as person
    from contact_events e left join people p on p.id = e.person_id
    where e.contact_id = ${id} order by e.at, e.sequence`.execute(db);
  return result.rows.map((event) => ({ ...event, text: eventText(event.type, event.data, event.person) }));
}

async function contactLegs(db: Db, id: string): Promise<ContactDetail['legs']> {
  const result = await sql<ContactDetail['legs'][number]>`
    select l.id, l.number, l.state, l.outcome, l.offered_at as "offeredAt", l.ringing_at as "ringingAt",
      l.connected_at as "connectedAt", l.ended_at as "endedAt", l.hold_ms as "holdMs", l.wrap_up_ms as "wrapUpMs",
      l.result, k.name as "categoryName", l.remark,
      json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) as person
    from contact_legs l join people p on p.id = l.person_id left join categories k on k.id = l.category_id
    where l.contact_id = ${id} order by l.number`.execute(db);
  return result.rows;
}

async function contactRecordings(db: Db, id: string): Promise<ContactDetail['recordings']> {
  const rows = await db
    .selectFrom('recordings')
    .select(['id', 'leg_id', 'state', 'started_at', 'duration_ms', 'bytes'])
    .where('contact_id', '=', id)
    .orderBy('started_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    legId: row.leg_id,
    state: row.state,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    bytes: row.bytes,
    url: row.state === 'stored' ? `/media/recordings/${row.id}` : null,
  }));
}

export async function filterOptions(db: Db, viewer: Viewer) {
  const path = viewer.unit.path;
  const [units, agents, queues] = await Promise.all([
    sql<{ id: string; name: string; path: string }>`
      select id, name, path::text from units where path <@ ${path}::ltree order by path`.execute(db),
    sql<{ id: string; name: string; agentNumber: string | null }>`
      select id, name, agent_number as "agentNumber" from people
      where unit_path <@ ${path}::ltree and agent_number is not null order by agent_number`.execute(db),
    sql<{ id: string; name: string }>`
      select id, name from queues where unit_path <@ ${path}::ltree order by name`.execute(db),
  ]);
  return { units: units.rows, agents: agents.rows, queues: queues.rows };
}
