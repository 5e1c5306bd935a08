/** CPU time of a process from /proc. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** User and system time in ms so far; `children`: of those it has waited for (converters and the like). */
export function cpuTimes(stat: string): { ownMs: number; childrenMs: number } {
  // The name in parentheses may hold blanks: fields are counted after it.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (field: number): number => ((fields[field - 3] ?? 0) * 1000) / ticksPerSecond;
  return { ownMs: at(14) + at(15), childrenMs: at(16) + at(17) };
}

/** Begins to measure; the returned function tells % of one core since then. */
export function measureCpu(pid: number): () => { own: number; children: number } {
  const read = () => cpuTimes(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const begin = read();
  const since = performance.now();
  return () => {
    const now = read();
    const share = (ms: number): number => (ms / (performance.now() - since)) * 100;
    return { own: share(now.ownMs - begin.ownMs), children: share(now.childrenMs - begin.childrenMs) };
  };
}
