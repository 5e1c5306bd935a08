import { readableArticleStates } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useSettled } from '../../../forms/useSettled.ts';
import { api } from '../../../platform/api.ts';
import { errorText } from '../../../platform/errors.ts';

export interface Picked {
  id: string;
  title: string;
}

type Props = { value: Picked | null; onChange(article: Picked | null): void };

/** Finds an article that is read, by words of its title or summary. */
export function ArticlePicker({ value, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const { data, error, isFetching } = useQuery(
    api.knowledge.list.queryOptions({
      input: { states: [...readableArticleStates], limit: 20, ...(search ? { search } : {}) },
      placeholderData: (before) => before,
    }),
  );
  const options = (data?.rows ?? []).map(({ id, title, category }) => ({
    value: id,
    label: title,
    place: category.path,
  }));
  return (
    <Select
      autoFocus
      className="full"
      aria-label="知识"
      placeholder="输入标题或摘要中的文字"
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      loading={isFetching}
      options={options}
      optionRender={({ data: { label, place } }) => (
        <>
          {label} <span className="muted">{place}</span>
        </>
      )}
      labelRender={({ label }) => label ?? value?.title}
      notFoundContent={error ? errorText(error) : '没有符合的知识'}
      value={value?.id ?? null}
      onChange={(id) => {
        const title = options.find((option) => option.value === id)?.label;
        onChange(id && title ? { id, title } : null);
      }}
    />
  );
}
