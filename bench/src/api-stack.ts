/** A platform without voice for benches of the API: a PostgreSQL of its own and a control process with the role `api`. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defaultHome, startPostgres } from '@rexian/engines';
import { openWebSession, SESSION_COOKIE } from '@rexian/server/auth/sessions.ts';
import { ensureKeyFile } from '@rexian/server/maintenance/data-keys.ts';
import { type Db, type DbHandle, openDb } from '@rexian/server/platform/db.ts';
import { createLogger } from '@rexian/server/platform/log.ts';
import { prepareDatabase } from '@rexian/server/platform/prepare.ts';
import { readKeyRing, Vault } from '@rexian/server/platform/vault.ts';
import { type Api, apiClient } from '@rexian/server/testing/api-client.ts';
import { endControl, startControl } from '@rexian/server/testing/stack.ts';

export interface ApiStack {
  url: string;
  /** Sees everything. */
  owner: DbHandle;
  vault: Vault;
  /** Signed in as this person, past the sign-in. */
  as(personId: string): Promise<Api>;
  close(): Promise<void>;
}

export interface ApiStackOptions {
  name: string;
  /** First of two. */
  port: number;
  /** Settings of PostgreSQL. */
  settings?: Record<string, string>;
  env?: Record<string, string>;
  /** Work with what an earlier run kept, and keep it. */
  keep: boolean;
  /** On the prepared database, before the control process starts. */
  seed(ownerUrl: string, vault: Vault): Promise<void>;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export async function startApiStack(options: ApiStackOptions): Promise<ApiStack> {
  const { name, port, settings = {}, keep, seed } = options;
  const home = defaultHome();
  const folder = join(home, 'bench', name);
  if (!keep) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const postgres = await startPostgres({ home, dir: join(folder, 'postgres'), port: port + 1, settings });
  const owner = openDb(postgres.url, { max: 4, statementTimeoutMs: 600_000 });
  const closers: (() => Promise<unknown>)[] = [() => owner.close(), () => postgres.stop()];
  let closing: Promise<void> | null = null;
  // Whoever is interrupted and whoever fails for it must wait for the same end.
  const close = (): Promise<void> => {
    closing ??= closeAll();
    return closing;
  };
  const closeAll = async (): Promise<void> => {
    for (const signal of SIGNALS) process.off(signal, interrupted);
    for (const closer of closers) await closer();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = (): void => void close().finally(() => process.exit(130));
  for (const signal of SIGNALS) process.once(signal, interrupted);
  try {
    const keyFile = join(folder, 'data-keys.json');
    ensureKeyFile(keyFile);
    const vault = new Vault(readKeyRing({ file: keyFile }));
    const urls = await prepareDatabase(postgres.url, vault, createLogger({ level: 'warn' }));
    await seed(postgres.url, vault);
    const env = { DATABASE_WEB_URL: urls.web, DATABASE_ENGINE_URL: urls.engine, ...options.env };
    const api = await startApi({ folder, port, keyFile, env });
    closers.unshift(() => api.close());
    const { url } = api;
    const as = async (personId: string): Promise<Api> =>
      apiClient(url, { cookie: await sessionCookie(owner.db, personId) }).api;
    return { url, owner, vault, as, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A control process with the role `api`; `env` says at least where its database is. */
export async function startApi({ folder, port, keyFile, env }: ApiOptions) {
  const all = { ...process.env, ...environment(folder, port, keyFile), ...env };
  const control = await startControl(all, join(folder, 'control.log'));
  return { url: `http://127.0.0.1:${port}`, pid: control.pid ?? 0, close: () => endControl(control, 'SIGTERM') };
}

interface ApiOptions {
  folder: string;
  port: number;
  keyFile: string;
  env: Record<string, string>;
}

/** The Cookie header of somebody who has signed in, past the sign-in. */
export async function sessionCookie(owner: Db, personId: string): Promise<string> {
  const { token } = await openWebSession(owner, personId, { address: '127.0.0.1', userAgent: 'bench' });
  return `${SESSION_COOKIE}=${token}`;
}

function environment(folder: string, port: number, keyFile: string): Record<string, string> {
  return {
    REXIAN_ROLES: 'api',
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(port),
    REXIAN_DATA_KEY_FILE: keyFile,
    REXIAN_SECRET: randomBytes(32).toString('hex'),
    TRIAL_PASSWORD: randomBytes(12).toString('hex'),
    // Nobody answers there: this role has no business with the voice engine.
    ASTERISK_URL: 'http://127.0.0.1:9',
    PROMPTS_DIR: join(folder, 'prompts'),
    RECORDINGS_DIR: join(folder, 'recordings'),
    JOURNAL_DIR: join(folder, 'journal'),
    STORAGE_DIR: join(folder, 'storage'),
    LOG_LEVEL: 'warn',
  };
}
