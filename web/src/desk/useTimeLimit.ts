import { attention } from '@rexian/softphone';
import { useEffect } from 'react';
import { serverNow, useServerNow } from '../platform/clock.ts';
import { pageTones } from './pageTones.ts';
import { type TimeLimit, timeLimit } from './timeLimit.ts';

/** The clock of a limit; a sound once when it runs out while somebody watches. */
export function useTimeLimit(until: Date | null, sound: boolean): TimeLimit | null {
  const now = useServerNow();
  const limit = timeLimit(until, now);
  const at = until?.getTime() ?? null;
  useEffect(() => {
    if (at === null || !sound) return;
    const left = at - serverNow();
    // Opened after the fact (a reload): the colour says enough.
    if (left < 0) return;
    const timer = setTimeout(() => pageTones.once(attention), left);
    return () => clearTimeout(timer);
  }, [at, sound]);
  return limit;
}
