/** One PostgreSQL for all database tests of a run, with a migrated template that each test file copies. */
import { join } from 'node:path';
import { defaultHome, startPostgres } from '@rexian/engines';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate, migrateJobsOf, openDb } from './database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

const PORT = 20_500;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = defaultHome();
  // What these tests write need not survive anything.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const postgres = await startPostgres({ home, dir: join(home, 'test', 'postgres-store'), port: PORT, settings });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const left = await client.query<{ datname: string }>(
    `select datname from pg_database where datname like 'test\\_%' or datname = 'rexian_template'`,
  );
  for (const { datname } of left.rows) await client.query(`drop database ${datname} with (force)`);
  await client.query('create database rexian_template');
  await client.end();
  const template = openDb(new URL('/rexian_template', postgres.url).href);
  await migrate(template.db);
  await migrateJobsOf(template);
  await template.close();
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}
