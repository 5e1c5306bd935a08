/** Desk sessions: opened at sign-in, handed to a newer log-in, and whether their phone can be reached. */
import type { PhoneKind } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';
import { deskHint, phoneHint } from './hints.ts';

/** The phone that a session is opened with or taken over by. */
export interface SessionPhone {
  phoneKind: PhoneKind;
  deviceId: string | null;
  outside: Buffer | null;
  confirmKey: boolean;
  autoAnswer: boolean;
}

/** Opens a session in not_ready/signed_in. Fails on the unique index when the agent has one already. */
export async function openSession(
  db: Queryable,
  session: { id: string; owner: string; personId: string; unitId: string; at: Date } & SessionPhone,
): Promise<void> {
  await sql`
    with opened as (
      insert into agent_sessions (id, owner, person_id, unit_id, phone_kind, device_id, outside_sealed, confirm_key, auto_answer,
        phone_registered, state, reason, state_since, idle_since, signed_in_at)
      values (${session.id}, ${session.owner}, ${session.personId}, ${session.unitId}, ${session.phoneKind}, ${session.deviceId},
        ${session.outside}, ${session.confirmKey}, ${session.autoAnswer}, ${reachableAtOnce(session)}, 'not_ready', 'signed_in',
        ${session.at}, ${session.at}, ${session.at})
      returning id, owner, person_id, unit_id),
    logged as (
      insert into agent_events (at, person_id, session_id, unit_id, from_state, to_state, reason, from_ms)
      select ${session.at}, person_id, id, unit_id, null, 'not_ready', 'signed_in', 0 from opened)
    select ${deskHint()}, ${phoneHint()}
    from opened`.execute(db);
}

/**
 * Hands the live session to a newer log-in of the same agent: state and call stay, the new page owns the phone from now on. A call goes on
 * at the same IP phone as if nothing had happened. Null when the agent has no live session.
 */
export async function takeOverSession(
  db: Queryable,
  takeover: { personId: string; owner: string } & SessionPhone,
): Promise<{ id: string } | null> {
  const { personId, owner, phoneKind, deviceId } = takeover;
  const result = await sql<{ id: string }>`
    with before as (
      select id, phone_kind = 'sip' and device_id is not distinct from ${deviceId}::uuid as same_phone
      from agent_sessions where person_id = ${personId} and signed_out_at is null for update),
    taken as (
      update agent_sessions s set owner = ${owner}, phone_kind = ${phoneKind}, device_id = ${deviceId},
        outside_sealed = ${takeover.outside}, confirm_key = ${takeover.confirmKey}, auto_answer = ${takeover.autoAnswer},
        phone_registered = ${reachableAtOnce(takeover)}, phone_changed_at = now(), page_seen_at = null
      from before where s.id = before.id returning s.id, s.person_id, s.owner, before.same_phone)
    select id, ${deskHint()}, case when not same_phone then ${phoneHint()} end from taken`.execute(db);
  return result.rows[0] ?? null;
}

/** Whether calls reach the phone from the beginning: a browser has yet to register. The row is held, so that no news of it is missed. */
const reachableAtOnce = ({ phoneKind, deviceId }: SessionPhone) =>
  phoneKind === 'sip'
    ? sql`(select registered from devices where id = ${deviceId} for share)`
    : sql`${phoneKind === 'outside'}`;

/** Books whether the browser phone of a desk session can be reached; news of the phone of an earlier owner changes nothing. */
export const setPhoneRegistered = (db: Queryable, owner: string, registered: boolean): Promise<void> =>
  bookReachable(db, sql`owner = ${owner} and phone_kind = 'browser'`, registered);

/** Books whether an IP phone can be reached, for the phone itself and for who is signed in with it. */
export async function setDeviceRegistered(db: Queryable, name: string, registered: boolean): Promise<void> {
  await sql`update devices set registered = ${registered}, changed_at = now()
    where name = ${name} and registered <> ${registered}`.execute(db);
  await bookReachable(db, sql`device_id = (select id from devices where name = ${name})`, registered);
}

/** A phone that comes back may get a waiting call. */
async function bookReachable(db: Queryable, whose: RawBuilder<unknown>, registered: boolean): Promise<void> {
  await sql`
    with changed as (
      update agent_sessions set phone_registered = ${registered}, phone_changed_at = now()
      where ${whose} and signed_out_at is null and phone_registered <> ${registered}
      returning person_id, owner)
    select ${deskHint()}, pg_notify('rexian', '{"topic":"routing"}') from changed`.execute(db);
}

export async function setAutoAnswer(db: Queryable, sessionId: string, autoAnswer: boolean): Promise<void> {
  await sql`
    with changed as (
      update agent_sessions set auto_answer = ${autoAnswer} where id = ${sessionId} and signed_out_at is null
      returning person_id, owner)
    select ${deskHint()} from changed`.execute(db);
}
