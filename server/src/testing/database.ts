/** A database of its own for a test file, copied from the migrated template. */
import { randomBytes } from 'node:crypto';
import type { Role } from '@rexian/contracts';
import pg from 'pg';
import { inject } from 'vitest';
import { type Db, type DbHandle, migrate, openDb } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { migrateJobs } from '../platform/jobs.ts';
import { createLogger } from '../platform/log.ts';

export { migrate, openDb };
export const silent = createLogger({ level: 'silent' });
export const migrateJobsOf = (handle: DbHandle) => migrateJobs(handle.pool, silent);

export interface TestDatabase extends DbHandle {
  url: string;
}

/** Close it in afterAll; the next run drops what a failed one left. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name} template rexian_template`);
  await admin.end();
  const url = new URL(`/${name}`, server).href;
  return { url, ...openDb(url) };
}

/** A centre with a queue and agents, signed in at SIP phones and ready. */
export async function seedCentre(db: Db, options: { path?: string; agents: number; wrapUpSeconds?: number | null }) {
  const path = options.path ?? 'gx';
  const queueId = newId();
  await db.insertInto('units').values({ id: newId(), path, name: path, kind: 'centre' }).execute();
  const queue = { id: queueId, unit_path: path, name: `${path} queue`, wrap_up_seconds: options.wrapUpSeconds ?? null };
  await db.insertInto('queues').values(queue).execute();
  const agents: { personId: string; sessionId: string; owner: string }[] = [];
  for (let index = 0; index < options.agents; index += 1) {
    const personId = await seedPerson(db, { path, login: `${path.replaceAll('.', '')}${index}`, roles: ['agent'] });
    await db.insertInto('queue_members').values({ queue_id: queueId, person_id: personId }).execute();
    const [sessionId, owner] = [newId(), newId()];
    const since = new Date(Date.now() - 60_000 + index);
    const session = { id: sessionId, owner, person_id: personId, unit_path: path, phone_kind: 'sip' as const };
    const state = { state: 'ready' as const, reason: null, state_since: since, idle_since: since, leg_id: null };
    const times = { signed_in_at: since, signed_out_at: null, wrap_up_until: null, phone_registered: true };
    await db
      .insertInto('agent_sessions')
      .values({ ...session, ...state, ...times })
      .execute();
    agents.push({ personId, sessionId, owner });
  }
  return { path, queueId, agents };
}

export async function seedPerson(db: Db, person: { path: string; login: string; roles: Role[] }): Promise<string> {
  const id = newId();
  const { path, login, roles } = person;
  const row = { id, unit_path: path, login, name: login, agent_number: login, password_hash: 'none', roles };
  await db.insertInto('people').values(row).execute();
  return id;
}
