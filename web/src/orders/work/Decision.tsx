import { type OrderDetail, type OrderRequest, orderRequestKind } from '@rexian/contracts';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { fullDateMinute } from '../../platform/format.ts';
import { personName } from '../../platform/personName.ts';
import type { Next } from '../order/useNext.ts';
import { useKey } from '../useKey.ts';
import { useStep } from './useStep.ts';

type Props = { order: OrderDetail; request: OrderRequest; next: Next };

/** 审批: what was asked for, why, and the viewer's word on it; then the next order comes. */
export function Decision({ order, request, next }: Props) {
  const { kind, until, reason, askedBy, askedAt, id: requestId, taskId } = request;
  const [note, setNote] = useState('');
  const [isMissing, setMissing] = useState(false);
  const decide = useStep({ run: client.orderSteps.decide, done: '已审批' });
  const task = order.tasks.find(({ id }) => id === taskId);
  const say = async (approved: boolean) => {
    if (decide.isPending) return;
    setMissing(!approved && note.trim() === '');
    if (!approved && note.trim() === '') return;
    const after = await decide.take({ id: order.id, requestId, approved, note: note.trim() });
    if (after && after.open.length === 0 && !after.requests.some(({ can }) => can.decide)) void next.go();
  };
  useKey('Alt+A', () => say(true));
  useKey('Alt+R', () => say(false));
  const label = orderRequestKind.labels[kind];
  return (
    <section className="order-decision" aria-label={`审批${label}申请`}>
      <h2>审批{label}申请</h2>
      <p>
        {personName(askedBy)} <span className="muted">{fullDateMinute(askedAt)}</span>
      </p>
      {until && (
        <p>
          {label}至 <b>{fullDateMinute(until)}</b>
          {kind === 'extend' && task?.dueAt && <span className="muted">，现时限 {fullDateMinute(task.dueAt)}</span>}
        </p>
      )}
      <p className="order-text">{reason}</p>
      <Form.Item {...(isMissing ? { validateStatus: 'error' as const, help: '请填写不同意的原因' } : {})}>
        <Input.TextArea
          aria-label="审批意见"
          placeholder="审批意见，不同意时必填"
          maxLength={500}
          autoSize={{ minRows: 2, maxRows: 6 }}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </Form.Item>
      {decide.error && <Alert type="error" showIcon role="alert" title={errorText(decide.error)} />}
      <div className="order-decision-acts">
        <Button type="primary" loading={decide.isPending} onClick={() => void say(true)}>
          同意 <kbd>Alt+A</kbd>
        </Button>
        <Button disabled={decide.isPending} onClick={() => void say(false)}>
          不同意 <kbd>Alt+R</kbd>
        </Button>
      </div>
    </section>
  );
}
