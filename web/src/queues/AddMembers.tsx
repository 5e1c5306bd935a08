import type { QueueAgent } from '@rexian/contracts';
import { InputNumber, Modal, Table, type TableColumnType } from 'antd';
import { useState } from 'react';
import { useSettled } from '../forms/useSettled.ts';
import { ListFooter } from '../listing/ListFooter.tsx';
import { SearchInput } from '../listing/SearchInput.tsx';
import { Failed } from '../platform/Failed.tsx';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { type Member, USUAL_WEIGHT } from './members.ts';
import { useAgents } from './useAgents.ts';

type Props = { members: readonly Member[]; onAdd(added: Member[]): void; onClose(): void };

const columns: TableColumnType<QueueAgent>[] = [
  {
    title: '坐席',
    key: 'person',
    render: (_, { person }) => (
      <>
        {person.name} <span className="muted">{person.agentNumber}</span>
      </>
    ),
  },
  { title: '机构', key: 'unit', width: 200, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '已有技能组', key: 'queues', width: 100, render: (_, { queues }) => `${queues.length} 个` },
];

/** Chooses agents who don't serve the queue yet; what is marked stays marked while searching on. */
export function AddMembers({ members, onAdd, onClose }: Props) {
  const [text, setText] = useState('');
  const [unitId, setUnitId] = useState<string>();
  const settled = useSettled(text.trim());
  const list = useAgents({ ...(unitId ? { unitId } : {}), ...(settled ? { text: settled } : {}) }, 100);
  const [marked, setMarked] = useState<QueueAgent[]>([]);
  const [weight, setWeight] = useState<number | null>(USUAL_WEIGHT);
  const present = new Set(members.map(({ person }) => person.id));
  const shown = list.rows.filter(({ person }) => !present.has(person.id));
  const add = () => {
    onAdd(marked.map(({ queues: _queues, ...agent }) => ({ ...agent, weight: weight ?? USUAL_WEIGHT })));
    onClose();
  };
  return (
    <Modal
      open
      width={680}
      title="添加坐席"
      okText={marked.length > 0 ? `添加 ${marked.length} 人` : '添加'}
      cancelText="取消"
      okButtonProps={{ disabled: marked.length === 0 || weight === null }}
      onOk={add}
      onCancel={onClose}
    >
      <div className="members-tools">
        <SearchInput label="搜索坐席" placeholder="姓名或坐席号" width={170} value={text} onChange={setText} />
        <UnitSelect
          placeholder="全部机构"
          allowClear
          style={{ width: 200 }}
          value={unitId ?? null}
          onChange={setUnitId}
        />
        <span className="members-weight">
          权重
          <InputNumber
            aria-label="权重"
            min={1}
            max={100}
            precision={0}
            style={{ width: 72 }}
            value={weight}
            onChange={setWeight}
          />
        </span>
      </div>
      {list.error && <Failed error={list.error} retry={list.refetch} />}
      <Table<QueueAgent>
        size="small"
        rowKey={({ person }) => person.id}
        pagination={false}
        loading={list.isPending}
        columns={columns}
        dataSource={shown}
        scroll={{ y: 380 }}
        rowSelection={{
          preserveSelectedRowKeys: true,
          selectedRowKeys: marked.map(({ person }) => person.id),
          onChange: (_, rows) => setMarked(rows),
        }}
        locale={{ emptyText: '没有可添加的坐席' }}
      />
      <ListFooter
        shown={list.hasNextPage ? shown.length : 0}
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={list.fetchNextPage}
      />
    </Modal>
  );
}
