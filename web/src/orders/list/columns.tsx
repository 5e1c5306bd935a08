import { type OrderRow, orderRequestKind, workOrderKind, workOrderState, workOrderUrgency } from '@rexian/contracts';
import { Badge, type TableColumnType } from 'antd';
import { dateMinute } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';
import { Deadline } from '../Deadline.tsx';
import { dueOfRow } from '../deadline.ts';
import { orderTone, placeName, urgencyTone } from '../words.ts';
import { allOpen, type Tab } from './filters.ts';

/** What a handler looks for first stands first: until when, what it is about, where it lies; of what is over, when it ended. */
export const orderColumns = (tab: Tab): TableColumnType<OrderRow>[] => [
  ...(tab === 'done' ? [] : [dueColumn]),
  { title: '标题', key: 'title', ellipsis: true, render: (_, row) => <Title row={row} /> },
  { title: '类型与类别', key: 'kind', width: 164, ellipsis: true, render: (_, row) => natureOf(row) },
  ...(tab === 'done' ? [] : [placeColumn]),
  ...(allOpen.includes(tab) ? [] : [stateColumn]),
  { title: '来电人', key: 'caller', width: 152, ellipsis: true, render: (_, row) => callerOf(row) },
  { title: '登记单位', key: 'unit', width: 112, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '登记时间', dataIndex: 'registeredAt', width: 104, render: (at: Date) => dateMinute(at) },
  ...(tab === 'done' ? [endColumn] : []),
  { title: '工单号', dataIndex: 'number', width: 132 },
];

const dueColumn: TableColumnType<OrderRow> = {
  title: '时限',
  key: 'due',
  width: 122,
  render: (_, row) => <Deadline due={dueOfRow(row)} />,
};
const placeColumn: TableColumnType<OrderRow> = {
  title: '当前环节',
  key: 'lies',
  width: 190,
  ellipsis: true,
  render: (_, row) => <Lying row={row} />,
};
const endColumn: TableColumnType<OrderRow> = {
  title: '结束时间',
  dataIndex: 'closedAt',
  width: 104,
  render: (at: OrderRow['closedAt']) => (at ? dateMinute(at) : '—'),
};
const stateColumn: TableColumnType<OrderRow> = {
  title: '状态',
  key: 'state',
  width: 86,
  render: (_, { state }) => <Tag tone={orderTone[state]}>{workOrderState.labels[state]}</Tag>,
};

const natureOf = ({ kind, category }: OrderRow): string =>
  [workOrderKind.labels[kind], category].filter(Boolean).join(' · ');

const callerOf = ({ callerName, callerNumber }: OrderRow): string =>
  [callerName, callerNumber].filter(Boolean).join(' ') || '—';

function Title({ row: { title, confidential, urgency, urges, asked } }: { row: OrderRow }) {
  return (
    <>
      {urges > 0 && <Badge count={`催 ${urges}`} className="order-urges" title={`${urges} 个催督办待回复`} />}
      {asked.length > 0 && (
        <Tag tone="waiting">{asked.map((kind) => `申请${orderRequestKind.labels[kind]}`).join('、')}</Tag>
      )}{' '}
      {urgency !== 'normal' && <Tag tone={urgencyTone[urgency]}>{workOrderUrgency.labels[urgency]}</Tag>}{' '}
      {confidential && <span className="order-secret">保密</span>} {title || <span className="muted">内容不可见</span>}
    </>
  );
}

function Lying({ row: { tasks } }: { row: OrderRow }) {
  const [first] = tasks;
  if (!first) return '—';
  const words = `${first.title}：${placeName(first)}`;
  return (
    <span title={tasks.map((task) => `${task.title}：${placeName(task)}`).join('\n')}>
      {words}
      {tasks.length > 1 && <span className="muted"> 等 {tasks.length} 处</span>}
    </span>
  );
}
