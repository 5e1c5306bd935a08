import { type OpenTask, type OrderDetail, orderTaskState } from '@rexian/contracts';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { Tag } from '../../platform/Tag.tsx';
import { Deadline } from '../Deadline.tsx';
import { dueOf } from '../deadline.ts';
import type { Next } from '../order/useNext.ts';
import { useKey } from '../useKey.ts';
import { placeName, taskTone } from '../words.ts';
import { CompleteForm } from './CompleteForm.tsx';
import { taskVerbs } from './taskVerbs.ts';
import { useStep } from './useStep.ts';
import { VerbForm } from './VerbForm.tsx';
import type { Verb } from './verb.ts';

type Props = { order: OrderDetail; task: OpenTask; next: Next };

/** The viewer's part: signed for, handled, or given to somebody else; then the next order comes. */
export function TaskWork({ order, task, next }: Props) {
  const [verb, setVerb] = useState<Verb | null>(null);
  const sign = useStep({ run: client.orderSteps.sign, done: '已签收' });
  const goOn = (after: OrderDetail) => {
    if (after.open.length === 0) void next.go();
  };
  const signIt = () => void sign.take({ id: order.id, taskId: task.id });
  useKey('Alt+Q', task.can.sign && !sign.isPending ? signIt : null);
  return (
    <>
      <header className="task-head">
        <h2>{task.title}</h2>
        <Tag tone={taskTone[task.state]}>{orderTaskState.labels[task.state]}</Tag>
        <Deadline due={dueOf(task)} />
        <p className="muted">{placeName(task)}</p>
        {task.can.sign && (
          <Button onClick={signIt} loading={sign.isPending}>
            签收 <kbd>Alt+Q</kbd>
          </Button>
        )}
      </header>
      {sign.error && <Alert type="error" showIcon role="alert" title={errorText(sign.error)} />}
      <CompleteForm order={order} task={task} onDone={goOn} />
      <Verbs order={order} task={task} onChoose={setVerb} />
      {verb && <VerbForm order={order} verb={verb} onClose={() => setVerb(null)} onDone={goOn} />}
    </>
  );
}

function Verbs({ order, task, onChoose }: Omit<Props, 'next'> & { onChoose(verb: Verb): void }) {
  const verbs = taskVerbs({ order, task });
  if (verbs.length === 0) return null;
  return (
    <footer className="task-verbs">
      {verbs.map((verb) => (
        <VerbButton key={verb.title} verb={verb} onChoose={onChoose} />
      ))}
    </footer>
  );
}

function VerbButton({ verb, onChoose }: { verb: Verb; onChoose(verb: Verb): void }) {
  useKey(verb.key ?? 'Alt+', verb.key ? () => onChoose(verb) : null);
  return (
    <Button onClick={() => onChoose(verb)}>
      {verb.title} {verb.key && <kbd>{verb.key}</kbd>}
    </Button>
  );
}
