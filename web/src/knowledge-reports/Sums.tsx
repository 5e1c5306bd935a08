import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { ListTable } from '../listing/ListTable.tsx';
import { api } from '../platform/api.ts';
import type { Asked } from './asked.ts';
import { columnsOf, type Figure, maintenance, usage } from './columns.tsx';
import { scopeOf } from './scope.ts';

const kept = { placeholderData: <Data,>(before: Data) => before };

/** 知识维护情况统计表 */
export function Maintenance({ asked }: { asked: Asked }) {
  const { by } = asked;
  const query = useQuery(api.knowledgeReports.maintenance.queryOptions({ input: { ...scopeOf(asked), by }, ...kept }));
  return <Sums asked={asked} figures={maintenance} query={query} />;
}

/** 知识使用情况统计表 */
export function Usage({ asked }: { asked: Asked }) {
  const { by } = asked;
  const query = useQuery(api.knowledgeReports.usage.queryOptions({ input: { ...scopeOf(asked), by }, ...kept }));
  return <Sums asked={asked} figures={usage} query={query} />;
}

interface SumsQuery<Row> {
  data: { rows: Row[]; total: Row } | undefined;
  error: unknown;
  isPending: boolean;
  refetch(): unknown;
}
type Props<Row> = { asked: Asked; figures: readonly Figure<Row>[]; query: SumsQuery<Row> };

/** A row for each, and 合计 below them all. */
function Sums<Row extends { id: string | null; name: string }>({ asked, figures, query }: Props<Row>) {
  const { data, error, isPending, refetch } = query;
  return (
    <ListTable<Row>
      list={{ rows: data?.rows ?? [], error, isPending, refetch }}
      className="report"
      columns={columnsOf(asked.by, figures)}
      scroll={{ x: 170 + figures.length * 96 }}
      empty="所选时间内没有数据"
      {...(data && data.rows.length > 0 ? { summary: () => <Total row={data.total} figures={figures} /> } : {})}
    />
  );
}

function Total<Row extends { name: string }>({ row, figures }: { row: Row; figures: readonly Figure<Row>[] }) {
  return (
    <Table.Summary fixed>
      <Table.Summary.Row className="report-total">
        <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
        {figures.map(({ title, text }, index) => (
          <Table.Summary.Cell key={title} index={index + 1} align="right">
            {text(row)}
          </Table.Summary.Cell>
        ))}
      </Table.Summary.Row>
    </Table.Summary>
  );
}
