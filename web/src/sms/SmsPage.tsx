import { smsFilter } from '@rexian/contracts';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { ListTable } from '../listing/ListTable.tsx';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api, client } from '../platform/api.ts';
import { useTitle } from '../platform/useTitle.ts';
import { smsColumns } from './columns.tsx';
import { readFilter, writeFilter } from './filters.ts';
import { Tools } from './Tools.tsx';
import './sms.css';

/** 短信: what was sent to callers, and what became of it. */
export default function SmsPage() {
  useTitle('短信');
  const viewer = useViewer();
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const filter = useMemo(() => readFilter(query), [query]);
  const input = paged({ ...smsFilter.parse(filter), limit: 50 });
  // What is on its way arrives without a message to those who see no calls.
  const list = usePages(api.sms.list.infiniteOptions({ input, ...paging, refetchInterval: 30_000 }));
  const retry = useAction({ run: client.sms.retry, touches: [api.sms.key()], done: '已重新放入待发队列' });
  const columns = smsColumns({
    calls: may(viewer, 'contacts.read'),
    orders: may(viewer, 'work_orders.read'),
    busy: retry.busy,
    onOpenCall: (id) => void navigate(`/contacts/${id}`),
    onOpenOrder: (id) => void navigate(`/orders/${id}`),
    onRetry: (id) => void retry.act({ id }),
  });
  return (
    <div className="list-page">
      <Tools filter={filter} onFilter={(next) => setQuery(writeFilter(next))} />
      <ListTable
        list={list}
        columns={columns}
        scroll={{ x: 1100 }}
        empty={query.size > 0 ? '没有符合条件的短信' : '还没有短信：流程、工单和坐席发出的短信显示在这里'}
      />
    </div>
  );
}
