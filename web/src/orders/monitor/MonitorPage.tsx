import { BOTTLENECK_DAYS, type Bottleneck, type OrderFilter, workOrderKind } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { type TableColumnType, TreeSelect } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { ListTable } from '../../listing/ListTable.tsx';
import { api } from '../../platform/api.ts';
import { serverNow } from '../../platform/clock.ts';
import { useTitle } from '../../platform/useTitle.ts';
import { unitChoices } from '../../units/unitChoices.ts';
import { span } from '../deadline.ts';
import { writeListed } from '../list/filters.ts';
import '../orders.css';

/** 流程监控: at which node of which workflow orders pile up, and how long they lie there. */
export default function MonitorPage() {
  useTitle('流程监控');
  const [query, setQuery] = useSearchParams();
  const unitId = query.get('unit') ?? undefined;
  const list = useQuery(
    api.orders.bottlenecks.queryOptions({
      input: unitId ? { unitId } : {},
      refetchInterval: 60_000,
      placeholderData: (before) => before,
    }),
  );
  const { data: choices } = useQuery(api.orders.options.queryOptions({ staleTime: 60_000 }));
  return (
    <section className="list-page">
      <section className="list-tools" aria-label="查询条件">
        <TreeSelect
          allowClear
          treeLine
          showSearch={{ treeNodeFilterProp: 'title' }}
          aria-label="登记单位"
          placeholder="全部登记单位"
          popupMatchSelectWidth={false}
          style={{ width: 220 }}
          treeData={unitChoices(choices?.owners ?? [])}
          value={unitId}
          onChange={(next: string | undefined) => setQuery(next ? { unit: next } : {})}
        />
        <span className="muted">
          停留时长按近 {BOTTLENECK_DAYS} 天办完的环节统计，自到达起算；会办不计。点击数字查看工单。
        </span>
      </section>
      <ListTable<Bottleneck>
        list={{ ...list, rows: list.data ?? [] }}
        rowKey={({ kind, node }) => `${kind} ${node}`}
        columns={columns(unitId)}
        empty="没有在办工单"
      />
    </section>
  );
}

const columns = (unitId: string | undefined): TableColumnType<Bottleneck>[] => {
  const orders = ({ kind, node }: Bottleneck, due?: OrderFilter['due']) => {
    const filter = {
      kinds: [kind],
      node,
      states: ['open' as const],
      ...(unitId ? { unitId } : {}),
      ...(due ? { due } : {}),
    };
    return `/orders?${writeListed({ tab: 'all', filter })}`;
  };
  const length = (milliseconds: number | null) => (milliseconds === null ? '—' : span(milliseconds));
  return [
    { title: '工单类型', key: 'kind', width: 120, render: (_, { kind }) => workOrderKind.labels[kind] },
    { title: '环节', dataIndex: 'title', width: 160 },
    {
      title: '在办',
      key: 'waiting',
      width: 90,
      align: 'right',
      render: (_, row) => <Count count={row.waiting} to={orders(row)} />,
    },
    { title: '未签收', key: 'unsigned', width: 90, align: 'right', render: (_, row) => <Count count={row.unsigned} /> },
    {
      title: '临期',
      key: 'near',
      width: 90,
      align: 'right',
      render: (_, row) => <Count count={row.near} to={orders(row, 'near')} className="order-near" />,
    },
    {
      title: '超期',
      key: 'overdue',
      width: 90,
      align: 'right',
      render: (_, row) => <Count count={row.overdue} to={orders(row, 'overdue')} className="order-late" />,
    },
    {
      title: '最久已停留',
      key: 'oldest',
      width: 120,
      align: 'right',
      render: (_, { oldest }) => (oldest ? span(serverNow() - oldest.getTime()) : '—'),
    },
    { title: '近期办完', key: 'done', width: 100, align: 'right', render: (_, row) => <Count count={row.done} /> },
    { title: '停留中位数', key: 'median', width: 120, align: 'right', render: (_, row) => length(row.medianMs) },
    { title: '90% 短于', key: 'p90', width: 120, align: 'right', render: (_, row) => length(row.p90Ms) },
  ];
};

/** Leads to the orders it counts; none is no matter to look at. */
function Count({ count, to, ...link }: { count: number; to?: string; className?: string }) {
  if (count === 0) return <span className="muted">0</span>;
  return to ? (
    <Link to={to} {...link}>
      {count}
    </Link>
  ) : (
    count
  );
}
