/** People as seeds make them: with roles and a password at once. */
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
  /** Of `hashPassword`; null: comes later. */
  passwordHash: string | null;
  /** Has to be changed at the first sign-in. */
  mustChange?: boolean;
}

/** Returns the ids, in order. */
export async function addPeople(db: Queryable, people: readonly SeedPerson[]): Promise<string[]> {
  const made = people.map((person) => ({ ...person, id: newId() }));
  const rows = made.map(({ id, unitId, login, name, agentNumber, scope }) => {
    return { id, unit_id: unitId, login, name, agent_number: agentNumber, scope };
  });
  await db.insertInto('people').values(rows).execute();
  const credentials = made.flatMap(({ id, passwordHash, mustChange }) =>
    passwordHash === null ? [] : [{ person_id: id, password_hash: passwordHash, must_change: mustChange ?? false }],
  );
  if (credentials.length > 0) await db.insertInto('credentials').values(credentials).execute();
  const builtIn = await db.selectFrom('roles').select(['id', 'code']).where('code', 'is not', null).execute();
  const roles = made.flatMap(({ id, roles }) =>
    builtIn.filter(({ code }) => code && roles.includes(code)).map((role) => ({ person_id: id, role_id: role.id })),
  );
  if (roles.length > 0) await db.insertInto('person_roles').values(roles).execute();
  return made.map(({ id }) => id);
}

/** Returns the id. */
export async function addPerson(db: Queryable, person: SeedPerson): Promise<string> {
  const [id = ''] = await addPeople(db, [person]);
  return id;
}
