import type { Device } from '@rexian/contracts';
import { Select, type TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useSettled } from '../forms/useSettled.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { ListTable } from '../listing/ListTable.tsx';
import { actionColumn } from '../listing/RowActions.tsx';
import { SearchInput } from '../listing/SearchInput.tsx';
import { dateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { agentName } from '../queues/AgentSelect.tsx';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { AccountShown, type ShownAccount } from './AccountShown.tsx';
import { DeviceActions } from './DeviceActions.tsx';
import { DeviceForm } from './DeviceForm.tsx';
import { useDevices } from './useDevices.ts';

const registrations = [
  { value: 'all', label: '全部状态' },
  { value: 'yes', label: '已注册' },
  { value: 'no', label: '未注册' },
] as const;

/** IP 话机: which are registered, whose they are, who works with them now. */
export function Devices() {
  const [text, setText] = useState('');
  const settled = useSettled(text.trim());
  const [unitId, setUnitId] = useState<string>();
  const [registered, setRegistered] = useState<(typeof registrations)[number]['value']>('all');
  const list = useDevices({
    ...(settled ? { text: settled } : {}),
    ...(unitId ? { unitId } : {}),
    ...(registered === 'all' ? {} : { registered: registered === 'yes' }),
  });
  const [open, setOpen] = useState<Device | 'new' | null>(null);
  const [shown, setShown] = useState<ShownAccount | null>(null);
  const manages = may(useViewer(), 'phones.manage');
  const actions = (device: Device) => (
    <DeviceActions device={device} onChange={() => setOpen(device)} onRenewed={setShown} />
  );
  return (
    <>
      <div className="list-tools">
        <SearchInput label="搜索话机" placeholder="账号、名称或使用人" value={text} onChange={setText} />
        <UnitSelect
          placeholder="全部机构"
          allowClear
          style={{ width: 200 }}
          value={unitId ?? null}
          onChange={setUnitId}
        />
        <Select
          aria-label="注册状态"
          style={{ width: 110 }}
          value={registered}
          options={[...registrations]}
          onChange={setRegistered}
        />
        <span className="muted">共 {list.total} 部</span>
        <div className="list-end">{manages && <AddButton onClick={() => setOpen('new')}>新增话机</AddButton>}</div>
      </div>
      <ListTable
        list={list}
        columns={manages ? [...columns, actionColumn(170, actions)] : columns}
        scroll={{ x: 1080 }}
        empty="没有符合条件的话机"
      />
      {open !== null && (
        <DeviceForm
          device={open === 'new' ? null : open}
          unitId={unitId}
          onCreated={setShown}
          onClose={() => setOpen(null)}
        />
      )}
      {shown && <AccountShown shown={shown} onClose={() => setShown(null)} />}
    </>
  );
}

const columns: TableColumnType<Device>[] = [
  {
    title: '注册',
    key: 'registered',
    width: 100,
    render: (_, { registered }) => <Tag tone={registered ? 'ready' : 'quiet'}>{registered ? '已注册' : '未注册'}</Tag>,
  },
  { title: '起始时间', dataIndex: 'changedAt', width: 150, render: (at: Date) => dateTime(at) },
  { title: '账号', dataIndex: 'name', width: 160, ellipsis: true },
  { title: '名称', dataIndex: 'label', ellipsis: true },
  { title: '机构', key: 'unit', width: 170, ellipsis: true, render: (_, { unit }) => unit.name },
  {
    title: '使用人',
    key: 'person',
    width: 140,
    ellipsis: true,
    render: (_, { person }) => (person ? agentName(person) : <span className="muted">公用</span>),
  },
  {
    title: '当前签入',
    dataIndex: 'inUseBy',
    width: 120,
    ellipsis: true,
    render: (name: string | null) => (name === null ? '—' : <Tag tone="talking">{name}</Tag>),
  },
];
