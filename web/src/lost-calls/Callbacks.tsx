import { contactState, type WaitingCallback } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Table, type TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { CallerNumber } from '../contacts/CallerNumber.tsx';
import { api } from '../platform/api.ts';
import { Elapsed } from '../platform/Elapsed.tsx';
import { dateTime } from '../platform/format.ts';
import { contactTone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';
import { CancelCallbackForm } from './Forms.tsx';

const columns: TableColumnType<WaitingCallback>[] = [
  {
    title: '主叫号码',
    key: 'number',
    width: 176,
    render: (_, row) => <CallerNumber contactId={row.contactId} number={row.callerNumber} />,
  },
  { title: '机构', key: 'unit', width: 140, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '技能组', key: 'queue', width: 130, ellipsis: true, render: (_, { queue }) => queue?.name ?? '—' },
  { title: '预约时间', dataIndex: 'bookedAt', width: 130, render: (at: Date) => dateTime(at) },
  { title: '已等待', dataIndex: 'waitingSince', width: 96, render: (since: Date) => <Elapsed since={since} /> },
  {
    title: '排队位置',
    key: 'place',
    width: 110,
    render: (_, { place, state }) =>
      place === null ? <Tag tone={contactTone[state]}>{contactState.labels[state]}</Tag> : `第 ${place} 位`,
  },
];

/** 预约回拨 that wait for an agent; nothing is shown while there are none. */
export function Callbacks() {
  const { data } = useQuery(api.lostCalls.callbacks.queryOptions());
  const manages = may(useViewer(), 'lost_calls.manage');
  const [cancelling, setCancelling] = useState<WaitingCallback | null>(null);
  const actions: TableColumnType<WaitingCallback> = {
    title: '操作',
    key: 'actions',
    width: 90,
    render: (_, row) =>
      row.place !== null && (
        <Button type="link" size="small" danger onClick={() => setCancelling(row)}>
          取消
        </Button>
      ),
  };
  if (!data || data.length === 0) return null;
  return (
    <section className="list-table" aria-label="预约回拨">
      <header className="list-head">
        <h2>预约回拨 {data.length} 个</h2>
        <span className="muted">来电人选择挂机等候，轮到时由系统自动外呼。</span>
      </header>
      <Table<WaitingCallback>
        size="small"
        rowKey="contactId"
        pagination={false}
        columns={manages ? [...columns, actions] : columns}
        dataSource={data}
        scroll={{ x: 780, y: 220 }}
      />
      {cancelling && <CancelCallbackForm callback={cancelling} onClose={() => setCancelling(null)} />}
    </section>
  );
}
