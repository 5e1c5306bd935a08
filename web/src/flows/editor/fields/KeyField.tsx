import { Select } from 'antd';
import { type FieldProps, KEYS } from './field.ts';

/** One key of the phone; what another row has can't be chosen. */
export function KeyField({ id, shape, value, disabled, status, taken, onChange }: FieldProps) {
  return (
    <Select<string>
      id={id}
      className="key-field"
      value={((value || shape.default) ?? null) as string}
      placeholder="无"
      options={KEYS.map((key) => ({ value: key, label: key, disabled: taken.has(key) }))}
      allowClear={!shape.required && shape.default === undefined}
      disabled={disabled}
      status={status}
      onChange={(key) => onChange(key)}
    />
  );
}
