import { Input } from 'antd';
import { useState } from 'react';

type Props = {
  id: string;
  value: string;
  placeholder?: string;
  maxLength?: number;
  rows?: number;
  onCommit(value: string): void;
};

/** Text that is one step for undo: written when the field is left or Enter is pressed. */
export function TextField({ value, rows, onCommit, ...props }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    if (typed !== null && typed.trim() !== value) onCommit(typed.trim());
    setTyped(null);
  };
  const shared = {
    ...props,
    value: typed ?? value,
    onChange: ({ target }: { target: { value: string } }) => setTyped(target.value),
    onBlur: commit,
  };
  return rows ? (
    <Input.TextArea {...shared} autoSize={{ minRows: rows }} />
  ) : (
    <Input {...shared} onPressEnter={commit} />
  );
}
