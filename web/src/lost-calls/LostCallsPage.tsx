import type { LostCall } from '@rexian/contracts';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { ListTable } from '../listing/ListTable.tsx';
import { api, client } from '../platform/api.ts';
import { useTitle } from '../platform/useTitle.ts';
import { Attempts } from './Attempts.tsx';
import { Callbacks } from './Callbacks.tsx';
import { lostCallColumns } from './columns.tsx';
import { Figures } from './Figures.tsx';
import { AssignForm, CloseForm } from './Forms.tsx';
import { isWaiting, readFilter, writeFilter } from './filters.ts';
import { Tools } from './Tools.tsx';
import { useLostCalls } from './useLostCalls.ts';
import './lost-calls.css';

type Open = { what: 'assign'; calls: LostCall[] } | { what: 'close' | 'history'; call: LostCall };

/** 呼损回拨: callers who reached nobody, until somebody has spoken to them. */
export default function LostCallsPage() {
  useTitle('呼损回拨');
  const viewer = useViewer();
  const [query, setQuery] = useSearchParams();
  const filter = useMemo(() => readFilter(query), [query]);
  const list = useLostCalls(filter);
  const [open, setOpen] = useState<Open | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const takeBack = useAction({ run: client.lostCalls.assign, touches: [api.lostCalls.key()], done: '已收回' });
  const columns = lostCallColumns({
    onHistory: (call) => setOpen({ what: 'history', call }),
    onAssign: (calls) => setOpen({ what: 'assign', calls }),
    onTakeBack: ({ id }) => void takeBack.act({ ids: [id], personId: null }),
    onClose: (call) => setOpen({ what: 'close', call }),
  });
  const leads = may(viewer, 'lost_calls.read');
  const picked = list.rows.filter(({ id, can }) => can.assign && chosen.includes(id));
  const assigned = (done: boolean) => {
    setOpen(null);
    if (done) setChosen([]);
  };
  return (
    <div className="list-page">
      {leads && <Figures unitId={filter.unitId} />}
      {leads && <Callbacks />}
      <Tools filter={filter} onFilter={(next) => setQuery(writeFilter(next))} />
      <ListTable
        list={list}
        head={
          picked.length > 0 && (
            <Picked count={picked.length} onAssign={() => setOpen({ what: 'assign', calls: picked })} />
          )
        }
        columns={columns}
        scroll={{ x: 1510 }}
        {...(may(viewer, 'lost_calls.manage') ? { rowSelection: selection(chosen, setChosen) } : {})}
        empty={emptyText(leads, isWaiting(filter.states))}
      />
      {open?.what === 'assign' && <AssignForm calls={open.calls} onClose={assigned} />}
      {open?.what === 'close' && <CloseForm call={open.call} onClose={() => setOpen(null)} />}
      <Attempts call={open?.what === 'history' ? open.call : null} onClose={() => setOpen(null)} />
    </div>
  );
}

function Picked({ count, onAssign }: { count: number; onAssign(): void }) {
  return (
    <header className="list-head">
      <span>已选 {count} 个</span>
      <Button size="small" type="primary" onClick={onAssign}>
        批量分派
      </Button>
    </header>
  );
}

const selection = (chosen: string[], choose: (ids: string[]) => void) => ({
  selectedRowKeys: chosen,
  onChange: (keys: React.Key[]) => choose(keys.map(String)),
  getCheckboxProps: (call: LostCall) => ({ disabled: !call.can.assign }),
});

function emptyText(leads: boolean, waiting: boolean): string {
  if (!waiting) return '没有符合条件的呼损';
  return leads ? '没有待处理的呼损' : '没有分派给您的呼损';
}
