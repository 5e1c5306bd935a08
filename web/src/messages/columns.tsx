import { type Message, recordingState, voicemailScene, workOrderSource, workOrderState } from '@rexian/contracts';
import { Button, type TableColumnType } from 'antd';
import { actionColumn } from '../listing/RowActions.tsx';
import { CallBackButton } from '../lost-calls/CallBackButton.tsx';
import { orderTone } from '../orders/words.ts';
import { RevealableNumber } from '../personal/reveal.tsx';
import { client } from '../platform/api.ts';
import { dateTime, duration } from '../platform/format.ts';
import { ListenButton } from '../platform/ListenButton.tsx';
import { personName } from '../platform/personName.ts';
import { Tag } from '../platform/Tag.tsx';
import type { useListening } from '../platform/useListening.ts';

export function MessageNumber({ message: { id, callerNumber, can } }: { message: Message }) {
  const ask = async () => (await client.messages.reveal({ id })).callerNumber;
  return <RevealableNumber number={callerNumber} masked={can.reveal} ask={ask} />;
}

/** Why the caller was asked for a message, or that a flow wrote it down. */
export const sceneOf = ({ scene, source }: Message): string =>
  scene ? voicemailScene.labels[scene] : workOrderSource.labels[source];

type Listening = ReturnType<typeof useListening>;

function Recorded({ message: { recording, can, number }, listening }: { message: Message; listening: Listening }) {
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

export interface MessageActions {
  listening: Listening;
  onOpen(message: Message): void;
  onAssign(message: Message): void;
  onVoid(message: Message): void;
}

export const messageColumns = (actions: MessageActions): TableColumnType<Message>[] => [
  { title: '留言时间', dataIndex: 'createdAt', width: 130, render: (at: Date) => dateTime(at) },
  { title: '主叫号码', key: 'number', width: 158, render: (_, message) => <MessageNumber message={message} /> },
  {
    title: '留言',
    key: 'recording',
    width: 96,
    render: (_, message) => <Recorded message={message} listening={actions.listening} />,
  },
  { title: '场景', key: 'scene', width: 100, render: (_, message) => sceneOf(message) },
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
  actionColumn(220, (message) => <Actions {...actions} message={message} />),
];

function Actions({ message, onOpen, onAssign, onVoid }: MessageActions & { message: Message }) {
  const { can, contactId } = message;
  return (
    <>
      <CallBackButton whom={{ contactId }} can={can.call} />
      <Button type="link" size="small" onClick={() => onOpen(message)}>
        {can.handle ? '处理' : '查看'}
      </Button>
      {can.handle && (
        <>
          <Button type="link" size="small" onClick={() => onAssign(message)}>
            分派
          </Button>
          <Button type="link" size="small" onClick={() => onVoid(message)}>
            作废
          </Button>
        </>
      )}
    </>
  );
}
