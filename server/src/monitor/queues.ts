/** The queues of a board: who waits, who is there to answer, how the day goes. */
import type { BoardQueue } from '@rexian/contracts';
import { sql } from 'kysely';
import { noTestCall } from '../contacts/test-calls.ts';
import { queueAlarms } from './alarms.ts';
import type { Day } from './day.ts';
import { noService, serviceFigures } from './figures.ts';
import { type BoardReader, contains } from './scope.ts';

type Row = Omit<BoardQueue, 'alarms' | 'today'> & { alarmWaitSeconds: number };

/** Queues of these units, unit by unit. Callers whose phone of choice rings still wait. */
export async function boardQueues(
  { db }: BoardReader,
  unitIds: readonly string[],
  filter: { queueId?: string | undefined; text?: string | undefined },
  day: Day,
): Promise<BoardQueue[]> {
  const { rows } = await sql<Row>`
    select q.id, q.name, json_build_object('id', u.id, 'name', u.name, 'path', u.path::text) as unit,
      q.alarm_wait_seconds as "alarmWaitSeconds", w.since as "waitingSince", coalesce(w.waiting, 0) as waiting,
      coalesce(w.callbacks, 0) as "callbacksWaiting", coalesce(a.signed_in, 0) as "signedIn", coalesce(a.ready, 0) as ready,
      coalesce(a.talking, 0) as talking, coalesce(a.wrap_up, 0) as "wrapUp", coalesce(a.not_ready, 0) as "notReady"
    from queues q join units u on u.id = q.unit_id
    left join (
      select queue_id, count(*) filter (where direction = 'inbound')::int as waiting,
        count(*) filter (where direction = 'outbound' and state = 'queued')::int as callbacks,
        min(queued_at) filter (where direction = 'inbound') as since
      from contacts c where state <> 'ended' and state in ('queued', 'ringing') and ${noTestCall} group by queue_id) w on w.queue_id = q.id
    left join (
      select m.queue_id, count(*)::int as signed_in, count(*) filter (where s.state = 'ready')::int as ready,
        count(*) filter (where s.state in ('reserved', 'ringing', 'dialling', 'talking'))::int as talking,
        count(*) filter (where s.state = 'wrap_up')::int as wrap_up,
        count(*) filter (where s.state in ('not_ready', 'supervising'))::int as not_ready
      from queue_members m join agent_sessions s using (person_id) where s.signed_out_at is null
      group by m.queue_id) a on a.queue_id = q.id
    where q.unit_id = any(${unitIds as string[]}::uuid[]) and (q.active or w.waiting > 0)
      and ${filter.queueId ? sql`q.id = ${filter.queueId}` : sql`true`} and ${contains(filter.text, 'q.name')}
    order by u.path, q.name`.execute(db);
  return rows.map(({ alarmWaitSeconds, ...row }) => ({
    ...row,
    alarms: queueAlarms({ waitingSince: row.waitingSince, signedIn: row.signedIn, alarmWaitSeconds }),
    today: serviceFigures(day.queues.get(row.id) ?? noService),
  }));
}
