/** One PostgreSQL for all database tests of a run, with a migrated template that each test file copies. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultHome, startPostgres } from '@rexian/engines';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { prepareDatabase } from '../platform/prepare.ts';
import { silent, testVault } from './database.ts';
import { freePort } from './ports.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

/** Several runs may go on at once: each takes the first of these ports that is free, with a folder of its own. */
const PORTS = Array.from({ length: 10 }, (_, index) => 20_500 + index);

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = defaultHome();
  // What these tests write need not survive anything.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const port = await freePort(PORTS);
  const postgres = await startPostgres({ home, dir: join(home, 'test', `postgres-store-${port}`), port, settings });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const left = await client.query<{ datname: string }>(
    `select datname from pg_database where datname like 'test\\_%' or datname = 'rexian_template'`,
  );
  for (const { datname } of left.rows) await client.query(`drop database ${datname} with (force)`);
  await client.query('create database rexian_template');
  await client.end();
  await prepareDatabase(new URL('/rexian_template', postgres.url).href, testVault, silent);
  await nobodyIn(postgres.url, 'rexian_template');
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}

/** A database can be copied once the last connection to it has really gone. */
async function nobodyIn(url: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (let tries = 0; tries < 100; tries += 1) {
    const { rowCount } = await client.query('select from pg_stat_activity where datname = $1', [database]);
    if (rowCount === 0) break;
    await sleep(50);
  }
  await client.end();
}
