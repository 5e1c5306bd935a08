/** Log-in sessions: a random token in an httpOnly cookie, only its hash in the database. */
import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Viewer } from '@rexian/contracts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { permissionsOf } from './roles.ts';

export const SESSION_COOKIE = 'rexian_session';
const ABSOLUTE_HOURS = 12;
/** Without any request for so long the session is over. */
const IDLE_MINUTES = 120;
/** OWASP's recommendation for argon2id (19 MiB, two passes), which is the library's default too: said here so that it stays. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const tokenHash = (token: string) => createHash('sha256').update(token).digest();
/** Verified when the login doesn't exist, so that the answer takes as long as with a wrong password. */
const absentHash = hash('no such person', ARGON2);

export const hashPassword = (password: string) => hash(password, ARGON2);

export interface ClientInfo {
  address: string;
  userAgent: string;
}

/** Checks a password. Null: wrong, unknown or inactive, and nobody learns which. */
export async function checkPassword(db: Db, login: string, password: string): Promise<{ personId: string } | null> {
  const person = await db
    .selectFrom('people')
    .select(['id', 'password_hash', 'active'])
    .where('login', '=', login)
    .executeTakeFirst();
  const right = await verify(person?.password_hash ?? (await absentHash), password);
  return person?.active && right ? { personId: person.id } : null;
}

/** Opens a session and returns its token, which is never stored. */
export async function openWebSession(
  db: Db,
  personId: string,
  client: ClientInfo,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + ABSOLUTE_HOURS * 3_600_000);
  await db
    .insertInto('web_sessions')
    .values({
      id: newId(),
      token_hash: tokenHash(token),
      person_id: personId,
      expires_at: expiresAt,
      address: client.address,
      user_agent: client.userAgent.slice(0, 300),
    })
    .execute();
  return { token, expiresAt };
}

export async function closeWebSession(db: Db, token: string): Promise<void> {
  await db
    .updateTable('web_sessions')
    .set({ ended_at: new Date() })
    .where('token_hash', '=', tokenHash(token))
    .where('ended_at', 'is', null)
    .execute();
}

/** Who a token belongs to; null when it is unknown, over or idle for too long. */
export async function viewerOf(db: Db, token: string): Promise<Viewer | null> {
  const now = Date.now();
  const row = await db
    .selectFrom('web_sessions as s')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .innerJoin('units as u', 'u.path', 'p.unit_path')
    .select(['s.id as session_id', 's.last_seen_at', 'p.id', 'p.login', 'p.name', 'p.agent_number', 'p.roles'])
    .select(['u.id as unit_id', 'u.name as unit_name', 'u.path as unit_path'])
    .where('s.token_hash', '=', tokenHash(token))
    .where('s.ended_at', 'is', null)
    .where('s.expires_at', '>', new Date(now))
    .where('s.last_seen_at', '>', new Date(now - IDLE_MINUTES * 60_000))
    .where('p.active', '=', true)
    .executeTakeFirst();
  if (!row) return null;
  if (row.last_seen_at.getTime() < now - 60_000) await touch(db, row.session_id);
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    agentNumber: row.agent_number,
    roles: row.roles,
    permissions: permissionsOf(row.roles),
    unit: { id: row.unit_id, name: row.unit_name, path: row.unit_path },
  };
}

async function touch(db: Db, sessionId: string): Promise<void> {
  await db.updateTable('web_sessions').set({ last_seen_at: new Date() }).where('id', '=', sessionId).execute();
}
