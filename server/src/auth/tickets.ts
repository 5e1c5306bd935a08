/** Between the password and the one-time password: five minutes, five tries. `db` is the engine's. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';
import { tokenHash } from './sessions.ts';

const MINUTES = 5;
const TRIES = 5;

export async function openTicket(db: Queryable, personId: string): Promise<string> {
  const ticket = randomBytes(32).toString('base64url');
  const expires_at = sql<Date>`now() + make_interval(mins => ${MINUTES})`;
  await db
    .insertInto('sign_in_tickets')
    .values({ token_hash: tokenHash(ticket), person_id: personId, method: 'password', expires_at })
    .execute();
  return ticket;
}

/** Whose ticket it is, while it counts. */
export async function personOfTicket(db: Queryable, ticket: string): Promise<string | null> {
  const row = await db
    .selectFrom('sign_in_tickets')
    .select('person_id')
    .where('token_hash', '=', tokenHash(ticket))
    .where('expires_at', '>', sql<Date>`now()`)
    .where('failures', '<', TRIES)
    .executeTakeFirst();
  return row?.person_id ?? null;
}

/** Takes one of the tries, before the code is judged; false: none is left. */
export async function takeTry(db: Queryable, ticket: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sign_in_tickets')
    .set((each) => ({ failures: each('failures', '+', 1) }))
    .where('token_hash', '=', tokenHash(ticket))
    .where('expires_at', '>', sql<Date>`now()`)
    .where('failures', '<', TRIES)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The ticket has done its work; false: it had before. */
export async function closeTicket(db: Queryable, ticket: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sign_in_tickets')
    .where('token_hash', '=', tokenHash(ticket))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
