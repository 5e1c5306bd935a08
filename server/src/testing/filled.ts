/** A demo centre that is filled once for a run of tests; each platform of the run begins with a copy. */
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyCluster, defaultHome, readIfExists, startPostgres } from '@rexian/engines';
import { createLogger } from '../platform/log.ts';
import { prepareDatabase } from '../platform/prepare.ts';
import { type KeyRing, newDataKey, readKeyRing, Vault } from '../platform/vault.ts';
import { seedDemo } from '../seed/demo.ts';
import { freePort } from './ports.ts';

const FOLDER = 'REXIAN_TEST_FILLED';
const PORTS = Array.from({ length: 5 }, (_, index) => 20_510 + index);

const keyFile = (folder: string): string => join(folder, 'data-keys.json');

export const newKeys = (): KeyRing => ({ active: 1, keys: [newDataKey(1, 'aes-256-gcm')] });

/** Prepares the database and seeds the demo centre, without work orders. */
export async function fill(url: string, vault: Vault): Promise<void> {
  await prepareDatabase(url, vault, createLogger({ level: 'warn' }));
  await seedDemo(url, vault, { orders: false });
}

/** Fills the cluster that platforms started by this process and its children copy; what comes back removes it. */
export async function prepareFilled(): Promise<() => Promise<void>> {
  const home = defaultHome();
  const port = await freePort(PORTS);
  const folder = join(home, 'test', `filled-${port}`);
  await rm(folder, { recursive: true, force: true });
  // Small logs of changes: they are copied as well.
  const settings = { fsync: 'off', max_wal_size: '32MB', min_wal_size: '32MB' };
  const postgres = await startPostgres({ home, dir: folder, port, settings });
  try {
    const keys = newKeys();
    await fill(postgres.url, new Vault(keys));
    writeFileSync(keyFile(folder), JSON.stringify(keys), { mode: 0o600 });
  } finally {
    await postgres.stop();
  }
  process.env[FOLDER] = folder;
  return async () => {
    delete process.env[FOLDER];
    await rm(folder, { recursive: true, force: true });
  };
}

/** Copies what prepareFilled made into `dir` and tells its keys; null when this run has none. */
export async function copyFilled(dir: string): Promise<KeyRing | null> {
  const folder = process.env[FOLDER];
  if (!folder || !readIfExists(keyFile(folder))) return null;
  await copyCluster(folder, dir);
  return readKeyRing({ file: keyFile(folder) });
}
