import { CloseOutlined } from '@ant-design/icons';
import { type OrderFilter, type OrderRow, orderFilter } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Badge, Button, Tabs } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { may, useViewer } from '../../auth/viewer.ts';
import { ImportButton } from '../../exchange/ImportButton.tsx';
import { ExportButton } from '../../exports/ExportButton.tsx';
import { ListTable } from '../../listing/ListTable.tsx';
import { selectable } from '../../listing/selectable.ts';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api, client } from '../../platform/api.ts';
import { useTitle } from '../../platform/useTitle.ts';
import { withoutEmpty } from '../../platform/withoutEmpty.ts';
import { type Act, actLabels, actsOf } from '../bulk/acts.ts';
import { BulkDialog } from '../bulk/BulkDialog.tsx';
import { useKey } from '../useKey.ts';
import { orderColumns } from './columns.tsx';
import { readListed, type Tab, tabs, writeListed } from './filters.ts';
import { SavedFilters } from './SavedFilters.tsx';
import { Tools } from './Tools.tsx';

/** 工单: what waits for the viewer, what they have had a part in, and everything in reach. */
export function OrderLists() {
  useTitle('工单');
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const { tab, filter } = useMemo(() => readListed(query), [query]);
  const list = useOrders(tab, filter);
  const columns = useMemo(() => orderColumns(tab), [tab]);
  const viewer = useViewer();
  const exports = may(viewer, 'work_orders.export');
  const acts = actsOf(viewer, tab);
  const [chosen, setChosen] = useState<string[]>([]);
  const [act, setAct] = useState<{ act: Act; rows: OrderRow[] } | null>(null);
  const rows = list.rows.filter(({ id }) => chosen.includes(id));
  const show = (next: { tab: Tab; filter: OrderFilter }) => {
    setChosen([]);
    setQuery(writeListed(next));
  };
  const open = ({ id }: OrderRow) => void navigate({ pathname: `/orders/${id}`, search: query.toString() });
  const toggle = ({ id }: OrderRow) =>
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  const [first] = list.rows;
  useKey('Alt+N', () => first && open(first));
  return (
    <section className="list-page order-lists">
      <Heads tab={tab} onTab={(next) => show({ tab: next, filter: {} })}>
        {rows.length > 0 && (
          <Selected
            count={rows.length}
            acts={acts}
            onAct={(each) => setAct({ act: each, rows })}
            onNone={() => setChosen([])}
          />
        )}
      </Heads>
      <Tools tab={tab} filter={filter} onFilter={(next) => show({ tab, filter: next })}>
        <span className="list-end">
          <ImportButton kind="orders" />
          {exports && (
            <ExportButton run={() => client.exportJobs.orders({ list: tab, ...orderFilter.parse(filter) })} />
          )}
          <SavedFilters query={query.toString()} onOpen={(kept) => setQuery(new URLSearchParams(kept))} />
        </span>
      </Tools>
      <ListTable
        className="clickable"
        list={list}
        columns={columns}
        scroll={{ x: 1240 }}
        {...(acts.length > 0
          ? { rowSelection: { selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(String)) } }
          : {})}
        onRow={(row) => selectable(() => open(row), acts.length > 0 ? () => toggle(row) : null)}
        empty={Object.keys(withoutEmpty(filter)).length > 0 ? '没有符合条件的工单' : `没有${tabs[tab]}的工单`}
      />
      {act && (
        <BulkDialog
          {...act}
          onClose={() => {
            setAct(null);
            setChosen([]);
          }}
        />
      )}
    </section>
  );
}

type HeadsProps = { tab: Tab; onTab(tab: Tab): void; children: ReactNode };

/** `children`: what can be done to the rows that are selected, in place of what is due: the table below stays where it is. */
function Heads({ tab, onTab, children }: HeadsProps) {
  const { data } = useQuery(
    api.orders.counts.queryOptions({ placeholderData: (before) => before, refetchInterval: 60_000 }),
  );
  const counted: Partial<Record<Tab, number>> = data ?? {};
  const items = Object.entries(tabs).map(([key, label]) => ({
    key,
    label: (
      <span>
        {label}{' '}
        <Badge
          count={counted[key as Tab] ?? 0}
          overflowCount={999}
          color={key === 'urged' ? 'var(--state-fault)' : 'var(--accent)'}
        />
      </span>
    ),
  }));
  return (
    <header className="order-heads">
      <Tabs items={items} activeKey={tab} onChange={(key) => onTab(key as Tab)} />
      {children}
      {data && !children && (
        <span className="order-due-counts" data-testid="due-counts">
          待办中临期 <b data-level={data.near > 0 ? 'near' : undefined}>{data.near}</b>，超期{' '}
          <b data-level={data.overdue > 0 ? 'overdue' : undefined}>{data.overdue}</b>
          <kbd title="打开列表中的第一件">Alt+N</kbd>
        </span>
      )}
    </header>
  );
}

type SelectedProps = { count: number; acts: Act[]; onAct(act: Act): void; onNone(): void };

function Selected({ count, acts, onAct, onNone }: SelectedProps) {
  return (
    <fieldset className="list-selected" aria-label="所选工单">
      <span role="status">已选 {count} 件</span>
      {acts.map((act) => (
        <Button key={act} onClick={() => onAct(act)}>
          {actLabels[act]}
        </Button>
      ))}
      <Button type="text" icon={<CloseOutlined />} aria-label="取消选择" title="取消选择" onClick={onNone} />
    </fieldset>
  );
}

const useOrders = (list: Tab, filter: OrderFilter) =>
  usePages(
    api.orders.list.infiniteOptions({ input: paged({ list, ...orderFilter.parse(filter), limit: 50 }), ...paging }),
  );
