import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../errors.ts';
import { ensureFolder, readIfExists, writeAtomically } from '../system/files.ts';
import { run } from '../system/run.ts';
import { findPlace, placeOf } from './place.ts';

/**
 * Copies a stopped cluster, with its password, to a folder that has none; startPostgres takes it from there. Throws EngineError when `from`
 * holds no cluster, still runs, or the copy fails.
 */
export async function copyCluster(from: string, to: string): Promise<void> {
  const data = join(placeOf(from), 'data');
  const password = readIfExists(join(from, 'password'));
  if (!password || !existsSync(join(data, 'PG_VERSION')) || existsSync(join(data, 'postmaster.pid'))) {
    throw new EngineError('start-failed', `${from} 中没有已停止的数据库。`);
  }
  ensureFolder(to);
  const place = findPlace(to);
  // Keeps the owner, which is the database's account.
  const { code, output } = await run('cp', ['-a', '--reflink=auto', data, place.data], { quietMs: 120_000 });
  if (code !== 0) {
    rmSync(place.data, { recursive: true, force: true });
    throw new EngineError('start-failed', `复制数据库失败：${output.trim().split('\n').at(-1) ?? code}`, output);
  }
  writeAtomically(join(to, 'password'), password, 0o600);
}
