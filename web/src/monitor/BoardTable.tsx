import { Table, type TableProps } from 'antd';
import { useTableHeight } from './useTableHeight.ts';

type Props<Row> = Pick<TableProps<Row>, 'rowKey' | 'columns'> & {
  rows: readonly Row[];
  /** Least width before it scrolls sideways, in pixels. */
  width: number;
  empty: string;
};

/** A table that fills the board and draws only what is in sight. */
export function BoardTable<Row extends object>({ rows, width, empty, ...table }: Props<Row>) {
  const { box, height } = useTableHeight();
  return (
    <div className="board-table" ref={box}>
      <Table<Row>
        virtual
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        scroll={{ x: width, y: height }}
        locale={{ emptyText: empty }}
        {...table}
      />
    </div>
  );
}
