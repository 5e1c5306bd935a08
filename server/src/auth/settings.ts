/** 安全策略: the security administrator's settings, with sound ones to begin with. */
import { type SecuritySettings, securitySettings } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Db, Queryable } from '../platform/db.ts';

export const standardSecurity: SecuritySettings = {
  password: { minLength: 10, minClasses: 2, history: 5, maxAgeDays: 180 },
  lockout: { accountFailures: 5, addressFailures: 50, firstSeconds: 30, maxSeconds: 1800 },
  session: { idleMinutes: 120, absoluteHours: 12 },
  totpForAdministrators: false,
};

const NAME = 'security';
const KEPT_MS = 2_000;

/** Reads the settings at most every two seconds. `db` is the engine's. */
export class SecurityStore {
  readonly #db: Db;
  #known: { value: SecuritySettings; at: number } | null = null;

  constructor(db: Db) {
    this.#db = db;
  }

  async get(): Promise<SecuritySettings> {
    if (this.#known && Date.now() - this.#known.at < KEPT_MS) return this.#known.value;
    const row = await this.#db.selectFrom('settings').select('value').where('name', '=', NAME).executeTakeFirst();
    const value = settingsOf(row);
    this.#known = { value, at: Date.now() };
    return value;
  }

  /** As they stand, held against others who change them until the transaction ends. */
  async readForChange(db: Queryable): Promise<SecuritySettings> {
    await sql`select pg_advisory_xact_lock(hashtext('settings'), hashtext(${NAME}))`.execute(db);
    return settingsOf(await db.selectFrom('settings').select('value').where('name', '=', NAME).executeTakeFirst());
  }

  /** Once a change is committed. */
  forget(): void {
    this.#known = null;
  }

  async save(value: SecuritySettings, personId: string, db: Queryable = this.#db): Promise<void> {
    const row = { value: JSON.stringify(value), changed_at: new Date(), changed_by: personId };
    await db
      .insertInto('settings')
      .values({ name: NAME, ...row })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
      .execute();
    this.forget();
  }
}

function settingsOf(row: { value: unknown } | undefined): SecuritySettings {
  const parsed = securitySettings.safeParse(row?.value);
  return parsed.success ? parsed.data : standardSecurity;
}
