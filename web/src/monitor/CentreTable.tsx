import { SERVICE_LEVEL_MS } from '@rexian/contracts';
import { Button, type TableColumnType } from 'antd';
import { useMemo } from 'react';
import { useViewer } from '../auth/viewer.ts';
import { percentage } from '../platform/format.ts';
import { BoardTable } from './BoardTable.tsx';
import { byCentre, type CentreRow } from './centres.ts';
import type { BoardFilter } from './filters.ts';
import { Since } from './Since.tsx';
import type { Board } from './useBoard.ts';

type Column = TableColumnType<CentreRow>;
const figure = (title: string, value: (row: CentreRow) => number): Column => ({
  title,
  width: 76,
  align: 'right',
  sorter: (a, b) => value(a) - value(b),
  render: (_, row) => value(row),
});
const rate = (title: string, value: (row: CentreRow) => number | null): Column => ({
  title,
  width: 108,
  align: 'right',
  sorter: (a, b) => (value(a) ?? 2) - (value(b) ?? 2),
  render: (_, row) => percentage(value(row)),
});

/** Centres side by side; a name opens the board of that one. */
export function CentreTable({ board, change }: { board: Board; change(change: Partial<BoardFilter>): void }) {
  const { centres } = useViewer();
  const rows = useMemo(() => byCentre(centres, { ...board, units: board.today.units }), [centres, board]);
  const columns: Column[] = [
    {
      title: '中心',
      width: 190,
      ellipsis: true,
      render: (_, { centre }) => (
        <Button type="link" size="small" onClick={() => change({ unitId: centre.id, view: 'overview', queueId: null })}>
          {centre.name}
        </Button>
      ),
    },
    {
      ...figure('排队', (row) => row.waiting),
      render: (_, row) => <b data-level={row.waiting > 0 ? 'late' : undefined}>{row.waiting}</b>,
    },
    {
      title: '最长等待',
      width: 96,
      align: 'right',
      sorter: (a, b) => (b.waitingSince?.getTime() ?? 9e15) - (a.waitingSince?.getTime() ?? 9e15),
      render: (_, row) => (row.waitingSince ? <Since since={row.waitingSince} /> : '—'),
    },
    figure('签入', (row) => row.signedIn),
    figure('空闲', (row) => row.ready),
    figure('通话', (row) => row.talking),
    figure('小结', (row) => row.wrapUp),
    figure('示忙', (row) => row.notReady),
    figure('呼入', (row) => row.arrived),
    { ...figure('请求人工', (row) => row.asked), width: 92 },
    figure('接听', (row) => row.answered),
    figure('呼损', (row) => row.lost),
    rate('接通率', (row) => row.answerRate),
    rate(`${SERVICE_LEVEL_MS / 1_000} 秒接通率`, (row) => row.serviceLevel),
  ];
  return <BoardTable rowKey={(row) => row.centre.id} columns={columns} rows={rows} width={1256} empty="暂无中心" />;
}
