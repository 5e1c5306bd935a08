import { type BoardQueue, SERVICE_LEVEL_MS } from '@rexian/contracts';
import type { TableColumnType } from 'antd';
import { durationOrDash, percentage } from '../platform/format.ts';
import { BoardTable } from './BoardTable.tsx';
import { Since } from './Since.tsx';

type Column = TableColumnType<BoardQueue>;
const figure = (title: string, width: number, value: (queue: BoardQueue) => number): Column => ({
  title,
  width,
  align: 'right',
  sorter: (a, b) => value(a) - value(b),
  render: (_, row) => value(row),
});
const rate = (title: string, width: number, value: (queue: BoardQueue) => number | null): Column => ({
  title,
  width,
  align: 'right',
  sorter: (a, b) => (value(a) ?? 2) - (value(b) ?? 2),
  render: (_, row) => percentage(value(row)),
});

const columns: Column[] = [
  { title: '技能组', width: 128, fixed: 'left', ellipsis: true, dataIndex: 'name' },
  { title: '中心', width: 124, ellipsis: true, render: (_, row) => row.unit.name },
  {
    title: '排队',
    width: 60,
    align: 'right',
    sorter: (a, b) => a.waiting - b.waiting,
    render: (_, row) => <b data-level={row.waiting > 0 ? 'late' : undefined}>{row.waiting}</b>,
  },
  {
    title: '最长等待',
    width: 88,
    align: 'right',
    sorter: (a, b) => (b.waitingSince?.getTime() ?? 9e15) - (a.waitingSince?.getTime() ?? 9e15),
    render: (_, row) => (row.waitingSince ? <Since since={row.waitingSince} alarms={row.alarms} /> : '—'),
  },
  figure('待回拨', 76, (row) => row.callbacksWaiting),
  figure('签入', 60, (row) => row.signedIn),
  figure('空闲', 60, (row) => row.ready),
  figure('通话', 60, (row) => row.talking),
  figure('小结', 60, (row) => row.wrapUp),
  figure('示忙', 60, (row) => row.notReady),
  figure('请求人工', 88, (row) => row.today.askedForAgent),
  figure('接听', 60, (row) => row.today.answered),
  figure('呼损', 60, (row) => row.today.lost),
  rate('接通率', 76, (row) => row.today.answerRate),
  rate(`${SERVICE_LEVEL_MS / 1_000} 秒接通率`, 116, (row) => row.today.serviceLevel),
  {
    title: '平均等待',
    width: 88,
    align: 'right',
    sorter: (a, b) => a.today.averageWaitMs - b.today.averageWaitMs,
    render: (_, row) => durationOrDash(row.today.averageWaitMs),
  },
];

/** Every figure of every queue. */
export function QueueTable({ queues }: { queues: BoardQueue[] }) {
  return <BoardTable columns={columns} rows={queues} width={1266} empty="暂无技能组" />;
}
