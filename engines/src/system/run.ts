import { spawn } from 'node:child_process';

export type RunOptions = {
  /** Milliseconds without any output after which the program is stopped. */
  quietMs: number;
  cwd?: string;
  input?: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  /** Called with each line the program writes to its file descriptor 3. */
  onStatus?: (line: string) => void;
};

export type RunResult = { code: number; output: string; timedOut: boolean };

/** Runs a program to its end and collects stdout and stderr together. Throws only when it can't be started. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const { uid, gid, env, input, onStatus } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? '/',
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', onStatus ? 'pipe' : 'ignore'],
      env: { ...(env ?? process.env), LC_ALL: 'C', LANGUAGE: 'C' },
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    let output = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.quietMs);
    const take = (chunk: Buffer): void => {
      timer.refresh();
      output += chunk.toString();
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    let pending = '';
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      timer.refresh();
      const lines = (pending + chunk.toString()).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) onStatus?.(line);
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? (signal ? 128 : 1), output, timedOut });
    });
    child.stdin?.end(input);
  });
}
