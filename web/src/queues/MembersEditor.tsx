import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { agentState } from '@rexian/contracts';
import { Button, Input, InputNumber, Table, type TableColumnType } from 'antd';
import { useState } from 'react';
import { agentTone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';
import { AddMembers } from './AddMembers.tsx';
import { type Member, matches, USUAL_WEIGHT, weighted, without } from './members.ts';

type Props = {
  /** Undefined until it is known. */
  value?: Member[];
  onChange?(members: Member[]): void;
  readOnly: boolean;
};

/** A table of agents and weights; many at once by marking them. */
export function MembersEditor({ value, onChange, readOnly }: Props) {
  const members = value ?? [];
  const [text, setText] = useState('');
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [adding, setAdding] = useState(false);
  const weigh = (ids: ReadonlySet<string>, weight: number) => onChange?.(weighted(members, ids, weight));
  const remove = (ids: ReadonlySet<string>) => {
    onChange?.(without(members, ids));
    setMarked(new Set([...marked].filter((id) => !ids.has(id))));
  };
  return (
    <>
      <div className="members-tools">
        <Input
          allowClear
          prefix={<SearchOutlined />}
          placeholder="姓名或坐席号"
          aria-label="搜索成员"
          style={{ width: 180 }}
          value={text}
          disabled={false}
          onChange={({ target }) => setText(target.value)}
          onPressEnter={(event) => event.preventDefault()}
        />
        <span className="muted">共 {members.length} 人</span>
        {marked.size > 0 && (
          <Bulk count={marked.size} onWeigh={(to) => weigh(marked, to)} onRemove={() => remove(marked)} />
        )}
        {!readOnly && (
          <Button className="push" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            添加坐席
          </Button>
        )}
      </div>
      <Table<Member>
        size="small"
        rowKey={({ person }) => person.id}
        loading={value === undefined}
        pagination={false}
        columns={readOnly ? columns : [...columns.slice(0, -1), ...editColumns(weigh, remove)]}
        dataSource={members.filter((member) => matches(member, text))}
        locale={{ emptyText: members.length === 0 ? '还没有成员' : '没有符合条件的成员' }}
        {...(readOnly
          ? {}
          : {
              rowSelection: {
                selectedRowKeys: [...marked],
                onChange: (keys) => setMarked(new Set(keys.map(String))),
              },
            })}
      />
      {adding && (
        <AddMembers
          members={members}
          onAdd={(added) => onChange?.([...members, ...added])}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}

const columns: TableColumnType<Member>[] = [
  {
    title: '坐席',
    key: 'person',
    render: (_, { person }) => (
      <>
        {person.name} <span className="muted">{person.agentNumber}</span>
      </>
    ),
  },
  { title: '机构', key: 'unit', width: 180, ellipsis: true, render: (_, { unit }) => unit.name },
  {
    title: '状态',
    dataIndex: 'state',
    width: 100,
    render: (state: Member['state']) =>
      state ? <Tag tone={agentTone[state]}>{agentState.labels[state]}</Tag> : <span className="muted">未签入</span>,
  },
  { title: '权重', dataIndex: 'weight', width: 90, align: 'right' },
];

function editColumns(
  weigh: (ids: ReadonlySet<string>, weight: number) => void,
  remove: (ids: ReadonlySet<string>) => void,
): TableColumnType<Member>[] {
  return [
    {
      title: '权重',
      key: 'weight',
      width: 100,
      render: (_, { person, weight }) => (
        <InputNumber
          size="small"
          aria-label={`${person.name}的权重`}
          min={1}
          max={100}
          precision={0}
          style={{ width: 72 }}
          value={weight}
          onChange={(to) => to !== null && weigh(new Set([person.id]), to)}
          onPressEnter={(event) => event.preventDefault()}
        />
      ),
    },
    {
      title: '操作',
      key: 'actions',
      width: 70,
      render: (_, { person }) => (
        <Button type="link" size="small" danger onClick={() => remove(new Set([person.id]))}>
          移除
        </Button>
      ),
    },
  ];
}

type BulkProps = { count: number; onWeigh(weight: number): void; onRemove(): void };

function Bulk({ count, onWeigh, onRemove }: BulkProps) {
  const [weight, setWeight] = useState<number | null>(USUAL_WEIGHT);
  return (
    <span className="members-bulk">
      所选 {count} 人：权重
      <InputNumber
        size="small"
        aria-label="所选成员的权重"
        min={1}
        max={100}
        precision={0}
        style={{ width: 64 }}
        value={weight}
        onChange={setWeight}
        onPressEnter={(event) => event.preventDefault()}
      />
      <Button size="small" disabled={weight === null} onClick={() => weight !== null && onWeigh(weight)}>
        设置
      </Button>
      <Button size="small" danger onClick={onRemove}>
        移除
      </Button>
    </span>
  );
}
