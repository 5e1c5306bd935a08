import type { OrderRow } from '@rexian/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Progress } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../platform/api.ts';
import { TargetField } from '../targets/TargetField.tsx';
import { type Act, actLabels, asks, doing, type Said } from './acts.ts';
import { each, type Outcome } from './each.ts';

type Props = { act: Act; rows: OrderRow[]; onClose(): void };

/** Asks what has to be said, does it order by order, and tells of each how it went. */
export function BulkDialog({ act, rows, onClose }: Props) {
  const queryClient = useQueryClient();
  const [outcomes, setOutcomes] = useState<Outcome<OrderRow>[] | null>(null);
  const [isRunning, setRunning] = useState(false);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const run = async (said: Said) => {
    const running = new AbortController();
    stop.current = running;
    setOutcomes([]);
    setRunning(true);
    const told = (outcome: Outcome<OrderRow>) => setOutcomes((before) => [...(before ?? []), outcome]);
    await each(rows, (row) => doing[act](row, said), told, running.signal);
    setRunning(false);
    void queryClient.invalidateQueries({ queryKey: api.orders.key() });
  };
  const title = `${actLabels[act]}：${rows.length} 件`;
  if (!outcomes) return <Asking act={act} title={title} onRun={(said) => void run(said)} onClose={onClose} />;
  return (
    <Modal
      open
      title={title}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        isRunning ? (
          <Button onClick={() => stop.current?.abort()}>停止</Button>
        ) : (
          <Button type="primary" autoFocus onClick={onClose}>
            关闭
          </Button>
        )
      }
    >
      <Outcomes all={rows.length} outcomes={outcomes} isRunning={isRunning} />
    </Modal>
  );
}

type AskingProps = { act: Act; title: string; onRun(said: Said): void; onClose(): void };

function Asking({ act, title, onRun, onClose }: AskingProps) {
  const [said, setSaid] = useState<Said>({ to: null, text: '' });
  const { to, text, isTextNeeded } = asks[act];
  const words = said.text.trim();
  const isReady = (!to || said.to !== null) && (!isTextNeeded || words !== '');
  return (
    <Modal
      open
      title={title}
      okText={actLabels[act]}
      cancelText="取消"
      okButtonProps={{ disabled: !isReady, autoFocus: !to && !text }}
      onOk={() => onRun({ ...said, text: words })}
      onCancel={onClose}
    >
      <Form layout="vertical" requiredMark={false}>
        {to && (
          <Form.Item label="办理单位或人员">
            <TargetField value={said.to} onChange={(next) => setSaid({ ...said, to: next })} autoFocus />
          </Form.Item>
        )}
        {text && (
          <Form.Item label={text} htmlFor="bulk-text">
            <Input.TextArea
              id="bulk-text"
              maxLength={500}
              showCount
              autoSize={{ minRows: 2, maxRows: 6 }}
              value={said.text}
              onChange={({ target }) => setSaid({ ...said, text: target.value })}
            />
          </Form.Item>
        )}
        {!to && !text && <p>所选工单逐件{actLabels[act].slice(2)}，每件的结果随后列出。</p>}
      </Form>
    </Modal>
  );
}

type OutcomesProps = { all: number; outcomes: Outcome<OrderRow>[]; isRunning: boolean };

function Outcomes({ all, outcomes, isRunning }: OutcomesProps) {
  const failed = outcomes.filter(({ refusal }) => refusal !== null).length;
  const left = all - outcomes.length;
  const words = [
    `成功 ${outcomes.length - failed} 件`,
    ...(failed > 0 ? [`未成功 ${failed} 件`] : []),
    ...(left > 0 ? [`已停止，${left} 件未处理`] : []),
  ];
  return (
    <>
      {isRunning ? (
        <Progress percent={Math.round((outcomes.length / all) * 100)} />
      ) : (
        <Alert role="status" type={failed + left > 0 ? 'warning' : 'success'} showIcon title={words.join('，')} />
      )}
      <ul className="bulk-outcomes" aria-label="各工单结果">
        {outcomes.map(({ row, refusal }) => (
          <li key={row.id} data-refused={refusal !== null || undefined}>
            <span className="num">{row.number}</span>
            <span>{row.title}</span>
            <b>{refusal ?? '成功'}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
