import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EngineError } from '../errors.ts';

/** The OS account PostgreSQL runs under; null means our own. */
export type Account = { name: string; uid: number; gid: number } | null;

/**
 * PostgreSQL refuses to run as root, so root lends it another account: the one that already owns the data folder, else
 * `rexian` or `postgres` when the system has one, else a new system account `rexian`, else `nobody`.
 */
export function databaseAccount(dataFolder: string): Account {
  if (process.getuid?.() !== 0) return null;
  const accounts = readAccounts();
  const owner = accounts.find(({ uid }) => uid !== 0 && uid === ownerOf(dataFolder));
  const named = (name: string): Account => accounts.find((account) => account.name === name) ?? null;
  const account = owner ?? named('rexian') ?? named('postgres') ?? createAccount() ?? named('nobody');
  if (account) return account;
  throw new EngineError(
    'no-permission',
    'PostgreSQL 不能以 root 运行，系统中又没有可用的普通用户。请执行 useradd --system rexian 后重试。',
  );
}

function createAccount(): Account {
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'rexian'], { timeout: 10_000 });
  return readAccounts().find(({ name }) => name === 'rexian') ?? null;
}

function readAccounts(): NonNullable<Account>[] {
  const rows = readFileSync('/etc/passwd', 'utf8').split('\n');
  return rows
    .map((row) => row.split(':'))
    .filter((fields) => fields.length >= 7)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

function ownerOf(path: string): number | null {
  try {
    return statSync(path).uid;
  } catch {
    return null;
  }
}

/** Whether the account may pass through every folder above `path` (and through `path` itself when it exists). */
export function canReach(path: string, account: Account): boolean {
  if (!account) return true;
  const stat = statSync(path, { throwIfNoEntry: false });
  const bit = !stat?.isDirectory()
    ? 0o111
    : stat.uid === account.uid
      ? 0o100
      : stat.gid === account.gid
        ? 0o010
        : 0o001;
  if (stat?.isDirectory() && (stat.mode & bit) === 0) return false;
  return path === '/' || canReach(dirname(path), account);
}
