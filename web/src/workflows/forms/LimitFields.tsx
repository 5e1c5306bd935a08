import { type WorkOrderUrgency, workOrderUrgency } from '@rexian/contracts';
import type { Duration, Limits } from '@rexian/workflows/settings.ts';
import { units } from '@rexian/workflows/words.ts';
import { Checkbox, Form, InputNumber, Select, Space } from 'antd';
import { choices } from './choices.ts';

type Props = { label: string; value: Limits; wrong: string | undefined; onChange(value: Limits): void };

/** A deadline for each urgency; one that is left empty is that of the next lower urgency. */
export function LimitFields({ label, value, wrong, onChange }: Props) {
  const set = (urgency: WorkOrderUrgency, duration: Duration | undefined) => {
    const { [urgency]: _, ...others } = value;
    onChange(duration ? { ...others, [urgency]: duration } : others);
  };
  return (
    <Form.Item label={label} validateStatus={wrong ? 'error' : ''} help={wrong}>
      {workOrderUrgency.values.map((urgency) => (
        <Limit
          key={urgency}
          name={workOrderUrgency.labels[urgency]}
          label={`${label}：${workOrderUrgency.labels[urgency]}`}
          value={value[urgency]}
          placeholder={urgency === 'normal' ? '不限' : '同上'}
          onChange={(duration) => set(urgency, duration)}
        />
      ))}
    </Form.Item>
  );
}

type LimitProps = {
  name: string;
  label: string;
  value: Duration | undefined;
  placeholder: string;
  onChange(value: Duration | undefined): void;
};

const USUAL: Duration = { amount: 1, unit: 'hours', working: false };

function Limit({ name, label, value, placeholder, onChange }: LimitProps) {
  const put = (changed: Partial<Duration>) => onChange({ ...USUAL, ...value, ...changed });
  return (
    <div className="workflow-limit">
      <span>{name}</span>
      <Space.Compact>
        <InputNumber
          aria-label={label}
          min={1}
          max={1_000}
          precision={0}
          placeholder={placeholder}
          changeOnBlur
          changeOnWheel={false}
          value={value?.amount ?? null}
          onChange={(amount) => (amount === null ? onChange(undefined) : put({ amount }))}
        />
        <Select
          aria-label={`${label}单位`}
          options={choices(units)}
          value={value?.unit ?? USUAL.unit}
          disabled={!value}
          onChange={(unit) => put({ unit })}
        />
      </Space.Compact>
      <Checkbox
        checked={value?.working ?? false}
        disabled={!value}
        onChange={({ target }) => put({ working: target.checked })}
      >
        工作时间
      </Checkbox>
    </div>
  );
}
