import { type AccessCode, acceptsFrom } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import type { TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { greyUnlessActive, ListTable } from '../listing/ListTable.tsx';
import { actionColumn, ChangeOrRemove } from '../listing/RowActions.tsx';
import { ActiveTag } from '../platform/ActiveTag.tsx';
import { api, client } from '../platform/api.ts';
import { AccessCodeForm } from './AccessCodeForm.tsx';

/** 内部接入码: short codes between the centres. */
export function AccessCodes() {
  const viewer = useViewer();
  const { data, ...query } = useQuery(api.accessCodes.list.queryOptions());
  const [open, setOpen] = useState<AccessCode | 'new' | null>(null);
  const manages = may(viewer, 'numbers.manage');
  const actions = (code: AccessCode) => <Actions code={code} onChange={() => setOpen(code)} />;
  const shown = manages ? [...columns, actionColumn(120, actions)] : columns;
  return (
    <>
      <div className="list-tools">
        <span className="muted">各中心之间转接用的短号：接到平台内中心的服务号码，或经中继接到其他平台。</span>
        <div className="list-end">{manages && <AddButton onClick={() => setOpen('new')}>新增接入码</AddButton>}</div>
      </div>
      <ListTable
        list={{ ...query, rows: data ?? [] }}
        columns={shown}
        scroll={{ x: 1100 }}
        rowClassName={greyUnlessActive}
        empty="还没有接入码"
      />
      {open !== null && <AccessCodeForm code={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}

function destination(to: AccessCode['to']): string {
  if (to.kind === 'platform') return `${to.trunk.name} · ${to.number}`;
  const { number, queue } = to;
  return `${number.number} ${number.name}${queue ? ` · 直接排队：${queue.name}` : ''}`;
}

const columns: TableColumnType<AccessCode>[] = [
  { title: '接入码', dataIndex: 'code', width: 110 },
  { title: '名称', dataIndex: 'name', width: 160, ellipsis: true },
  {
    title: '接到',
    key: 'number',
    ellipsis: true,
    render: (_, { to }) => destination(to),
  },
  {
    title: '接收来自',
    dataIndex: 'accepts',
    width: 220,
    ellipsis: true,
    render: (from: AccessCode['accepts']) => from.map((each) => acceptsFrom.labels[each]).join('、'),
  },
  { title: '机构', key: 'unit', width: 150, ellipsis: true, render: (_, { unit }) => unit.name },
  {
    title: '状态',
    dataIndex: 'active',
    width: 100,
    render: (active: boolean) => <ActiveTag active={active} />,
  },
];

function Actions({ code, onChange }: { code: AccessCode; onChange(): void }) {
  const remove = useAction({
    run: client.accessCodes.remove,
    touches: [api.accessCodes.key()],
    done: `已删除 ${code.code}`,
  });
  const removal = {
    title: `删除接入码 ${code.code}（${code.name}）？`,
    content: '删除后各中心不能再用它转接。',
    okText: '删除',
    run: () => remove.act({ id: code.id }),
  };
  return <ChangeOrRemove onChange={onChange} removal={removal} />;
}
