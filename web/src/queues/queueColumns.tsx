import type { BoardQueue, Queue } from '@rexian/contracts';
import { type TableColumnType, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { Tag } from '../platform/Tag.tsx';
import { type Names, spanText, stepText } from './words.ts';

interface Shown {
  names: Names;
  /** How things stand; null: not for this viewer. */
  now: BoardQueue[] | null;
  actions(queue: Queue): ReactNode;
}

export function queueColumns({ names, now, actions }: Shown): TableColumnType<Queue>[] {
  const standing = new Map(now?.map((queue) => [queue.id, queue]));
  return [
    { title: '技能组', key: 'name', width: 170, ellipsis: true, render: (_, queue) => <Name queue={queue} /> },
    { title: '机构', key: 'unit', width: 140, ellipsis: true, render: (_, { unit }) => unit.name },
    { title: '成员', dataIndex: 'members', width: 64, align: 'right' },
    ...(now === null
      ? []
      : [
          {
            title: '当前',
            key: 'now',
            width: 180,
            render: (_: unknown, { id }: Queue) => <Now of={standing.get(id)} />,
          },
        ]),
    { title: '排队', key: 'waiting', width: 170, render: (_, queue) => waitingText(queue) },
    { title: '溢出', key: 'overflow', ellipsis: true, render: (_, queue) => <Overflow queue={queue} names={names} /> },
    { title: '小结', key: 'wrapUp', width: 150, render: (_, queue) => wrapUpText(queue) },
    { title: '操作', key: 'actions', width: 150, fixed: 'right', render: (_, queue) => actions(queue) },
  ];
}

function Name({ queue: { name, active } }: { queue: Queue }) {
  return active ? (
    name
  ) : (
    <>
      {name} <Tag tone="quiet">已停用</Tag>
    </>
  );
}

function Now({ of }: { of: BoardQueue | undefined }) {
  if (!of) return '—';
  const nobody = of.waiting > 0 && of.signedIn === 0;
  return (
    <span className="num">
      签入 {of.signedIn}，空闲 {of.ready}，{nobody ? <Tag tone="fault">排队 {of.waiting}</Tag> : `排队 ${of.waiting}`}
    </span>
  );
}

const waitingText = ({ maxWaitSeconds, maxWaiting }: Queue) =>
  `最长 ${spanText(maxWaitSeconds)}，${maxWaiting === null ? '人数不限' : `限 ${maxWaiting} 人`}`;

function wrapUpText({ wrapUpSeconds, wrapUpMandatory }: Queue): string {
  if (wrapUpSeconds === 0) return '无';
  const time = wrapUpSeconds === null ? '直至保存' : spanText(wrapUpSeconds);
  return wrapUpMandatory ? `${time}，结果必填` : time;
}

function Overflow({ queue, names }: { queue: Queue; names: Names }) {
  const [first, ...more] = queue.overflow.map((step) => stepText(step, names));
  if (!first) return '—';
  if (more.length === 0) return first;
  return (
    <Tooltip title={<Steps lines={[first, ...more]} />}>
      <span className="muted">共 {more.length + 1} 步：</span>
      {first}
    </Tooltip>
  );
}

function Steps({ lines }: { lines: string[] }) {
  return (
    <ol className="steps-hint">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );
}
