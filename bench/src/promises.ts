/** What routing promises, held against the ledger afterwards: never two calls to one agent, no idle agent beside a waiting caller. */
import { openDb } from '@rexian/server/platform/db.ts';
import { sql } from 'kysely';

/** An agent who becomes ready and a caller who waits find each other within this time; shorter meetings are the finding itself. */
const MEETING_MS = 250;

export interface Promises {
  /** Pairs of an agent's parts in different calls that overlap, and of two offers of one call. */
  doubleAssigned: number;
  /** Callers who waited while an agent of their queue was ready for longer than it takes to find each other. */
  idleWhileWaiting: number;
  /** Some of them, for people. */
  examples: string[];
}

export async function brokenPromises(databaseUrl: string): Promise<Promises> {
  const { db, close } = openDb(databaseUrl, { max: 1, statementTimeoutMs: 60_000 });
  try {
    const double = await sql<{ login: string; first: string; second: string }>`
      select coalesce(p.login, '') as login, a.contact_id as first, b.contact_id as second
      from contact_legs a join contact_legs b on b.id > a.id
        and (b.session_id = a.session_id or (b.contact_id = a.contact_id and a.role = 'lead' and b.role = 'lead'))
        and b.offered_at < coalesce(a.ended_at, 'infinity') and a.offered_at < coalesce(b.ended_at, 'infinity')
      left join people p on p.id = a.person_id`.execute(db);
    const idle = await sql<{ contact: string; login: string; ms: number }>`
      with waits as (
        select c.id, c.queue_id, c.queued_at as since, coalesce(min(l.offered_at), c.ended_at) as until
        from contacts c left join contact_legs l on l.contact_id = c.id
        where c.queued_at is not null group by c.id),
      idle as (
        select person_id, at - make_interval(secs => from_ms / 1000.0) as since, at as until
        from agent_events where from_state = 'ready' and from_ms > ${MEETING_MS}),
      met as (
        select w.id, i.person_id, extract(epoch from (least(w.until, i.until) - greatest(w.since, i.since))) * 1000 as ms
        from waits w join queue_members m on m.queue_id = w.queue_id
          join idle i on i.person_id = m.person_id and i.since < w.until and i.until > w.since
        where w.until - w.since > make_interval(secs => ${MEETING_MS} / 1000.0))
      select distinct on (met.id) met.id as contact, p.login, round(met.ms)::int as ms
      from met join people p on p.id = met.person_id where met.ms > ${MEETING_MS} order by met.id, met.ms desc`.execute(
      db,
    );
    return {
      doubleAssigned: double.rows.length,
      idleWhileWaiting: idle.rows.length,
      examples: [
        ...double.rows.slice(0, 5).map((row) => `two at once: ${row.login} ${row.first} ${row.second}`),
        ...idle.rows.slice(0, 5).map((row) => `${row.contact} waited ${row.ms} ms beside ${row.login}`),
      ],
    };
  } finally {
    await close();
  }
}
