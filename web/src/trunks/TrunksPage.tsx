import { type Trunk, type TrunkKind, trunkKind } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import type { TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { greyUnlessActive, ListTable } from '../listing/ListTable.tsx';
import { actionColumn, ChangeOrRemove } from '../listing/RowActions.tsx';
import { api, client } from '../platform/api.ts';
import { dateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { useTitle } from '../platform/useTitle.ts';
import { TrunkForm } from './TrunkForm.tsx';

/** The state comes from the engine every few seconds. */
const REFRESH_MS = 5_000;

/** 中继: the ways to the telephone network and to other platforms. */
export default function TrunksPage() {
  useTitle('中继');
  const manages = may(useViewer(), 'trunks.manage');
  const { data, ...query } = useQuery(api.trunks.list.queryOptions({ refetchInterval: REFRESH_MS }));
  const [open, setOpen] = useState<Trunk | 'new' | null>(null);
  const actions = (trunk: Trunk) => <Actions trunk={trunk} onChange={() => setOpen(trunk)} />;
  const shown = manages ? [...columns, actionColumn(120, actions)] : columns;
  return (
    <div className="list-page">
      <div className="list-tools">
        <span className="muted">通向电话网的线路，以及与其他平台互转来电的线路。</span>
        <div className="list-end">{manages && <AddButton onClick={() => setOpen('new')}>新增中继</AddButton>}</div>
      </div>
      <ListTable
        list={{ ...query, rows: data ?? [] }}
        columns={shown}
        scroll={{ x: 1180 }}
        rowClassName={greyUnlessActive}
        empty="还没有中继"
      />
      {open !== null && <TrunkForm trunk={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </div>
  );
}

const columns: TableColumnType<Trunk>[] = [
  { title: '名称', dataIndex: 'name', ellipsis: true },
  { title: '标识', dataIndex: 'code', width: 140 },
  { title: '类型', dataIndex: 'kind', width: 110, render: (kind: TrunkKind) => trunkKind.labels[kind] },
  { title: '对端', key: 'host', width: 220, ellipsis: true, render: (_, { host, port }) => `${host}:${port}` },
  { title: '认证', dataIndex: 'username', width: 90, render: (name: string | null) => (name ? '用户名' : '按地址') },
  { title: '机构', key: 'unit', width: 150, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '状态', key: 'state', width: 110, render: (_, trunk) => stateOf(trunk) },
  { title: '起始时间', key: 'since', width: 180, render: (_, { state }) => (state ? dateTime(state.since) : '') },
  {
    title: '往返时延',
    key: 'trip',
    width: 100,
    render: (_, { state }) => (state?.reachable && state.roundTripMs !== null ? `${state.roundTripMs} 毫秒` : ''),
  },
];

function stateOf({ active, state }: Trunk) {
  if (!active) return <Tag tone="quiet">已停用</Tag>;
  if (!state) return <Tag tone="quiet">探测中</Tag>;
  return state.reachable ? <Tag tone="ready">可达</Tag> : <Tag tone="fault">不可达</Tag>;
}

function Actions({ trunk, onChange }: { trunk: Trunk; onChange(): void }) {
  const remove = useAction({ run: client.trunks.remove, touches: [api.trunks.key()], done: `已删除 ${trunk.name}` });
  const removal = {
    title: `删除中继 ${trunk.name}（${trunk.host}:${trunk.port}）？`,
    content: '删除后不能再经它呼出或接收来电，进行中的通话不受影响。',
    okText: '删除',
    run: () => remove.act({ id: trunk.id }),
  };
  return <ChangeOrRemove onChange={onChange} removal={removal} />;
}
