import { Table, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { Failed } from '../platform/Failed.tsx';
import { ListFooter } from './ListFooter.tsx';
import './listing.css';

/** What a list shows: rows that came at once, or page by page (`usePages`). */
export interface Listed<Row> {
  rows: Row[];
  error: unknown;
  isPending: boolean;
  refetch(): unknown;
  /** How many there are in all, where the server counts them. */
  total?: number;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?(): unknown;
}

type Props<Row> = Pick<
  TableProps<Row>,
  'className' | 'columns' | 'rowKey' | 'scroll' | 'expandable' | 'rowSelection' | 'rowClassName' | 'onRow' | 'summary'
> & {
  list: Listed<Row>;
  /** What is said when there is nothing. */
  empty: string;
  /** What stands above the rows. */
  head?: ReactNode;
};

/** The table of a list page: why it can't be read, its rows, and the way to more of them. */
export function ListTable<Row extends object>({ list, empty, head, ...table }: Props<Row>) {
  return (
    <>
      {list.error ? <Failed error={list.error} retry={list.refetch} /> : null}
      <section className="list-table">
        {head}
        <Table<Row>
          size="small"
          rowKey="id"
          sticky
          pagination={false}
          loading={list.isPending}
          dataSource={list.rows}
          locale={{ emptyText: empty }}
          {...table}
        />
        {list.fetchNextPage && (
          <ListFooter
            shown={list.rows.length}
            {...(list.total === undefined ? {} : { total: list.total })}
            more={list.hasNextPage ?? false}
            busy={list.isFetchingNextPage ?? false}
            onMore={list.fetchNextPage}
          />
        )}
      </section>
    </>
  );
}

/** For `rowClassName`: what is out of use is grey. */
export const greyUnlessActive = ({ active }: { active: boolean }): string => (active ? '' : 'off');
