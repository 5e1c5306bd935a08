/** An agent's day in figures, and how many callers wait for whom. */
import type { Desk } from '@rexian/contracts';
import { sql } from 'kysely';
import { noTestCall } from '../contacts/test-calls.ts';
import { dayStart } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';

export async function todaysFigures(db: Db, personId: string): Promise<Desk['today']> {
  const start = dayStart(new Date());
  const [legs, states] = await Promise.all([
    sql<{ answered: number; not_answered: number; talking_ms: number }>`
      select count(*) filter (where l.connected_at is not null)::int as answered,
        count(*) filter (where outcome in ('no_answer', 'rejected', 'unreachable'))::int as not_answered,
        coalesce(sum(extract(epoch from (coalesce(l.ended_at, now()) - l.connected_at)) * 1000), 0)::bigint as talking_ms
      from contact_legs l join contacts c on c.id = l.contact_id and ${noTestCall}
      where l.person_id = ${personId} and l.offered_at >= ${start} and l.role <> 'supervisor'`.execute(db),
    sql<{ state: string; ms: number }>`
      select state, sum(ms)::bigint as ms from (
        select from_state as state, from_ms as ms from agent_events
        where person_id = ${personId} and at >= ${start} and from_state is not null
        union all
        select state, greatest(0, extract(epoch from (now() - state_since)) * 1000) from agent_sessions
        where person_id = ${personId} and signed_out_at is null) spent
      group by state`.execute(db),
  ]);
  const spent = (state: string) => Math.round(states.rows.find((row) => row.state === state)?.ms ?? 0);
  const { answered = 0, not_answered = 0, talking_ms = 0 } = legs.rows[0] ?? {};
  return {
    answered,
    notAnswered: not_answered,
    talkingMs: talking_ms,
    averageTalkingMs: answered > 0 ? Math.round(talking_ms / answered) : 0,
    wrapUpMs: spent('wrap_up'),
    readyMs: spent('ready'),
    notReadyMs: spent('not_ready'),
  };
}

export async function waitingCalls(db: Db, personId: string): Promise<number> {
  const result = await sql<{ waiting: number }>`
    select count(*)::int as waiting from contacts c join queue_members m on m.queue_id = c.queue_id
    where c.state = 'queued' and m.person_id = ${personId}`.execute(db);
  return result.rows[0]?.waiting ?? 0;
}

/** How many calls wait for each signed-in agent. */
export async function waitingByAgent(db: Db): Promise<Map<string, number>> {
  const result = await sql<{ person_id: string; waiting: number }>`
    select s.person_id, count(c.id)::int as waiting from agent_sessions s
      left join queue_members m using (person_id)
      left join contacts c on c.queue_id = m.queue_id and c.state = 'queued'
    where s.signed_out_at is null group by s.person_id`.execute(db);
  return new Map(result.rows.map((row) => [row.person_id, row.waiting]));
}
