import { Button, type TableColumnType } from 'antd';
import type { ReactNode } from 'react';
import { type Question, useConfirm } from '../forms/useConfirm.ts';

/** The last column: what can be done with a row. It stays in sight when the table scrolls sideways. */
export const actionColumn = <Row,>(width: number, render: (row: Row) => ReactNode): TableColumnType<Row> => ({
  title: '操作',
  key: 'actions',
  width,
  fixed: 'right',
  // A click here is none on the row.
  onCell: () => ({ onClick: (event) => event.stopPropagation() }),
  render: (_, row) => render(row),
});

/** 修改, and 删除 (or what `removal` calls it) after a question. */
export function ChangeOrRemove({ onChange, removal }: { onChange(): void; removal: Question }) {
  const confirm = useConfirm();
  return (
    <>
      <Button type="link" size="small" onClick={onChange}>
        修改
      </Button>
      <Button type="link" size="small" danger onClick={() => confirm(removal)}>
        {removal.okText}
      </Button>
    </>
  );
}
