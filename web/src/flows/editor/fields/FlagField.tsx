import { Switch } from 'antd';
import type { FieldProps } from './field.ts';

export function FlagField({ id, shape, value, disabled, onChange }: FieldProps) {
  return <Switch id={id} checked={(value ?? shape.default) === true} disabled={disabled} onChange={onChange} />;
}
