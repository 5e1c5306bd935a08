/** The live monitor: calls, queues, agents and today's figures of a viewer's units, from the ledger. */
import type { MonitorOverview } from '@rexian/contracts';
import { sql } from 'kysely';
import { openNumber } from '../contacts/caller-number.ts';
import { type LedgerReader, unitsInReach, unitsOf } from '../contacts/scope.ts';
import { arrivedFrom } from '../contacts/search.ts';
import { dayStart } from '../platform/clock.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';

export async function monitorOverview(reader: LedgerReader): Promise<MonitorOverview> {
  const now = new Date();
  const start = dayStart(now);
  const [calls, queues, agents, today] = await Promise.all([
    liveCalls(reader),
    liveQueues(reader, now),
    liveAgents(reader, start),
    todaysFigures(reader, start),
  ]);
  return { serverTime: now, calls, queues, agents, today };
}

/** A row as the store gives it, its caller's number sealed. */
type Sealed<Row> = Omit<Row, 'callerNumber'> & { caller: Buffer | null };
const shown = (vault: Vault, sealed: Buffer | null) => maskNumber(openNumber(vault, sealed));

async function liveCalls({ db, vault, caller }: LedgerReader): Promise<MonitorOverview['calls']> {
  const result = await sql<Sealed<MonitorOverview['calls'][number]>>`
    select c.id, c.state, c.caller_sealed as caller, c.called_number as "calledNumber", c.arrived_at as "arrivedAt",
      c.state_since as "stateSince", json_build_object('id', u.id, 'name', u.name, 'path', u.path::text) as unit,
      case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end as queue,
      case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) end as agent
    from contacts c join units u on u.id = c.unit_id left join queues q on q.id = c.queue_id
      left join people p on p.id = c.agent_id and c.state in ('ringing', 'talking')
    where c.state <> 'ended' and c.unit_id in (${unitsInReach(caller)}) order by c.id`.execute(db);
  return result.rows.map(({ caller: sealed, ...row }) => ({ ...row, callerNumber: shown(vault, sealed) }));
}

async function liveQueues({ db, caller }: LedgerReader, now: Date): Promise<MonitorOverview['queues']> {
  const result = await sql<MonitorOverview['queues'][number]>`
    select q.id, q.name, json_build_object('id', u.id, 'name', u.name, 'path', u.path::text) as unit,
      coalesce(w.waiting, 0) as waiting, coalesce(w.longest, 0) as "longestWaitMs",
      coalesce(a.signed_in, 0) as "signedIn", coalesce(a.ready, 0) as ready, coalesce(a.talking, 0) as talking
    from queues q join units u on u.id = q.unit_id
    left join (
      select queue_id, count(*)::int as waiting,
        max(greatest(0, extract(epoch from (${now}::timestamptz - queued_at)) * 1000))::int as longest
      from contacts where state in ('queued', 'ringing') and state <> 'ended' group by queue_id) w on w.queue_id = q.id
    left join (
      select m.queue_id, count(*)::int as signed_in, count(*) filter (where s.state = 'ready')::int as ready,
        count(*) filter (where s.state = 'talking')::int as talking
      from queue_members m join agent_sessions s using (person_id) where s.signed_out_at is null
      group by m.queue_id) a on a.queue_id = q.id
    where q.unit_id in (${unitsInReach(caller)}) order by u.path, q.name`.execute(db);
  return result.rows;
}

async function liveAgents({ db, vault, caller }: LedgerReader, start: Date): Promise<MonitorOverview['agents']> {
  const result = await sql<Sealed<MonitorOverview['agents'][number]> & { busy: boolean }>`
    select json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) as person,
      json_build_object('id', u.id, 'name', u.name, 'path', u.path::text) as unit,
      s.state, s.reason, s.state_since as since, c.id is not null as busy, c.caller_sealed as caller,
      coalesce(t.answered, 0) as "answeredToday"
    from agent_sessions s join people p on p.id = s.person_id join units u on u.id = s.unit_id
      left join contact_legs l on l.id = s.leg_id left join contacts c on c.id = l.contact_id
      left join (
        select person_id, count(*)::int as answered from contact_legs
        where offered_at >= ${start} and connected_at is not null group by person_id) t on t.person_id = p.id
    where s.signed_out_at is null and s.unit_id in (${unitsInReach(caller)}) order by p.agent_number`.execute(db);
  return result.rows.map(({ caller: sealed, busy, ...row }) => ({
    ...row,
    callerNumber: busy ? shown(vault, sealed) : null,
  }));
}

async function todaysFigures({ db, caller }: LedgerReader, start: Date): Promise<MonitorOverview['today']> {
  const result = await sql<Omit<MonitorOverview['today'], 'answerRate'>>`
    select count(*)::int as arrived, count(queued_at)::int as "askedForAgent", count(connected_at)::int as answered,
      count(*) filter (where queued_at is not null and connected_at is null and state = 'ended')::int as abandoned,
      coalesce(avg(waiting_ms + ringing_ms) filter (where queued_at is not null), 0)::int as "averageWaitMs",
      coalesce(avg(talking_ms) filter (where connected_at is not null), 0)::int as "averageTalkMs"
    from contacts c where ${arrivedFrom(start)} and c.unit_id = any(${unitsOf(caller)})`.execute(db);
  const figures = result.rows[0] ?? {
    arrived: 0,
    askedForAgent: 0,
    answered: 0,
    abandoned: 0,
    averageWaitMs: 0,
    averageTalkMs: 0,
  };
  // Callers who still wait have not been lost: they don't count against the rate yet.
  const decided = figures.answered + figures.abandoned;
  return { ...figures, answerRate: decided > 0 ? figures.answered / decided : null };
}
