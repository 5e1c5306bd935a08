import { type Partner, partnerKind } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { App, Button, type TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { ListTable } from '../listing/ListTable.tsx';
import { actionColumn } from '../listing/RowActions.tsx';
import { api, client } from '../platform/api.ts';
import { dateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { type Credentials, CredentialsShown } from './CredentialsShown.tsx';
import { PartnerForm, partnerTouches, RotateForm } from './PartnerForms.tsx';
import { partnerStatus } from './status.ts';

type Open = { ask: 'new' } | { ask: 'change' | 'rotate'; partner: Partner } | null;

export function PartnerList() {
  const manages = may(useViewer(), 'partners.manage');
  const { data, ...query } = useQuery(api.partners.list.queryOptions({ refetchInterval: 15_000 }));
  const [open, setOpen] = useState<Open>(null);
  const [told, setTold] = useState<Credentials | null>(null);
  const close = () => setOpen(null);
  const tell = (credentials: Credentials) => {
    close();
    setTold(credentials);
  };
  const actions = (partner: Partner) => partner.can.change && <Actions partner={partner} open={setOpen} />;
  return (
    <>
      <div className="list-tools">
        <span className="muted">
          与其他热线平台、省级 12345 平台互转工单。
          <a href="/api/docs" target="_blank" rel="noreferrer">
            接口文档
          </a>
        </span>
        <div className="list-end">
          {manages && <AddButton onClick={() => setOpen({ ask: 'new' })}>新增平台</AddButton>}
        </div>
      </div>
      <ListTable
        list={{ ...query, rows: data ?? [] }}
        columns={manages ? [...columns, actionColumn(264, actions)] : columns}
        rowClassName={({ enabled }) => (enabled ? '' : 'off')}
        scroll={{ x: 1320 }}
        empty="还没有协同平台"
      />
      {open?.ask === 'new' && <PartnerForm partner={null} onTold={tell} onClose={close} />}
      {open?.ask === 'change' && <PartnerForm partner={open.partner} onTold={tell} onClose={close} />}
      {open?.ask === 'rotate' && <RotateForm partner={open.partner} onTold={tell} onClose={close} />}
      {told && <CredentialsShown shown={told} onClose={() => setTold(null)} />}
    </>
  );
}

const columns: TableColumnType<Partner>[] = [
  { title: '名称', dataIndex: 'name', width: 150, ellipsis: true },
  { title: '类型', width: 100, render: (_, { kind }) => partnerKind.labels[kind] },
  {
    title: '状态',
    width: 100,
    render: (_, partner) => {
      const { tone, label } = partnerStatus(partner);
      return <Tag tone={tone}>{label}</Tag>;
    },
  },
  { title: '机构', width: 104, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '接口地址', dataIndex: 'address', width: 150, ellipsis: true },
  { title: '待发送', dataIndex: 'waiting', width: 76, align: 'right' },
  { title: '被拒绝', dataIndex: 'refused', width: 76, align: 'right' },
  {
    title: '未取附件',
    width: 84,
    align: 'right',
    render: (_, { filesMissing }) => (filesMissing > 0 ? <span className="partner-error">{filesMissing}</span> : 0),
  },
  {
    title: '最近送达',
    width: 96,
    render: (_, { lastSentAt }) => (lastSentAt ? dateTime(lastSentAt) : '—'),
  },
  {
    title: '最近错误',
    ellipsis: true,
    render: (_, { error }) =>
      error && (
        <span className="partner-error" title={error}>
          {error}
        </span>
      ),
  },
];

function Actions({ partner, open }: { partner: Partner; open(open: Open): void }) {
  const { id, name, keyHint, filesMissing } = partner;
  const { message } = App.useApp();
  const confirm = useConfirm();
  const remove = useAction({ run: client.partners.remove, touches: partnerTouches, done: '已删除' });
  const test = useAction({
    run: async () => {
      const { fault, milliseconds } = await client.partners.test({ id });
      if (fault) void message.error(`“${name}”连接失败：${fault}`, 6);
      else void message.success(`“${name}”连接正常，用时 ${milliseconds} 毫秒`);
    },
    touches: [],
  });
  const fetching = useAction({
    run: client.partners.fetchFiles,
    touches: [...partnerTouches, api.orders.key()],
    done: '正在重新获取附件',
  });
  const ask = () =>
    confirm({
      title: `删除协同平台“${name}”？`,
      content: '对方立即不能再调用接口，不能恢复。',
      okText: '删除',
      run: () => remove.act({ id }),
    });
  return (
    <>
      <Button
        type="link"
        size="small"
        loading={test.busy}
        disabled={keyHint === null}
        onClick={() => void test.act(undefined)}
      >
        测试连接
      </Button>
      {filesMissing > 0 && (
        <Button type="link" size="small" disabled={fetching.busy} onClick={() => void fetching.act({ id })}>
          取附件
        </Button>
      )}
      <Button type="link" size="small" onClick={() => open({ ask: 'change', partner })}>
        修改
      </Button>
      <Button type="link" size="small" onClick={() => open({ ask: 'rotate', partner })}>
        轮换
      </Button>
      <Button type="link" size="small" danger onClick={ask}>
        删除
      </Button>
    </>
  );
}
