import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EngineError } from '../errors.ts';
import { folderError, requireSpace } from '../system/files.ts';
import { run } from '../system/run.ts';
import type { Account } from './account.ts';
import type { Place } from './place.ts';

/** UTF-8 everywhere and code-point order; LC_CTYPE=C would make pg_trgm skip Chinese without a word. */
const localeFlags = [
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--lc-ctype=C.UTF-8',
];

/**
 * Creates the cluster unless it is there: superuser `postgres`, and an owner `rexian` (may create databases and roles,
 * but is no superuser, so row-level security binds it) with a database of the same name. A crash leaves nothing usable behind.
 */
export async function ensureCluster({ data, bin, account }: Place, password: string): Promise<boolean> {
  if (existsSync(join(data, 'PG_VERSION'))) return false;
  const temporary = `${data}.part`;
  const secret = `${data}.secret`;
  try {
    requireSpace(dirname(data), 300e6);
    for (const path of [data, temporary, secret]) rmSync(path, { recursive: true, force: true });
    mkdirSync(temporary, { mode: 0o700 });
    writeFileSync(secret, `${password}\n`, { mode: 0o600 });
    own(temporary, account);
    own(secret, account);
    const create = ['-D', temporary, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${secret}`, '--no-sync'];
    await check(join(bin, 'initdb'), [...create, ...localeFlags], account);
    const role = `CREATE ROLE rexian LOGIN CREATEDB CREATEROLE PASSWORD '${password}'`;
    const database = 'CREATE DATABASE rexian OWNER rexian';
    const single = ['--single', '-D', temporary, 'postgres'];
    await check(join(bin, 'postgres'), single, account, `${role};\n${database};\n`);
    renameSync(temporary, data);
    return true;
  } catch (error) {
    throw folderError(dirname(data), error);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
    rmSync(secret, { force: true });
  }
}

function own(path: string, account: Account): void {
  if (account) chownSync(path, account.uid, account.gid);
  else chmodSync(path, path.endsWith('.secret') ? 0o600 : 0o700);
}

async function check(command: string, args: string[], account: Account, input?: string): Promise<void> {
  const identity = account ? { uid: account.uid, gid: account.gid } : {};
  const { code, output } = await run(command, args, {
    quietMs: 120_000,
    ...identity,
    ...(input === undefined ? {} : { input }),
  });
  // A single-user server reports a failed statement but still ends with success.
  if (code === 0 && !/^\S* ?(ERROR|FATAL):| (ERROR|FATAL): /m.test(output)) return;
  if (/No space left/i.test(output)) {
    throw new EngineError('disk-full', '磁盘已满，无法创建数据库。请清理磁盘空间后重试。', output);
  }
  throw new EngineError('start-failed', `创建数据库失败：${output.trim().split('\n').at(-1) ?? code}`, output);
}
