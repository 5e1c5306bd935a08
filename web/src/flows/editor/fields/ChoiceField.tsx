import { Select } from 'antd';
import type { FieldProps } from './field.ts';

export function ChoiceField({ field: { choices = [] }, id, shape, value, disabled, status, onChange }: FieldProps) {
  return (
    <Select
      id={id}
      className="wide"
      value={value ?? shape.default}
      options={choices.map((choice) => ({ ...choice }))}
      disabled={disabled}
      status={status}
      onChange={onChange}
    />
  );
}
