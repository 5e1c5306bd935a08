/** Reading the ledger: call records, their timelines and recordings. */
import { type ContactDetail, type ContactSummary, RECORDINGS_PATH, RECORDINGS_REST_PATH } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Caller } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import type { Vault } from '../platform/vault.ts';
import { openNumber } from './caller-number.ts';
import { contactChain } from './chain.ts';
import { eventText } from './event-text.ts';
import { contactScope, type LedgerReader, ownOnly, unitsInReach } from './scope.ts';
import { matchingIds, type Search } from './search.ts';
import { type SummaryRow, summariesOf, summaryColumns, summaryTables, toSummary } from './summary.ts';
import { noTestCall } from './test-calls.ts';

/** Newest first (ids are time-ordered). */
export async function listContacts(
  reader: LedgerReader,
  search: Search & { limit: number },
): Promise<{ rows: ContactSummary[]; nextCursor: string | null }> {
  const { rows: found } = await summariesOf(matchingIds(reader, search, search.limit + 1)).execute(reader.db);
  const rows = found.slice(0, search.limit).map((row) => toSummary(reader.vault, row));
  return { rows, nextCursor: found.length > search.limit ? (rows.at(-1)?.id ?? null) : null };
}

/** Past contacts of the number that made this contact, as far as `db` shows them, newest first. */
export async function contactHistory(
  { db, vault }: { db: Db; vault: Vault },
  of: { callerNumber: string; except: string; limit: number },
): Promise<ContactSummary[]> {
  const indexes = vault.indexes('number', of.callerNumber);
  const ids = sql`select id from contacts c where caller_index = any(${indexes}::bytea[]) and id <> ${of.except} and ${noTestCall}
    order by id desc limit ${of.limit}`;
  const { rows } = await summariesOf(ids).execute(db);
  return rows.map((row) => toSummary(vault, row));
}

/** One contact with all that happened to it; null: none, or not for this viewer. */
export async function contactDetail(reader: LedgerReader, id: string): Promise<ContactDetail | null> {
  const { db, vault, caller } = reader;
  const found = await sql<SummaryRow & Pick<ContactDetail, 'calledName' | 'satisfactionReason' | 'sentBy'>>`
    select ${summaryColumns}, c.called_name as "calledName", c.satisfaction_reason as "satisfactionReason",
      case when c.from_unit_name <> '' or c.sent_by_name <> ''
        then json_build_object('unit', c.from_unit_name, 'person', c.sent_by_name, 'note', c.note) end as "sentBy"
    from ${summaryTables} where c.id = ${id} and ${contactScope(caller)}`.execute(db);
  const row = found.rows[0];
  if (!row) return null;
  const [events, legs, recordings, chain] = await Promise.all([
    contactEvents(db, id),
    contactLegs(db, id),
    contactRecordings(db, caller, id),
    contactChain(reader, id),
  ]);
  const may = (permission: 'recordings.play' | 'recordings.download' | 'personal.reveal') =>
    caller.viewer.permissions.includes(permission);
  const can = {
    play: may('recordings.play'),
    download: may('recordings.download'),
    reveal: may('personal.reveal') && row.caller !== null,
  };
  return { ...toSummary(vault, row), chain, events, legs, recordings, can };
}

/** The caller's whole number, with the unit it belongs to; null: no such contact for this viewer. */
export async function callerNumberOf(
  { db, vault, caller }: LedgerReader,
  id: string,
): Promise<{ number: string; unitId: string } | null> {
  const found = await sql<{ sealed: Buffer | null; unitId: string }>`
    select c.caller_sealed as sealed, c.unit_id as "unitId" from contacts c
    where c.id = ${id} and ${contactScope(caller)}`.execute(db);
  const row = found.rows[0];
  return row ? { number: openNumber(vault, row.sealed), unitId: row.unitId } : null;
}

async function contactEvents(db: Db, id: string): Promise<ContactDetail['events']> {
  const result = await sql<Omit<ContactDetail['events'][number], 'text'>>`
    select e.sequence, e.at, e.type, e.data,
      case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) end as person
    from contact_events e left join people p on p.id = e.person_id
    where e.contact_id = ${id} order by e.at, e.sequence`.execute(db);
  return result.rows.map((event) => ({ ...event, text: eventText(event.type, event.data, event.person) }));
}

/** An agent whom the viewer's scope doesn't reach. */
const ELSEWHERE = '其他中心坐席';

async function contactLegs(db: Db, id: string): Promise<ContactDetail['legs']> {
  const result = await sql<ContactDetail['legs'][number]>`
    select l.id, l.number, l.role, l.mode, l.state, l.outcome, l.offered_at as "offeredAt", l.ringing_at as "ringingAt",
      l.connected_at as "connectedAt", l.ended_at as "endedAt", l.hold_ms as "holdMs", l.wrap_up_ms as "wrapUpMs",
      l.result, k.name as "categoryName", l.remark,
      case when l.person_id is null then coalesce(nullif(l.party_name, ''), '外线') else coalesce(p.name, ${ELSEWHERE}) end as name,
      case when l.person_id is not null
        then json_build_object('id', l.person_id, 'name', coalesce(p.name, ${ELSEWHERE}), 'agentNumber', p.agent_number) end as person
    from contact_legs l left join people p on p.id = l.person_id left join categories k on k.id = l.category_id
    where l.contact_id = ${id} order by l.number`.execute(db);
  return result.rows;
}

async function contactRecordings(db: Db, { viewer }: Caller, id: string): Promise<ContactDetail['recordings']> {
  const path = viewer.kind === 'key' ? RECORDINGS_REST_PATH : RECORDINGS_PATH;
  const rows = await db
    .selectFrom('recordings')
    .select(['id', 'leg_id', 'kind', 'state', 'started_at', 'duration_ms', 'bytes'])
    .where('contact_id', '=', id)
    .orderBy('started_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    legId: row.leg_id,
    kind: row.kind,
    state: row.state,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    bytes: row.bytes,
    url: row.state === 'stored' ? `${path}/${row.id}` : null,
  }));
}

/** What the filter offers: units, agents and queues in reach; who sees only their own chooses nothing. */
export async function filterOptions({ db, caller }: LedgerReader) {
  if (ownOnly(caller.viewer)) return { units: [], agents: [], queues: [] };
  const reach = unitsInReach(caller);
  const [units, agents, queues] = await Promise.all([
    sql<{ id: string; name: string; path: string }>`
      select id, name, path::text from units where id in (${reach}) order by path limit 2000`.execute(db),
    sql<{ id: string; name: string; agentNumber: string | null }>`
      select id, name, agent_number as "agentNumber" from people
      where unit_id in (${reach}) and agent_number is not null order by agent_number limit 2000`.execute(db),
    sql<{ id: string; name: string }>`
      select id, name from queues where unit_id in (${reach}) order by name limit 2000`.execute(db),
  ]);
  return { units: units.rows, agents: agents.rows, queues: queues.rows };
}
