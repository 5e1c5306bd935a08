import type { ListKind } from '@rexian/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';

export interface EntryFilter {
  kind?: ListKind;
  unitId?: string;
  /** The whole number or its last four digits. */
  number?: string;
  expired?: boolean;
}

export function useEntries(filter: EntryFilter) {
  const list = useInfiniteQuery(
    api.lists.list.infiniteOptions({
      input: (cursor: string | null) => ({ ...filter, limit: 50, ...(cursor ? { cursor } : {}) }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
  return { ...list, rows: list.data?.pages.flatMap((page) => page.rows) ?? [] };
}
