import { EllipsisOutlined } from '@ant-design/icons';
import { type BoardAgent, type BoardQueue, phoneKind } from '@rexian/contracts';
import { Button, type TableColumnType } from 'antd';
import { useMemo, useState } from 'react';
import { durationOrDash, readableNumber } from '../platform/format.ts';
import { agentTone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';
import { helpText, stateText } from './AgentCard.tsx';
import { AgentMenu } from './AgentMenu.tsx';
import { BoardTable } from './BoardTable.tsx';
import type { Order } from './filters.ts';
import { Since } from './Since.tsx';
import { useSupervision } from './supervision.tsx';
import { useOrdered } from './useOrdered.ts';

type Column = TableColumnType<BoardAgent>;
const figure = (title: string, width: number, value: (agent: BoardAgent) => number, time = false): Column => ({
  title,
  width,
  align: 'right',
  sorter: (a, b) => value(a) - value(b),
  render: (_, row) => (time ? durationOrDash(value(row)) : value(row)),
});

function columnsOf(queues: readonly BoardQueue[]): Column[] {
  const names = new Map(queues.map(({ id, name }) => [id, name]));
  return [
    { title: '工号', width: 60, fixed: 'left', render: (_, row) => row.person.agentNumber ?? '—' },
    { title: '姓名', width: 84, fixed: 'left', ellipsis: true, render: (_, row) => row.person.name },
    { title: '状态', width: 150, render: (_, row) => <State agent={row} /> },
    {
      title: '已持续',
      width: 72,
      align: 'right',
      render: (_, row) => (row.state && row.since ? <Since since={row.since} alarms={row.alarms} /> : '—'),
    },
    { title: '来电号码', width: 122, render: (_, row) => (row.call ? readableNumber(row.call.callerNumber) : '—') },
    {
      title: '通话技能组',
      width: 110,
      ellipsis: true,
      render: (_, row) => (row.elsewhere ? helpText(row.elsewhere) : (row.call?.queue?.name ?? '—')),
    },
    figure('接听', 60, ({ today }) => today.answered),
    figure('未接', 60, ({ today }) => today.notAnswered),
    figure('外呼', 60, ({ today }) => today.dialled),
    figure('平均通话', 88, ({ today }) => today.averageTalkMs, true),
    figure('小结', 68, ({ today }) => today.wrapUpMs, true),
    figure('空闲', 68, ({ today }) => today.readyMs, true),
    figure('示忙', 68, ({ today }) => today.notReadyMs, true),
    figure('签入时长', 88, ({ today }) => today.signedInMs, true),
    { title: '话机', width: 104, render: (_, row) => <Phone agent={row} /> },
    {
      title: '技能组',
      width: 170,
      ellipsis: true,
      render: (_, row) => row.queueIds.flatMap((id) => names.get(id) ?? []).join('、') || '—',
    },
    { title: '机构', width: 130, ellipsis: true, render: (_, row) => row.unit.name },
  ];
}

/** Every figure of every agent. A column's head sorts; otherwise the board's order holds. */
export function AgentTable({ agents, queues, order }: { agents: BoardAgent[]; queues: BoardQueue[]; order: Order }) {
  const supervision = useSupervision();
  const [menuOpen, setMenuOpen] = useState(false);
  const rows = useOrdered(agents, order, menuOpen);
  const columns = useMemo(() => {
    const all = columnsOf(queues);
    if (!supervision) return all;
    const menu: Column = {
      title: '操作',
      width: 56,
      fixed: 'right',
      render: (_, row) => <More agent={row} onOpenChange={setMenuOpen} />,
    };
    return [...all, menu];
  }, [queues, supervision]);
  return (
    <BoardTable rowKey={(row) => row.person.id} columns={columns} rows={rows} width={1580} empty="没有符合条件的坐席" />
  );
}

function More({ agent, onOpenChange }: { agent: BoardAgent; onOpenChange(open: boolean): void }) {
  return (
    <AgentMenu agent={agent} onOpenChange={onOpenChange}>
      <Button size="small" type="text" icon={<EllipsisOutlined />} aria-label={`对 ${agent.person.name} 的操作`} />
    </AgentMenu>
  );
}

const State = ({ agent }: { agent: BoardAgent }) => (
  <Tag tone={agent.state ? agentTone[agent.state] : 'quiet'}>{stateText(agent)}</Tag>
);

function Phone({ agent: { phone } }: { agent: BoardAgent }) {
  if (!phone) return '—';
  return <Tag tone={phone.reachable ? 'ready' : 'fault'}>{phoneKind.labels[phone.kind]}</Tag>;
}
