import { chmodSync, chownSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../errors.ts';
import { type Report, silent } from '../report.ts';
import { ensureFolder, keptSecret, readIfExists } from '../system/files.ts';
import { requirePort } from '../system/ports.ts';
import { commandLine, type Detached, endProcess, isAlive, logTail, spawnDetached } from '../system/processes.ts';
import { ensureCluster } from './cluster.ts';
import { findPlace, type Place, placeOf } from './place.ts';

export type PostgresOptions = {
  home: string;
  /** The cluster's folder; data, password and logs lie in it. */
  dir: string;
  port: number;
  /** Extra server settings, for example `{ fsync: 'off' }` in tests. */
  settings?: Record<string, string>;
  /** The variable to name when the port is taken. */
  portVariable?: string;
  report?: Report;
};

export type RunningPostgres = {
  /** For the platform: role `rexian`, no superuser, owner of database `rexian`, may create databases and roles. */
  url: string;
  /** For maintenance: the superuser, database `postgres`. */
  adminUrl: string;
  pid: number;
  /** Usually inside `dir`; elsewhere when we are root and the database account can't pass to it. */
  dataFolder: string;
  /** True when the server was already running, left behind by an earlier starter. */
  reused: boolean;
  /** Fast shutdown: open transactions are rolled back. Does nothing when it has already ended. */
  stop(): Promise<void>;
};

const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  logging_collector: 'on',
  log_filename: 'postgres-%u.log',
  log_rotation_age: '1d',
  log_truncate_on_rotation: 'on',
};

const startMs = 300_000;

/**
 * Starts (creating it first when needed) a PostgreSQL that listens on 127.0.0.1 only, outlives us, and is found again by
 * the next call with the same `dir`. Throws EngineError (`port-taken`, `no-permission`, `disk-full`, `start-failed`…).
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dir, port, report = silent } = options;
  ensureFolder(dir);
  const place = findPlace(dir);
  const left = runningServer(place.data);
  const password = keptSecret(join(dir, 'password'));
  if (left && left.port === port) {
    await waitUntilReady(place, left.pid, null, report);
    return describe(left.pid, port, password, place, true);
  }
  if (left) await stopServer(left.pid);
  const portVariable = options.portVariable ?? 'POSTGRES_PORT';
  await requirePort({ protocol: 'tcp', host: '127.0.0.1', port, purpose: '数据库', variable: portVariable });
  if (!readIfExists(join(place.data, 'PG_VERSION'))) report({ step: '创建数据库' });
  await ensureCluster(place, password);
  report({ step: '启动数据库' });
  const server = await launch(place, port, options.settings ?? {});
  await waitUntilReady(place, server.pid, server, report);
  return describe(server.pid, port, password, place, false);
}

/** The process id of the server that runs for `dir`, or null. */
export function findPostgres(dir: string): number | null {
  return runningServer(join(placeOf(dir), 'data'))?.pid ?? null;
}

/** The living server of this data folder. A stale postmaster.pid (crash, reused process id) is removed. */
function runningServer(data: string): { pid: number; port: number } | null {
  const file = join(data, 'postmaster.pid');
  const lines = readIfExists(file)?.split('\n');
  if (!lines) return null;
  const pid = Number(lines[0]);
  if (pid > 0 && isAlive(pid) && commandLine(pid).includes(data)) return { pid, port: Number(lines[3]) };
  rmSync(file, { force: true });
  return null;
}

function launch({ data, log, bin, account }: Place, port: number, extra: Record<string, string>): Promise<Detached> {
  mkdirSync(log, { recursive: true });
  if (account) chownSync(log, account.uid, account.gid);
  else chmodSync(log, 0o700);
  const all = { ...settings, log_directory: log, port: String(port), ...extra };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawnDetached(join(bin, 'postgres'), ['-D', data, ...flags], {
    logFile: startLog(log),
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  });
}

function startLog(log: string): string {
  return join(log, 'start.log');
}

/** Line 8 of postmaster.pid says `ready` once connections are accepted; recovery after a crash may take a while. */
async function waitUntilReady(
  { data, log }: Place,
  pid: number,
  started: Detached | null,
  report: Report,
): Promise<void> {
  const begin = Date.now();
  while (Date.now() - begin < startMs) {
    const lines = readIfExists(join(data, 'postmaster.pid'))?.split('\n');
    if (Number(lines?.[0]) === pid && lines?.[7]?.startsWith('ready')) return;
    if (started?.hasExited() || !isAlive(pid)) {
      const detail = logTail(startLog(log));
      throw new EngineError('start-failed', `数据库启动失败，详见日志 ${log}。`, detail);
    }
    if (Date.now() - begin > 2000) report({ step: '启动数据库', detail: '正在恢复上次未正常关闭的数据' });
    await sleep(20);
  }
  throw new EngineError(
    'timeout',
    `数据库在 ${startMs / 1000} 秒内没有就绪，详见日志 ${log}。`,
    logTail(startLog(log)),
  );
}

function describe(pid: number, port: number, password: string, { data }: Place, reused: boolean): RunningPostgres {
  const at = `${password}@127.0.0.1:${port}`;
  const url = `postgres://rexian:${at}/rexian`;
  const adminUrl = `postgres://postgres:${at}/postgres`;
  return { url, adminUrl, pid, dataFolder: data, reused, stop: () => stopServer(pid) };
}

async function stopServer(pid: number): Promise<void> {
  // SIGINT: fast shutdown; SIGQUIT: immediate, the next start recovers.
  const ended = await endProcess(pid, [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ]);
  if (!ended) throw new EngineError('stop-failed', `无法停止数据库进程 ${pid}。`);
}
