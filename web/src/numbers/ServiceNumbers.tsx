import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import type { ServiceNumber } from '@rexian/contracts';
import { Button, Input, Table, type TableColumnType } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { ExchangeButtons } from '../exchange/ExchangeButtons.tsx';
import { ListFooter } from '../forms/ListFooter.tsx';
import { useAction } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { useSettled } from '../forms/useSettled.ts';
import { client } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { Tag } from '../platform/Tag.tsx';
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
  return (
    <>
      <div className="list-tools">
        <Input
          allowClear
          prefix={<SearchOutlined />}
          placeholder="号码或名称"
          aria-label="搜索号码"
          maxLength={40}
          style={{ width: 200 }}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <UnitSelect
          placeholder="全部机构"
          allowClear
          style={{ width: 220 }}
          value={unitId}
          onChange={(chosen) => setQuery(chosen ? { unit: chosen } : {}, { replace: true })}
        />
        <span className="muted">共 {list.total} 个</span>
        <span className="push">
          <ExchangeButtons kind="numbers" />
        </span>
        {manages && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            新增号码
          </Button>
        )}
      </div>
      {list.error && <Failed error={list.error} retry={list.refetch} />}
      <div className="list-table">
        <Table<ServiceNumber>
          size="small"
          rowKey="id"
          sticky
          pagination={false}
          loading={list.isPending}
          columns={manages ? [...columns, actionColumn(setOpen)] : columns}
          dataSource={list.rows}
          rowClassName={({ active }) => (active ? '' : 'off')}
          locale={{ emptyText: '没有符合条件的号码' }}
        />
        <ListFooter
          shown={list.rows.length}
          total={list.total}
          more={list.hasNextPage}
          busy={list.isFetchingNextPage}
          onMore={list.fetchNextPage}
        />
      </div>
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
    render: (active: boolean) => <Tag tone={active ? 'ready' : 'quiet'}>{active ? '启用' : '已停用'}</Tag>,
  },
];

function actionColumn(open: (number: ServiceNumber) => void): TableColumnType<ServiceNumber> {
  return {
    title: '操作',
    key: 'actions',
    width: 120,
    render: (_, number) => <Actions number={number} onChange={() => open(number)} />,
  };
}

function Actions({ number, onChange }: { number: ServiceNumber; onChange(): void }) {
  const confirm = useConfirm();
  const remove = useAction({ run: client.numbers.remove, touches: numberTouches, done: `已删除 ${number.number}` });
  const ask = () =>
    confirm({
      title: `删除服务号码 ${number.number}（${number.name}）？`,
      content: '删除后来电听到号码未开通的提示，已有通话记录保留。',
      okText: '删除',
      run: () => remove.act({ id: number.id }),
    });
  return (
    <>
      <Button type="link" size="small" onClick={onChange}>
        修改
      </Button>
      <Button type="link" size="small" danger onClick={ask}>
        删除
      </Button>
    </>
  );
}
