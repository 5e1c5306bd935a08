import { Input } from 'antd';
import { type FieldProps, useText } from './field.ts';

/** text, and digits that are dialled */
export function TextField({ field: { kind }, id, shape, value, disabled, status, onChange }: FieldProps) {
  const { text, type, leave } = useText({ value, shape, onChange });
  return (
    <Input
      id={id}
      value={text}
      disabled={disabled}
      status={status}
      {...(shape.maxLength ? { maxLength: shape.maxLength } : {})}
      {...(kind === 'digits' ? { inputMode: 'tel' } : {})}
      onChange={({ target }) => type(kind === 'digits' ? target.value.replace(/[^0-9+]/g, '') : target.value)}
      onBlur={leave}
    />
  );
}
