import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { EngineError } from '@rexian/engines';
import { removeRecord, writeRecord } from './instance.ts';
import type { LogFile } from './log-file.ts';
import { root } from './settings.ts';

export type DemoLogin = { login: string; password: string; name: string; role: string };
export type Ready = { url: string; demo: DemoLogin[] };

type ControlMessage =
  | { type: 'ready'; url?: string }
  | { type: 'failed'; message?: string }
  | { type: 'leading'; leading: boolean };

const readyMs = 300_000;
const stopMs = 10_000;

/** Which of our processes: the one that does everything, or the one that stands by to serve the calls. */
export type ControlName = 'control' | 'standby';
export const controlTitles: Record<ControlName, string> = { control: '控制进程', standby: '备用进程' };

/** One run of a control process (`server/src/main.ts`): a session of its own, our child by an IPC channel only. */
export class ControlProcess {
  /** Resolves with a short reason when the process ends, however it ends. */
  readonly ended: Promise<string>;
  private readonly child: ChildProcess;
  private readonly name: ControlName;
  private readonly runFolder: string;

  constructor(name: ControlName, env: NodeJS.ProcessEnv, runFolder: string, log: LogFile) {
    this.name = name;
    this.runFolder = runFolder;
    const script = join(root, 'server/src/main.ts');
    // Detached: Ctrl-C in the terminal is ours to handle; it ends by itself when the channel closes.
    this.child = fork(script, [], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.child.stdout?.on('data', (chunk: Buffer) => log.write(chunk));
    this.child.stderr?.on('data', (chunk: Buffer) => log.write(chunk));
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(error.message));
      this.child.once('exit', (code, signal) => resolve(signal ?? `退出码 ${code}`));
    });
    this.record(false);
    this.child.on('message', (message: ControlMessage) => {
      if (message.type === 'leading') this.record(message.leading);
    });
  }

  /** For `status`, which asks nobody. */
  private record(leading: boolean): void {
    if (this.child.pid) writeRecord(this.runFolder, this.name, this.child.pid, { leading });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Waits until it serves; says where, empty without the api role. Throws `start-failed` with what it said, or `timeout`. */
  ready(): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (code: 'start-failed' | 'timeout', why: string): void => {
        clearTimeout(timer);
        reject(new EngineError(code, `${controlTitles[this.name]}启动失败：${why}`));
      };
      const timer = setTimeout(() => fail('timeout', `${readyMs / 1000} 秒内没有就绪`), readyMs);
      this.child.on('message', (message: ControlMessage) => {
        if (message.type === 'failed') fail('start-failed', message.message ?? '原因不明');
        if (message.type !== 'ready') return;
        clearTimeout(timer);
        resolve(message.url ?? '');
      });
      // The message may still be on its way when the process has ended.
      void this.ended.then((why) => setTimeout(() => fail('start-failed', why), 100));
    });
  }

  /** Asks it to finish, and ends it after ten seconds. */
  async stop(): Promise<void> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), stopMs);
    this.child.kill('SIGTERM');
    await this.ended;
    clearTimeout(timer);
    removeRecord(this.runFolder, this.name);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
