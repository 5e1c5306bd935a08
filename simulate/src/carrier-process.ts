/** The carrier's Asterisk as a process: files written, started, an orphan of an earlier run stopped, ended for sure. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tool } from '@rexian/engines';

const STOP_MS = 5_000;

export class CarrierProcess {
  readonly #folder: string;
  readonly #child: ChildProcess;
  #exit: string | null = null;

  private constructor(folder: string, child: ChildProcess) {
    this.#folder = folder;
    this.#child = child;
    // Its own session would outlive us otherwise when we have to leave without stop().
    const abandon = (): void => void child.kill('SIGKILL');
    process.once('exit', abandon);
    child.once('exit', (code, signal) => {
      this.#exit = signal ?? `exit code ${code}`;
      process.off('exit', abandon);
    });
  }

  /** Writes `files` into folder/etc and starts Asterisk on them. It has its own session, so a Ctrl-C reaches only us. */
  static async start(home: string, folder: string, files: Record<string, string>): Promise<CarrierProcess> {
    await stopOrphan(folder);
    for (const part of ['etc', 'var/lib', 'var/spool/recording', 'run', 'log']) {
      mkdirSync(join(folder, part), { recursive: true });
    }
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(folder, 'etc', name), content, { mode: 0o600 });
    const { command, args, env } = tool(home, 'asterisk');
    const log = openSync(logFile(folder), 'w', 0o600);
    const child = spawn(command, [...args, '-f', '-C', join(folder, 'etc/asterisk.conf')], {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...env },
    });
    closeSync(log);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    writeFileSync(pidFile(folder), String(child.pid));
    return new CarrierProcess(folder, child);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Throws with the end of Asterisk's log when it has ended by itself. */
  requireAlive(): void {
    if (this.#exit === null) return;
    const tail = readFileSync(logFile(this.#folder), 'utf8').trimEnd().split('\n').slice(-8).join('\n');
    throw new Error(`the carrier's Asterisk ended (${this.#exit}):\n${tail}`);
  }

  async stop(): Promise<void> {
    if (this.#exit === null) {
      const ended = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
      this.#child.kill('SIGTERM');
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    }
    rmSync(pidFile(this.#folder), { force: true });
  }
}

const pidFile = (folder: string): string => join(folder, 'pid');
const logFile = (folder: string): string => join(folder, 'log/console.log');

/** A run that was killed leaves its Asterisk behind; the command line proves that the process is that one. */
async function stopOrphan(folder: string): Promise<void> {
  const pid = Number(readIfThere(pidFile(folder)));
  const configuration = join(folder, 'etc/asterisk.conf');
  const isOurs = (): boolean => (readIfThere(`/proc/${pid}/cmdline`) ?? '').split('\0').includes(configuration);
  if (!(pid > 0) || !isOurs()) return;
  process.kill(pid, 'SIGKILL');
  for (const deadline = Date.now() + STOP_MS; isOurs(); await sleep(50)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} of an earlier simulation does not end; stop it by hand`);
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** A port that is free at this moment; nobody but us needs to know it. */
export function freePort(protocol: 'tcp' | 'udp', host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    if (protocol === 'udp') {
      const socket = createSocket('udp4').once('error', reject);
      socket.bind(0, host, () => {
        const { port } = socket.address();
        socket.close(() => resolve(port));
      });
      return;
    }
    const server = createServer().once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
