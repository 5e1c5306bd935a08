import type { MonitorOverview } from '@rexian/contracts';
import { Table } from 'antd';
import { useServerNow } from '../platform/clock.tsx';
import { duration } from '../platform/format.ts';
import { waitLevel } from './order.ts';

type Queue = MonitorOverview['queues'][number];

export function QueueTable({ queues, askedAt }: { queues: Queue[]; askedAt: Date }) {
  const waiting = queues.reduce((sum, each) => sum + each.waiting, 0);
  const alone = new Set(queues.map(({ unit }) => unit.id)).size < 2;
  return (
    <section className="panel">
      <h2>
        技能组 <small>排队 {waiting}</small>
      </h2>
      <Table<Queue>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={queues}
        scroll={{ y: 260 }}
        locale={{ emptyText: '暂无技能组' }}
        columns={[
          { title: '技能组', ellipsis: true, render: (_, row) => <Name queue={row} alone={alone} /> },
          {
            title: '排队',
            width: 56,
            align: 'right',
            render: (_, row) => (row.waiting > 0 ? <b data-level="late">{row.waiting}</b> : 0),
          },
          {
            title: '最长等待',
            width: 84,
            align: 'right',
            render: (_, row) =>
              row.waiting > 0 ? <LongestWait atAsking={row.longestWaitMs} askedAt={askedAt} /> : '—',
          },
          { title: '签入', dataIndex: 'signedIn', width: 56, align: 'right' },
          { title: '空闲', dataIndex: 'ready', width: 56, align: 'right' },
          { title: '通话', dataIndex: 'talking', width: 56, align: 'right' },
        ]}
      />
    </section>
  );
}

/** Names repeat from centre to centre: more than one centre, and each says which. */
function Name({ queue, alone }: { queue: Queue; alone: boolean }) {
  return (
    <span title={`${queue.name} ${queue.unit.name}`}>
      {queue.name} {!alone && <span className="muted">{queue.unit.name}</span>}
    </span>
  );
}

/** Goes on ticking between two answers of the server. */
function LongestWait({ atAsking, askedAt }: { atAsking: number; askedAt: Date }) {
  const wait = atAsking + Math.max(0, useServerNow() - askedAt.getTime());
  return <b data-level={waitLevel(wait)}>{duration(wait)}</b>;
}
