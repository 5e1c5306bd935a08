import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useSettled } from '../../forms/useSettled.ts';
import { api } from '../../platform/api.ts';
import { personName } from '../../platform/personName.ts';
import './targets.css';

interface Choice {
  value: string;
  label: string;
}
type Props = { value: string[]; onChange(ids: string[]): void; placeholder: string; label: string };

/** Colleagues who are told of an order: 抄送, @. There may be thousands, so the server searches them. */
export function PeopleField({ value, onChange, placeholder, label }: Props) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Choice[]>([]);
  const search = useSettled(typed.trim());
  const { data, isFetching } = useQuery(
    api.orderSteps.people.queryOptions({
      input: { limit: 50, ...(search ? { search } : {}) },
      staleTime: 60_000,
      placeholderData: (before) => before,
    }),
  );
  const found = data?.rows.map((each) => ({ value: each.id, label: `${personName(each)}（${each.unit.name}）` })) ?? [];
  const kept = chosen.filter((each) => value.includes(each.value) && found.every(({ value: id }) => id !== each.value));
  const options = [...found, ...kept];
  return (
    <Select<string[]>
      mode="multiple"
      allowClear
      aria-label={label}
      placeholder={placeholder}
      className="people-field"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isFetching}
      notFoundContent={isFetching ? '正在查找…' : '没有找到可办理工单的人员'}
      options={options}
      value={value}
      onChange={(ids) => {
        setChosen(options.filter((each) => ids.includes(each.value)));
        onChange(ids);
      }}
    />
  );
}
