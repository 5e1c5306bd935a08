import { createSearchParams, type URLSearchParamsInit, useNavigate, useParams, useSearchParams } from 'react-router';

/** A list with one of its rows open beside it: the filter and which row stand in the address (`base`, or `base/<id>`). */
export function useOpened(base: string) {
  const [query] = useSearchParams();
  const { id = null } = useParams();
  const navigate = useNavigate();
  const go = (row: string | null, search: string) => void navigate({ pathname: row ? `${base}/${row}` : base, search });
  return {
    query,
    id,
    open: (row: string | null) => go(row, query.toString()),
    /** Names the whole address: relative to one that is being left it would open again what was just closed. */
    filterBy: (filter: URLSearchParamsInit) => go(null, createSearchParams(filter).toString()),
  };
}
