import type { ListKind } from '@rexian/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
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

/** Numbers that were revealed, by entry, as long as the page is open. */
export function useRevealed() {
  const [revealed, setRevealed] = useState<Readonly<Record<string, string>>>({});
  return { revealed, remember: (id: string, number: string) => setRevealed((before) => ({ ...before, [id]: number })) };
}
