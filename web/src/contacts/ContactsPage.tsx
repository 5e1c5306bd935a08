import { type ContactFilter, contactFilter } from '@rexian/contracts';
import { useMemo } from 'react';
import { ListTable } from '../listing/ListTable.tsx';
import { openable } from '../listing/openable.ts';
import { useOpened } from '../listing/useOpened.ts';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api } from '../platform/api.ts';
import { useTitle } from '../platform/useTitle.ts';
import { ContactDrawer } from './ContactDrawer.tsx';
import { contactColumns } from './columns.tsx';
import { FilterForm } from './FilterForm.tsx';
import { readFilter, writeFilter } from './filters.ts';
import { ListHead } from './ListHead.tsx';
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
  const { query, id, open, filterBy } = useOpened('/contacts');
  const filter = useMemo(() => readFilter(query), [query]);
  const list = useContactList(filter);
  useTitle('通话记录');
  return (
    <div className="list-page">
      <FilterForm filter={filter} onSearch={(next) => filterBy(writeFilter(next))} busy={list.isFetching} />
      <ListTable
        className="clickable"
        list={list}
        head={<ListHead filter={filter} />}
        columns={columns}
        scroll={{ x: 1996 }}
        rowClassName={(row) => (row.id === id ? 'opened' : '')}
        onRow={(row) => openable(() => open(row.id))}
        empty="没有符合条件的通话"
      />
      <ContactDrawer id={id} onClose={() => open(null)} />
    </div>
  );
}

const useContactList = (filter: ContactFilter) =>
  usePages(
    api.contacts.list.infiniteOptions({ input: paged({ ...contactFilter.parse(filter), limit: 50 }), ...paging }),
  );
