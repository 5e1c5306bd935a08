import { type WorkOrder, type WorkOrderFilter, workOrderFilter } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { useMemo, useState } from 'react';
import { openable } from '../contacts/openable.ts';
import { ListTable } from '../listing/ListTable.tsx';
import { useOpened } from '../listing/useOpened.ts';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api } from '../platform/api.ts';
import { useListening } from '../platform/useListening.ts';
import { useTitle } from '../platform/useTitle.ts';
import { orderColumns } from './columns.tsx';
import { readFilter, writeFilter } from './filters.ts';
import { nextOf } from './next.ts';
import { OrderDrawer } from './OrderDrawer.tsx';
import { AssignForm, VoidForm } from './OrderForms.tsx';
import { Tools } from './Tools.tsx';
import '../contacts/contacts.css';
import './work-orders.css';

type Form = { what: 'assign' | 'void'; order: WorkOrder };

/** 留言工单: messages and what flows wrote down, until somebody has dealt with them. */
export default function WorkOrdersPage() {
  useTitle('留言工单');
  const { query, id, filterBy, ...opened } = useOpened('/work-orders');
  const { message } = App.useApp();
  const filter = useMemo(() => readFilter(query), [query]);
  const list = useOrders(filter);
  const listening = useListening();
  const [form, setForm] = useState<Form | null>(null);
  const open = (next: string | null) => {
    listening.stop();
    opened.open(next);
  };
  const goOn = (done: string) => {
    const next = nextOf(list.rows, done);
    if (!next) void message.info('没有其他待处理的工单');
    open(next);
  };
  const columns = orderColumns({
    listening,
    onOpen: (order) => open(order.id),
    onAssign: (order) => setForm({ what: 'assign', order }),
    onVoid: (order) => setForm({ what: 'void', order }),
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
      <OrderDrawer id={id} onClose={() => open(null)} onDone={goOn} />
      {form?.what === 'assign' && <AssignForm order={form.order} onClose={() => setForm(null)} />}
      {form?.what === 'void' && <VoidForm order={form.order} onClose={() => setForm(null)} />}
    </div>
  );
}

function Counts({ unitId }: { unitId: string | undefined }) {
  const input = unitId ? { unitId } : {};
  const { data } = useQuery(
    api.workOrders.counts.queryOptions({ input, placeholderData: (before) => before, refetchInterval: 60_000 }),
  );
  return (
    <header className="list-head" data-testid="order-counts">
      {data ? `待处理 ${data.draft}，其中分派给我 ${data.mine}，未分派 ${data.unassigned}` : ' '}
    </header>
  );
}

const useOrders = (filter: WorkOrderFilter) =>
  usePages(
    api.workOrders.list.infiniteOptions({ input: paged({ ...workOrderFilter.parse(filter), limit: 50 }), ...paging }),
  );
