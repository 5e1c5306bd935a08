import { type ApiKey, permission } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, type TableColumnType } from 'antd';
import { useState } from 'react';
import { useAction } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { ListTable } from '../listing/ListTable.tsx';
import { actionColumn } from '../listing/RowActions.tsx';
import { api, client } from '../platform/api.ts';
import { dateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { useTitle } from '../platform/useTitle.ts';
import { ChangeKeyForm, keyTouches, NewKeyForm, RotateKeyForm } from './KeyForms.tsx';
import { SecretShown, type ShownSecret } from './SecretShown.tsx';
import { Secrets } from './Secrets.tsx';
import { keyStatus } from './status.ts';
import './keys.css';

type Open = { ask: 'new' } | { ask: 'change' | 'rotate'; key: ApiKey } | null;

/** 接口密钥: how partner systems come in. */
export default function KeysPage() {
  useTitle('接口密钥');
  const { data, ...query } = useQuery(api.keys.list.queryOptions());
  const [withRevoked, setWithRevoked] = useState(false);
  const [open, setOpen] = useState<Open>(null);
  const [told, setTold] = useState<ShownSecret | null>(null);
  const close = () => setOpen(null);
  const tell = (key: ApiKey, secret: string) => {
    close();
    setTold({ name: key.name, secret });
  };
  const actions = (key: ApiKey) => key.revokedAt === null && <Actions apiKey={key} open={setOpen} />;
  const shown = (data ?? []).filter((key) => withRevoked || key.revokedAt === null);
  return (
    <div className="list-page">
      <section className="list-tools">
        <span className="muted">
          供其他系统调用接口使用。
          <a href="/api/docs" target="_blank" rel="noreferrer">
            接口文档
          </a>
        </span>
        <div className="list-end">
          <Checkbox checked={withRevoked} onChange={({ target }) => setWithRevoked(target.checked)}>
            显示已吊销
          </Checkbox>
          <AddButton onClick={() => setOpen({ ask: 'new' })}>新增密钥</AddButton>
        </div>
      </section>
      <ListTable
        list={{ ...query, rows: shown }}
        columns={[...columns, actionColumn(160, actions)]}
        rowClassName={(key) => (key.revokedAt ? 'off' : '')}
        scroll={{ x: 1080 }}
        expandable={{ expandRowByClick: true, expandedRowRender: (key) => <Secrets apiKey={key} /> }}
        empty="还没有接口密钥"
      />
      {open?.ask === 'new' && <NewKeyForm onTold={tell} onClose={close} />}
      {open?.ask === 'change' && <ChangeKeyForm apiKey={open.key} onClose={close} />}
      {open?.ask === 'rotate' && <RotateKeyForm apiKey={open.key} onTold={tell} onClose={close} />}
      {told && <SecretShown shown={told} onClose={() => setTold(null)} />}
    </div>
  );
}

function lastUse(key: ApiKey): string {
  const uses = key.secrets.flatMap(({ lastUsedAt }) => (lastUsedAt ? [lastUsedAt.getTime()] : []));
  return uses.length > 0 ? dateTime(new Date(Math.max(...uses))) : '从未';
}

const columns: TableColumnType<ApiKey>[] = [
  { title: '名称', dataIndex: 'name', width: 180, ellipsis: true },
  {
    title: '状态',
    width: 104,
    render: (_, key) => {
      const { tone, label } = keyStatus(key, Date.now());
      return <Tag tone={tone}>{label}</Tag>;
    },
  },
  { title: '机构', width: 140, ellipsis: true, render: (_, key) => key.unit.name },
  {
    title: '权限',
    ellipsis: true,
    render: (_, key) => key.permissions.map((each) => permission.labels[each]).join('、'),
  },
  { title: '允许来源', width: 160, ellipsis: true, render: (_, key) => key.networks.join('、') || '不限' },
  { title: '上限/分钟', dataIndex: 'ratePerMinute', width: 92, align: 'right' },
  { title: '最近使用', width: 130, render: (_, key) => lastUse(key) },
];

function Actions({ apiKey, open }: { apiKey: ApiKey; open(open: Open): void }) {
  const confirm = useConfirm();
  const revoke = useAction({ run: client.keys.revoke, touches: keyTouches, done: '已吊销' });
  const ask = () =>
    confirm({
      title: `吊销接口密钥“${apiKey.name}”？`,
      content: '对方系统立即不能再调用接口，不能恢复。只想更换密钥时请用“轮换”。',
      okText: '吊销',
      run: () => revoke.act({ id: apiKey.id }),
    });
  return (
    <>
      <Button type="link" size="small" onClick={() => open({ ask: 'change', key: apiKey })}>
        修改
      </Button>
      <Button type="link" size="small" onClick={() => open({ ask: 'rotate', key: apiKey })}>
        轮换
      </Button>
      <Button type="link" size="small" danger onClick={ask}>
        吊销
      </Button>
    </>
  );
}
