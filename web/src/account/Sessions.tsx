import type { WebSession } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm, Table } from 'antd';
import { useAction } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { dateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { browserName } from './userAgent.ts';

const methods: Record<WebSession['method'], string> = { password: '密码', oidc: '统一身份认证' };

/** Where one is signed in; what looks strange can be ended at once. */
export function Sessions() {
  const { data, error, isLoadingError, isPending, refetch } = useQuery(api.auth.sessions.queryOptions());
  const { act, busy } = useAction({
    run: (id: string) => client.auth.endSession({ id }),
    touches: [api.auth.sessions.key()],
    done: '会话已结束',
  });
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  return (
    <Table<WebSession>
      size="small"
      rowKey="id"
      pagination={false}
      loading={isPending}
      dataSource={data ?? []}
      scroll={{ x: 820 }}
      columns={[
        { title: '登录时间', width: 130, render: (_, row) => dateTime(row.startedAt) },
        { title: '最近活动', width: 130, render: (_, row) => dateTime(row.lastSeenAt) },
        { title: '有效至', width: 130, render: (_, row) => dateTime(row.expiresAt) },
        { title: '来源地址', dataIndex: 'address', width: 130 },
        {
          title: '浏览器',
          ellipsis: true,
          render: (_, row) => <span title={row.userAgent}>{browserName(row.userAgent)}</span>,
        },
        { title: '登录方式', width: 110, render: (_, row) => methods[row.method] },
        {
          title: '',
          width: 96,
          render: (_, row) =>
            row.current ? (
              <Tag tone="ready">本次会话</Tag>
            ) : (
              <Popconfirm
                title="结束此会话？"
                description="那台电脑上的页面会立即退出登录。"
                okText="结束"
                okButtonProps={{ danger: true }}
                onConfirm={() => act(row.id)}
              >
                <Button size="small" danger disabled={busy}>
                  结束
                </Button>
              </Popconfirm>
            ),
        },
      ]}
    />
  );
}
