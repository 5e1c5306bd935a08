import { AutoComplete } from 'antd';
import { useState } from 'react';
import { useEditing } from '../state.ts';
import { type FieldProps, useText } from './field.ts';
import { variablesOf } from './variables.ts';

/** Name of a variable that the node sets: one that there is, or a new one. */
export function VariableField({ id, shape, value, disabled, status, onChange }: FieldProps) {
  const { text, type } = useText({ value, shape, onChange });
  const { current } = useEditing();
  const [own, setOwn] = useState<readonly string[]>([]);
  return (
    <AutoComplete
      id={id}
      className="wide variable-field"
      value={text}
      options={own.filter((name) => name !== text && name.includes(text)).map((name) => ({ value: name }))}
      placeholder="英文名称，如 id_number"
      disabled={disabled}
      status={status}
      onFocus={() => setOwn(variablesOf(current()))}
      onChange={(name) => type(name ?? '')}
    />
  );
}
