import { type LostCallFilter, lostCallFilter } from '@rexian/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../platform/api.ts';

export function useLostCalls(filter: LostCallFilter) {
  const list = useInfiniteQuery(
    api.lostCalls.list.infiniteOptions({
      input: (cursor: string | null) => ({
        ...lostCallFilter.parse(filter),
        limit: 50,
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  return { ...list, rows };
}
