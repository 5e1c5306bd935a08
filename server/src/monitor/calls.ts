/** The calls of a board: those that have not ended, oldest first. */
import type { ContactState, LiveCall } from '@rexian/contracts';
import { sql } from 'kysely';
import { noTestCall } from '../contacts/test-calls.ts';
import { PRIORITY_MAX, PRIORITY_SECONDS } from '../queues/matcher.ts';
import { type BoardReader, contains } from './scope.ts';

export interface CallFilter {
  queueId?: string | undefined;
  text?: string | undefined;
  states?: ContactState[] | undefined;
}

type Row = Omit<LiveCall, 'callerNumber'> & { caller: Buffer | null };

/** Places are counted in whole queues, whatever the filter shows of them. */
export async function liveCalls(
  { db, numbers }: BoardReader,
  unitIds: readonly string[],
  filter: CallFilter,
): Promise<LiveCall[]> {
  const { rows } = await sql<Row>`
    select c.id, c.state, c.direction, c.origin, c.caller_sealed as caller, c.called_number as "calledNumber",
      c.arrived_at as "arrivedAt", c.state_since as "stateSince",
      case when c.state in ('queued', 'ringing') then c.queued_at end as "waitingSince", waiting.place as position,
      json_build_object('id', u.id, 'name', u.name, 'path', u.path::text) as unit,
      case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end as queue,
      case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) end as agent,
      l.id as "legId", l.held_since is not null as "onHold"
    from contacts c join units u on u.id = c.unit_id left join queues q on q.id = c.queue_id
      left join (
        select id, row_number() over (
          partition by queue_id order by queued_at - make_interval(secs => least(priority, ${PRIORITY_MAX}::int) * ${PRIORITY_SECONDS}::int), queued_at, id)::int as place
        from contacts where state <> 'ended' and state = 'queued' and queue_id is not null) waiting on waiting.id = c.id
      left join lateral (
        select id, person_id, held_since from contact_legs
        where contact_id = c.id and state <> 'ended' and role = 'lead' order by connected_at nulls last limit 1) l on true
      left join people p on p.id = l.person_id
    where c.state <> 'ended' and ${noTestCall} and c.unit_id = any(${unitIds as string[]}::uuid[])
      and ${filter.states ? sql`c.state = any(${filter.states as string[]})` : sql`true`}
      and ${filter.queueId ? sql`c.queue_id = ${filter.queueId}` : sql`true`}
      and ${contains(filter.text, 'c.called_number', 'p.name', 'p.agent_number')}
    order by c.id`.execute(db);
  return rows.map(({ caller, ...row }) => ({ ...row, callerNumber: numbers.of(row.id, caller) }));
}
