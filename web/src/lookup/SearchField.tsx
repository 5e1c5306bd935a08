import { SearchOutlined } from '@ant-design/icons';
import { SEARCH_MAX } from '@rexian/contracts';
import { Input } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { LOOKUP_FIELD } from './field.ts';
import { lookupKeys } from './keys.ts';

type Props = {
  value: string;
  focused?: boolean;
  size?: 'middle' | 'large';
  onFocus?(): void;
  onChange(text: string): void;
  onEnter(): void;
  onMove(by: 1 | -1): void;
};

/** Where the question is typed: arrows go through the list below, Enter takes one, or asks. */
export function SearchField({ value, focused = false, size = 'middle', onFocus, onChange, onEnter, onMove }: Props) {
  // Until an input method has written its word, keys are its own.
  const [composing, setComposing] = useState<string | null>(null);
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter') onEnter();
    else if (event.key === 'ArrowDown') onMove(1);
    else if (event.key === 'ArrowUp') onMove(-1);
    else return;
    event.preventDefault();
  };
  return (
    <Input
      id={LOOKUP_FIELD}
      size={size}
      aria-label="知识检索"
      aria-keyshortcuts={lookupKeys.focus.label}
      allowClear
      autoFocus={focused}
      autoComplete="off"
      spellCheck={false}
      prefix={<SearchOutlined />}
      suffix={value === '' && <kbd>{lookupKeys.focus.label}</kbd>}
      placeholder="来电人的问题、关键词或拼音"
      maxLength={SEARCH_MAX}
      value={composing ?? value}
      onCompositionStart={() => setComposing(value)}
      onCompositionEnd={({ currentTarget }) => {
        setComposing(null);
        onChange(currentTarget.value);
      }}
      onChange={({ target }) => (composing === null ? onChange(target.value) : setComposing(target.value))}
      {...(onFocus && { onFocus })}
      onKeyDown={press}
    />
  );
}
