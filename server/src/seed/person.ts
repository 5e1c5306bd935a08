/** A person as seeds make them: with roles and a password at once. */
import type { BuiltInRole, DataScope } from '@rexian/contracts';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';

export interface SeedPerson {
  unitId: string;
  login: string;
  name: string;
  agentNumber: string | null;
  roles: readonly BuiltInRole[];
  scope: DataScope;
  /** Of `hashPassword`. */
  passwordHash: string;
  /** Has to be changed at the first sign-in. */
  mustChange?: boolean;
}

/** Returns the id. */
export async function addPerson(db: Queryable, person: SeedPerson): Promise<string> {
  const id = newId();
  const { unitId: unit_id, login, name, agentNumber: agent_number, scope } = person;
  await db.insertInto('people').values({ id, unit_id, login, name, agent_number, scope }).execute();
  await db
    .insertInto('credentials')
    .values({ person_id: id, password_hash: person.passwordHash, must_change: person.mustChange ?? false })
    .execute();
  if (person.roles.length > 0)
    await db
      .insertInto('person_roles')
      .columns(['person_id', 'role_id'])
      .expression((from) =>
        from
          .selectFrom('roles')
          .where('code', 'in', person.roles)
          .select((each) => [each.val(id).as('person_id'), 'id']),
      )
      .execute();
  return id;
}
