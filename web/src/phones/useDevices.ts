import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';

export interface DeviceFilter {
  unitId?: string;
  text?: string;
  registered?: boolean;
}

/** Registrations come and go by themselves. */
const REFRESH_MS = 5_000;

export function useDevices(filter: DeviceFilter) {
  const list = useInfiniteQuery(
    api.phones.list.infiniteOptions({
      input: (cursor: string | null) => ({ ...filter, limit: 100, ...(cursor ? { cursor } : {}) }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
      refetchInterval: REFRESH_MS,
    }),
  );
  return {
    ...list,
    rows: list.data?.pages.flatMap((page) => page.rows) ?? [],
    total: list.data?.pages[0]?.total ?? 0,
  };
}
