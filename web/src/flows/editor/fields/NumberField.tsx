import { InputNumber } from 'antd';
import type { FieldProps } from './field.ts';

const UNITS: Readonly<Record<string, string>> = { seconds: '秒', milliseconds: '毫秒' };

/** number, seconds, milliseconds */
export function NumberField({ field: { kind }, id, shape, value, disabled, status, onChange }: FieldProps) {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = shape;
  const unit = UNITS[kind];
  const limits = maximum < Number.MAX_SAFE_INTEGER ? `${minimum}–${maximum}` : '';
  return (
    <span className="number-field">
      <InputNumber
        id={id}
        value={(value ?? shape.default ?? null) as number | null}
        min={minimum}
        max={maximum}
        precision={0}
        disabled={disabled}
        status={status}
        {...(unit ? { suffix: unit } : {})}
        onChange={(next) => onChange(next ?? undefined)}
      />
      {limits && <small>{limits}</small>}
    </span>
  );
}
