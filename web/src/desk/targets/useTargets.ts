import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useSettled } from '../../forms/useSettled.ts';
import { api } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';

/** Who pressed Enter isn't left waiting for longer. */
const DEADLINE_MS = 5_000;

/**
 * Live while the dialog is open; the server looks among all it has for what was typed. `fresh`: this is its answer to that, not one to
 * something typed before.
 */
export function useTargets(text: string) {
  const typed = text.trim().slice(0, 40);
  const settled = useSettled(typed);
  const { data, error, errorUpdatedAt, isPending, isPlaceholderData, refetch } = useQuery(
    api.desk.targets.queryOptions({
      input: settled ? { text: settled } : {},
      gcTime: 0,
      refetchInterval: 3_000,
      placeholderData: (before) => before,
    }),
  );
  const fresh = settled === typed && data !== undefined && !isPlaceholderData;
  return { data, isPending, fresh, error, failedAt: errorUpdatedAt, refetch };
}

type Waiting = Pick<ReturnType<typeof useTargets>, 'fresh' | 'error' | 'failedAt' | 'refetch'> & {
  /** The list is there. */
  onFresh(): void;
  /** It isn't, and nothing is done; why, in Chinese. */
  onGivenUp(why: string): void;
};

/** Enter before the list answers what was typed: what was meant is known when it does, or it is said that it doesn't. */
export function useEntered({ fresh, error, failedAt, refetch, ...told }: Waiting) {
  /** Milliseconds of the clock; null: nothing is waited for. */
  const [since, setSince] = useState<number | null>(null);
  const latest = useRef(told);
  latest.current = told;
  const failed = since !== null && error !== null && failedAt >= since;
  const waits = since !== null && !fresh && !failed;
  useEffect(() => {
    if (since === null || waits) return;
    setSince(null);
    if (fresh) latest.current.onFresh();
    else latest.current.onGivenUp(errorText(error));
  }, [since, waits, fresh, error]);
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => {
      setSince(null);
      latest.current.onGivenUp('服务器没有应答，请稍后重试');
    }, DEADLINE_MS);
    return () => clearTimeout(timer);
  }, [waits]);
  return {
    waits,
    wait() {
      setSince(Date.now());
      if (error) void refetch();
    },
    forget: () => setSince(null),
  };
}
