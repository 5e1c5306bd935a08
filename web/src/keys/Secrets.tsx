import type { ApiKey } from '@rexian/contracts';
import { Table } from 'antd';
import { dateTime, fullDateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { validSecrets } from './status.ts';

type Secret = ApiKey['secrets'][number];

/** While a key is rotated: who still comes with the old secret? */
export function Secrets({ apiKey }: { apiKey: ApiKey }) {
  const valid = new Set(validSecrets(apiKey, Date.now()));
  return (
    <div className="key-secrets">
      <span className="muted">
        {apiKey.createdBy} 于 {fullDateTime(apiKey.createdAt)} 新增
        {apiKey.revokedAt && `，${fullDateTime(apiKey.revokedAt)} 吊销`}
      </span>
      <Table<Secret>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={apiKey.secrets}
        locale={{ emptyText: '没有密钥' }}
        columns={[
          { title: '密钥', width: 110, render: (_, { hint }) => <code>…{hint}</code> },
          {
            title: '状态',
            width: 90,
            render: (_, secret) => (valid.has(secret) ? <Tag tone="ready">有效</Tag> : <Tag tone="quiet">已失效</Tag>),
          },
          { title: '生成时间', width: 150, render: (_, { createdAt }) => dateTime(createdAt) },
          {
            title: '有效期至',
            width: 160,
            render: (_, { expiresAt }) => (expiresAt ? dateTime(expiresAt) : '长期'),
          },
          {
            title: '最近使用',
            width: 150,
            render: (_, { lastUsedAt }) => (lastUsedAt ? dateTime(lastUsedAt) : '从未'),
          },
          { title: '来源地址', render: (_, { lastUsedAddress }) => lastUsedAddress ?? '—' },
        ]}
      />
    </div>
  );
}
