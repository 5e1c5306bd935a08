import { SearchOutlined } from '@ant-design/icons';
import { agentState, type Queue, type QueueAgent } from '@rexian/contracts';
import { Button, Input, Table, type TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { ListFooter } from '../forms/ListFooter.tsx';
import { useSettled } from '../forms/useSettled.ts';
import { Failed } from '../platform/Failed.tsx';
import { agentTone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';
import { CentreSelect } from './CentreSelect.tsx';
import { SkillsForm } from './SkillsForm.tsx';
import { useAgents } from './useAgents.ts';
import { useCentre, useQueues } from './useQueues.ts';

/** 坐席技能: agents down, the centre's queues across, weights where they meet. */
export function Skills() {
  const { queues, error, refetch } = useQueues();
  const choice = useCentre(queues);
  const { centre } = choice;
  const [text, setText] = useState('');
  const settled = useSettled(text.trim());
  const list = useAgents({ ...(centre ? { unitId: centre.id } : {}), ...(settled ? { text: settled } : {}) });
  const [open, setOpen] = useState<QueueAgent | null>(null);
  const manages = may(useViewer(), 'queues.manage');
  const own = queues.filter(({ unit }) => unit.id === centre?.id);
  const columns = [...agentColumns, ...own.map(weightColumn), otherColumn(own, queues)];
  const failure = error ?? list.error;
  return (
    <>
      <div className="list-tools">
        <CentreSelect {...choice} />
        <Input
          allowClear
          prefix={<SearchOutlined />}
          placeholder="姓名或坐席号"
          aria-label="搜索坐席"
          maxLength={40}
          style={{ width: 180 }}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <span className="muted">数字为权重，1 到 100，越大越先接听。</span>
      </div>
      {failure && <Failed error={failure} retry={() => Promise.all([refetch(), list.refetch()])} />}
      <div className="list-table">
        <Table<QueueAgent>
          size="small"
          rowKey={({ person }) => person.id}
          sticky
          pagination={false}
          loading={list.isPending}
          columns={manages ? [...columns, actionColumn(setOpen)] : columns}
          dataSource={list.rows}
          scroll={{ x: 560 + own.length * 110 }}
          locale={{ emptyText: '没有符合条件的坐席' }}
        />
        <ListFooter
          shown={list.rows.length}
          more={list.hasNextPage}
          busy={list.isFetchingNextPage}
          onMore={list.fetchNextPage}
        />
      </div>
      {open && centre && <SkillsForm agent={open} centre={centre} queues={queues} onClose={() => setOpen(null)} />}
    </>
  );
}

const agentColumns: TableColumnType<QueueAgent>[] = [
  {
    title: '坐席',
    key: 'person',
    width: 150,
    fixed: 'left',
    ellipsis: true,
    render: (_, { person }) => (
      <>
        {person.name} <span className="muted">{person.agentNumber}</span>
      </>
    ),
  },
  { title: '机构', key: 'unit', width: 150, ellipsis: true, render: (_, { unit }) => unit.name },
  {
    title: '状态',
    dataIndex: 'state',
    width: 90,
    render: (state: QueueAgent['state']) =>
      state ? <Tag tone={agentTone[state]}>{agentState.labels[state]}</Tag> : <span className="muted">未签入</span>,
  },
];

const weightColumn = ({ id, name }: Queue): TableColumnType<QueueAgent> => ({
  title: name,
  key: id,
  width: 110,
  align: 'center',
  ellipsis: true,
  render: (_, { queues }) => {
    const weight = queues.find(({ queueId }) => queueId === id)?.weight;
    if (weight === undefined) return <span className="muted">·</span>;
    return (
      <span className="skill" style={{ '--weight': weight / 100 } as React.CSSProperties}>
        {weight}
      </span>
    );
  },
});

/** Queues of other centres that an agent of this one serves too. */
function otherColumn(own: Queue[], all: Queue[]): TableColumnType<QueueAgent> {
  const ownIds = new Set(own.map(({ id }) => id));
  const names = new Map(all.map(({ id, name }) => [id, name]));
  return {
    title: '其他机构的技能组',
    key: 'other',
    ellipsis: true,
    render: (_, { queues }) =>
      queues
        .filter(({ queueId }) => !ownIds.has(queueId))
        .map(({ queueId, weight }) => `${names.get(queueId) ?? '其他技能组'} ${weight}`)
        .join('，'),
  };
}

const actionColumn = (open: (agent: QueueAgent) => void): TableColumnType<QueueAgent> => ({
  title: '操作',
  key: 'actions',
  width: 70,
  fixed: 'right',
  render: (_, agent) => (
    <Button type="link" size="small" onClick={() => open(agent)}>
      设置
    </Button>
  ),
});
