import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useSettled } from '../../forms/useSettled.ts';
import { api } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { holdsFor, useOwners } from '../places.ts';
import { Field } from './Field.tsx';

type Props = { id: string; unitId: string; value: string | null; onChange(value: string | null): void };

/** The answer from above in whose place it stands; nothing where nobody is above. */
export function ReplacesSelect({ id, unitId, value, onChange }: Props) {
  const [text, setText] = useState('');
  const search = useSettled(text.trim());
  const owners = useOwners();
  const unit = owners.find((each) => each.id === unitId);
  const above = owners.filter((each) => unit && each.id !== unit.id && holdsFor(each, unit));
  const { data, error, isFetching } = useQuery({
    ...api.answers.list.queryOptions({
      input: { state: 'enabled', limit: 50, ...(search && { search: search.slice(0, 60) }) },
      placeholderData: (before) => before,
    }),
    enabled: above.length > 0,
  });
  const named = useQuery({
    ...api.answers.get.queryOptions({ input: { id: value ?? '' }, staleTime: 60_000, retry: false }),
    enabled: value !== null,
  });
  if (above.length === 0) return null;
  const rows = (data?.rows ?? []).filter((each) => above.some((unit) => unit.id === each.unit.id));
  const title = named.data?.question ?? rows.find((each) => each.id === value)?.question;
  return (
    <Field
      htmlFor={id}
      label="本地答案"
      hint={value ? '本中心的来电人得到这条答案，不再得到所替代的上级答案。' : undefined}
    >
      <Select<string>
        id={id}
        className="full"
        allowClear
        showSearch={{ filterOption: false, onSearch: setText }}
        placeholder="替代哪条上级问答（选填）"
        loading={isFetching}
        notFoundContent={error ? errorText(error) : '没有符合的上级问答'}
        options={rows.map((each) => ({ value: each.id, label: each.question }))}
        labelRender={() => title ?? '（已停用或无权查看的问答）'}
        value={value}
        onChange={(chosen) => onChange(chosen ?? null)}
      />
    </Field>
  );
}
