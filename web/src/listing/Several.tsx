import { Select } from 'antd';

type Props<Value> = {
  label: string;
  options: { value: Value; label: string }[];
  value: Value[] | undefined;
  onChange(value: Value[]): void;
};

/** A condition that takes any of several values. */
export function Several<Value extends string>({ label, value, ...props }: Props<Value>) {
  return (
    <Select<Value[]>
      mode="multiple"
      allowClear
      maxTagCount="responsive"
      aria-label={label}
      placeholder={`全部${label}`}
      style={{ width: 134 }}
      value={value ?? []}
      {...props}
    />
  );
}
