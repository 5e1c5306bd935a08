/**
 * The demo that a fresh installation begins with: 广西12366 with its fourteen cities, their bureaus and halls, people, queues, flows.
 * Does nothing when the database has units already.
 */
import { hashPasswordInTime } from '../auth/passwords.ts';
import { type Db, openDb } from '../platform/db.ts';
import type { Vault } from '../platform/vault.ts';
import { seedCategories } from './categories.ts';
import { CentreRows } from './centres.ts';
import { seedDevices } from './devices.ts';
import { seedLists } from './lists.ts';
import { PEOPLE, seedPeople } from './people.ts';
import { seedRouting } from './routing.ts';

export { simulatedLogins } from './people.ts';

/** One password for all demo people; an installation for real is seeded without them. */
export const DEMO_PASSWORD = 'rexian12366';

/** The log-ins that `rexian up` prints. */
export function demoAccounts(): { login: string; password: string; name: string; role: string }[] {
  const shown = [
    { login: '1001', role: '坐席' },
    { login: '1002', role: '坐席' },
    { login: '2001', role: '坐席（南宁）' },
    { login: '1000', role: '班长' },
    { login: '2000', role: '中心管理员（南宁）' },
    { login: 'admin', role: '管理员' },
    { login: 'auditor', role: '安全审计员' },
  ];
  return shown.map(({ login, role }) => ({
    login,
    password: DEMO_PASSWORD,
    name: PEOPLE.find((person) => person.login === login)?.name ?? login,
    role,
  }));
}

/** Seeds an empty, prepared database. `ownerUrl`: of its owner. */
export async function seedDemo(ownerUrl: string, vault: Vault): Promise<void> {
  const { db, close } = openDb(ownerUrl, { max: 2 });
  try {
    const seeded = await db.selectFrom('units').select('id').limit(1).executeTakeFirst();
    if (seeded) return;
    const passwordHash = await hashPasswordInTime(DEMO_PASSWORD);
    await db.transaction().execute((trx) => seed(trx, vault, passwordHash));
  } finally {
    await close();
  }
}

async function seed(db: Db, vault: Vault, passwordHash: string): Promise<void> {
  const centres = new CentreRows();
  await centres.insert(db);
  await seedPeople(db, centres, passwordHash);
  await seedDevices(db, vault, DEMO_PASSWORD);
  await seedCategories(db, centres.unitIds.get('gx') ?? '');
  await seedLists(db, vault, centres);
  await seedRouting(db, centres);
}
