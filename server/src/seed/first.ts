/** What an installation for real begins with: one unit, and one administrator whose password is told once. */
import { sql } from 'kysely';
import { temporaryPassword } from '../auth/password-rules.ts';
import { hashPasswordInTime } from '../auth/passwords.ts';
import { standardSecurity } from '../auth/settings.ts';
import { writeAudit } from '../platform/audit.ts';
import { openDb, type Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { addPerson } from './person.ts';

const LOGIN = 'admin';
/** Any number: two starts at once make one administrator. */
const LOCK = 4_837_123_368;

/** Seeds a prepared database that has no people; null when there are some. `ownerUrl`: of its owner. The password has to be changed. */
export async function seedFirst(ownerUrl: string): Promise<{ login: string; password: string } | null> {
  const { db, close } = openDb(ownerUrl, { max: 2 });
  try {
    if (await hasPeople(db)) return null;
    const password = temporaryPassword(standardSecurity.password);
    // On a busy machine it takes longer than anybody may wait for the lock.
    const passwordHash = await hashPasswordInTime(password);
    return await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
      if (await hasPeople(trx)) return null;
      await seed(trx, passwordHash);
      return { login: LOGIN, password };
    });
  } finally {
    await close();
  }
}

async function hasPeople(db: Queryable): Promise<boolean> {
  return (await db.selectFrom('people').select('id').limit(1).executeTakeFirst()) !== undefined;
}

async function seed(db: Queryable, passwordHash: string): Promise<void> {
  const unitId = await rootUnit(db);
  const id = await addPerson(db, {
    unitId,
    login: LOGIN,
    name: '系统管理员',
    agentNumber: null,
    roles: ['system_admin', 'security_admin', 'centre_admin'],
    scope: 'all',
    passwordHash,
    mustChange: true,
  });
  await writeAudit(db, {
    actor: { kind: 'system', id: null, login: 'system', name: '系统' },
    address: '',
    action: 'created',
    subject: { kind: 'person', id, name: '系统管理员（admin）' },
    unitId,
  });
}

async function rootUnit(db: Queryable): Promise<string> {
  const found = await db.selectFrom('units').select('id').orderBy('path').limit(1).executeTakeFirst();
  if (found) return found.id;
  const id = newId();
  await db.insertInto('units').values({ id, path: 'centre', name: '热线中心', kind: 'centre' }).execute();
  return id;
}
