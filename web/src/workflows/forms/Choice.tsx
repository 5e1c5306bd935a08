import { Select } from 'antd';
import { choices } from './choices.ts';

type Props<Value extends string> = {
  id: string;
  labels: Readonly<Record<Value, string>>;
  value: Value | undefined;
  onChange(value: Value): void;
};

/** One of several words. */
export function Choice<Value extends string>({ id, labels, value, onChange }: Props<Value>) {
  return <Select<Value> id={id} options={choices(labels)} value={value ?? null} onChange={onChange} />;
}
