/** `rexian keys`: what lies under which data key, and changing to a new one. */

import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { writeAudit } from '../platform/audit.ts';
import { openDb } from '../platform/db.ts';
import { type DataCipher, type KeyRing, newDataKey, readKeyRing, Vault } from '../platform/vault.ts';
import { type KeyUse, keyUse, resealAll, sealedColumns } from './rotate-keys.ts';

/** Running processes look at the key file every two seconds. */
const NOTICE_MS = 5_000;

export interface KeyStatus {
  active: number;
  keys: { id: number; cipher: DataCipher; values: number }[];
}

/** Makes a key file with a first key where there is none. Returns whether it did. */
export function ensureKeyFile(file: string, cipher: DataCipher = 'aes-256-gcm'): boolean {
  if (existsSync(file)) return false;
  writeKeyFile(file, { active: 1, keys: [newDataKey(1, cipher)] });
  return true;
}

/** Whether anything lies sealed in the database already. `url`: of its owner. */
export async function holdsSealedData(url: string): Promise<boolean> {
  const { db, close } = openDb(url, { max: 1 });
  try {
    for (const { table, sealed } of sealedColumns) {
      const column = await sql`select from information_schema.columns
        where table_schema = 'public' and table_name = ${table} and column_name = ${sealed}`.execute(db);
      // The first version's tables have no such column.
      if (column.rows.length === 0) continue;
      const found = await sql`select from ${sql.table(table)} where ${sql.ref(sealed)} is not null limit 1`.execute(db);
      if (found.rows.length > 0) return true;
    }
    return false;
  } finally {
    await close();
  }
}

/** `url`: of the database's owner or engine role. */
export async function keyStatus(url: string, ring: KeyRing): Promise<KeyStatus> {
  const { db, close } = openDb(url, { max: 1, statementTimeoutMs: 600_000 });
  try {
    const use = new Map((await keyUse(db)).map(({ keyId, values }: KeyUse) => [keyId, values]));
    const known = ring.keys.map(({ id, cipher }) => ({ id, cipher, values: use.get(id) ?? 0 }));
    return { active: ring.active, keys: known };
  } finally {
    await close();
  }
}

/**
 * Adds a key to the file, waits until running processes use it, and seals everything anew. Old keys stay in the file: backups need them.
 * Run again after an interruption with `resume`, which only seals what is left.
 */
export async function rotateDataKey(options: {
  url: string;
  file: string;
  cipher: DataCipher;
  resume: boolean;
  onProgress: (resealed: number) => void;
}): Promise<{ keyId: number; resealed: number }> {
  const { url, file, cipher, resume, onProgress } = options;
  const old = readKeyRing({ file });
  const ring = resume ? old : withNewKey(old, cipher);
  if (!resume) {
    writeKeyFile(file, ring);
    await sleep(NOTICE_MS);
  }
  return sealAnew(url, ring, onProgress);
}

/** Seals everything that lies under another key of the ring with its active one. */
export async function sealAnew(
  url: string,
  ring: KeyRing,
  onProgress: (resealed: number) => void,
): Promise<{ keyId: number; resealed: number }> {
  const { db, close } = openDb(url, { max: 1, statementTimeoutMs: 600_000 });
  try {
    const resealed = await resealAll(db, new Vault(ring), onProgress);
    await writeAudit(db, {
      actor: { kind: 'system', id: null, login: 'rexian keys rotate', name: '命令行' },
      address: 'local',
      action: 'data_key_rotated',
      subject: { kind: 'data_key', id: String(ring.active), name: `数据密钥 ${ring.active}` },
      unitId: null,
      after: { keyId: ring.active, cipher: ring.keys.find(({ id }) => id === ring.active)?.cipher, resealed },
    });
    return { keyId: ring.active, resealed };
  } finally {
    await close();
  }
}

function withNewKey(ring: KeyRing, cipher: DataCipher): KeyRing {
  const id = Math.max(...ring.keys.map((key) => key.id)) + 1;
  return { active: id, keys: [...ring.keys, newDataKey(id, cipher)] };
}

function writeKeyFile(file: string, ring: KeyRing): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.new`;
  writeFileSync(temporary, `${JSON.stringify(ring, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}
