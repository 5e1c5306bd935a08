/**
 * Callers who asked for a person and reached none (呼损), and what became of the attempts to call them back: booked by the very statement
 * that ends their contact, so that none is forgotten and none is booked twice.
 */
import type { EndedBy, EndReason } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { dayName } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { TEST_SOURCE } from './test-calls.ts';

const LOST: readonly EndReason[] = ['abandoned_in_queue', 'abandoned_while_ringing', 'queue_timeout', 'queue_full'];
/** The number was called and nobody came; an attempt that an agent or a fault broke off is none. */
const VAIN: readonly EndReason[] = ['no_answer', 'busy', 'unreachable'];
/** After so many, nobody tries any longer. */
export const MOST_ATTEMPTS = 3;

/** What the statement must return of the contact that it ends, under the name `moved`. */
export const lossColumns = sql`id, unit_id, queue_id, source, direction, origin, arrived_at, queued_at, connected_at, lost_call_id, caller_sealed,
  caller_index, caller_tail`;

interface End {
  reason: EndReason;
  by: EndedBy;
  at: Date;
}

/** The parts of that statement that book the loss, or the attempt to make good for one. */
export function bookLoss(end: End): RawBuilder<unknown> {
  return sql`lost as (${loss(end)}), attempted as (${attempt(end)})`;
}

/**
 * One row for a caller, a unit and a day, made or refreshed. Who was done with comes back when they are lost again. Callers who withhold
 * their number share a row, which only counts them. `key_id` keeps rows apart that were sealed with different keys and will have the same
 * index one day (maintenance/rotate-keys).
 */
function loss({ reason, by, at }: End): RawBuilder<unknown> {
  // A booked call-back that came to nothing is a loss, unless its caller was quicker and has been answered.
  const superseded = reason === 'cancelled' && by === 'caller';
  const attempts = VAIN.includes(reason) ? 1 : 0;
  const attempted = attempts > 0 ? at : null;
  return sql`
    insert into lost_calls (id, unit_id, day, key_id, caller_sealed, caller_index, caller_tail, first_at, last_at, contact_id,
      end_reason, queue_id, state, closed_at, attempts, first_attempt_at, last_attempt_at)
    select ${newId(at.getTime())}::uuid, m.unit_id, ${dayName(at)}::date,
      coalesce(get_byte(m.caller_sealed, 1) * 256 + get_byte(m.caller_sealed, 2), 0), m.caller_sealed, m.caller_index, m.caller_tail,
      ${at}::timestamptz, ${at}, m.id, ${reason}::text, m.queue_id, case when m.caller_index is null then 'closed' else 'open' end,
      case when m.caller_index is null then ${at}::timestamptz end, ${attempts}::int, ${attempted}::timestamptz, ${attempted}
    from moved m where m.connected_at is null and m.source <> ${sql.lit(TEST_SOURCE)} and (
      (m.direction = 'inbound' and (${LOST.includes(reason)}::boolean or (${reason === 'failed'}::boolean and m.queued_at is not null)))
      or (m.origin = 'callback' and m.lost_call_id is null and not ${superseded}::boolean))
    on conflict (unit_id, day, caller_index, key_id) do update set
      calls = lost_calls.calls + 1, first_at = least(lost_calls.first_at, excluded.first_at),
      last_at = greatest(lost_calls.last_at, excluded.last_at), contact_id = excluded.contact_id,
      end_reason = excluded.end_reason, queue_id = excluded.queue_id,
      state = ${again(sql`'open'`, 'state')}, assigned_to = ${again(sql`null`, 'assigned_to')},
      assigned_at = ${again(sql`null`, 'assigned_at')}, closed_at = ${again(sql`null`, 'closed_at')},
      closed_by = ${again(sql`null`, 'closed_by')}, remark = ${again(sql`''`, 'remark')},
      attempts = ${again(sql`0`, 'attempts')} + excluded.attempts,
      first_attempt_at = coalesce(${again(sql`null`, 'first_attempt_at')}, excluded.first_attempt_at),
      last_attempt_at = coalesce(excluded.last_attempt_at, ${again(sql`null`, 'last_attempt_at')})`;
}

/** `value` for a caller who was done with before this loss, what the row has for one who still waits. */
const again = (value: RawBuilder<unknown>, column: string) => sql`case
  when lost_calls.caller_index is not null and lost_calls.closed_at < excluded.last_at then ${value}
  else ${sql.ref(`lost_calls.${column}`)} end`;

/** The ended contact was a call back to a lost caller. */
function attempt({ reason, at }: End): RawBuilder<unknown> {
  const spent = sql`l.attempts + 1 >= ${MOST_ATTEMPTS}`;
  return sql`
    update lost_calls l set attempts = l.attempts + 1, first_attempt_at = coalesce(l.first_attempt_at, m.arrived_at),
      last_attempt_at = m.arrived_at,
      state = case when l.closed_at is not null then l.state when m.connected_at is not null then 'called_back'
        when ${spent} then 'unreachable' else l.state end,
      closed_at = case when l.closed_at is not null then l.closed_at when m.connected_at is not null then m.connected_at
        when ${spent} then ${at}::timestamptz end
    from moved m
    where l.id = m.lost_call_id and (m.connected_at is not null or ${VAIN.includes(reason)}::boolean)`;
}
