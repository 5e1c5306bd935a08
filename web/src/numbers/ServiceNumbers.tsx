import type { ServiceNumber } from '@rexian/contracts';
import type { TableColumnType } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { ExchangeButtons } from '../exchange/ExchangeButtons.tsx';
import { useAction } from '../forms/useChange.ts';
import { useSettled } from '../forms/useSettled.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { greyUnlessActive, ListTable } from '../listing/ListTable.tsx';
import { actionColumn, ChangeOrRemove } from '../listing/RowActions.tsx';
import { SearchInput } from '../listing/SearchInput.tsx';
import { ActiveTag } from '../platform/ActiveTag.tsx';
import { client } from '../platform/api.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { NumberForm } from './NumberForm.tsx';
import { numberTouches, useNumbers } from './useNumbers.ts';

/** 服务号码: what callers dial. */
export function ServiceNumbers() {
  const viewer = useViewer();
  const [query, setQuery] = useSearchParams();
  const unitId = query.get('unit');
  const [text, setText] = useState('');
  const settled = useSettled(text.trim());
  const list = useNumbers({ ...(unitId ? { unitId } : {}), ...(settled ? { text: settled } : {}) });
  const [open, setOpen] = useState<ServiceNumber | 'new' | null>(null);
  const manages = may(viewer, 'numbers.manage');
  const actions = (number: ServiceNumber) => <Actions number={number} onChange={() => setOpen(number)} />;
  const shown = manages ? [...columns, actionColumn(120, actions)] : columns;
  return (
    <>
      <div className="list-tools">
        <SearchInput label="搜索号码" placeholder="号码或名称" value={text} onChange={setText} />
        <UnitSelect
          placeholder="全部机构"
          allowClear
          style={{ width: 220 }}
          value={unitId}
          onChange={(chosen) => setQuery(chosen ? { unit: chosen } : {}, { replace: true })}
        />
        <span className="muted">共 {list.total} 个</span>
        <div className="list-end">
          <ExchangeButtons kind="numbers" />
          {manages && <AddButton onClick={() => setOpen('new')}>新增号码</AddButton>}
        </div>
      </div>
      <ListTable list={list} columns={shown} rowClassName={greyUnlessActive} empty="没有符合条件的号码" />
      {open !== null && (
        <NumberForm
          number={open === 'new' ? null : open}
          {...(unitId ? { unitId } : {})}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

const columns: TableColumnType<ServiceNumber>[] = [
  { title: '号码', dataIndex: 'number', width: 150 },
  { title: '名称', dataIndex: 'name', ellipsis: true },
  { title: '机构', key: 'unit', width: 200, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '接听流程', key: 'flow', width: 200, ellipsis: true, render: (_, { flow }) => flow.name },
  {
    title: '状态',
    dataIndex: 'active',
    width: 100,
    render: (active: boolean) => <ActiveTag active={active} />,
  },
];

function Actions({ number, onChange }: { number: ServiceNumber; onChange(): void }) {
  const remove = useAction({ run: client.numbers.remove, touches: numberTouches, done: `已删除 ${number.number}` });
  const removal = {
    title: `删除服务号码 ${number.number}（${number.name}）？`,
    content: '删除后来电听到号码未开通的提示，已有通话记录保留。',
    okText: '删除',
    run: () => remove.act({ id: number.id }),
  };
  return <ChangeOrRemove onChange={onChange} removal={removal} />;
}
