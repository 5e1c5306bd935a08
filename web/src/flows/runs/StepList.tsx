import { endedBy, endReason, type FlowDocument, type FlowPath, type PathStep } from '@rexian/contracts';
import { useEffect, useRef } from 'react';
import { wallOf } from '../../platform/beijing.ts';
import { Elapsed } from '../../platform/Elapsed.tsx';
import { duration } from '../../platform/format.ts';
import { endTone } from '../../platform/status.ts';
import { Tag } from '../../platform/Tag.tsx';
import { exitLabel } from './way.ts';

type Props = {
  path: FlowPath;
  /** Number of the step that is shown, from nought. */
  current: number;
  onSelect(index: number, step: PathStep): void;
};

/** Step by step: when, where, which keys, which way out. */
export function StepList({ path, current, onSelect }: Props) {
  const { steps, flows, end } = path;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const several = flows.length > 1;
  return (
    <ol className="flow-steps" ref={list} aria-label="经过的节点">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
        <li key={index} data-current={index === current || undefined} data-step={step.node}>
          <button type="button" onClick={() => onSelect(index, step)} aria-current={index === current}>
            <Step
              step={step}
              number={index + 1}
              flow={several && step.flow !== null ? (flows[step.flow]?.name ?? null) : null}
              document={step.flow === null ? null : (flows[step.flow]?.document ?? null)}
            />
          </button>
        </li>
      ))}
      {end && (
        <li className="flow-steps-end">
          <time className="num">{wallOf(end.at).format('HH:mm:ss')}</time>
          <Tag tone={endTone[end.reason]}>{endReason.labels[end.reason]}</Tag>
          <span className="muted">{endedBy.labels[end.by]}挂机</span>
        </li>
      )}
    </ol>
  );
}

type StepProps = { step: PathStep; number: number; flow: string | null; document: FlowDocument | null };

function Step({ step, number, flow, document }: StepProps) {
  const { at, node, title, ms, keys, faults, exit, resumed } = step;
  return (
    <>
      <span className="flow-step-head">
        <i className="num">{number}</i>
        <b>{title}</b>
        <span className="num muted">{ms === null ? <Elapsed since={at} /> : duration(ms)}</span>
      </span>
      <span className="flow-step-facts">
        <time className="num muted">{wallOf(at).format('HH:mm:ss')}</time>
        {flow && <span className="muted">{flow}</span>}
        {step.flow === null && <span className="muted">系统流程</span>}
        {keys.map(({ at: pressed, key, label }) => (
          <kbd key={pressed.getTime()} data-wrong={label === null || undefined} title={label ?? '无效按键'}>
            {key}
          </kbd>
        ))}
        {exit !== null && <span className="flow-step-exit">→ {exitLabel(document?.nodes[node], exit)}</span>}
        {resumed && <Tag tone="not-ready">系统重启后继续</Tag>}
      </span>
      {faults.map(({ at: since, reason }) => (
        <span className="flow-step-fault" key={since.getTime()}>
          {reason}
        </span>
      ))}
    </>
  );
}
