import { exchangeMessageKind, type OutboxMessage, type OutboxState, outboxState } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Select, type TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { useSettled } from '../forms/useSettled.ts';
import { ListTable } from '../listing/ListTable.tsx';
import { actionColumn } from '../listing/RowActions.tsx';
import { SearchInput } from '../listing/SearchInput.tsx';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api, client } from '../platform/api.ts';
import { dateTime } from '../platform/format.ts';
import type { Tone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';
import { withoutEmpty } from '../platform/withoutEmpty.ts';
import { worded } from '../platform/worded.ts';

const tones: Record<OutboxState, Tone> = { waiting: 'waiting', sent: 'ready', refused: 'fault' };

/** What was sent, what still waits, and why; newest first. */
export function MessageList() {
  const manages = may(useViewer(), 'partners.manage');
  const { data: partners } = useQuery(api.partners.list.queryOptions());
  const [partnerId, setPartner] = useState<string>();
  const [states, setStates] = useState<OutboxState[]>([]);
  const [typed, setTyped] = useState('');
  const orderNumber = useSettled(typed.trim());
  const filter = withoutEmpty({ partnerId, states, orderNumber });
  const input = paged({ ...filter, limit: 50 });
  const list = usePages(api.partners.messages.infiniteOptions({ input, ...paging, refetchInterval: 10_000 }));
  const resend = useAction({ run: client.partners.resend, touches: [api.partners.key()], done: '已重新发送' });
  const actions = ({ id, state }: OutboxMessage) =>
    state !== 'sent' && (
      <Button type="link" size="small" disabled={resend.busy} onClick={() => void resend.act({ id })}>
        重发
      </Button>
    );
  return (
    <>
      <section className="list-tools" aria-label="查询条件">
        <Select<string>
          allowClear
          aria-label="平台"
          placeholder="全部平台"
          style={{ width: 200 }}
          options={(partners ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={partnerId ?? null}
          onChange={setPartner}
        />
        <Select<OutboxState[]>
          mode="multiple"
          allowClear
          aria-label="状态"
          placeholder="全部状态"
          style={{ width: 220 }}
          options={worded(outboxState)}
          value={states}
          onChange={setStates}
        />
        <SearchInput label="工单编号" placeholder="完整工单编号" value={typed} onChange={setTyped} />
      </section>
      <ListTable
        list={list}
        columns={manages ? [...columns, actionColumn(80, actions)] : columns}
        scroll={{ x: 1100 }}
        empty="没有符合条件的消息"
      />
    </>
  );
}

const columns: TableColumnType<OutboxMessage>[] = [
  { title: '时间', width: 130, render: (_, { queuedAt }) => dateTime(queuedAt) },
  { title: '平台', width: 170, ellipsis: true, render: (_, { partner }) => partner.name },
  { title: '工单', width: 160, render: (_, { order }) => order.number },
  { title: '序号', dataIndex: 'sequence', width: 64, align: 'right' },
  { title: '内容', width: 100, render: (_, { kind }) => exchangeMessageKind.labels[kind] },
  {
    title: '状态',
    width: 100,
    render: (_, { state }) => <Tag tone={tones[state]}>{outboxState.labels[state]}</Tag>,
  },
  { title: '尝试', dataIndex: 'attempts', width: 64, align: 'right' },
  {
    title: '送达 / 下次发送',
    width: 140,
    render: (_, { doneAt, nextAt, state }) => {
      const at = state === 'waiting' ? nextAt : doneAt;
      return at ? dateTime(at) : '—';
    },
  },
  {
    title: '错误',
    ellipsis: true,
    render: (_, { error }) =>
      error && (
        <span className="partner-error" title={error}>
          {error}
        </span>
      ),
  },
];
