import { PlusOutlined } from '@ant-design/icons';
import { type AccessCode, acceptsFrom } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Table, type TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { api, client } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { Tag } from '../platform/Tag.tsx';
import { AccessCodeForm } from './AccessCodeForm.tsx';

/** 内部接入码: short codes between the centres. */
export function AccessCodes() {
  const viewer = useViewer();
  const { data, error, isPending, refetch } = useQuery(api.accessCodes.list.queryOptions());
  const [open, setOpen] = useState<AccessCode | 'new' | null>(null);
  const manages = may(viewer, 'numbers.manage');
  return (
    <>
      <div className="list-tools">
        <span className="muted">各中心之间转接用的短号：接到平台内中心的服务号码，或经中继接到其他平台。</span>
        {manages && (
          <Button className="push" type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            新增接入码
          </Button>
        )}
      </div>
      {error && <Failed error={error} retry={refetch} />}
      <div className="list-table">
        <Table<AccessCode>
          size="small"
          rowKey="id"
          sticky
          pagination={false}
          scroll={{ x: 1100 }}
          loading={isPending}
          columns={manages ? [...columns, actionColumn(setOpen)] : columns}
          dataSource={data ?? []}
          rowClassName={({ active }) => (active ? '' : 'off')}
          locale={{ emptyText: '还没有接入码' }}
        />
      </div>
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
  { title: '接入码', dataIndex: 'code', width: 150 },
  { title: '名称', dataIndex: 'name', ellipsis: true },
  {
    title: '接到',
    key: 'number',
    width: 300,
    ellipsis: true,
    render: (_, { to }) => destination(to),
  },
  {
    title: '接收来自',
    dataIndex: 'accepts',
    width: 200,
    ellipsis: true,
    render: (from: AccessCode['accepts']) => from.map((each) => acceptsFrom.labels[each]).join('、'),
  },
  { title: '机构', key: 'unit', width: 200, ellipsis: true, render: (_, { unit }) => unit.name },
  {
    title: '状态',
    dataIndex: 'active',
    width: 100,
    render: (active: boolean) => <Tag tone={active ? 'ready' : 'quiet'}>{active ? '启用' : '已停用'}</Tag>,
  },
];

function actionColumn(open: (code: AccessCode) => void): TableColumnType<AccessCode> {
  return {
    title: '操作',
    key: 'actions',
    width: 120,
    render: (_, code) => <Actions code={code} onChange={() => open(code)} />,
  };
}

function Actions({ code, onChange }: { code: AccessCode; onChange(): void }) {
  const confirm = useConfirm();
  const remove = useAction({
    run: client.accessCodes.remove,
    touches: [api.accessCodes.key()],
    done: `已删除 ${code.code}`,
  });
  const ask = () =>
    confirm({
      title: `删除接入码 ${code.code}（${code.name}）？`,
      content: '删除后各中心不能再用它转接。',
      okText: '删除',
      run: () => remove.act({ id: code.id }),
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
