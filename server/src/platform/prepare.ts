/** Makes a database ready to serve: roles, schema, protection, job queue. Needs its owner; what serves afterwards doesn't. */
import { builtInRole } from '@rexian/contracts';
import { sql } from 'kysely';
import { builtInPermissions } from './built-in-roles.ts';
import { type Db, type DbHandle, migrate, openDb } from './db.ts';
import { derivedSecret } from './ids.ts';
import { JOB_SCHEMA, migrateJobs } from './jobs.ts';
import type { Logger } from './log.ts';
import { protect, type ServingRoles } from './protection.ts';
import type { Vault } from './vault.ts';

/** Connection URLs of the two roles that serve. */
export interface ServingUrls {
  web: string;
  engine: string;
}

/** Any number: one preparation at a time. */
const LOCK = 4_837_123_365;

/**
 * Creates the serving roles where they are missing, migrates, protects. Several processes may call it at once; it may be repeated.
 * The roles' passwords are derived from the owner's; an owner without a password (peer, trust) gets URLs without one.
 */
export async function prepareDatabase(ownerUrl: string, vault: Vault, log: Logger): Promise<ServingUrls> {
  const urls = servingUrls(ownerUrl);
  const owner = openDb(ownerUrl, { max: 2, statementTimeoutMs: 600_000 });
  try {
    await owner.db.connection().execute(async (db) => {
      await sql`select pg_advisory_lock(${LOCK})`.execute(db);
      try {
        const roles = rolesOf(ownerUrl);
        await createRoles(db, roles, urls);
        const applied = await migrate(owner.db, vault);
        if (applied.length > 0) log.info({ applied }, 'migrated');
        await updateBuiltInRoles(db);
        await protect(db, roles, applied.length > 0);
        await prepareJobs(owner, roles, urls, log);
        await sql`select make_partitions(3)`.execute(db);
      } finally {
        await sql`select pg_advisory_unlock(${LOCK})`.execute(db);
      }
    });
  } finally {
    await owner.close();
  }
  return urls;
}

function rolesOf(ownerUrl: string): ServingRoles {
  const owner = decodeURIComponent(new URL(ownerUrl).username) || 'postgres';
  return { web: `${owner}_web`, engine: `${owner}_engine` };
}

/** Where the serving roles connect to, given the owner's URL. */
export function servingUrls(ownerUrl: string): ServingUrls {
  const roles = rolesOf(ownerUrl);
  const as = (role: string) => {
    const url = new URL(ownerUrl);
    url.username = role;
    if (url.password) url.password = derivedSecret(decodeURIComponent(url.password), `database role ${role}`);
    return url.href;
  };
  return { web: as(roles.web), engine: as(roles.engine) };
}

async function createRoles(db: Db, roles: ServingRoles, urls: ServingUrls): Promise<void> {
  for (const which of ['web', 'engine'] as const) {
    const role = sql.id(roles[which]);
    const password = decodeURIComponent(new URL(urls[which]).password);
    const found = await sql`select from pg_roles where rolname = ${roles[which]}`.execute(db);
    if (found.rows.length === 0) await sql`create role ${role} login`.execute(db);
    // Roles belong to the whole server: another database of it may be preparing at this very moment.
    if (password) await retryUpdated(() => sql`alter role ${role} password ${sql.lit(password)}`.execute(db));
  }
}

async function retryUpdated(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt >= 5 || !/tuple concurrently updated/.test(String(error))) throw error;
    }
  }
}

async function updateBuiltInRoles(db: Db): Promise<void> {
  for (const code of builtInRole.values)
    await sql`update roles set permissions = ${builtInPermissions[code]}, name = ${builtInRole.labels[code]}
      where code = ${code}`.execute(db);
}

/** The job queue is the engine role's own: it makes and keeps the tables. */
async function prepareJobs({ db }: DbHandle, roles: ServingRoles, urls: ServingUrls, log: Logger): Promise<void> {
  const engine = sql.id(roles.engine);
  const owner = await sql<{ name: string }>`select pg_get_userbyid(nspowner) as name from pg_namespace
    where nspname = ${JOB_SCHEMA}`.execute(db);
  // The first version's queue belonged to the owner. What it held is found again at the start (recordings not converted yet).
  if (owner.rows[0] && owner.rows[0].name !== roles.engine)
    await sql`drop schema ${sql.id(JOB_SCHEMA)} cascade`.execute(db);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
  const database = sql.id(rows[0]?.name ?? '');
  await sql`grant create on database ${database} to ${engine}`.execute(db);
  const handle = openDb(urls.engine, { max: 2 });
  try {
    await migrateJobs(handle.pool, log);
  } finally {
    await handle.close();
    await sql`revoke create on database ${database} from ${engine}`.execute(db);
  }
}
