import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';

/** Agents in reach with their queues, page by page. */
export function useAgents(filter: { unitId?: string; queueId?: string; text?: string }, limit = 50) {
  const list = useInfiniteQuery(
    api.queues.agents.infiniteOptions({
      input: (cursor: string | null) => ({ ...filter, limit, ...(cursor ? { cursor } : {}) }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
  return { ...list, rows: list.data?.pages.flatMap((page) => page.rows) ?? [] };
}
