import { type SmsMessage, type SmsState, smsState } from '@rexian/contracts';
import { Button, type TableColumnType, Tooltip } from 'antd';
import { Link } from 'react-router';
import { RevealableNumber } from '../contacts/reveal.tsx';
import { actionColumn } from '../listing/RowActions.tsx';
import { client } from '../platform/api.ts';
import { dateTime, fullDateTime } from '../platform/format.ts';
import type { Tone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';

const tone: Record<SmsState, Tone> = {
  queued: 'waiting',
  sent: 'talking',
  delivered: 'ready',
  failed: 'fault',
  expired: 'quiet',
};

interface Actions {
  /** Calls can be opened. */
  calls: boolean;
  busy: boolean;
  onRetry(id: string): void;
}

export const smsColumns = ({ calls, busy, onRetry }: Actions): TableColumnType<SmsMessage>[] => [
  { title: '时间', dataIndex: 'queuedAt', width: 130, render: (at: Date) => dateTime(at) },
  { title: '接收号码', key: 'number', width: 158, render: (_, message) => <Receiver {...message} /> },
  { title: '内容', dataIndex: 'text', render: (text: string) => <span className="sms-text">{text}</span> },
  { title: '来源', key: 'source', width: 190, ellipsis: true, render: (_, { flow, node }) => sourceOf(flow, node) },
  { title: '机构', key: 'unit', width: 150, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '状态', key: 'state', width: 100, render: (_, message) => <State {...message} /> },
  { title: '次数', dataIndex: 'attempts', width: 60, align: 'right' },
  { title: '原因', dataIndex: 'error', width: 180, render: (error: string | null) => error ?? '—' },
  actionColumn(130, ({ id, contactId, can }) => (
    <>
      {calls && <Link to={`/contacts/${contactId}`}>通话</Link>}
      {can.retry && (
        <Button type="link" size="small" disabled={busy} onClick={() => onRetry(id)}>
          重发
        </Button>
      )}
    </>
  )),
];

const sourceOf = (flow: string | null, node: string | null) => [flow, node].filter(Boolean).join(' · ') || '—';

function Receiver({ id, number, can }: SmsMessage) {
  const ask = async () => (await client.sms.reveal({ id })).number;
  return <RevealableNumber number={number} masked={can.reveal} ask={ask} />;
}

function State({ state, doneAt, reportedAt }: SmsMessage) {
  const at = reportedAt ?? doneAt;
  return (
    <Tooltip title={at && fullDateTime(at)}>
      <span>
        <Tag tone={tone[state]}>{smsState.labels[state]}</Tag>
      </span>
    </Tooltip>
  );
}
