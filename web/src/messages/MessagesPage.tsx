import { type Message, type MessageFilter, messageFilter } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { useMemo, useState } from 'react';
import { ListTable } from '../listing/ListTable.tsx';
import { openable } from '../listing/openable.ts';
import { useOpened } from '../listing/useOpened.ts';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api } from '../platform/api.ts';
import { useListening } from '../platform/useListening.ts';
import { useTitle } from '../platform/useTitle.ts';
import { messageColumns } from './columns.tsx';
import { readFilter, writeFilter } from './filters.ts';
import { MessageDrawer } from './MessageDrawer.tsx';
import { AssignForm, VoidForm } from './MessageForms.tsx';
import { nextOf } from './next.ts';
import { Tools } from './Tools.tsx';
import '../contacts/contacts.css';

type Form = { what: 'assign' | 'void'; message: Message };

/** 留言工单: messages and what flows wrote down, until somebody has dealt with them. */
export default function MessagesPage() {
  useTitle('留言工单');
  const { query, id, filterBy, ...opened } = useOpened('/messages');
  const { message: toast } = App.useApp();
  const filter = useMemo(() => readFilter(query), [query]);
  const list = useMessages(filter);
  const listening = useListening();
  const [form, setForm] = useState<Form | null>(null);
  const open = (next: string | null) => {
    listening.stop();
    opened.open(next);
  };
  const goOn = (done: string) => {
    const next = nextOf(list.rows, done);
    if (!next) void toast.info('没有其他待处理的工单');
    open(next);
  };
  const columns = messageColumns({
    listening,
    onOpen: (message) => open(message.id),
    onAssign: (message) => setForm({ what: 'assign', message }),
    onVoid: (message) => setForm({ what: 'void', message }),
  });
  return (
    <div className="list-page">
      <Tools filter={filter} onFilter={(next) => filterBy(writeFilter(next))} />
      <ListTable
        className="clickable"
        list={list}
        head={<Counts unitId={filter.unitId} />}
        columns={columns}
        scroll={{ x: 1500 }}
        rowClassName={(row) => (row.id === id ? 'opened' : '')}
        onRow={(row) => openable(() => open(row.id))}
        empty={filter.states?.[0] === 'draft' ? '没有待处理的工单' : '没有符合条件的工单'}
      />
      <MessageDrawer id={id} onClose={() => open(null)} onDone={goOn} />
      {form?.what === 'assign' && <AssignForm message={form.message} onClose={() => setForm(null)} />}
      {form?.what === 'void' && <VoidForm message={form.message} onClose={() => setForm(null)} />}
    </div>
  );
}

function Counts({ unitId }: { unitId: string | undefined }) {
  const input = unitId ? { unitId } : {};
  const { data } = useQuery(
    api.messages.counts.queryOptions({ input, placeholderData: (before) => before, refetchInterval: 60_000 }),
  );
  return (
    <header className="list-head" data-testid="message-counts">
      {data ? `待处理 ${data.draft}，其中分派给我 ${data.mine}，未分派 ${data.unassigned}` : ' '}
    </header>
  );
}

const useMessages = (filter: MessageFilter) =>
  usePages(
    api.messages.list.infiniteOptions({ input: paged({ ...messageFilter.parse(filter), limit: 50 }), ...paging }),
  );
