import { readableArticleStates } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useSettled } from '../../forms/useSettled.ts';
import { api } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';

type Props = { id: string; value: string | null; onChange(value: string | null): void };

/** An article that is read now, found by its title. */
export function ArticleSelect({ id, value, onChange }: Props) {
  const [text, setText] = useState('');
  const search = useSettled(text.trim());
  const { data, error, isFetching } = useQuery(
    api.knowledge.list.queryOptions({
      input: { states: [...readableArticleStates], limit: 20, ...(search && { search: search.slice(0, 60) }) },
      placeholderData: (before) => before,
    }),
  );
  const named = useQuery({
    ...api.knowledge.get.queryOptions({ input: { id: value ?? '' }, staleTime: 60_000, retry: false }),
    enabled: value !== null,
  });
  const title = named.data?.title ?? data?.rows.find((each) => each.id === value)?.title;
  return (
    <Select<string>
      id={id}
      className="full"
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder="按标题查找"
      loading={isFetching}
      notFoundContent={error ? errorText(error) : '没有符合的知识'}
      options={data?.rows.map((each) => ({ value: each.id, label: each.title })) ?? []}
      labelRender={() => title ?? '（无权查看的知识）'}
      value={value}
      onChange={(chosen) => onChange(chosen ?? null)}
    />
  );
}
