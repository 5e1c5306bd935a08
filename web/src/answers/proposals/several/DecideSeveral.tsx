import type { Proposal } from '@rexian/contracts';
import { Alert, Button, Input, Modal } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState } from 'react';
import { useChange } from '../../../forms/useChange.ts';
import { api, client } from '../../../platform/api.ts';
import { type Act, actWords, decide, type Outcome } from './decide.ts';

type Props = { act: Act; proposals: Proposal[]; onClose(): void };

/** Asks once for all of them; afterwards it stays for those that were not decided, with why. */
export function DecideSeveral({ act, proposals, onClose }: Props) {
  const [left, setLeft] = useState<Outcome | null>(null);
  const change = useChange({
    run: (reason: string) =>
      decide(proposals, (ids) =>
        act === 'adopt' ? client.answers.adoptSeveral({ ids }) : client.answers.returnSeveral({ ids, reason }),
      ),
    touches: [api.answers.key()],
    done: ({ done, refused }) => (refused.length === 0 ? `已${actWords[act]} ${done} 条` : ''),
  });
  const run = (reason: string) =>
    change.mutate(reason, {
      onSuccess: (outcome) => (outcome.refused.length > 0 ? setLeft(outcome) : onClose()),
    });
  if (left) return <Left act={act} outcome={left} onClose={onClose} />;
  return <Asking act={act} count={proposals.length} busy={change.isPending} onRun={run} onClose={onClose} />;
}

type AskingProps = { act: Act; count: number; busy: boolean; onRun(reason: string): void; onClose(): void };

function Asking({ act, count, busy, onRun, onClose }: AskingProps) {
  const field = useRef<TextAreaRef>(null);
  const [reason, setReason] = useState('');
  const returns = act === 'return';
  return (
    <Modal
      open
      title={`${actWords[act]}所选 ${count} 条问答？`}
      okText={actWords[act]}
      cancelText="取消"
      okButtonProps={{ danger: returns, disabled: returns && reason.trim() === '', autoFocus: !returns }}
      cancelButtonProps={{ disabled: busy }}
      confirmLoading={busy}
      closable={!busy}
      keyboard={!busy}
      mask={{ closable: false }}
      onOk={() => onRun(reason.trim())}
      onCancel={onClose}
      afterOpenChange={(open) => open && field.current?.focus()}
    >
      {returns ? (
        <>
          <p>每条记同一原因，并通知提交人。</p>
          <Input.TextArea
            ref={field}
            aria-label="原因"
            placeholder="请填写原因"
            maxLength={500}
            showCount
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </>
      ) : (
        <p>采纳后立即启用。不能采纳的留在列表中，并列出原因。</p>
      )}
    </Modal>
  );
}

function Left({ act, outcome: { done, refused }, onClose }: { act: Act; outcome: Outcome; onClose(): void }) {
  const word = actWords[act];
  return (
    <Modal
      open
      title={`${word}所选问答`}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <Button type="primary" autoFocus onClick={onClose}>
          关闭
        </Button>
      }
    >
      <Alert role="status" type="warning" showIcon title={`已${word} ${done} 条，未${word} ${refused.length} 条`} />
      <ul className="proposals-refused" aria-label={`未${word}的问答`}>
        {refused.map(({ proposal, why }) => (
          <li key={proposal.id}>
            <span>{proposal.content.question}</span>
            <span className="answer-reason">{why}</span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
