import {
  type NextNode,
  type OpenTask,
  type OrderDetail,
  type OrderTarget,
  type VisitResult,
  visitResult,
} from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useViewer } from '../../auth/viewer.ts';
import { api, client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { worded } from '../../platform/worded.ts';
import { TargetField } from '../targets/TargetField.tsx';
import { type Key, useKey } from '../useKey.ts';
import { placeName } from '../words.ts';
import { missing } from './missing.ts';
import { type Keeping, useKept } from './useKept.ts';
import { useStep } from './useStep.ts';
import { isOutcomeSaid, outcomeOf } from './visit.ts';

type Props = { order: OrderDetail; task: OpenTask; onDone(order: OrderDetail): void };

const keepingWords: Record<Keeping, string> = {
  untouched: '',
  changed: '正在保存输入…',
  kept: '输入已自动保存',
  failed: '输入未能保存，请不要关闭页面',
};
const noAnswers = { ends: false, nodes: [] };

/** 办理: what was found, what the caller is told, and where the order goes. */
export function CompleteForm({ order, task, onDone }: Props) {
  const at = { id: order.id, taskId: task.id };
  const { registration } = order;
  const first = { opinion: task.draft?.opinion ?? '', answer: task.draft?.answer ?? registration.answer };
  const { typed, type, keeping, forget } = useKept(at, first);
  const [outcome, setOutcome] = useState(task.outcomes[0] ?? '');
  const [satisfaction, setSatisfaction] = useState<VisitResult | null>(null);
  const [targets, setTargets] = useState<Record<string, OrderTarget>>({});
  const [isAnswering, setAnswering] = useState(task.needs.includes('answer'));
  const [lacks, setLacks] = useState<string | null>(null);
  const isLead = task.kind === 'lead';
  const preview = useQuery(
    api.orderSteps.preview.queryOptions({
      input: { ...at, outcome },
      enabled: isLead,
      staleTime: 30_000,
      retry: false,
    }),
  );
  const { nodes, ends } = isLead ? (preview.data ?? noAnswers) : noAnswers;
  const complete = useStep({ run: client.orderSteps.complete, done: isLead ? `已${outcome}` : '已反馈' });
  const submit = async () => {
    if (complete.isPending) return;
    const lack = missing(task, { ...typed, satisfaction, targets, nodes });
    setLacks(lack);
    if (lack) return;
    const answer = isAnswering && typed.answer !== registration.answer ? { answer: typed.answer } : {};
    const asked = Object.fromEntries(nodes.flatMap(({ node }) => (targets[node] ? [[node, targets[node]]] : [])));
    const after = await complete.take({
      ...{ ...at, outcome, opinion: typed.opinion, targets: asked },
      ...answer,
      ...(satisfaction ? { satisfaction } : {}),
    });
    if (!after) return;
    forget();
    onDone(after);
  };
  useKey('Ctrl+Enter', submit);
  const isVisit = task.needs.includes('satisfaction');
  const isSaid = isVisit && isOutcomeSaid(task.outcomes);
  const choose = (chosen: VisitResult) => {
    setSatisfaction(chosen);
    setOutcome(outcomeOf(chosen, task.outcomes) ?? outcome);
  };
  const words = isSaid ? satisfaction && `提交回访：${visitResult.labels[satisfaction]}` : outcome;
  const isFirst = nodes.every(({ to }) => to !== null);
  return (
    <Form layout="vertical" requiredMark={false} className="task-form" disabled={complete.isPending}>
      {isVisit && (
        <Choice
          hasKeys={isSaid}
          label="来电人满意度"
          options={worded(visitResult)}
          value={satisfaction}
          onChange={choose}
        />
      )}
      {task.outcomes.length > 1 && !isSaid && (
        <Choice hasKeys label="办理结果" options={task.outcomes.map(named)} value={outcome} onChange={setOutcome} />
      )}
      {nodes.map((node) => (
        <Following
          key={node.node}
          node={node}
          target={targets[node.node] ?? null}
          onTarget={(target) => setTargets(withTarget(targets, node.node, target))}
        />
      ))}
      {ends && !(isSaid && !satisfaction) && <p className="task-next">提交后工单办结。</p>}
      {preview.error && <Alert type="warning" showIcon title={errorText(preview.error)} />}
      <Texts
        {...{ typed, type, isAnswering }}
        needs={task.needs}
        isFocused={isFirst}
        label={isLead ? '办理意见' : '会办意见'}
      />
      {isLead && !isAnswering && (
        <Button type="link" size="small" onClick={() => setAnswering(true)}>
          {registration.answer ? '修改答复' : '填写答复'}
        </Button>
      )}
      {lacks && <Alert type="error" showIcon role="alert" title={lacks} />}
      {complete.error && <Alert type="error" showIcon role="alert" title={errorText(complete.error)} />}
      <Form.Item>
        <Button type="primary" block loading={complete.isPending} onClick={() => void submit()}>
          {isLead ? words || '提交' : '反馈会办意见'} <kbd>Ctrl+Enter</kbd>
        </Button>
        <small className="muted" role="status" data-keeping={keeping}>
          {keepingWords[keeping]}
        </small>
      </Form.Item>
    </Form>
  );
}

const withTarget = (targets: Record<string, OrderTarget>, node: string, target: OrderTarget | null) => {
  const { [node]: _, ...rest } = targets;
  return target ? { ...rest, [node]: target } : rest;
};

const named = (outcome: string) => ({ value: outcome, label: outcome });

interface Option<Value> {
  value: Value;
  label: string;
}
type ChoiceProps<Value> = {
  label: string;
  options: Option<Value>[];
  /** Alt and a digit chooses one. */
  hasKeys: boolean;
  value: Value | null;
  onChange(value: Value): void;
};

function Choice<Value extends string>({ label, options, hasKeys, value, onChange }: ChoiceProps<Value>) {
  return (
    <Form.Item label={label}>
      <Radio.Group
        aria-label={label}
        buttonStyle="solid"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      >
        {options.map((each, i) => {
          const shortcut = hasKeys ? { shortcut: `Alt+${i + 1}` as const } : {};
          return <ChoiceButton key={each.value} {...each} {...shortcut} onChoose={() => onChange(each.value)} />;
        })}
      </Radio.Group>
    </Form.Item>
  );
}

function ChoiceButton({ value, label, shortcut, onChoose }: Option<string> & { shortcut?: Key; onChoose(): void }) {
  useKey(shortcut ?? 'Alt+', shortcut ? onChoose : null);
  return (
    <Radio.Button value={value} {...(shortcut ? { title: shortcut } : {})}>
      {label}
    </Radio.Button>
  );
}

type FollowingProps = { node: NextNode; target: OrderTarget | null; onTarget(target: OrderTarget | null): void };

/** Whom the order goes to next, or the choice of it. */
function Following({ node: { title, to }, target, onTarget }: FollowingProps) {
  if (to)
    return (
      <p className="task-next">
        下一环节“{title}”：{placeName(to)}
      </p>
    );
  return (
    <Form.Item label={`下一环节“${title}”交由`}>
      <TargetField label={title} value={target} onChange={onTarget} autoFocus />
    </Form.Item>
  );
}

type TextsProps = {
  typed: ReturnType<typeof useKept>['typed'];
  type: ReturnType<typeof useKept>['type'];
  isAnswering: boolean;
  needs: OpenTask['needs'];
  isFocused: boolean;
  label: string;
};

function Texts({ typed, type, isAnswering, needs, isFocused, label }: TextsProps) {
  const { name } = useViewer();
  return (
    <>
      {isAnswering && (
        <Form.Item label="答复内容（告知来电人）" htmlFor="task-answer">
          <Input.TextArea
            id="task-answer"
            maxLength={10_000}
            autoFocus={isFocused}
            autoSize={{ minRows: 4, maxRows: 14 }}
            value={typed.answer}
            onChange={({ target }) => type({ answer: target.value })}
          />
        </Form.Item>
      )}
      <Form.Item label={needs.includes('opinion') ? label : `${label}（可不填）`} htmlFor="task-opinion">
        <Input.TextArea
          id="task-opinion"
          maxLength={4_000}
          autoFocus={isFocused && !isAnswering}
          autoSize={{ minRows: 3, maxRows: 12 }}
          placeholder={`${name}的意见，写入办理轨迹`}
          value={typed.opinion}
          onChange={({ target }) => type({ opinion: target.value })}
        />
      </Form.Item>
    </>
  );
}
