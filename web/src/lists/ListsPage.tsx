import { type ListEntry, listKind } from '@rexian/contracts';
import type { TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { greyUnlessActive, ListTable } from '../listing/ListTable.tsx';
import { actionColumn, ChangeOrRemove } from '../listing/RowActions.tsx';
import { api, client } from '../platform/api.ts';
import { dateTime, readableNumber } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { useTitle } from '../platform/useTitle.ts';
import { AddEntryForm, ChangeEntryForm } from './EntryForms.tsx';
import { EntryNumber } from './EntryNumber.tsx';
import { expiryText } from './expiry.ts';
import { ListTools } from './ListTools.tsx';
import { type EntryFilter, useEntries } from './useEntries.ts';
import './lists.css';

/** 黑白名单: who is blocked, who goes first. */
export default function ListsPage() {
  useTitle('黑白名单');
  const [filter, setFilter] = useState<EntryFilter>({ expired: false });
  const list = useEntries(filter);
  const manages = may(useViewer(), 'lists.manage');
  const [open, setOpen] = useState<ListEntry | 'new' | null>(null);
  const actions = (entry: ListEntry) => entry.can.change && <Actions entry={entry} onChange={() => setOpen(entry)} />;
  const shown = manages ? [...columns, actionColumn(120, actions)] : columns;
  return (
    <div className="list-page">
      <ListTools filter={filter} onFilter={setFilter} onAdd={() => setOpen('new')} />
      <ListTable
        list={list}
        columns={shown}
        scroll={{ x: 1080 }}
        rowClassName={greyUnlessActive}
        empty="没有符合条件的名单"
      />
      {open === 'new' && <AddEntryForm kind={filter.kind ?? 'black'} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'new' && <ChangeEntryForm entry={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

const columns: TableColumnType<ListEntry>[] = [
  { title: '号码', key: 'number', width: 170, render: (_, entry) => <EntryNumber entry={entry} /> },
  {
    title: '名单',
    dataIndex: 'kind',
    width: 90,
    render: (kind: ListEntry['kind']) => <Tag tone={kind === 'black' ? 'fault' : 'ready'}>{listKind.labels[kind]}</Tag>,
  },
  { title: '适用机构', key: 'unit', width: 160, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '原因', dataIndex: 'reason', className: 'wrapping' },
  { title: '有效期至', dataIndex: 'expiresAt', width: 180, render: (at: Date | null) => expiryText(at) },
  {
    title: '登记',
    key: 'created',
    width: 190,
    ellipsis: true,
    render: (_, { createdAt, createdBy }) => `${dateTime(createdAt)} ${createdBy}`,
  },
];

function Actions({ entry, onChange }: { entry: ListEntry; onChange(): void }) {
  const kind = listKind.labels[entry.kind];
  const remove = useAction({ run: client.lists.remove, touches: [api.lists.key()], done: `已移出${kind}` });
  const removal = {
    title: `将 ${readableNumber(entry.number)} 移出${kind}？`,
    content: `原因：${entry.reason}`,
    okText: '移出',
    run: () => remove.act({ id: entry.id }),
  };
  return <ChangeOrRemove onChange={onChange} removal={removal} />;
}
