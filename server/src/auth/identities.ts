/** Which person an identity at a provider belongs to. `db` is the engine's. */
import type { Db, Queryable } from '../platform/db.ts';
import { isLogin } from './lockout.ts';
import type { OidcIdentity } from './oidc.ts';

/**
 * The active person that an identity belongs to. An identity seen for the first time is linked to the person with that login who has none
 * of this provider yet. Never makes a person.
 */
export async function personOfIdentity(db: Db, identity: OidcIdentity): Promise<string | null> {
  const known = await linkedPerson(db, identity);
  if (known) return known.active ? known.id : null;
  const { issuer, subject, login } = identity;
  if (login === null || !isLogin(login)) return null;
  const person = await db
    .selectFrom('people')
    .select('id')
    .where('login', '=', login)
    .where('active', '=', true)
    .executeTakeFirst();
  if (!person) return null;
  // One identity of a provider for a person, one person for an identity: unique indexes decide who was first.
  await db
    .insertInto('identities')
    .values({ issuer, subject, person_id: person.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const linked = await linkedPerson(db, identity);
  return linked?.active ? linked.id : null;
}

const linkedPerson = (db: Queryable, { issuer, subject }: OidcIdentity) =>
  db
    .selectFrom('identities as i')
    .innerJoin('people as p', 'p.id', 'i.person_id')
    .select(['p.id', 'p.active'])
    .where('i.issuer', '=', issuer)
    .where('i.subject', '=', subject)
    .executeTakeFirst();
