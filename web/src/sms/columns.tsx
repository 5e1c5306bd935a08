import { type SmsMessage, type SmsState, smsState } from '@rexian/contracts';
import { Button, type TableColumnType, Tooltip } from 'antd';
import { actionColumn } from '../listing/RowActions.tsx';
import { RevealableNumber } from '../personal/reveal.tsx';
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
  /** Calls, and work orders, can be opened. */
  calls: boolean;
  orders: boolean;
  busy: boolean;
  onOpenCall(contactId: string): void;
  onOpenOrder(orderId: string): void;
  onRetry(id: string): void;
}

export const smsColumns = ({
  calls,
  orders,
  busy,
  onOpenCall,
  onOpenOrder,
  onRetry,
}: Actions): TableColumnType<SmsMessage>[] => [
  { title: '时间', dataIndex: 'queuedAt', width: 130, render: (at: Date) => dateTime(at) },
  { title: '接收号码', key: 'number', width: 158, render: (_, message) => <Receiver {...message} /> },
  { title: '内容', dataIndex: 'text', render: (text: string) => <span className="sms-text">{text}</span> },
  { title: '来源', key: 'source', width: 180, render: (_, message) => <Source {...message} /> },
  { title: '机构', key: 'unit', width: 130, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '状态', key: 'state', width: 170, render: (_, message) => <State {...message} /> },
  { title: '次数', dataIndex: 'attempts', width: 56, align: 'right' },
  actionColumn(170, ({ id, contactId, order, can }) => (
    <>
      {calls && contactId && (
        <Button type="link" size="small" onClick={() => onOpenCall(contactId)}>
          通话
        </Button>
      )}
      {orders && order && (
        <Button type="link" size="small" onClick={() => onOpenOrder(order.id)}>
          工单
        </Button>
      )}
      {can.retry && (
        <Button type="link" size="small" disabled={busy} onClick={() => onRetry(id)}>
          重发
        </Button>
      )}
    </>
  )),
];

/** A node and its flow, or the template and who sent it. */
function Source({ flow, node, template, sentBy, order }: SmsMessage) {
  const below = flow ?? sentBy?.name ?? order?.number;
  return (
    <>
      {node ?? template?.name ?? (sentBy ? '自拟内容' : '—')}
      {below && <div className="muted">{below}</div>}
    </>
  );
}

function Receiver({ id, number, can }: SmsMessage) {
  const ask = async () => (await client.sms.reveal({ id })).number;
  return <RevealableNumber number={number} masked={can.reveal} ask={ask} />;
}

function State({ state, error, doneAt, reportedAt }: SmsMessage) {
  const at = reportedAt ?? doneAt;
  return (
    <>
      <Tooltip title={at && fullDateTime(at)}>
        <span>
          <Tag tone={tone[state]}>{smsState.labels[state]}</Tag>
        </span>
      </Tooltip>
      {error && <div className="muted">{error}</div>}
    </>
  );
}
