import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '@rexian/engines';
import type { Terminal } from './terminal.ts';

const firstPauseMs = 500;
const longestPauseMs = 10_000;
const steadyMs = 60_000;
const lookEveryMs = 500;

/** Something that runs until `ended` resolves with the reason. */
export type Running = { ended: Promise<string> };

/**
 * Starts a thing again whenever it ends, until `signal` is aborted: after half a second at first, later up to ten, and
 * from the start again once it has lasted a minute.
 */
export async function keepAlive<T extends Running>(
  name: string,
  first: T,
  start: () => Promise<T>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  let running: T | null = first;
  let pause = firstPauseMs;
  while (!signal.aborted) {
    if (running) {
      const begin = Date.now();
      const reason = await Promise.race([running.ended, aborted(signal)]);
      if (signal.aborted) return;
      if (Date.now() - begin > steadyMs) pause = firstPauseMs;
      terminal.warn(`${name}意外结束（${reason}），${pause / 1000} 秒后重新启动`);
    }
    await sleep(pause, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    pause = Math.min(2 * pause, longestPauseMs);
    running = await start().catch((error: unknown) => {
      terminal.warn(`${name}重新启动失败：${error instanceof Error ? error.message : error}；${pause / 1000} 秒后再试`);
      return null;
    });
    if (running) terminal.line(`✓ ${name}已重新启动`);
  }
}

/** Resolves when a process that may not be our child has ended. */
export async function endOf(pid: number, signal: AbortSignal): Promise<string> {
  while (isAlive(pid) && !signal.aborted) await sleep(lookEveryMs, undefined, { signal }).catch(() => {});
  return `进程 ${pid} 已不在`;
}

function aborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(''), { once: true }));
}
