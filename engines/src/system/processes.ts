import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../errors.ts';

/** Whether the process runs. A zombie counts as ended: nobody may be there to reap an orphan in a container. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return true;
  }
}

/**
 * Names one run of a process: its id and the moment it started (clock ticks since boot). Ids alone come back quickly in
 * containers. Empty when there is no such process.
 */
export function processIdentity(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${pid} ${started}`;
  } catch {
    return '';
  }
}

/** The process's command line as a list; empty when it is gone or not ours to see. */
export function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}

/** Waits until the process has ended; false when it still runs after `ms` milliseconds. */
export async function waitForEnd(pid: number, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (isAlive(pid)) {
    if (Date.now() >= deadline) return false;
    await sleep(25);
  }
  return true;
}

/** Sends the signals in turn, each with its own patience in milliseconds, until the process ends. Never throws for a process already gone. */
export async function endProcess(pid: number, steps: readonly [NodeJS.Signals, number][]): Promise<boolean> {
  for (const [signal, ms] of steps) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (hasCode(error, 'ESRCH')) return true;
      throw error;
    }
    if (await waitForEnd(pid, ms)) return true;
  }
  return false;
}

export type Detached = { pid: number; exited: Promise<string>; hasExited: () => boolean };

export type DetachedOptions = { logFile: string; uid?: number; gid?: number; env?: NodeJS.ProcessEnv };

/**
 * Starts a process in a session of its own: it outlives us and does not hear the terminal's Ctrl-C. Output goes to
 * `logFile`, which is truncated. `exited` resolves with a short reason if it ends while we are still there.
 */
export function spawnDetached(command: string, args: readonly string[], options: DetachedOptions): Promise<Detached> {
  const log = openSync(options.logFile, 'w', 0o600);
  const { uid, gid, env } = options;
  const child = spawn(command, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: env ?? process.env,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  closeSync(log);
  let ended = false;
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = true;
      resolve(signal ?? `exit code ${code}`);
    });
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve({ pid: child.pid as number, exited, hasExited: () => ended });
    });
  });
}

/** The last part of a log file, for error details; empty when there is none. */
export function logTail(file: string, lines = 15): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
