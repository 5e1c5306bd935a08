/** Passwords of people, as others give them. `db` is the engine's: requests' own role has no access to these tables. */
import type { Queryable } from '../platform/db.ts';
import { sendHint } from '../platform/hints.ts';
import { unlock } from './lockout.ts';
import { endWebSessions } from './sessions.ts';

/** What one had before is kept for the rule that it may not come again; the most that the settings can ask for. */
const KEPT_OLD = 24;

/**
 * Gives a person, new or known, a password to be changed at the next sign-in: sessions end, waits after wrong passwords as well. Hash it
 * (`hashPassword`) before the transaction begins: that takes long.
 */
export async function setTemporaryPassword(db: Queryable, personId: string, passwordHash: string): Promise<void> {
  await keepOldPassword(db, personId);
  const changed = { password_hash: passwordHash, changed_at: new Date(), must_change: true };
  await db
    .insertInto('credentials')
    .values({ person_id: personId, ...changed })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(changed))
    .execute();
  await db.deleteFrom('sign_in_tickets').where('person_id', '=', personId).execute();
  await endWebSessions(db, { personId });
  const person = await db.selectFrom('people').select('login').where('id', '=', personId).executeTakeFirst();
  if (person) await unlock(db, person.login);
  await sendHint(db, { topic: 'viewer', personId });
}

/** Puts the present password among the old ones. */
export async function keepOldPassword(db: Queryable, personId: string): Promise<void> {
  await db
    .insertInto('old_passwords')
    .columns(['person_id', 'password_hash'])
    .expression((from) =>
      from.selectFrom('credentials').select(['person_id', 'password_hash']).where('person_id', '=', personId),
    )
    .execute();
  await db
    .deleteFrom('old_passwords')
    .where('person_id', '=', personId)
    .where('at', '<', (from) =>
      from
        .selectFrom('old_passwords as newer')
        .select('newer.at')
        .where('newer.person_id', '=', personId)
        .orderBy('newer.at', 'desc')
        .offset(KEPT_OLD - 1)
        .limit(1),
    )
    .execute();
}
