/** 安全策略: the security administrator's settings, with sound ones to begin with. */
import { type SecuritySettings, securitySettings } from '@rexian/contracts';
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
    const parsed = securitySettings.safeParse(row?.value);
    const value = parsed.success ? parsed.data : standardSecurity;
    this.#known = { value, at: Date.now() };
    return value;
  }

  async save(value: SecuritySettings, personId: string, db: Queryable = this.#db): Promise<void> {
    const row = { value: JSON.stringify(value), changed_at: new Date(), changed_by: personId };
    await db
      .insertInto('settings')
      .values({ name: NAME, ...row })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
      .execute();
    this.#known = null;
  }
}
