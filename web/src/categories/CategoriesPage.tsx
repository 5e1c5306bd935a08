import { type ManagedCategory, workOrderKind, workOrderUrgency } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Space, type TableColumnType } from 'antd';
import { type Key, useMemo, useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { ExchangeButtons } from '../exchange/ExchangeButtons.tsx';
import { useConfirm } from '../forms/useConfirm.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { greyUnlessActive, ListTable } from '../listing/ListTable.tsx';
import { actionColumn } from '../listing/RowActions.tsx';
import { SearchInput } from '../listing/SearchInput.tsx';
import { ActiveTag } from '../platform/ActiveTag.tsx';
import { api } from '../platform/api.ts';
import { useTitle } from '../platform/useTitle.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { ChangeCategoryForm, MoveCategoryForm, NewCategoryForm } from './CategoryForms.tsx';
import { type CategoryNode, forestOf, siblingsOf } from './forest.ts';
import { useOrderCategory, useSwitchCategory } from './useCategoryChanges.ts';

type Ask = { kind: 'create'; parent: ManagedCategory | null } | { kind: 'change' | 'move'; category: ManagedCategory };

/** 业务类别: a unit's own, and those that it is handed down from above. */
export default function CategoriesPage() {
  useTitle('业务类别');
  const viewer = useViewer();
  const manages = may(viewer, 'categories.manage');
  const [unitId, setUnitId] = useState((viewer.chosenCentre ?? viewer.centre).id);
  const [text, setText] = useState('');
  const [ask, setAsk] = useState<Ask | null>(null);
  const { data = [], ...query } = useQuery(api.categories.list.queryOptions({ input: { unitId } }));
  const forest = useMemo(() => forestOf(data, text), [data, text]);
  const [folded, setFolded] = useState<readonly Key[]>([]);
  const close = () => setAsk(null);
  const actions = (row: ManagedCategory) => <Actions row={row} rows={data} manages={manages} onAsk={setAsk} />;
  const shown = manages ? [...columns(unitId), actionColumn<CategoryNode>(330, actions)] : columns(unitId);
  return (
    <div className="list-page">
      <div className="list-tools">
        <UnitSelect style={{ width: 240 }} value={unitId} onChange={(chosen) => chosen && setUnitId(chosen)} />
        <SearchInput label="搜索类别" placeholder="名称或编码" value={text} onChange={setText} />
        <span className="muted">上级机构的类别对下级通用，下级可在其下增加。</span>
        <div className="list-end">
          <ExchangeButtons kind="categories" />
          {manages && <AddButton onClick={() => setAsk({ kind: 'create', parent: null })}>新增一级类别</AddButton>}
        </div>
      </div>
      <ListTable<CategoryNode>
        list={{ ...query, rows: forest }}
        columns={shown}
        expandable={{
          expandedRowKeys: data.map(({ id }) => id).filter((id) => text !== '' || !folded.includes(id)),
          onExpand: (open, { id }) =>
            setFolded((before) => (open ? before.filter((each) => each !== id) : [...before, id])),
        }}
        scroll={{ x: 1120 }}
        rowClassName={greyUnlessActive}
        empty={text ? '没有符合的类别' : '还没有业务类别'}
      />
      {ask?.kind === 'create' && <NewCategoryForm unitId={unitId} parent={ask.parent} onClose={close} />}
      {ask?.kind === 'change' && <ChangeCategoryForm category={ask.category} onClose={close} />}
      {ask?.kind === 'move' && <MoveCategoryForm category={ask.category} rows={data} onClose={close} />}
    </div>
  );
}

const columns = (unitId: string): TableColumnType<CategoryNode>[] => [
  { title: '名称', dataIndex: 'name', ellipsis: true },
  { title: '编码', dataIndex: 'code', width: 120 },
  {
    title: '默认工单类型',
    key: 'kind',
    width: 120,
    render: (_, { orderKind }) => orderKind && workOrderKind.labels[orderKind],
  },
  {
    title: '默认紧急程度',
    key: 'urgency',
    width: 120,
    render: (_, { urgency }) => urgency && workOrderUrgency.labels[urgency],
  },
  {
    title: '来源',
    key: 'unit',
    width: 150,
    ellipsis: true,
    render: (_, { unit }) => (unit.id === unitId ? '本机构' : unit.name),
  },
  { title: '状态', key: 'active', width: 90, render: (_, { active }) => <ActiveTag active={active} /> },
];

type ActionsProps = { row: ManagedCategory; rows: readonly ManagedCategory[]; manages: boolean; onAsk(ask: Ask): void };

function Actions({ row, rows, manages, onAsk }: ActionsProps) {
  const confirm = useConfirm();
  const order = useOrderCategory();
  const activate = useSwitchCategory();
  const { id, parentId, name, code, orderKind, urgency } = row;
  const siblings = siblingsOf(rows, row);
  const at = siblings.findIndex((each) => each.id === id);
  const go = (before: ManagedCategory | undefined) => order.act({ id, parentId, before: before?.id ?? null });
  const switchTo = (active: boolean) => activate.act({ id, name, code, orderKind, urgency, active });
  const stop = () =>
    confirm({
      title: `停用“${name}”？`,
      content: '停用后登记时不再提供该类别及其下级；已登记的记录不变。随时可以重新启用。',
      okText: '停用',
      run: () => switchTo(false),
    });
  const link = { type: 'link', size: 'small' } as const;
  return (
    <Space size={0}>
      {manages && (
        <Button {...link} onClick={() => onAsk({ kind: 'create', parent: row })}>
          新增下级
        </Button>
      )}
      {row.can.change && (
        <>
          <Button {...link} onClick={() => onAsk({ kind: 'change', category: row })}>
            修改
          </Button>
          <Button {...link} disabled={order.busy || at <= 0} onClick={() => void go(siblings[at - 1])}>
            上移
          </Button>
          <Button
            {...link}
            disabled={order.busy || at >= siblings.length - 1}
            onClick={() => void go(siblings[at + 2])}
          >
            下移
          </Button>
          <Button {...link} onClick={() => onAsk({ kind: 'move', category: row })}>
            移动
          </Button>
          {row.active ? (
            <Button {...link} danger onClick={stop}>
              停用
            </Button>
          ) : (
            <Button {...link} loading={activate.busy} onClick={() => void switchTo(true)}>
              启用
            </Button>
          )}
        </>
      )}
    </Space>
  );
}
