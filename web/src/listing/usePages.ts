import { type InfiniteData, type UseInfiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

type Cursor = string | null;
interface Page<Row> {
  rows: Row[];
  nextCursor: Cursor;
  total?: number;
}

/** How a list is asked for page by page; to be spread into `infiniteOptions`. */
export const paging = {
  initialPageParam: null as Cursor,
  getNextPageParam: ({ nextCursor }: { nextCursor: Cursor }) => nextCursor,
  /** While the next filter's rows are on their way those of the last one stay. */
  placeholderData: <Data>(before: Data) => before,
};

/** The input of a page: the filter, and where the page before ended. */
export const paged =
  <Filter extends object>(filter: Filter) =>
  (cursor: Cursor): Filter & { cursor?: string } => ({ ...filter, ...(cursor ? { cursor } : {}) });

/** A list that comes page by page, its rows in one. */
export function usePages<Row>(
  options: UseInfiniteQueryOptions<Page<Row>, Error, InfiniteData<Page<Row>>, readonly unknown[], Cursor>,
) {
  const { data, ...query } = useInfiniteQuery(options);
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const total = data?.pages[0]?.total;
  return { ...query, rows, ...(total === undefined ? {} : { total }) };
}
