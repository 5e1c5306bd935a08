import { useSearchParams } from 'react-router';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api } from '../platform/api.ts';

export interface PeopleFilter {
  unitId?: string;
  text?: string;
  roleId?: string;
  active?: boolean;
}

export const usePeople = (filter: PeopleFilter) =>
  usePages(api.people.list.infiniteOptions({ input: paged({ ...filter, limit: 50 }), ...paging }));

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
