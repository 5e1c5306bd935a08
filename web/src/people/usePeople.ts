import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api } from '../platform/api.ts';

export interface PeopleFilter {
  unitId?: string;
  text?: string;
  roleId?: string;
  active?: boolean;
}

export function usePeople(filter: PeopleFilter) {
  const list = useInfiniteQuery(
    api.people.list.infiniteOptions({
      input: (cursor: string | null) => ({ ...filter, limit: 50, ...(cursor ? { cursor } : {}) }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
  return { ...list, rows: list.data?.pages.flatMap((page) => page.rows) ?? [] };
}

/** The filter lives in the address, so that other pages can link to it and "back" works. */
export function usePeopleFilter() {
  const [query, setQuery] = useSearchParams();
  const status = query.get('status') ?? 'active';
  const filter: PeopleFilter = {
    ...(query.get('unit') ? { unitId: query.get('unit') ?? '' } : {}),
    ...(query.get('text') ? { text: query.get('text') ?? '' } : {}),
    ...(query.get('role') ? { roleId: query.get('role') ?? '' } : {}),
    ...(status === 'all' ? {} : { active: status === 'active' }),
  };
  const change = (name: 'unit' | 'text' | 'role' | 'status', value: string | undefined) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return { filter, status, change };
}
