import { type OrderFilter, type OrderRow, orderFilter } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Badge, Button, Tabs } from 'antd';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useViewer } from '../../auth/viewer.ts';
import { ImportButton } from '../../exchange/ImportButton.tsx';
import { ExportButton } from '../../exports/ExportButton.tsx';
import { ListTable } from '../../listing/ListTable.tsx';
import { openable } from '../../listing/openable.ts';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api } from '../../platform/api.ts';
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
  const acts = actsOf(useViewer(), tab);
  const [chosen, setChosen] = useState<string[]>([]);
  const [act, setAct] = useState<{ act: Act; rows: OrderRow[] } | null>(null);
  const rows = list.rows.filter(({ id }) => chosen.includes(id));
  const show = (next: { tab: Tab; filter: OrderFilter }) => {
    setChosen([]);
    setQuery(writeListed(next));
  };
  const open = ({ id }: OrderRow) => void navigate({ pathname: `/orders/${id}`, search: query.toString() });
  const [first] = list.rows;
  useKey('Alt+N', () => first && open(first));
  return (
    <section className="list-page order-lists">
      <Heads tab={tab} onTab={(next) => show({ tab: next, filter: {} })} />
      <Tools tab={tab} filter={filter} onFilter={(next) => show({ tab, filter: next })}>
        <span className="list-end">
          {acts.map((each) => (
            <Button key={each} disabled={rows.length === 0} onClick={() => setAct({ act: each, rows })}>
              {actLabels[each]}
              {rows.length > 0 && `（${rows.length}）`}
            </Button>
          ))}
          <ImportButton kind="orders" />
          <ExportButton filter={{ list: tab, ...orderFilter.parse(filter) }} />
          <SavedFilters query={query.toString()} onOpen={(kept) => setQuery(new URLSearchParams(kept))} />
        </span>
      </Tools>
      <ListTable
        className="clickable"
        list={list}
        columns={columns}
        scroll={{ x: 1320 }}
        {...(acts.length > 0
          ? { rowSelection: { selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(String)) } }
          : {})}
        onRow={(row) => withArrows(openable(() => open(row)))}
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

function Heads({ tab, onTab }: { tab: Tab; onTab(tab: Tab): void }) {
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
      {data && (
        <span className="order-due-counts" data-testid="due-counts">
          待办中临期 <b data-level={data.near > 0 ? 'near' : undefined}>{data.near}</b>，超期{' '}
          <b data-level={data.overdue > 0 ? 'overdue' : undefined}>{data.overdue}</b>
          <kbd title="打开列表中的第一件">Alt+N</kbd>
        </span>
      )}
    </header>
  );
}

const useOrders = (list: Tab, filter: OrderFilter) =>
  usePages(
    api.orders.list.infiniteOptions({ input: paged({ list, ...orderFilter.parse(filter), limit: 50 }), ...paging }),
  );

/** Up and down go from row to row. */
function withArrows(props: ReturnType<typeof openable>) {
  return {
    ...props,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      props.onKeyDown(event);
      const { key, target, currentTarget } = event;
      if (target !== currentTarget || (key !== 'ArrowDown' && key !== 'ArrowUp')) return;
      const next = key === 'ArrowDown' ? currentTarget.nextElementSibling : currentTarget.previousElementSibling;
      if (next instanceof HTMLElement && next.tabIndex >= 0) next.focus();
      event.preventDefault();
    },
  };
}
