import {
  recordingState,
  voicemailScene,
  type WorkOrder,
  type WorkOrderState,
  workOrderSource,
  workOrderState,
} from '@rexian/contracts';
import { Button, type TableColumnType } from 'antd';
import { RevealableNumber } from '../contacts/reveal.tsx';
import { actionColumn } from '../listing/RowActions.tsx';
import { CallBackButton } from '../lost-calls/CallBackButton.tsx';
import { personName } from '../lost-calls/Forms.tsx';
import { client } from '../platform/api.ts';
import { dateTime, duration } from '../platform/format.ts';
import { ListenButton } from '../platform/ListenButton.tsx';
import type { Tone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';
import type { useListening } from '../platform/useListening.ts';

export const orderTone: Record<WorkOrderState, Tone> = { draft: 'waiting', closed: 'ready', void: 'quiet' };

export function OrderNumber({ order: { id, callerNumber, can } }: { order: WorkOrder }) {
  const ask = async () => (await client.workOrders.reveal({ id })).callerNumber;
  return <RevealableNumber number={callerNumber} masked={can.reveal} ask={ask} />;
}

/** Why the caller was asked for a message, or that a flow wrote it down. */
export const sceneOf = ({ scene, source }: WorkOrder): string =>
  scene ? voicemailScene.labels[scene] : workOrderSource.labels[source];

type Listening = ReturnType<typeof useListening>;

function Recorded({ order: { recording, can, number }, listening }: { order: WorkOrder; listening: Listening }) {
  if (!recording) return '—';
  const { id, state, url, durationMs } = recording;
  if (!url) return <span className="muted">{recordingState.labels[state]}</span>;
  return (
    <ListenButton
      state={listening.stateOf(id)}
      label={number}
      disabled={!can.play}
      onClick={() => listening.toggle(id, () => url)}
    >
      {duration(durationMs ?? 0)}
    </ListenButton>
  );
}

export interface OrderActions {
  listening: Listening;
  onOpen(order: WorkOrder): void;
  onAssign(order: WorkOrder): void;
  onVoid(order: WorkOrder): void;
}

export const orderColumns = (actions: OrderActions): TableColumnType<WorkOrder>[] => [
  { title: '留言时间', dataIndex: 'createdAt', width: 130, render: (at: Date) => dateTime(at) },
  { title: '主叫号码', key: 'number', width: 158, render: (_, order) => <OrderNumber order={order} /> },
  {
    title: '留言',
    key: 'recording',
    width: 96,
    render: (_, order) => <Recorded order={order} listening={actions.listening} />,
  },
  { title: '场景', key: 'scene', width: 100, render: (_, order) => sceneOf(order) },
  { title: '标题', dataIndex: 'title', ellipsis: true },
  { title: '机构', key: 'unit', width: 130, ellipsis: true, render: (_, { unit }) => unit.name },
  {
    title: '状态',
    key: 'state',
    width: 90,
    render: (_, { state }) => <Tag tone={orderTone[state]}>{workOrderState.labels[state]}</Tag>,
  },
  {
    title: '处理人',
    key: 'person',
    width: 120,
    ellipsis: true,
    render: (_, { handledBy, assignedTo }) => {
      const person = handledBy ?? assignedTo;
      return person ? personName(person) : '—';
    },
  },
  {
    title: '已回拨',
    key: 'attempts',
    width: 130,
    render: (_, { attempts, lastAttemptAt }) =>
      attempts > 0 && lastAttemptAt ? `${attempts} 次，${dateTime(lastAttemptAt)}` : '—',
  },
  { title: '工单号', dataIndex: 'number', width: 140 },
  actionColumn(220, (order) => <Actions {...actions} order={order} />),
];

function Actions({ order, onOpen, onAssign, onVoid }: OrderActions & { order: WorkOrder }) {
  const { can, contactId } = order;
  return (
    <>
      <CallBackButton whom={{ contactId }} can={can.call} />
      <Button type="link" size="small" onClick={() => onOpen(order)}>
        {can.handle ? '处理' : '查看'}
      </Button>
      {can.handle && (
        <>
          <Button type="link" size="small" onClick={() => onAssign(order)}>
            分派
          </Button>
          <Button type="link" size="small" onClick={() => onVoid(order)}>
            作废
          </Button>
        </>
      )}
    </>
  );
}
