/**
 * The demo that a fresh installation begins with: 广西12366 with its fourteen cities, their bureaus and halls, people, queues, flows,
 * knowledge, and work orders of the last twenty days.
 * Does nothing when the database has units already.
 */
import { sql } from 'kysely';
import { hashPasswordInTime } from '../auth/passwords.ts';
import { atOnce, type Db } from '../platform/db.ts';
import type { Vault } from '../platform/vault.ts';
import { seedCategories } from './categories.ts';
import { CentreRows } from './centres.ts';
import { seedDevices } from './devices.ts';
import { seedKnowledge } from './knowledge.ts';
import { seedLists } from './lists.ts';
import { seedOrderForms } from './order-forms.ts';
import { seedOrders } from './orders.ts';
import { PEOPLE, seedPeople } from './people.ts';
import { seedRouting } from './routing.ts';
import { seedSmsTemplates } from './sms-templates.ts';
import { seedTaxpayers } from './taxpayers.ts';
import { seedWorkflows } from './workflows.ts';

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
    { login: '6001', role: '知识管理员' },
    { login: '2101', role: '承办人（南宁市兴宁区税务局）' },
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

/** Seeds an empty, prepared database. `ownerUrl`: of its owner. `orders` false: nobody has asked or written anything yet, as tests have it. */
export async function seedDemo(ownerUrl: string, vault: Vault, { orders = true } = {}): Promise<void> {
  await atOnce(ownerUrl, async (db) => {
    const seeded = await db.selectFrom('units').select('id').limit(1).executeTakeFirst();
    if (seeded) return;
    // Its process is in no hurry, so it begins first; nobody else is there whom the transaction would keep waiting.
    const hashing = hashPasswordInTime(DEMO_PASSWORD);
    hashing.catch(() => undefined);
    const top = await seed(db, vault);
    if (orders) {
      await seedKnowledge(db, top);
      await seedOrders(db, vault);
    }
    const hash = await hashing;
    await sql`insert into credentials (person_id, password_hash, must_change) select id, ${hash}, false from people`.execute(
      db,
    );
  });
}

/** Id of the unit at the top. */
async function seed(db: Db, vault: Vault): Promise<string> {
  const centres = new CentreRows();
  await centres.insert(db);
  await seedPeople(db, centres);
  await seedDevices(db, vault, DEMO_PASSWORD);
  const top = centres.unitIds.get('gx') ?? '';
  await seedCategories(db, top);
  await seedWorkflows(db, top);
  await seedTaxpayers(db, top);
  await seedSmsTemplates(db, top);
  await seedOrderForms(db, top);
  await seedLists(db, vault, centres);
  await seedRouting(db, centres);
  return top;
}
