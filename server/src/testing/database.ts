/** A database of its own for a test file, copied from the migrated template. */
import { randomBytes } from 'node:crypto';
import type { BuiltInRole, DataScope } from '@rexian/contracts';
import pg from 'pg';
import { inject } from 'vitest';
import { type Db, type DbHandle, openDb } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { createLogger } from '../platform/log.ts';
import { type ServingUrls, servingUrls } from '../platform/prepare.ts';
import { Store } from '../platform/store.ts';
import { newDataKey, Vault } from '../platform/vault.ts';
import { addPerson } from '../seed/person.ts';

export { openDb };
export const silent = createLogger({ level: 'silent' });
/** Personal data of tests is sealed with this. */
export const testVault = new Vault({ active: 1, keys: [newDataKey(1, 'aes-256-gcm')] });

/** `db` is the engine's: it sees everything. */
export interface TestDatabase {
  db: Db;
  store: Store;
  owner: DbHandle;
  url: string;
  urls: ServingUrls;
  close(): Promise<void>;
}

/** Close it in afterAll; the next run drops what a failed one left. `template0`: an empty one. */
export async function testDatabase(
  template: 'rexian_template' | 'template0' = 'rexian_template',
): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name} template ${template}`);
  await admin.end();
  const url = new URL(`/${name}`, server).href;
  const urls = servingUrls(url);
  const owner = openDb(url, { max: 4 });
  const store = new Store(urls, () => undefined);
  const close = async () => {
    await store.close();
    await owner.close();
  };
  return { db: store.system, store, owner, url, urls, close };
}

/** A centre with a queue and agents, signed in at browser phones and ready. */
export async function seedCentre(db: Db, options: { path?: string; agents: number; wrapUpSeconds?: number | null }) {
  const path = options.path ?? 'gx';
  const [queueId, unitId] = [newId(), newId()];
  await db.insertInto('units').values({ id: unitId, path, name: path, kind: 'centre' }).execute();
  const queue = { id: queueId, unit_id: unitId, name: `${path} queue`, wrap_up_seconds: options.wrapUpSeconds ?? null };
  await db.insertInto('queues').values(queue).execute();
  const agents: { personId: string; sessionId: string; owner: string }[] = [];
  for (let index = 0; index < options.agents; index += 1) {
    const personId = await seedPerson(db, { unitId, login: `${path.replaceAll('.', '')}${index}`, roles: ['agent'] });
    await db.insertInto('queue_members').values({ queue_id: queueId, person_id: personId }).execute();
    const [sessionId, owner] = [newId(), newId()];
    const since = new Date(Date.now() - 60_000 + index);
    const session = { id: sessionId, owner, person_id: personId, unit_id: unitId, phone_kind: 'browser' as const };
    const state = { state: 'ready' as const, reason: null, state_since: since, idle_since: since, leg_id: null };
    const times = { signed_in_at: since, signed_out_at: null, wrap_up_until: null, phone_registered: true };
    await db
      .insertInto('agent_sessions')
      .values({ ...session, ...state, ...times })
      .execute();
    agents.push({ personId, sessionId, owner });
  }
  return { path, unitId, queueId, agents };
}

interface TestPerson {
  unitId: string;
  login: string;
  roles: BuiltInRole[];
  scope?: DataScope;
}

export function seedPerson(db: Db, { unitId, login, roles, scope = 'own' }: TestPerson): Promise<string> {
  return addPerson(db, { unitId, login, name: login, agentNumber: login, roles, scope, passwordHash: 'none' });
}
