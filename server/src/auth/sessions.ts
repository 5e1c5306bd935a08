/** Log-in sessions: a random token in an httpOnly cookie, only its hash in the database. */
import { createHash, randomBytes } from 'node:crypto';
import type { SecuritySettings, WebSession } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';

export const SESSION_COOKIE = 'rexian_session';
/** Where TLS ends in front of us, the browser holds the cookie to this very host and to TLS. */
export const SECURE_SESSION_COOKIE = '__Host-rexian_session';

export const tokenHash = (token: string) => createHash('sha256').update(token).digest();

export interface ClientInfo {
  address: string;
  userAgent: string;
}

/** Opens a session and returns its token, which is never stored. */
export async function openWebSession(
  db: Queryable,
  personId: string,
  client: ClientInfo,
  options: { absoluteHours?: number; method?: 'password' | 'oidc' } = {},
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + (options.absoluteHours ?? 12) * 3_600_000);
  await db
    .insertInto('web_sessions')
    .values({
      id: newId(),
      token_hash: tokenHash(token),
      person_id: personId,
      expires_at: expiresAt,
      address: client.address,
      user_agent: client.userAgent.slice(0, 300),
      method: options.method ?? 'password',
    })
    .execute();
  return { token, expiresAt };
}

/** Ends sessions of a person: the one with this id, or all but one. Returns how many. */
export async function endWebSessions(
  db: Queryable,
  which: { personId: string; sessionId?: string; exceptId?: string | null },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('web_sessions')
    .set({ ended_at: new Date() })
    .where('person_id', '=', which.personId)
    .where('ended_at', 'is', null)
    .$if(which.sessionId !== undefined, (query) => query.where('id', '=', which.sessionId ?? ''))
    .$if(typeof which.exceptId === 'string', (query) => query.where('id', '<>', which.exceptId ?? ''))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Ends the session of a token, if there is one: the browser is about to get another. */
export async function endSessionOf(db: Queryable, token: string): Promise<void> {
  await db
    .updateTable('web_sessions')
    .set({ ended_at: new Date() })
    .where('token_hash', '=', tokenHash(token))
    .where('ended_at', 'is', null)
    .execute();
}

export type SessionLimits = SecuritySettings['session'];

/** In SQL: the session `s` counts no longer, used or not. */
export const runOut = ({ idleMinutes, absoluteHours }: SessionLimits) => sql<boolean>`(s.expires_at <= now()
  or s.created_at <= now() - make_interval(hours => ${absoluteHours}) or s.last_seen_at <= now() - make_interval(mins => ${idleMinutes}))`;

/** Sessions of a person that count, the one used last first. */
export async function listWebSessions(
  db: Queryable,
  personId: string,
  limits: SessionLimits,
  currentId: string | null,
): Promise<WebSession[]> {
  const rows = await db
    .selectFrom('web_sessions as s')
    .select(['s.id', 's.created_at', 's.last_seen_at', 's.expires_at', 's.address', 's.user_agent', 's.method'])
    .where('s.person_id', '=', personId)
    .where('s.ended_at', 'is', null)
    .where((each) => each.not(runOut(limits)))
    .orderBy('s.last_seen_at', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    startedAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: new Date(
      Math.min(row.expires_at.getTime(), row.created_at.getTime() + limits.absoluteHours * 3_600_000),
    ),
    address: row.address,
    userAgent: row.user_agent,
    method: row.method,
    current: row.id === currentId,
  }));
}
