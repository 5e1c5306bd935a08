import { type MessageDetail, type Recording, recordingState, workOrderState } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Spin } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { RecordingPlayer } from '../contacts/RecordingPlayer.tsx';
import { useAction, useChange } from '../forms/useChange.ts';
import { AttemptTable } from '../lost-calls/AttemptTable.tsx';
import { CallBackButton } from '../lost-calls/CallBackButton.tsx';
import { orderTone } from '../orders/words.ts';
import { api, client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { Failed } from '../platform/Failed.tsx';
import { fullDateTime } from '../platform/format.ts';
import { PageDrawer } from '../platform/PageDrawer.tsx';
import { personName } from '../platform/personName.ts';
import { Tag } from '../platform/Tag.tsx';
import { MessageNumber, sceneOf } from './columns.tsx';
import { touches } from './MessageForms.tsx';
import '../contacts/drawer.css';

type Props = { id: string | null; onClose(): void; onDone(id: string): void };

/** One message, to be listened to and dealt with; null closes it. */
export function MessageDrawer({ id, onClose, onDone }: Props) {
  return (
    <PageDrawer title="留言工单" size={680} open={id !== null} onClose={onClose} mask={false}>
      {id && <Detail key={id} id={id} onDone={onDone} />}
    </PageDrawer>
  );
}

function Detail({ id, onDone }: { id: string; onDone(id: string): void }) {
  const { data, error, isLoadingError, isPending, refetch } = useQuery(
    api.messages.get.queryOptions({ input: { id } }),
  );
  if (isPending) return <Spin className="page-spin" />;
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  return (
    <div className="detail" data-order={data.number} data-order-state={data.state}>
      <Summary message={data} />
      {data.recording && <Recorded recording={data.recording} message={data} />}
      {data.content && (
        <section>
          <h3>内容</h3>
          <p className="detail-text">{data.content}</p>
        </section>
      )}
      {data.can.handle ? <Work message={data} onDone={onDone} /> : <Done message={data} />}
      <section>
        <h3>回拨记录</h3>
        <AttemptTable attempts={data.calls} />
      </section>
    </div>
  );
}

function Summary({ message }: { message: MessageDetail }) {
  const { contactId, can, state, assignedTo, unit, number, title, createdAt } = message;
  const viewer = useViewer();
  const navigate = useNavigate();
  const reads = may(viewer, 'contacts.read');
  const registers = state === 'draft' && may(viewer, 'work_orders.register');
  return (
    <header className="summary">
      <div className="summary-head">
        <strong>
          <MessageNumber message={message} />
        </strong>
        <Tag tone={orderTone[state]}>{workOrderState.labels[state]}</Tag>
        <CallBackButton whom={{ contactId }} can={can.call} type="default" size="middle" />
        {registers && <Button onClick={() => void navigate(`/registration/${message.id}`)}>登记工单</Button>}
      </div>
      <div>{title}</div>
      <div className="summary-facts">
        <span>{number}</span>
        <span>{fullDateTime(createdAt)}</span>
        <span>{sceneOf(message)}</span>
        <span>{unit.name}</span>
        {assignedTo && <span>分派给 {personName(assignedTo)}</span>}
        {reads && <Link to={`/contacts/${contactId}?all=1`}>查看通话</Link>}
      </div>
    </header>
  );
}

function Recorded({ recording, message: { can, state } }: { recording: Recording; message: MessageDetail }) {
  const download = may(useViewer(), 'recordings.download');
  return (
    <section className="recording" data-recording={recording.state}>
      {!recording.url && (
        <p className="recording-note">
          <Tag tone={recording.state === 'missing' ? 'fault' : 'waiting'}>{recordingState.labels[recording.state]}</Tag>
          {recording.state === 'missing' ? '留言没有录下，请回拨了解。' : '留言正在转换，完成后自动显示。'}
        </p>
      )}
      {recording.url && !can.play && <p className="recording-note muted">没有播放录音的权限。</p>}
      {recording.url && can.play && (
        <RecordingPlayer recording={recording} url={recording.url} download={download} autoPlay={state === 'draft'} />
      )}
    </section>
  );
}

/** What is done about it. Ctrl+Enter ends it, and the next one opens. */
function Work({ message, onDone }: { message: MessageDetail; onDone(id: string): void }) {
  const [outcome, setOutcome] = useState(message.outcome);
  const handle = useChange({ run: client.messages.handle, touches, done: '已处理' });
  const { id, revision } = message;
  const empty = outcome.trim() === '';
  const submit = () => {
    if (empty || handle.isPending) return;
    handle.mutate({ id, revision, outcome }, { onSuccess: () => onDone(id) });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  };
  return (
    <Form layout="vertical" requiredMark={false} onFinish={submit}>
      <Form.Item label="处理结果" htmlFor="message-outcome">
        <Input.TextArea
          id="message-outcome"
          autoFocus
          maxLength={2000}
          autoSize={{ minRows: 3, maxRows: 10 }}
          placeholder="例如：已回拨，告知申报期限"
          value={outcome}
          onChange={({ target }) => setOutcome(target.value)}
          onKeyDown={press}
        />
      </Form.Item>
      {handle.error && <Alert type="error" showIcon role="alert" title={errorText(handle.error)} />}
      <div className="detail-foot">
        <span className="muted">Ctrl+Enter 完成并打开下一条</span>
        <Button type="primary" htmlType="submit" disabled={empty} loading={handle.isPending}>
          处理完毕
        </Button>
      </div>
    </Form>
  );
}

function Done({ message }: { message: MessageDetail }) {
  const { id, revision, state, outcome, handledBy, handledAt, can } = message;
  const reopen = useAction({ run: client.messages.reopen, touches, done: '已转为待处理' });
  if (state === 'draft') return null;
  return (
    <section>
      <h3>{state === 'void' ? '作废原因' : '处理结果'}</h3>
      <p className="detail-text">{outcome}</p>
      <div className="detail-foot">
        <span className="muted">
          {handledAt && fullDateTime(handledAt)} {handledBy && personName(handledBy)}
        </span>
        {can.reopen && (
          <Button loading={reopen.busy} onClick={() => void reopen.act({ id, revision })}>
            重新处理
          </Button>
        )}
      </div>
    </section>
  );
}
