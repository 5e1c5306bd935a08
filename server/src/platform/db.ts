/** The one store: a kysely over a pg pool, and the migrations that run at every start. */
import { Kysely, type Migration, Migrator, PostgresDialect, type PostgresPool, type Transaction } from 'kysely';
import pg from 'pg';
import * as firstCall from './migrations/0001_first_call.ts';
import * as apart from './migrations/0002_apart.ts';
import * as timeIsInTheId from './migrations/0003_time_is_in_the_id.ts';
import * as completeDesk from './migrations/0004_complete_desk.ts';
import * as flows from './migrations/0005_flows.ts';
import * as prompts from './migrations/0006_prompts.ts';
import * as workOrders from './migrations/0007_work_orders.ts';
import * as flowRuns from './migrations/0008_flow_runs.ts';
import * as smsReceipts from './migrations/0009_sms_receipts.ts';
import * as workflows from './migrations/0010_workflows.ts';
import * as orders from './migrations/0011_orders.ts';
import * as orderSearch from './migrations/0012_order_search.ts';
import * as taxpayersCategories from './migrations/0013_taxpayers_categories.ts';
import * as formsFiles from './migrations/0014_forms_files.ts';
import * as noticesSms from './migrations/0015_notices_sms.ts';
import * as partners from './migrations/0016_partners.ts';
import * as savedFilters from './migrations/0017_saved_filters.ts';
import * as exports from './migrations/0018_exports.ts';
import * as knowledge from './migrations/0019_knowledge.ts';
import * as answers from './migrations/0020_answers.ts';
import * as knowledgeUses from './migrations/0021_knowledge_uses.ts';
import * as knowledgeEditors from './migrations/0022_knowledge_editors.ts';
import { preparing } from './prepared.ts';
import type { Database } from './schema.ts';
import type { Vault } from './vault.ts';

export type Db = Kysely<Database>;
/** What queries take: the pool or a transaction on it. */
export type Queryable = Db | Transaction<Database>;

// Counts and byte sizes fit a double; the driver would give them as strings.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

const migrations = (vault: Vault): Record<string, Migration> => ({
  '0001_first_call': firstCall,
  '0002_apart': { up: (db) => apart.up(db, vault) },
  '0003_time_is_in_the_id': timeIsInTheId,
  '0004_complete_desk': completeDesk,
  '0005_flows': flows,
  '0006_prompts': prompts,
  '0007_work_orders': workOrders,
  '0008_flow_runs': flowRuns,
  '0009_sms_receipts': { up: (db) => smsReceipts.up(db, vault) },
  '0010_workflows': workflows,
  '0011_orders': { up: (db) => orders.up(db, vault) },
  '0012_order_search': orderSearch,
  '0013_taxpayers_categories': taxpayersCategories,
  '0014_forms_files': formsFiles,
  '0015_notices_sms': noticesSms,
  '0016_partners': partners,
  '0017_saved_filters': savedFilters,
  '0018_exports': exports,
  '0019_knowledge': knowledge,
  '0020_answers': answers,
  '0021_knowledge_uses': knowledgeUses,
  '0022_knowledge_editors': knowledgeEditors,
});

export interface DbHandle {
  db: Db;
  pool: pg.Pool;
  close(): Promise<void>;
}

interface OpenOptions {
  max?: number;
  statementTimeoutMs?: number;
  /** Names the connections in the store. */
  applicationName?: string;
  /** Awaited before each statement or transaction; what it throws is thrown instead. */
  before?: () => Promise<void>;
  onError?: (error: Error) => void;
}

/** Opens the pool; every statement has a deadline of 15 s unless said otherwise, every wait for a connection one of 10 s. */
export function openDb(url: string, options: OpenOptions = {}): DbHandle {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 16,
    connectionTimeoutMillis: 10_000,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    application_name: options.applicationName ?? 'rexian',
  });
  // An idle connection that breaks (PostgreSQL restarted) must not end the process: the next query opens a new one.
  const onError = (error: Error) => options.onError?.(error);
  pool.on('error', onError);
  // A connection that breaks while it is lent out fails its query and speaks up here as well.
  const prepare = preparing();
  pool.on('connect', (client) => {
    client.on('error', onError);
    prepare(client);
  });
  const { before } = options;
  const lent: PostgresPool = before
    ? { connect: () => before().then(() => pool.connect()), end: () => pool.end() }
    : pool;
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: lent }) });
  return { db, pool, close: () => closed(db, pool) };
}

/**
 * One transaction on a connection of its own, whose statements don't wait for each other's answers as those of kysely's transactions do. `work`
 * throws: nothing has happened. For seeds.
 */
export async function atOnce<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, pipeline: true, statement_timeout: 60_000 });
  // One that breaks fails what was asked of it, too.
  client.on('error', () => undefined);
  await client.connect();
  preparing()(client);
  const lent = Object.assign(client, { release: () => undefined });
  const pool: PostgresPool = { connect: async () => lent, end: () => client.end() };
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await client.query('begin');
    const result = await work(db);
    await client.query('commit');
    return result;
  } finally {
    await db.destroy();
  }
}

/** A kysely that was never asked anything leaves its pool open. */
async function closed(db: Db, pool: pg.Pool): Promise<void> {
  await db.destroy();
  if (!pool.ended) await pool.end();
}

/** Brings the database to the newest schema, or to that of `last`. Several processes may call it at once: kysely takes a lock. */
export async function migrate(db: Db, vault: Vault, last?: string): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(vault) } });
  const { error, results } = await (last ? migrator.migrateTo(last) : migrator.migrateToLatest());
  if (error) throw error;
  return (results ?? []).map((result) => result.migrationName);
}
