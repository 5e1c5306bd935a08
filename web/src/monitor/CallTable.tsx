import { EllipsisOutlined } from '@ant-design/icons';
import { type BoardAgent, contactOrigin, contactState, type LiveCall } from '@rexian/contracts';
import { Button, type TableColumnType } from 'antd';
import { useMemo } from 'react';
import { Elapsed } from '../platform/Elapsed.tsx';
import { readableNumber } from '../platform/format.ts';
import { contactTone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';
import { AgentMenu } from './AgentMenu.tsx';
import { BoardTable } from './BoardTable.tsx';
import type { BoardFilter } from './filters.ts';
import { useSupervision } from './supervision.tsx';
import { useCalls } from './useBoard.ts';

type Column = TableColumnType<LiveCall>;
const columns: Column[] = [
  {
    title: '状态',
    width: 120,
    filters: contactState.values
      .filter((value) => value !== 'ended')
      .map((value) => ({ value, text: contactState.labels[value] })),
    onFilter: (value, row) => row.state === value,
    render: (_, row) => (
      <Tag tone={contactTone[row.state]}>
        {contactState.labels[row.state]}
        {row.onHold && ' · 保持'}
      </Tag>
    ),
  },
  { title: '已持续', width: 84, align: 'right', render: (_, row) => <Elapsed since={row.stateSince} /> },
  { title: '位置', width: 64, align: 'right', render: (_, row) => row.position ?? '—' },
  { title: '来电号码', width: 136, render: (_, row) => readableNumber(row.callerNumber) },
  { title: '被叫', width: 120, dataIndex: 'calledNumber' },
  { title: '来源', width: 104, render: (_, row) => contactOrigin.labels[row.origin] },
  { title: '技能组', width: 140, ellipsis: true, render: (_, row) => row.queue?.name ?? '—' },
  {
    title: '坐席',
    width: 140,
    ellipsis: true,
    render: (_, row) => (row.agent ? `${row.agent.name} ${row.agent.agentNumber ?? ''}` : '—'),
  },
  { title: '中心', width: 150, ellipsis: true, render: (_, row) => row.unit.name },
  {
    title: '总时长',
    width: 90,
    align: 'right',
    sorter: (a, b) => b.arrivedAt.getTime() - a.arrivedAt.getTime(),
    render: (_, row) => <Elapsed since={row.arrivedAt} />,
  },
];

/** All calls that have not ended, with what can be done to the agent of each. */
export function CallTable({ filter, agents }: { filter: BoardFilter; agents: BoardAgent[] }) {
  const { unitId, queueId } = filter;
  const calls = useCalls({ unitId, queueId, waiting: false });
  const supervision = useSupervision();
  const shown = useMemo(() => {
    if (!supervision) return columns;
    const byId = new Map(agents.map((agent) => [agent.person.id, agent]));
    const render = (_: unknown, row: LiveCall) => <More agent={byId.get(row.agent?.id ?? '')} />;
    return [...columns, { title: '操作', width: 56, fixed: 'right' as const, render }];
  }, [agents, supervision]);
  return <BoardTable columns={shown} rows={calls} width={1200} empty="当前没有通话" />;
}

function More({ agent }: { agent: BoardAgent | undefined }) {
  if (!agent) return null;
  return (
    <AgentMenu agent={agent}>
      <Button size="small" type="text" icon={<EllipsisOutlined />} aria-label={`对 ${agent.person.name} 的操作`} />
    </AgentMenu>
  );
}
