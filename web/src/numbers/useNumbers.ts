import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';

export function useNumbers(filter: { unitId?: string; text?: string }) {
  const list = useInfiniteQuery(
    api.numbers.list.infiniteOptions({
      input: (cursor: string | null) => ({ ...filter, limit: 100, ...(cursor ? { cursor } : {}) }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
  return {
    ...list,
    rows: list.data?.pages.flatMap((page) => page.rows) ?? [],
    total: list.data?.pages[0]?.total ?? 0,
  };
}

/** Access codes name the number that they lead to; units tell how many numbers they have. */
export const numberTouches = [api.numbers.key(), api.accessCodes.key(), api.units.key()];
