/** Agents' states: every change is one guarded UPDATE that books the time in the state left and sends the hints. */
import type { AgentState, NotReadyReason, PhoneKind } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';

/** Which state may follow which; the database refuses nothing of this, callers name their `from` out of it. */
export const agentTransitions: Record<AgentState, readonly AgentState[]> = {
  not_ready: ['ready', 'not_ready'],
  ready: ['not_ready', 'reserved'],
  reserved: ['ringing', 'talking', 'ready', 'not_ready'],
  ringing: ['talking', 'ready', 'not_ready'],
  talking: ['wrap_up', 'ready'],
  wrap_up: ['ready', 'not_ready'],
};

/** States in which the agent has nothing to finish and may sign out. */
export const freeStates: readonly AgentState[] = ['not_ready', 'ready'];

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
}

/** Moves an agent's session on; false when it was in none of the expected states. */
export async function moveAgent(db: Queryable, move: AgentMove): Promise<boolean> {
  const wrong = move.from.find((state) => !agentTransitions[state].includes(move.to));
  if (wrong) throw new Error(`no agent transition ${wrong} → ${move.to}`);
  const legId =
    move.to === 'ready' || move.to === 'not_ready' ? sql`null` : sql`coalesce(${move.legId ?? null}::uuid, leg_id)`;
  const idleSince = move.to === 'ready' && !move.keepIdleSince ? sql`${move.at}::timestamptz` : sql`idle_since`;
  const result = await sql<{ id: string }>`
    with before as (
      select id, state as old_state, state_since as old_since from agent_sessions
      where id = ${move.sessionId} and state = any(${move.from as string[]}) and signed_out_at is null
        ${move.whileLeg ? sql`and leg_id = ${move.whileLeg}` : sql``}
      for update),
    moved as (
      update agent_sessions s set state = ${move.to}, state_since = ${move.at}, reason = ${move.reason ?? null},
        leg_id = ${legId}, wrap_up_until = ${move.wrapUpUntil ?? null}, idle_since = ${idleSince}
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

const deskHint = () =>
  sql`pg_notify('rexian', json_build_object('topic', 'desk', 'personId', person_id, 'sessionId', owner)::text)`;
const phoneHint = () => sql`pg_notify('rexian', json_build_object('topic', 'phone', 'personId', person_id)::text)`;

/** Opens a session in not_ready/signed_in. Fails on the unique index when the agent has one already. */
export async function openSession(
  db: Queryable,
  session: { id: string; owner: string; personId: string; unitId: string; phoneKind: PhoneKind; at: Date },
): Promise<void> {
  await sql`
    with opened as (
      insert into agent_sessions (id, owner, person_id, unit_id, phone_kind, state, reason, state_since, idle_since, signed_in_at)
      values (${session.id}, ${session.owner}, ${session.personId}, ${session.unitId}, ${session.phoneKind}, 'not_ready', 'signed_in',
        ${session.at}, ${session.at}, ${session.at})
      returning id, owner, person_id, unit_id),
    logged as (
      insert into agent_events (at, person_id, session_id, unit_id, from_state, to_state, reason, from_ms)
      select ${session.at}, person_id, id, unit_id, null, 'not_ready', 'signed_in', 0 from opened)
    select ${deskHint()}, ${phoneHint()}
    from opened`.execute(db);
}

/** Ends a session; false when it has a call or a wrap-up to finish (see freeStates). */
export async function closeSession(db: Queryable, close: { sessionId: string; at: Date }): Promise<boolean> {
  const result = await sql<{ id: string }>`
    with before as (
      select id, state as old_state, state_since as old_since from agent_sessions
      where id = ${close.sessionId} and signed_out_at is null and state = any(${freeStates as string[]})
      for update),
    closed as (
      update agent_sessions s set signed_out_at = ${close.at} from before where s.id = before.id
      returning s.id, s.person_id, s.unit_id, s.owner, before.old_state, before.old_since),
    logged as (
      insert into agent_events (at, person_id, session_id, unit_id, from_state, to_state, reason, from_ms)
      select ${close.at}, person_id, id, unit_id, old_state, null, null,
        greatest(0, extract(epoch from (${close.at}::timestamptz - old_since)) * 1000)::bigint from closed)
    select id, ${deskHint()}, ${phoneHint()}
    from closed`.execute(db);
  return result.rows.length === 1;
}

/**
 * Hands the live session to a newer log-in of the same agent: state and call stay, the new page owns the phone from now on.
 * Null when the agent has no live session.
 */
export async function takeOverSession(
  db: Queryable,
  takeover: { personId: string; owner: string; phoneKind: PhoneKind },
): Promise<{ id: string } | null> {
  const result = await sql<{ id: string }>`
    with taken as (
      update agent_sessions set owner = ${takeover.owner}, phone_kind = ${takeover.phoneKind}, phone_registered = false,
        phone_changed_at = now()
      where person_id = ${takeover.personId} and signed_out_at is null returning id, person_id, owner)
    select id, ${deskHint()}, ${phoneHint()} from taken`.execute(db);
  return result.rows[0] ?? null;
}

/**
 * Books whether the phone of a desk session can be reached; one that comes back may get a waiting call. News of the phone of an
 * earlier session of the same agent changes nothing.
 */
export async function setPhoneRegistered(db: Queryable, owner: string, registered: boolean): Promise<void> {
  await sql`
    with changed as (
      update agent_sessions set phone_registered = ${registered}, phone_changed_at = now()
      where owner = ${owner} and signed_out_at is null and phone_registered <> ${registered}
      returning person_id, owner)
    select ${deskHint()}, pg_notify('rexian', '{"topic":"routing"}') from changed`.execute(db);
}
