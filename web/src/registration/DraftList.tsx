import { type OrderRow, workOrderKind, workOrderSource } from '@rexian/contracts';
import { Alert, Button, type TableColumnType } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useViewer } from '../auth/viewer.ts';
import { leftIds } from '../drafts/copies.ts';
import { useChange } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { ListTable } from '../listing/ListTable.tsx';
import { openable } from '../listing/openable.ts';
import { actionColumn } from '../listing/RowActions.tsx';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api, client } from '../platform/api.ts';
import { dateMinute } from '../platform/format.ts';

/** 暂存登记 of the viewer, newest first. */
export function DraftList() {
  const navigate = useNavigate();
  const list = usePages(
    api.orders.list.infiniteOptions({ input: paged({ list: 'drafts' as const, limit: 50 }), ...paging }),
  );
  const ask = useConfirm();
  const discard = useChange({ run: client.orders.discard, touches: [api.orders.key()], done: '已删除' });
  const open = ({ id }: OrderRow) => void navigate(`/registration/${id}`);
  const remove = ({ id, number }: OrderRow) =>
    ask({ title: `删除暂存登记 ${number}？`, okText: '删除', run: () => discard.mutateAsync({ id }) });
  return (
    <>
      <Unsent />
      <div className="list-page">
        <ListTable<OrderRow>
          className="clickable"
          list={list}
          columns={columns({ open, remove })}
          onRow={(order) => openable(() => open(order))}
          empty="没有暂存的登记"
        />
      </div>
    </>
  );
}

interface Actions {
  open(order: OrderRow): void;
  remove(order: OrderRow): void;
}

const columns = ({ open, remove }: Actions): TableColumnType<OrderRow>[] => [
  { title: '登记时间', dataIndex: 'registeredAt', width: 130, render: (at: Date) => dateMinute(at) },
  { title: '工单号', dataIndex: 'number', width: 150 },
  { title: '类型', dataIndex: 'kind', width: 100, render: (kind: OrderRow['kind']) => workOrderKind.labels[kind] },
  {
    title: '来源',
    dataIndex: 'source',
    width: 110,
    render: (source: OrderRow['source']) => workOrderSource.labels[source],
  },
  { title: '业务类别', dataIndex: 'category', width: 140, ellipsis: true, render: (name) => name ?? '—' },
  { title: '标题', dataIndex: 'title', ellipsis: true, render: (title) => title || '—' },
  { title: '来电人', key: 'caller', width: 180, render: (_, order) => `${order.callerName} ${order.callerNumber}` },
  actionColumn(130, (order) => (
    <>
      <Button type="link" size="small" onClick={() => open(order)}>
        继续登记
      </Button>
      {order.source !== 'voicemail' && order.source !== 'flow' && (
        <Button type="link" size="small" onClick={() => remove(order)}>
          删除
        </Button>
      )}
    </>
  )),
];

/** What lies in this browser only: the server was away, or refused it. */
function Unsent() {
  const { id: person } = useViewer();
  const [ids] = useState(() => leftIds(localStorage, person, 'order'));
  if (ids.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={`本机有 ${ids.length} 件登记尚未保存到服务器`}
      description={ids.map((id, index) => (
        <Link key={id} className="unsent" to={`/registration/${id}`}>
          打开第 {index + 1} 件
        </Link>
      ))}
    />
  );
}
