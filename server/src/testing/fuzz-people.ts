/** Those who send the fuzz: people of the demo centre, partners' keys, strangers. What the fuzz does to them is undone, so that it can go on. */
import { partnerPermissions } from '@rexian/contracts';
import { sql } from 'kysely';
import { openWebSession, SESSION_COOKIE } from '../auth/sessions.ts';
import { newSecret } from '../keys/secret.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Vault } from '../platform/vault.ts';
import { addCalls } from './fuzz-calls.ts';
import type { KnownIds } from './fuzz-values.ts';

/** Administrator, auditor, a leader, a city's administrator, an agent. */
const LOGINS = ['admin', 'auditor', '1000', '2000', '1001'];

interface Kept {
  id: string;
  row: { unit_id: string; login: string; name: string; agent_number: string | null; scope: string; entitled: string[] };
  roleIds: string[];
  cookie: string;
}

type Headers = Record<string, string>;

export class FuzzPeople {
  readonly #db: Db;
  readonly #kept: Kept[] = [];
  #keys: Headers[] = [];
  ids: KnownIds = new Map();

  /** `db`: of the owner, who may repair everything. */
  private constructor(db: Db) {
    this.#db = db;
  }

  /** On a database with the demo centre. */
  static async meet(db: Db, vault: Vault): Promise<FuzzPeople> {
    const people = new FuzzPeople(db);
    await addCalls(db, vault);
    const rows = await db.selectFrom('people').selectAll().where('login', 'in', LOGINS).execute();
    if (rows.length !== LOGINS.length) throw new Error('the demo centre is not seeded');
    for (const { id, unit_id, login, name, agent_number, scope, entitled } of rows) {
      const roles = await db.selectFrom('person_roles').select('role_id').where('person_id', '=', id).execute();
      const row = { unit_id, login, name, agent_number, scope, entitled };
      people.#kept.push({ id, row, roleIds: roles.map(({ role_id }) => role_id), cookie: '' });
    }
    await people.revive();
    return people;
  }

  /** Headers of somebody who comes through the pages (RPC); the last is a stranger. */
  get pages(): Headers[] {
    return [...this.#kept.map(({ cookie }) => ({ cookie })), {}];
  }

  /** Headers of somebody who comes as a partner (REST): a key of the province, of a city, a wrong one, none. */
  get partners(): Headers[] {
    return [...this.#keys, { authorization: `Bearer rxk_${'x'.repeat(43)}` }, {}];
  }

  /** Signs everybody in again, after undoing whatever keeps them from it, and looks which ids there are. */
  async revive(): Promise<void> {
    const db = this.#db;
    await db.updateTable('units').set({ active: true }).execute();
    await db.deleteFrom('settings').execute();
    for (const person of this.#kept) {
      const { id, row, roleIds } = person;
      await db
        .updateTable('people')
        .set({ login: `${row.login} taken` })
        .where('login', '=', row.login)
        .where('id', '<>', id)
        .execute();
      await db
        .updateTable('people')
        .set({ ...row, scope: row.scope as 'own', active: true })
        .where('id', '=', id)
        .execute();
      await db
        .updateTable('credentials')
        .set({ must_change: false, changed_at: new Date() })
        .where('person_id', '=', id)
        .execute();
      await db.deleteFrom('person_roles').where('person_id', '=', id).execute();
      await db
        .insertInto('person_roles')
        .values(roleIds.map((role_id) => ({ person_id: id, role_id })))
        .execute();
      const { token } = await openWebSession(db, id, { address: '127.0.0.1', userAgent: 'fuzz' });
      person.cookie = `${SESSION_COOKIE}=${token}`;
    }
    this.#keys = [await this.#key('gx'), await this.#key('gx.nanning')];
    await this.#lookAround();
  }

  async #key(path: string): Promise<Headers> {
    const db = this.#db;
    const unit = await db.selectFrom('units').select('id').where('path', '=', path).executeTakeFirst();
    if (!unit) return {};
    const [id, { secret, hash, hint }] = [newId(), newSecret()];
    const key = { id, unit_id: unit.id, name: 'fuzz', permissions: [...partnerPermissions], networks: [] };
    const times = { rate_per_minute: 60_000, created_by: 'fuzz', revoked_at: null };
    await db
      .insertInto('api_keys')
      .values({ ...key, ...times })
      .execute();
    const unused = { expires_at: null, last_used_at: null, last_used_address: null };
    await db
      .insertInto('api_key_secrets')
      .values({ id: newId(), key_id: id, secret_hash: hash, hint, ...unused })
      .execute();
    return { authorization: `Bearer ${secret}` };
  }

  async #lookAround(): Promise<void> {
    const tables = await sql<{ name: string }>`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'id' and data_type = 'uuid' order by 1`.execute(this.#db);
    const ids = new Map<string, string[]>();
    for (const { name } of tables.rows) {
      const found = await sql<{ id: string }>`select id from ${sql.table(name)} order by random() limit 20`.execute(
        this.#db,
      );
      ids.set(
        name,
        found.rows.map(({ id }) => id),
      );
    }
    this.ids = ids;
  }
}
