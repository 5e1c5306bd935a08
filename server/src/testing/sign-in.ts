/** People with real passwords, for tests of signing in. */
import { randomUUID } from 'node:crypto';
import type { BuiltInRole, SecuritySettings } from '@rexian/contracts';
import { hashPasswordInTime } from '../auth/passwords.ts';
import { standardSecurity } from '../auth/settings.ts';
import type { Db } from '../platform/db.ts';
import { addPerson } from '../seed/person.ts';

export const PASSWORD = 'Kx7mQ2vT9pLw';

/** Hashed once: it is slow on purpose. */
const known = new Map<string, Promise<string>>();
function hashOf(password: string): Promise<string> {
  const hash = known.get(password) ?? hashPasswordInTime(password);
  known.set(password, hash);
  return hash;
}

export async function addUnit(db: Db, path: string): Promise<string> {
  const id = randomUUID();
  await db.insertInto('units').values({ id, path, name: path, kind: 'centre' }).execute();
  return id;
}

interface Options {
  unitId: string;
  login: string;
  roles?: BuiltInRole[];
  mustChange?: boolean;
}

/** Signs in with `PASSWORD`. Returns the id. */
export async function addSignIn(
  db: Db,
  { unitId, login, roles = ['agent'], mustChange = false }: Options,
): Promise<string> {
  const passwordHash = await hashOf(PASSWORD);
  const person = { unitId, login, name: `人员${login}`, agentNumber: null, roles, scope: 'own' as const };
  return addPerson(db, { ...person, passwordHash, mustChange });
}

/** Takes effect in servers started afterwards, or after two seconds. */
export async function setSecurity(db: Db, change: Partial<SecuritySettings>): Promise<void> {
  const row = { value: JSON.stringify({ ...standardSecurity, ...change }), changed_at: new Date(), changed_by: null };
  await db
    .insertInto('settings')
    .values({ name: 'security', ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}
