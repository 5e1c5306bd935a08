import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../errors.ts';
import { silent } from '../report.ts';
import { ensureFolder, readIfExists, writeAtomically } from '../system/files.ts';
import { requirePort } from '../system/ports.ts';
import { commandLine, type Detached, endProcess, isAlive, logTail, spawnDetached } from '../system/processes.ts';
import { tool } from '../tools.ts';
import { configHash, renderConfig, writeConfig } from './config.ts';
import { rotateFiles } from './logs.ts';
import { writeMusic } from './music.ts';
import type { AsteriskOptions } from './options.ts';

export type RunningAsterisk = {
  /** `http://user:password@127.0.0.1:port`; ARI below `/ari`, SIP over WebSocket at `/ws`. */
  url: string;
  pid: number;
  /** True when it was already running with this configuration: calls in progress go on. */
  reused: boolean;
  /** Ends it at once, with all calls. Does nothing when it has already ended. */
  stop(): Promise<void>;
};

type Started = { pid: number; config: string };

const startMs = 30_000;

/**
 * Starts an Asterisk that outlives us, and finds it again on the next call with the same `dir`; one whose configuration
 * has changed, or that does not answer, is stopped and started anew. Throws EngineError (`port-taken`, `no-tool`,
 * `bad-path`, `start-failed`, `timeout`…).
 */
export async function startAsterisk(options: AsteriskOptions): Promise<RunningAsterisk> {
  const { dir, ari, ports, report = silent } = options;
  for (const folder of ['run', 'log', 'spool', 'var', 'var/keys']) ensureFolder(join(dir, folder));
  chmodSync(dir, 0o700);
  for (const folder of [options.promptsDir, options.recordingsDir, options.journalDir]) ensureFolder(folder);
  linkRecordings(options);
  const run = runFolder(dir);
  const config = renderConfig(options, run);
  const hash = configHash(config);
  const url = `http://${encodeURIComponent(ari.user)}:${encodeURIComponent(ari.password)}@127.0.0.1:${ports.http}`;
  const left = runningServer(dir);
  if (left && left.config === hash && (await answers(options, 5_000))) return describe(url, left.pid, true);
  if (left) await stopServer(left.pid);
  await requirePorts(options);
  report({ step: '启动语音引擎' });
  writeConfig(dir, config);
  writeMusic(join(dir, 'moh'));
  rotateFiles(join(dir, 'log'), 'messages.log');
  closeToOthers(options);
  const server = await launch(options);
  writeAtomically(recordFile(dir), JSON.stringify({ pid: server.pid, config: hash } satisfies Started));
  await waitUntilReady(options, server);
  return describe(url, server.pid, false);
}

/** What ARI records goes below the spool; it shall lie where MixMonitor's recordings are. */
function linkRecordings({ dir, recordingsDir }: AsteriskOptions): void {
  const link = join(dir, 'spool/recording');
  const target = resolve(recordingsDir);
  if (readLink(link) === target) return;
  // Asterisk makes an empty folder of its own when there is nothing.
  rmSync(link, { recursive: true, force: true });
  symlinkSync(target, link);
}

function readLink(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** Files of earlier versions that anybody could read. */
function closeToOthers({ dir, journalDir }: AsteriskOptions): void {
  for (const folder of [journalDir, join(dir, 'log')]) {
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isFile()) chmodSync(join(folder, entry.name), 0o600);
  }
}

function recordFile(dir: string): string {
  return join(dir, 'run/started.json');
}

/** The control socket's path must fit into 107 bytes; a deep checkout gets a private folder in the temporary one. */
function runFolder(dir: string): string {
  const own = join(dir, 'run');
  if (Buffer.byteLength(join(own, 'asterisk.ctl')) <= 107) return own;
  const name = `rexian-${process.getuid?.()}-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`;
  const short = join(tmpdir(), name);
  mkdirSync(short, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(short);
  if (uid === process.getuid?.() && (mode & 0o077) === 0) return short;
  throw new EngineError('no-permission', `${short} 不属于当前用户，请删除它，或换一个路径更短的目录。`);
}

/** The process id of the Asterisk that runs for `dir`, or null. */
export function findAsterisk(dir: string): number | null {
  return runningServer(dir)?.pid ?? null;
}

/**
 * The living Asterisk of this folder, recognised by its command line. A starter killed before it could write the record
 * leaves only Asterisk's own pid file: that one's configuration is unknown. A stale record is removed.
 */
function runningServer(dir: string): Started | null {
  const own = Number(readIfExists(join(runFolder(dir), 'asterisk.pid')));
  for (const candidate of [readRecord(dir), { pid: own, config: '' }]) {
    if (!candidate || !(candidate.pid > 0) || !isAlive(candidate.pid)) continue;
    if (commandLine(candidate.pid).includes(configFile(dir))) return candidate;
  }
  rmSync(recordFile(dir), { force: true });
  return null;
}

function readRecord(dir: string): Started | null {
  try {
    return JSON.parse(readIfExists(recordFile(dir)) ?? 'null') as Started | null;
  } catch {
    // Half-written or foreign: the same as none.
    return null;
  }
}

function configFile(dir: string): string {
  return join(dir, 'etc/asterisk.conf');
}

async function requirePorts({ ports, bindSip, portVariables }: AsteriskOptions): Promise<void> {
  const { http, sip } = portVariables ?? { http: 'ASTERISK_HTTP_PORT', sip: 'ASTERISK_SIP_PORT' };
  const web = {
    protocol: 'tcp',
    host: '127.0.0.1',
    port: ports.http,
    purpose: '语音引擎接口',
    variable: http,
  } as const;
  const host = bindSip ?? '0.0.0.0';
  await requirePort(web);
  await requirePort({ protocol: 'udp', host, port: ports.sip, purpose: 'SIP 中继', variable: sip });
}

async function launch({ home, dir }: AsteriskOptions): Promise<Detached> {
  const { command, args, env } = tool(home, 'asterisk');
  // Voices, the journal with callers' numbers, logs: what it writes is for this account alone.
  const privately = ['-c', 'umask 077; exec "$0" "$@"', command, ...args];
  return spawnDetached('/bin/sh', [...privately, '-f', '-n', '-C', configFile(dir)], {
    logFile: join(dir, 'log/start.log'),
    ...(env ? { env } : {}),
  });
}

async function waitUntilReady(options: AsteriskOptions, server: Detached): Promise<void> {
  const log = join(options.dir, 'log');
  const detail = (): string => `${logTail(join(log, 'start.log'))}\n${logTail(join(log, 'messages.log'))}`.trim();
  const deadline = Date.now() + startMs;
  while (Date.now() < deadline) {
    if (server.hasExited()) throw new EngineError('start-failed', `语音引擎启动失败，详见日志 ${log}。`, detail());
    if (await answers(options, 2_000)) return;
    await sleep(50);
  }
  await stopServer(server.pid);
  throw new EngineError('timeout', `语音引擎在 ${startMs / 1000} 秒内没有就绪，详见日志 ${log}。`, detail());
}

/** Whether ARI answers; it does so only once Asterisk is fully booted. */
async function answers({ ari, ports }: AsteriskOptions, ms: number): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${ari.user}:${ari.password}`).toString('base64')}`;
  try {
    const response = await fetch(`http://127.0.0.1:${ports.http}/ari/asterisk/info`, {
      headers: { authorization },
      signal: AbortSignal.timeout(ms),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function describe(url: string, pid: number, reused: boolean): RunningAsterisk {
  return { url, pid, reused, stop: () => stopServer(pid) };
}

async function stopServer(pid: number): Promise<void> {
  const ended = await endProcess(pid, [
    ['SIGTERM', 10_000],
    ['SIGKILL', 5_000],
  ]);
  if (!ended) throw new EngineError('stop-failed', `无法停止语音引擎进程 ${pid}。`);
}
