/** Log-in sessions: a random token in an httpOnly cookie, only its hash in the database. */
import { createHash, randomBytes } from 'node:crypto';
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
