import { agentState, type Queue, type QueueAgent } from '@rexian/contracts';
import { Button, type TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useSettled } from '../forms/useSettled.ts';
import { ListTable } from '../listing/ListTable.tsx';
import { actionColumn } from '../listing/RowActions.tsx';
import { SearchInput } from '../listing/SearchInput.tsx';
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
  const manages = may(useViewer(), 'queues.manage', 'queues.staff');
  const own = queues.filter(({ unit }) => unit.id === centre?.id);
  const columns = [...agentColumns, ...own.map(weightColumn), otherColumn(own, queues)];
  const all = { ...list, error: error ?? list.error, refetch: () => Promise.all([refetch(), list.refetch()]) };
  const actions = (agent: QueueAgent) => (
    <Button type="link" size="small" onClick={() => setOpen(agent)}>
      设置
    </Button>
  );
  return (
    <>
      <div className="list-tools">
        <CentreSelect {...choice} />
        <SearchInput label="搜索坐席" placeholder="姓名或坐席号" width={180} value={text} onChange={setText} />
        <span className="muted">数字为权重，1 到 100，越大越先接听。</span>
      </div>
      <ListTable
        list={all}
        rowKey={({ person }) => person.id}
        columns={manages ? [...columns, actionColumn(70, actions)] : columns}
        scroll={{ x: 560 + own.length * 110 }}
        empty="没有符合条件的坐席"
      />
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
