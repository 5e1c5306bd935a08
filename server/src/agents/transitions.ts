/** Agents' states: every change is one guarded UPDATE that books the time in the state left and sends the hints. */
import { type AgentState, agentState, type NextState, type NotReadyReason } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';
import { allottedUntil } from './allotted.ts';
import { deskHint, phoneHint } from './hints.ts';
import { afterCall, type Say } from './next-state.ts';

/** Which state may follow which; the database refuses nothing of this, callers name their `from` out of it. */
export const agentTransitions: Record<AgentState, readonly AgentState[]> = {
  // Also from not_ready: consulted, dialling out, supervising.
  not_ready: ['ready', 'not_ready', 'reserved', 'dialling', 'supervising'],
  ready: ['not_ready', 'reserved', 'dialling', 'supervising'],
  reserved: ['ringing', 'talking', 'ready', 'not_ready'],
  ringing: ['talking', 'ready', 'not_ready'],
  dialling: ['talking', 'wrap_up', 'ready', 'not_ready'],
  talking: ['wrap_up', 'ready', 'not_ready'],
  wrap_up: ['ready', 'not_ready'],
  supervising: ['talking', 'ready', 'not_ready'],
};

/** States in which the agent has nothing to finish and may sign out. */
export const freeStates: readonly AgentState[] = ['not_ready', 'ready'];
/** States with a call or its wrap-up, in which it may be chosen what comes next. */
export const busyStates = agentState.values.filter((state) => !freeStates.includes(state));

export interface AgentMove {
  sessionId: string;
  from: readonly AgentState[];
  to: AgentState;
  at: Date;
  /** Required with not_ready, forbidden otherwise. */
  reason?: NotReadyReason;
  /** The leg that the agent works on; required with reserved. */
  legId?: string;
  /** With wrap_up: when it ends by itself. */
  wrapUpUntil?: Date | null;
  /** Only when the agent still works on this leg. */
  whileLeg?: string;
  /** Keeps the agent's place among the idle (a caller who hung up must not cost it). */
  keepIdleSince?: boolean;
  /** Comes back to the state of now after the call, unless something else was or will be chosen. */
  comeBack?: boolean;
}

/**
 * Moves an agent's session on; false when it was in none of the expected states. Out of a call into not_ready means that the call failed:
 * what was to come after it is weighed against that (afterCall).
 */
export function moveAgent(db: Queryable, move: AgentMove): Promise<boolean> {
  const isAfterCall = move.to === 'not_ready' && move.from.some((state) => busyStates.includes(state));
  return isAfterCall ? endCall(db, move, { failed: move.reason ?? null, autoReady: false }) : change(db, move);
}

async function change(db: Queryable, move: AgentMove): Promise<boolean> {
  const wrong = move.from.find((state) => !agentTransitions[state].includes(move.to));
  if (wrong) throw new Error(`no agent transition ${wrong} → ${move.to}`);
  const legId =
    move.to === 'ready' || move.to === 'not_ready' ? sql`null` : sql`coalesce(${move.legId ?? null}::uuid, leg_id)`;
  const idleSince = move.to === 'ready' && !move.keepIdleSince ? sql`${move.at}::timestamptz` : sql`idle_since`;
  const result = await sql<{ id: string }>`
    with before as (
      select id, state as old_state, state_since as old_since, reason as old_reason from agent_sessions
      where id = ${move.sessionId} and state = any(${move.from as string[]}) and signed_out_at is null
        ${move.whileLeg ? sql`and leg_id = ${move.whileLeg}` : sql``}
      for update),
    moved as (
      update agent_sessions s set state = ${move.to}, state_since = ${move.at}, reason = ${move.reason ?? null},
        leg_id = ${legId}, wrap_up_until = ${move.wrapUpUntil ?? null}, idle_since = ${idleSince},
        allotted_until = ${move.reason ? allottedUntil(sql`s.unit_id`, move.reason, move.at) : sql`null`}, ${nextOf(move)}
      from before where s.id = before.id
      returning s.id, s.person_id, s.unit_id, s.owner, before.old_state, before.old_since),
    logged as (
      insert into agent_events (at, person_id, session_id, unit_id, from_state, to_state, reason, from_ms)
      select ${move.at}, person_id, id, unit_id, old_state, ${move.to}, ${move.reason ?? null},
        greatest(0, extract(epoch from (${move.at}::timestamptz - old_since)) * 1000)::bigint from moved)
    select id, ${deskHint()} ${move.to === 'ready' ? sql`, pg_notify('rexian', '{"topic":"routing"}')` : sql``}
    from moved`.execute(db);
  return result.rows.length === 1;
}

/** The choice of what comes after the call is used up when the agent is free again. */
function nextOf(move: AgentMove) {
  if (move.to === 'ready' || move.to === 'not_ready')
    return sql`next_state = null, next_reason = null, next_forced_by = null`;
  if (!move.comeBack) return sql`next_state = next_state`;
  return sql`next_state = coalesce(next_state, case when before.old_state = any(${freeStates as string[]}) then before.old_state end),
    next_reason = case when next_state is null then before.old_reason else next_reason end`;
}

/** Frees an agent from a call or its wrap-up. False when they were in none of `from`, or not on this leg any more. */
export function freeAgent(
  db: Queryable,
  free: {
    sessionId: string;
    from: readonly AgentState[];
    legId: string;
    at: Date;
    autoReady: boolean;
    wish?: Say['wish'];
    keepIdleSince?: boolean;
  },
): Promise<boolean> {
  const { legId, autoReady, wish, ...move } = free;
  return endCall(db, { ...move, whileLeg: legId }, { autoReady, wish: wish ?? null });
}

async function endCall(
  db: Queryable,
  move: Omit<AgentMove, 'to' | 'reason'>,
  said: Omit<Say, 'planned'>,
): Promise<boolean> {
  const { sessionId, at } = move;
  const session = await db
    .selectFrom('agent_sessions')
    .select(['next_state', 'next_reason', 'next_forced_by'])
    .where('id', '=', sessionId)
    .forUpdate()
    .executeTakeFirst();
  const planned = session?.next_state
    ? { state: session.next_state, reason: session.next_reason, forced: session.next_forced_by !== null }
    : null;
  const after = afterCall({ ...said, planned });
  if (after.state === 'ready') return change(db, { ...move, to: 'ready' });
  const moved = await change(db, { ...move, to: 'not_ready', reason: after.reason });
  if (moved && after.state === 'signed_out') await closeSession(db, { sessionId, at });
  return moved;
}

/**
 * Books what comes after the call at hand; null: what the queue says. False when the agent has none, or when a leader has decided and it
 * isn't one who speaks (`forcedBy`).
 */
export async function chooseNext(
  db: Queryable,
  choice: { sessionId: string; next: NextState | null; reason?: NotReadyReason | null; forcedBy?: string },
): Promise<boolean> {
  const { sessionId, next, reason, forcedBy } = choice;
  const result = await sql<{ id: string }>`
    with chosen as (
      update agent_sessions set next_state = ${next}, next_reason = ${reason ?? null}, next_forced_by = ${forcedBy ?? null}
      where id = ${sessionId} and signed_out_at is null and state = any(${busyStates as string[]})
        ${forcedBy ? sql`` : sql`and next_forced_by is null`}
      returning id, person_id, owner)
    select id, ${deskHint()} from chosen`.execute(db);
  return result.rows.length === 1;
}

/** Ends a session; false when it has a call or a wrap-up to finish (see freeStates). */
export async function closeSession(db: Queryable, close: { sessionId: string; at: Date }): Promise<boolean> {
  const result = await sql<{ id: string }>`
    with before as (
      select id, state as old_state, state_since as old_since from agent_sessions
      where id = ${close.sessionId} and signed_out_at is null and state = any(${freeStates as string[]})
      for update),
    closed as (
      -- The number of an outside phone is nobody's business any more.
      update agent_sessions s set signed_out_at = ${close.at}, outside_sealed = null from before where s.id = before.id
      returning s.id, s.person_id, s.unit_id, s.owner, before.old_state, before.old_since),
    logged as (
      insert into agent_events (at, person_id, session_id, unit_id, from_state, to_state, reason, from_ms)
      select ${close.at}, person_id, id, unit_id, old_state, null, null,
        greatest(0, extract(epoch from (${close.at}::timestamptz - old_since)) * 1000)::bigint from closed)
    select id, ${deskHint()}, ${phoneHint()}
    from closed`.execute(db);
  return result.rows.length === 1;
}
