import type { Category } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { api } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { choicesOf, found, grouped, pathOf } from './choices.ts';
import { usePinyin } from './usePinyin.ts';

type Props = {
  id?: string;
  value?: string | null;
  /** `category`: what was chosen, with what an order of it begins as. */
  onChange?(value: string | null, category: Category | null): void;
  /** Chosen from the list, by Enter or a click. */
  onPicked?(): void;
  disabled?: boolean;
  /** Names the field where no label does. */
  label?: string;
  placeholder?: string;
};

/**
 * 业务类别: type a part of the name or path, a code, or pinyin initials; Enter takes the first, arrows go on. What is out of use is still named,
 * not offered.
 */
export function CategoryPicker({
  id,
  value = null,
  onChange,
  onPicked,
  disabled = false,
  label,
  placeholder = '名称、编码或拼音首字母',
}: Props) {
  const { data, error, isPending } = useQuery(api.desk.categories.queryOptions({ staleTime: 300_000 }));
  const { choices, paths } = useMemo(() => choicesOf(data ?? []), [data]);
  const [text, setText] = useState('');
  const pinyin = usePinyin();
  const options = useMemo(() => {
    if (text.trim() !== '')
      return found(choices, text, pinyin.matches).map((each) => ({ value: each.value, label: pathOf(each) }));
    return grouped(choices).map(({ label, choices: each }) => ({
      label,
      options: each.map(({ value: chosen, names }) => ({ value: chosen, label: names.at(-1) })),
    }));
  }, [choices, text, pinyin.matches]);
  const change = (next: string | undefined) => {
    setText('');
    onChange?.(next ?? null, choices.find((each) => each.value === next)?.category ?? null);
  };
  return (
    <Select<string>
      {...(id ? { id } : {})}
      {...(disabled ? { disabled } : {})}
      {...(label ? { 'aria-label': label } : {})}
      className="full"
      // What is typed is searched here, with the nearest first.
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      allowClear
      loading={isPending}
      options={options}
      labelRender={({ value: chosen }) => paths.get(String(chosen)) ?? '未知类别'}
      value={value}
      onChange={change}
      onSelect={() => onPicked?.()}
      onFocus={pinyin.load}
      onOpenChange={(open) => !open && setText('')}
      placeholder={placeholder}
      notFoundContent={error ? errorText(error) : '没有符合的类别'}
      listHeight={320}
    />
  );
}
