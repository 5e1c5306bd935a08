import { type ContactFilter, type ContactSummary, contactFilter } from '@rexian/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useMemo } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { api } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { useTitle } from '../platform/useTitle.ts';
import { ContactDrawer } from './ContactDrawer.tsx';
import { contactColumns } from './columns.tsx';
import { FilterForm } from './FilterForm.tsx';
import { readFilter, writeFilter } from './filters.ts';
import { ListHead } from './ListHead.tsx';
import { openable } from './openable.ts';
import './contacts.css';

const columns = contactColumns(
  'arrivedAt',
  'callerNumber',
  'calledNumber',
  'origin',
  'unit',
  'queue',
  'agent',
  'endReason',
  'endedBy',
  'flowMs',
  'waitingMs',
  'ringingMs',
  'talkingMs',
  'holdMs',
  'wrapUpMs',
  'result',
  'categoryName',
  'satisfaction',
  'recorded',
);

export default function ContactsPage() {
  const [query, setQuery] = useSearchParams();
  const { id } = useParams();
  const navigate = useNavigate();
  const filter = useMemo(() => readFilter(query), [query]);
  const list = useContactList(filter);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const open = (contactId: string | null) =>
    void navigate({ pathname: contactId ? `/contacts/${contactId}` : '/contacts', search: query.toString() });
  useTitle('通话记录');
  return (
    <div className="contacts">
      <FilterForm filter={filter} onSearch={(next) => setQuery(writeFilter(next))} busy={list.isFetching} />
      {list.error && <Failed error={list.error} retry={list.refetch} />}
      <section className="panel contacts-table">
        <ListHead filter={filter} />
        <Table<ContactSummary>
          className="clickable"
          size="small"
          rowKey="id"
          sticky
          pagination={false}
          loading={list.isPending}
          columns={columns}
          dataSource={rows}
          scroll={{ x: 1978 }}
          rowClassName={(row) => (row.id === id ? 'opened' : '')}
          onRow={(row) => openable(() => open(row.id))}
          locale={{ emptyText: '没有符合条件的通话' }}
        />
        <footer>
          {list.hasNextPage ? (
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              加载更多
            </Button>
          ) : (
            rows.length > 0 && <span className="muted">已全部显示</span>
          )}
        </footer>
      </section>
      <ContactDrawer id={id ?? null} onClose={() => open(null)} />
    </div>
  );
}

function useContactList(filter: ContactFilter) {
  return useInfiniteQuery(
    api.contacts.list.infiniteOptions({
      input: (cursor: string | null) => ({ ...contactFilter.parse(filter), limit: 50, ...(cursor ? { cursor } : {}) }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
}
