import { duration } from '../platform/format.ts';

/** What a clock with a limit says: how long is left, or by how much it is over. */
export type TimeLimit = { over: boolean; text: string };

/** Time to `until`, counted down; beyond it counted up. null: there is no limit. */
export function timeLimit(until: Date | null, now: number): TimeLimit | null {
  if (!until) return null;
  // Whole seconds are shown: at the very limit nothing is left and nothing over.
  const left = Math.ceil((until.getTime() - now) / 1_000);
  return left >= 0
    ? { over: false, text: duration(left * 1_000) }
    : { over: true, text: duration(now - until.getTime()) };
}
