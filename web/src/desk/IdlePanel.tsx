import type { ContactSummary, Desk } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { ContactDrawer } from '../contacts/ContactDrawer.tsx';
import { contactColumns } from '../contacts/columns.tsx';
import { openable } from '../listing/openable.ts';
import { api } from '../platform/api.ts';
import { duration } from '../platform/format.ts';
import { useDesk } from './DeskProvider.tsx';

/** Between two calls: what comes next, my day, my last calls. */
export function IdlePanel() {
  const { desk } = useDesk();
  const viewer = useViewer();
  const session = desk?.session;
  if (!desk || !session) return null;
  return (
    <div className="idle">
      <section className="panel idle-state" data-tone={session.state === 'ready' ? 'ready' : 'not-ready'}>
        <strong>
          {session.state === 'ready' ? '等待来电' : session.state === 'not_ready' ? '暂不接听来电' : '请稍候'}
        </strong>
        <span className="muted">{session.state === 'ready' ? readyHint(session) : '准备好后点击上方“示闲”'}</span>
        <span className="muted idle-queues">
          技能组：{session.queues.map((queue) => queue.name).join('、') || '未分配，请联系管理员'}
        </span>
      </section>
      {may(viewer, 'work_orders.register') && <Unfinished />}
      <Today desk={desk} />
      {may(viewer, 'contacts.read', 'contacts.read_own') && <RecentCalls agentId={viewer.id} />}
    </div>
  );
}

function readyHint({ phone, autoAnswer }: NonNullable<Desk['session']>): string {
  if (phone.kind === 'outside') return '来电时平台呼叫您的外线电话，本页自动弹出';
  if (autoAnswer) return '来电时本页自动弹出，并自动接通';
  return phone.kind === 'sip' ? '来电时本页自动弹出，摘机或按 F2 接听' : '来电时本页自动弹出，按 F2 接听';
}

/** What was begun in a call that is over, perhaps because its wrap-up ended by itself. */
function Unfinished() {
  const { data } = useQuery(api.orders.counts.queryOptions());
  if (!data || data.drafts === 0) return null;
  return (
    <section className="panel idle-drafts">
      有 {data.drafts} 件暂存登记尚未提交 <Link to="/registration?view=drafts">去办理</Link>
    </section>
  );
}

function Today({ desk }: { desk: Desk }) {
  const { today } = desk;
  const figures: [string, string | number][] = [
    ['接听', today.answered],
    ['未接', today.notAnswered],
    ['平均通话', duration(today.averageTalkingMs)],
    ['通话时长', duration(today.talkingMs)],
    ['小结时长', duration(today.wrapUpMs)],
    ['空闲时长', duration(today.readyMs)],
    ['示忙时长', duration(today.notReadyMs)],
  ];
  return (
    <section className="panel">
      <h2>今日数据</h2>
      <div className="panel-body figures">
        {figures.map(([label, value]) => (
          <div className="figure" key={label}>
            <span>{label}</span>
            <b>{value}</b>
          </div>
        ))}
      </div>
    </section>
  );
}

const columns = contactColumns(
  'arrivedAt',
  'callerNumber',
  'calledNumber',
  'queue',
  'talkingMs',
  'holdMs',
  'wrapUpMs',
  'endReason',
  'result',
  'categoryName',
);

function RecentCalls({ agentId }: { agentId: string }) {
  const [open, setOpen] = useState<string | null>(null);
  const { data, isPending } = useQuery(api.contacts.list.queryOptions({ input: { agentId, limit: 20 } }));
  return (
    <section className="panel">
      <h2>
        我的最近通话 <small>最近 20 次</small>
      </h2>
      <Table<ContactSummary>
        className="clickable"
        size="small"
        rowKey="id"
        pagination={false}
        loading={isPending}
        columns={columns}
        scroll={{ x: 1100 }}
        dataSource={data?.rows ?? []}
        onRow={(row) => openable(() => setOpen(row.id))}
        locale={{ emptyText: '暂无通话' }}
      />
      <ContactDrawer id={open} onClose={() => setOpen(null)} />
    </section>
  );
}
