import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export type StartedElsewhere = { url: string; pid: number; reused: boolean };

/** Has another process start an engine, kills that process with -9 once it is up, and returns what it reported. */
export async function startAndKillStarter(kind: 'postgres' | 'asterisk', options: object): Promise<StartedElsewhere> {
  const child = fork(join(import.meta.dirname, 'starter.ts'), [kind, JSON.stringify(options)], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  const [started] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error('the starter ended by itself'))),
  ])) as [StartedElsewhere];
  child.kill('SIGKILL');
  await ended;
  return started;
}
