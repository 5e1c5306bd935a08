import { contactState, type MonitorOverview } from '@rexian/contracts';
import { Table } from 'antd';
import { Elapsed } from '../platform/clock.tsx';
import { readableNumber } from '../platform/format.ts';
import { contactTone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';

type LiveCall = MonitorOverview['calls'][number];

export function CallTable({ calls }: { calls: LiveCall[] }) {
  return (
    <section className="panel">
      <h2>
        进行中的通话 <small>{calls.length}</small>
      </h2>
      <Table<LiveCall>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={calls}
        scroll={{ y: 260 }}
        locale={{ emptyText: '当前没有通话' }}
        columns={[
          {
            title: '状态',
            width: 96,
            render: (_, row) => <Tag tone={contactTone[row.state]}>{contactState.labels[row.state]}</Tag>,
          },
          { title: '已持续', width: 76, align: 'right', render: (_, row) => <Elapsed since={row.stateSince} /> },
          { title: '主叫号码', width: 128, render: (_, row) => readableNumber(row.callerNumber) },
          { title: '被叫', dataIndex: 'calledNumber', width: 116 },
          { title: '技能组', ellipsis: true, render: (_, row) => row.queue?.name ?? '—' },
          { title: '坐席', ellipsis: true, render: (_, row) => row.agent?.name ?? '—' },
          { title: '总时长', width: 76, align: 'right', render: (_, row) => <Elapsed since={row.arrivedAt} /> },
        ]}
      />
    </section>
  );
}
