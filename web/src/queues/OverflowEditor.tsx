import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { type OverflowAction, type OverflowStep, overflowAction, type Queue } from '@rexian/contracts';
import { skipToken, useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Select } from 'antd';
import { api } from '../platform/api.ts';
import { useQueues } from './useQueues.ts';

type Props = {
  value?: OverflowStep[];
  onChange?(steps: OverflowStep[]): void;
  disabled: boolean;
  /** Whose overflow it is; id null: of a new one. */
  queue: { id: string | null; unitId: string | undefined };
};

const MOST_STEPS = 10;
const first: OverflowStep = { when: { by: 'after', seconds: 60 }, do: { action: 'also', queueId: '' } };

/** 溢出步骤 in order, each as a sentence: 排队满 60 秒，同时由其他技能组接听，社保费咨询. */
export function OverflowEditor({ value: steps = [], onChange, disabled, queue }: Props) {
  const replace = (index: number, step: OverflowStep) => onChange?.(steps.with(index, step));
  const swap = (index: number, other: number) => {
    const [one, two] = [steps[index], steps[other]];
    if (one && two) onChange?.(steps.with(index, two).with(other, one));
  };
  return (
    <div className="overflow-steps">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
        <fieldset className="overflow-step" key={index} aria-label={`第 ${index + 1} 步`}>
          <b>{index + 1}</b>
          <When step={step} disabled={disabled} onChange={(next) => replace(index, next)} />
          <Target step={step} disabled={disabled} queue={queue} onChange={(next) => replace(index, next)} />
          {!disabled && (
            <StepButtons
              index={index}
              last={index === steps.length - 1}
              onSwap={(other) => swap(index, other)}
              onRemove={() => onChange?.(steps.toSpliced(index, 1))}
            />
          )}
        </fieldset>
      ))}
      {steps.length === 0 && <p className="muted">没有溢出步骤：来电一直在本组排队，直到接通或超过最长等待。</p>}
      {!disabled && steps.length < MOST_STEPS && (
        <Button size="small" icon={<PlusOutlined />} onClick={() => onChange?.([...steps, first])}>
          增加溢出步骤
        </Button>
      )}
    </div>
  );
}

type PartProps = { step: OverflowStep; disabled: boolean; onChange(step: OverflowStep): void };

const limited = (timed: boolean, amount: number): OverflowStep['when'] =>
  timed ? { by: 'after', seconds: amount } : { by: 'waitingOver', calls: amount };

const conditions = [
  { value: 'after', label: '排队满' },
  { value: 'waitingOver', label: '排队超过' },
] as const;

function When({ step, disabled, onChange }: PartProps) {
  const { when } = step;
  const timed = when.by === 'after';
  return (
    <>
      <Select
        aria-label="条件"
        style={{ width: 104 }}
        disabled={disabled}
        value={when.by}
        options={[...conditions]}
        onChange={(by) => onChange({ ...step, when: limited(by === 'after', by === 'after' ? 60 : 10) })}
      />
      <InputNumber
        aria-label={timed ? '秒数' : '人数'}
        style={{ width: 96 }}
        disabled={disabled}
        min={0}
        max={timed ? 7200 : 10_000}
        precision={0}
        suffix={timed ? '秒' : '人'}
        value={timed ? when.seconds : when.calls}
        onChange={(amount) => amount !== null && onChange({ ...step, when: limited(timed, amount) })}
      />
    </>
  );
}

const actions = overflowAction.values.map((value) => ({ value, label: overflowAction.labels[value] }));

function begun(action: OverflowAction): OverflowStep['do'] {
  if (action === 'also' || action === 'move') return { action, queueId: '' };
  return action === 'centre' ? { action, accessCodeId: '' } : { action };
}

function Target({ step, disabled, queue, onChange }: PartProps & Pick<Props, 'queue'>) {
  const { do: target } = step;
  return (
    <>
      <Select
        aria-label="处理"
        style={{ width: 186 }}
        disabled={disabled}
        value={target.action}
        options={actions}
        onChange={(action) => onChange({ ...step, do: begun(action) })}
      />
      {'queueId' in target && (
        <QueueChoice
          disabled={disabled}
          value={target.queueId}
          // Helpers may come from anywhere; callers move on within the centre only.
          offers={({ id, unit, active }) =>
            active && id !== queue.id && (target.action === 'also' || unit.id === queue.unitId)
          }
          onChange={(queueId) => onChange({ ...step, do: { ...target, queueId } })}
        />
      )}
      {target.action === 'centre' && (
        <CodeChoice
          disabled={disabled}
          unitId={queue.unitId}
          value={target.accessCodeId}
          onChange={(accessCodeId) => onChange({ ...step, do: { ...target, accessCodeId } })}
        />
      )}
    </>
  );
}

type ChoiceProps = { disabled: boolean; value: string; onChange(id: string): void };

function QueueChoice({ offers, value, ...props }: ChoiceProps & { offers(queue: Queue): boolean }) {
  const { queues, isPending } = useQueues();
  const shown = queues.filter((queue) => queue.id === value || offers(queue));
  return (
    <Choice
      {...props}
      label="目标技能组"
      loading={isPending}
      value={value}
      options={shown.map(({ id, name, unit }) => ({ value: id, label: `${name}（${unit.name}）` }))}
    />
  );
}

function CodeChoice({ value, unitId, ...props }: ChoiceProps & { unitId: string | undefined }) {
  const { data, isPending } = useQuery(
    api.queues.overflowCodes.queryOptions({ input: unitId ? { unitId } : skipToken, staleTime: 30_000 }),
  );
  const { data: inReach } = useQuery(api.accessCodes.list.queryOptions({ staleTime: 30_000 }));
  const options = (data ?? []).map(({ id, name, code }) => ({ value: id, label: `${name}（${code}）` }));
  const isClosed = value !== '' && data !== undefined && !options.some((option) => option.value === value);
  if (!isClosed) return <Choice {...props} label="目标中心" loading={isPending} value={value} options={options} />;
  const label = inReach?.find(({ id }) => id === value)?.name ?? '原接入码';
  return (
    <>
      <Choice
        {...props}
        label="目标中心"
        loading={false}
        value={value}
        options={[{ value, label }, ...options]}
        closed
      />
      <p className="field-error overflow-closed" role="alert">
        该接入码已停用、不再接收本中心的来电，或通向其他平台：这一步会被跳过，请重新选择。
      </p>
    </>
  );
}

type Options = {
  label: string;
  loading: boolean;
  options: { value: string; label: string }[];
  /** What was chosen can no longer be. */
  closed?: boolean;
};

function Choice({ label, value, options, loading, closed = false, ...props }: ChoiceProps & Options) {
  // What lies out of reach is kept, though its name isn't known.
  const known = value === '' || loading || options.some((option) => option.value === value);
  return (
    <Select
      {...props}
      className="overflow-target"
      aria-label={label}
      {...(closed ? { status: 'error' as const } : {})}
      loading={loading}
      placeholder="请选择"
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      value={value || null}
      options={known ? options : [{ value, label: '不在查看范围内' }, ...options]}
    />
  );
}

type ButtonProps = { index: number; last: boolean; onSwap(other: number): void; onRemove(): void };

function StepButtons({ index, last, onSwap, onRemove }: ButtonProps) {
  return (
    <span className="overflow-buttons">
      <Button
        type="text"
        size="small"
        aria-label="上移"
        icon={<ArrowUpOutlined />}
        disabled={index === 0}
        onClick={() => onSwap(index - 1)}
      />
      <Button
        type="text"
        size="small"
        aria-label="下移"
        icon={<ArrowDownOutlined />}
        disabled={last}
        onClick={() => onSwap(index + 1)}
      />
      <Button type="text" size="small" danger aria-label="删除" icon={<DeleteOutlined />} onClick={onRemove} />
    </span>
  );
}
